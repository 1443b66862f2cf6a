"""What the Hub accepts as a query, and how it words what it refuses (API.md §1, §4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEFAULT_LIMIT: Final = 50
MOST: Final = 100
MOST_FOUND: Final = 120
LONGEST_QUESTION: Final = 250
SORTS: Final = ("publishedAt", "trending")
PATTERNS: Final = {
    "week": r"^\d{4}-W(0[1-9]|[1-4][0-9]|5[0-2])$",
    "month": r"^\d{4}-(0[1-9]|1[0-2])$",
}
DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Rejected(Exception):
    """A query that answers 400; the text is what the Hub says."""


@dataclass(frozen=True)
class DailyQuery:
    """A query for daily papers that the Hub accepts."""

    page: int
    limit: int
    sort: str
    day: date | None
    week: str | None
    month: str | None
    submitter: str | None


def daily_query(raw: Mapping[str, str], today: date) -> DailyQuery:
    """The query for daily papers; raises Rejected for what the Hub refuses on ``today``."""
    complaints = [*_daily_complaints(raw)]
    if complaints:
        raise Rejected("\n".join(complaints))
    day = date.fromisoformat(raw["date"]) if "date" in raw else None
    if day is not None and day > today:
        raise Rejected(f'✖ "date" must be less than or equal to "{_lagging(today)}T00:00:00.000Z"')
    return DailyQuery(
        page=int(raw.get("p", 0)), limit=int(raw.get("limit", DEFAULT_LIMIT)),
        sort=raw.get("sort", SORTS[0]), day=day, week=raw.get("week"), month=raw.get("month"),
        submitter=raw.get("submitter"),
    )  # fmt: skip


def search_query(raw: Mapping[str, str]) -> tuple[str, int]:
    """The words to search for and how many papers to give; raises Rejected."""
    complaints = [*_number(raw, "limit", 1, MOST_FOUND)]
    if len(raw.get("q", "")) > LONGEST_QUESTION:
        complaints.append(
            f"✖ Too big: expected string to have <={LONGEST_QUESTION} characters\n  → at q"
        )
    if complaints:
        raise Rejected("\n".join(complaints))
    return raw.get("q", ""), int(raw.get("limit", MOST_FOUND))


def _daily_complaints(raw: Mapping[str, str]) -> Iterator[str]:
    yield from _number(raw, "p", 0, 2**53 - 1)
    yield from _number(raw, "limit", 1, MOST)
    if "date" in raw and not _is_day(raw["date"]):
        yield "✖ Invalid ISO date\n  → at date"
    for name, pattern in PATTERNS.items():
        if name in raw and re.fullmatch(pattern, raw[name], re.ASCII) is None:
            yield f"✖ Invalid string: must match pattern /{pattern}/\n  → at {name}"
    if raw.get("sort", SORTS[0]) not in SORTS:
        yield '✖ Invalid option: expected one of "publishedAt"|"trending"\n  → at sort'


def _number(raw: Mapping[str, str], name: str, least: int, most: int) -> Iterator[str]:
    if name not in raw:
        return
    if re.fullmatch(r"-?\d{1,20}", raw[name], re.ASCII) is None:
        yield f"✖ Invalid input: expected number, received NaN\n  → at {name}"
    elif int(raw[name]) < least:
        yield f"✖ Too small: expected number to be >={least}\n  → at {name}"
    elif int(raw[name]) > most:
        yield f"✖ Too big: expected number to be <={most}\n  → at {name}"


def _is_day(text: str) -> bool:
    try:
        return DATE.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _lagging(today: date) -> date:
    """The limit that the refusal names: the last weekday before today (API.md §1)."""
    day = today - timedelta(days=1)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day
