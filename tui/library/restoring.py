"""Brings marks, tags and notes back to what they were, by new changes: nothing is taken away.

So a restoring reaches other windows and machines as any change does, and one undo takes it back.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.library import history, machine, merging, notes, queries
from tui.library.change import NOTE, is_shown
from tui.library.recording import Wanted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tui.library.change import Change

READ_FLAGS: Final = """
SELECT marks.paper, marks.field, marks.value, latest.made_ms
FROM marks JOIN changes AS latest ON latest.id = marks.change
WHERE marks.value = 1 AND marks.field <> ?"""
READ_NOTES: Final = """
SELECT notes.paper, marks.field, notes.text, latest.made_ms
FROM notes JOIN marks ON marks.paper = notes.paper AND marks.field = ?
JOIN changes AS latest ON latest.id = marks.change"""
LATEST_CLOCK: Final = """
SELECT changes.clock FROM marks JOIN changes ON changes.id = marks.change
WHERE marks.paper = ? AND marks.field = ?"""
READ_MISSING: Final = """
SELECT machine, number, clock, made_ms, changes.paper, field, value, parents, json
FROM changes LEFT JOIN kept ON kept.change = changes.id
WHERE NOT EXISTS (
    SELECT 1 FROM here.changes AS known WHERE known.machine = changes.machine
        AND known.number = changes.number AND known.clock = changes.clock
)"""
"""The changes that the library attached as ``here`` lacks."""
UPGRADED_FOR_NOW: Final = "SELECT EXISTS (SELECT 1 FROM machines WHERE place = '')"
"""A copy of version 1 gives its changes another name each time it is read."""

Field = tuple[str, str]
"""Paper and field."""


class Set(NamedTuple):
    """The value of a field that has one."""

    value: int | str
    made_ms: int


class Difference(NamedTuple):
    """A field of a paper that is not as it was."""

    paper: str
    field: str
    """``read``, ``starred``, ``note`` or ``tag:NAME``."""
    now: bool | str
    then: bool | str


def differences(now: sqlite3.Connection, then: sqlite3.Connection) -> list[Difference]:
    """What has other values in the two libraries, in the order of papers and fields."""
    current, earlier = _set_fields(now), _set_fields(then)
    return [
        Difference(*field, _shown(field, current), _shown(field, earlier))
        for field in sorted(current.keys() | earlier.keys())
        if _value(field, current) != _value(field, earlier)
    ]


def restore(
    connection: sqlite3.Connection,
    then: sqlite3.Connection,
    path: Path,
    now_ms: int,
    label: str,
) -> int:
    """Add the changes that only ``then`` has and a step back to its state, in one transaction.

    ``path`` is the library that ``connection`` writes to, in a transaction that the caller holds.
    Returns how many papers the step changes. What comes back has the time at which it was made
    first, so reading lists and histories are as they were.
    """
    before = current = _set_fields(connection)
    if _merge_missing(connection, then, path):
        current = _set_fields(connection)
    earlier = _set_fields(then)
    wanted = [
        _wanted(connection, field, earlier.get(field), _value(field, before))
        for field in sorted(before.keys() | current.keys() | earlier.keys())
        if not _value(field, before) == _value(field, current) == _value(field, earlier)
    ]
    papers = [paper for paper, _ in queries.stars(then)]
    found = zip(papers, queries.kept(then, papers), strict=True)
    kept = {paper: text for paper, text in found if text is not None}
    history.add(connection, now_ms, label, wanted, kept)
    return len({each.paper for each in wanted})


def _set_fields(connection: sqlite3.Connection) -> dict[Field, Set]:
    """Every field that the user knows of and that has a value."""
    return {
        (paper, field): Set(value, made_ms)
        for query in (READ_FLAGS, READ_NOTES)
        for paper, field, value, made_ms in connection.execute(query, (NOTE,))
        if is_shown(field)
    }


def _value(field: Field, fields: Mapping[Field, Set]) -> int | str:
    found = fields.get(field)
    return found.value if found else _unset(field)


def _unset(field: Field) -> int | str:
    return "" if field[1] == NOTE else 0


def _shown(field: Field, fields: Mapping[Field, Set]) -> bool | str:
    value = _value(field, fields)
    return value if isinstance(value, str) else bool(value)


def _wanted(
    connection: sqlite3.Connection, field: Field, earlier: Set | None, was: int | str
) -> Wanted:
    value, made_ms = earlier or (_unset(field), None)
    row = connection.execute(LATEST_CLOCK, field).fetchone()
    seen: int = row[0] if row else 0
    parents: tuple[str, ...] = ()
    if field[1] == NOTE:
        versions = notes.versions(connection, field[0])
        parents = tuple(head.name for head in notes.heads(versions))
        seen = max((version.clock for version in versions), default=0)
    return Wanted(*field, value, was, seen, parents, made_ms)


def _merge_missing(connection: sqlite3.Connection, then: sqlite3.Connection, path: Path) -> int:
    """Add the changes that only ``then`` has; return how many."""
    if then.execute(UPGRADED_FOR_NOW).fetchone()[0]:
        return 0
    then.execute("ATTACH ? AS here", (f"{path.absolute().as_uri()}?mode=ro",))
    try:
        place = machine.place(path)
        return sum(merging.merge(connection, batch, place) for batch in _missing(then))
    finally:
        then.execute("DETACH here")


def _missing(then: sqlite3.Connection) -> Iterator[list[Change]]:
    changes = (merging.change_of(*row) for row in then.execute(READ_MISSING))
    while batch := list(islice(changes, merging.BATCH)):
        yield batch
