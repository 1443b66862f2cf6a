"""A change as it travels between machines, and what of it a library accepts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

READ: Final = "read"
STARRED: Final = "starred"
NOTE: Final = "note"
KEPT: Final = "kept"
"""Says that metadata of the paper came later than its star; never shown."""
TAG: Final = "tag:"
"""What the field of a tag begins with; its name is the rest."""
FLAGS: Final = (READ, STARRED, KEPT)

MOST_NAME: Final = 200
"""Characters of a paper's id or of a field."""
MOST_TAG: Final = MOST_NAME - len(TAG)
"""Characters of a tag."""
MOST_NOTE: Final = 1_000_000
"""Characters of a note, or of the text of a field that only a newer program knows."""
MOST_KEPT: Final = 4_000_000
"""Characters of a paper's metadata; the longest list of authors seen takes a tenth."""
MOST_PARENTS: Final = 1000
MOST_NUMBER: Final = 2**53
MOST_CLOCK: Final = 2**62
"""Far below the greatest integer of SQLite, and still in the year 4199."""
MOST_MS: Final = 253_402_214_400_000
"""The last day that ``datetime`` knows."""

MACHINE: Final = re.compile(r"[0-9a-f]{16}", re.ASCII)
VERSION: Final = re.compile(r"[0-9a-f]{16}:[1-9][0-9]{0,15}", re.ASCII)


class Change(NamedTuple):
    """One field of one paper changed once.

    Of two changes of the same field that with the greater (clock, machine, number) holds.
    """

    machine: str
    """16 hexadecimal digits."""
    number: int
    """1, 2, 3, … in the order that the machine made its changes."""
    clock: int
    """Hybrid logical clock: milliseconds since 1970 << 16 | counter."""
    made_ms: int
    """What the machine's own clock said; UTC, milliseconds since 1970."""
    paper: str
    field: str
    """``read``, ``starred``, ``note``, ``tag:NAME``, or what only newer programs know."""
    value: bool | str
    parents: tuple[str, ...] = ()
    """Of a note: ``machine:number`` of the versions that it was written over."""
    kept: str | None = None
    """The paper's metadata as JSON, where it came with the change."""


def is_valid(change: Change) -> bool:
    """Whether a library can hold the change; whatever a file may hold can be asked about."""
    return (
        _matches(MACHINE, change.machine)
        and _is_count(change.number, MOST_NUMBER)
        and change.number > 0
        and _is_count(change.clock, MOST_CLOCK)
        and _is_count(change.made_ms, MOST_MS)
        and is_paper(change.paper)
        and is_name(change.field)
        and change.field != TAG
        and _has_its_type(change)
        and _are_versions(change.parents)
        and (change.kept is None or is_text(change.kept, MOST_KEPT))
    )


def is_paper(value: object) -> bool:
    """Whether the value can be the id of a paper, with nothing in it that acts on a terminal."""
    return is_name(value) and str(value).isprintable()


def is_name(value: object) -> bool:
    """Whether the value can be the name of a field."""
    return is_text(value, MOST_NAME) and value != "" and "\0" not in str(value)


def is_text(value: object, most: int) -> bool:
    """Whether the value is text of at most ``most`` characters that UTF-8 can hold."""
    if not isinstance(value, str) or len(value) > most:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_tag(field: str) -> bool:
    """Whether the field is a tag that has a name."""
    return field.startswith(TAG) and field != TAG


def is_shown(field: str) -> bool:
    """Whether the field is one that the user knows of."""
    return field in (READ, STARRED, NOTE) or is_tag(field)


def tag_field(tag: str) -> str:
    """The field of the tag. Raises ValueError, which says why, for what cannot be a tag."""
    field = TAG + tag
    if not tag:
        raise ValueError("a tag has at least one character")
    if len(tag) > MOST_TAG:
        raise ValueError(f"a tag has at most {MOST_TAG} characters")
    if not is_name(field):
        raise ValueError("not a tag in UTF-8")
    return field


def require_storable(papers: Sequence[str], note: str | None, kept: Mapping[str, str]) -> None:
    """Raise ValueError for an id, a note or metadata that a library cannot hold."""
    for paper in papers:
        if not is_paper(paper):
            raise ValueError(f"not the id of a paper: {paper!r}")
    if note is not None and not is_text(note, MOST_NOTE):
        kind = f"of at most {MOST_NOTE:,} characters" if len(note) > MOST_NOTE else "in UTF-8"
        raise ValueError(f"not a note {kind}")
    if not all(is_text(text, MOST_KEPT) for text in kept.values()):
        raise ValueError(f"not metadata of at most {MOST_KEPT} characters")


def _has_its_type(change: Change) -> bool:
    if change.field == NOTE:
        return is_text(change.value, MOST_NOTE)
    if change.field in FLAGS or is_tag(change.field):
        return isinstance(change.value, bool)
    return isinstance(change.value, bool) or is_text(change.value, MOST_NOTE)


def _are_versions(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and len(value) <= MOST_PARENTS
        and all(_matches(VERSION, parent) for parent in value)
    )


def _is_count(value: object, most: int) -> bool:
    return type(value) is int and 0 <= value <= most


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
