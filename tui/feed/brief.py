"""What a list shows of an answer, made safe already and without texts: read in no time."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tui.papers import Headline

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tui.cache import Entry

FORM: Final = 1
"""Another number on disk means that the answer itself has to be read."""
KINDS: Final[tuple[type | tuple[type, ...], ...]] = (
    str, str, int, (int, type(None)), (int, type(None)), bool, str, int,
)  # fmt: skip
"""Types of a headline's fields as stored; two dates follow."""


class Brief(NamedTuple):
    """The headlines of one answer in order, when it was asked for, and how many it lacks."""

    headlines: tuple[Headline, ...]
    fetched: datetime
    unreadable: int = 0

    @property
    def ids(self) -> tuple[str, ...]:
        """The papers' ids in order."""
        return tuple(headline.id for headline in self.headlines)


def dump(headlines: Iterable[Headline], unreadable: int) -> bytes:
    """The bytes to store."""
    rows = [(*line[:-2], _text(line.day), _text(line.published)) for line in headlines]
    return json.dumps([FORM, unreadable, rows], separators=(",", ":")).encode()


def load(entry: Entry) -> Brief | None:
    """What was stored, None where it is of another form."""
    try:
        form, unreadable, rows = json.loads(entry.body)
        headlines = tuple(_headline(row) for row in rows)
    except (ValueError, TypeError, RecursionError):
        return None
    if form != FORM or type(unreadable) is not int:
        return None
    return Brief(headlines, entry.fetched, unreadable)


def _headline(row: Any) -> Headline:
    """Raises ValueError or TypeError for what this program never wrote."""
    if not isinstance(row, list):
        raise TypeError("no row")
    fields, (day, published) = row[:-2], row[-2:]
    if len(fields) != len(KINDS) or not all(map(_is, fields, KINDS)):
        raise TypeError("a field of another type")
    return Headline._make([*fields, _date(day), _date(published)])


def _is(value: object, kind: type | tuple[type, ...]) -> bool:
    return isinstance(value, kind)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
