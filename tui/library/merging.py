"""Changes out of a library, and those of other machines into it.

Merging is a union of changes, so it makes no difference how often, in which order, or by which
way they come.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from tui.library import machine, state
from tui.library.change import MOST_CLOCK, TAG, Change, is_valid

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

log = logging.getLogger(__name__)

BATCH: Final = 250
"""Changes read or merged at a time."""

ADD_CHANGE: Final = """
INSERT OR IGNORE INTO changes
    (machine, number, clock, made_ms, paper, field, value, parents)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
ADD_KEPT: Final = """
INSERT OR IGNORE INTO kept (change, paper, json)
SELECT id, paper, ? FROM changes WHERE machine = ? AND number = ? AND clock = ?"""
NEW_OF: Final = "SELECT EXISTS (SELECT 1 FROM changes WHERE id > ? AND +machine = ?)"
"""The plus keeps SQLite from going through every change of ours by the index."""
MACHINES: Final = "SELECT DISTINCT machine FROM changes ORDER BY machine"
READ_CHANGES: Final = f"""
SELECT machine, number, clock, made_ms, changes.paper, field, value, parents, json
FROM changes LEFT JOIN kept ON kept.change = changes.id
WHERE machine = ? AND (number, clock) > (?, ?) AND field <> '{TAG}'
ORDER BY number, clock LIMIT ?"""
"""Without tags that have no name: no other library takes one."""


def merge(connection: sqlite3.Connection, changes: Sequence[Change], place: str) -> int:
    """Add those changes that are not here yet, in the caller's transaction; return how many.

    Those that cannot be right are left out. Where one that was never made here bears our name,
    another library has that too: then ours gets a new one, for the file at ``place``.
    """
    valid = [change for change in changes if is_valid(change)]
    if len(valid) < len(changes):
        log.warning("left out %d changes that cannot be right", len(changes) - len(valid))
    since = state.last_change(connection)
    connection.executemany(ADD_CHANGE, map(_row, valid))
    connection.executemany(
        ADD_KEPT,
        ((each.kept, *_identity(each)) for each in valid if each.kept is not None),
    )
    added = state.count_since(connection, since)
    state.apply(connection, since)
    if connection.execute(NEW_OF, (since, machine.name(connection))).fetchone()[0]:
        machine.rename(connection, place)
    return added


def machines(connection: sqlite3.Connection) -> list[str]:
    """Every machine that has changes here."""
    return [row[0] for row in connection.execute(MACHINES)]


def page(connection: sqlite3.Connection, name: str, after: tuple[int, int]) -> list[Change]:
    """The first changes of the machine ``name`` after a number and clock, in that order."""
    rows = connection.execute(READ_CHANGES, (name, *after, BATCH))
    return [change_of(*row) for row in rows]


def after_number(number: int) -> tuple[int, int]:
    """The number and clock after which come the changes above ``number``."""
    return number, MOST_CLOCK


def _row(change: Change) -> tuple[int | str, ...]:
    value = int(change.value) if isinstance(change.value, bool) else change.value
    return (*_identity(change), change.made_ms, change.paper, change.field, value,
            " ".join(change.parents))  # fmt: skip


def _identity(change: Change) -> tuple[str, int, int]:
    return change.machine, change.number, change.clock


def change_of(
    name: str,
    number: int,
    clock: int,
    made_ms: int,
    paper: str,
    field: str,
    value: int | str,
    parents: str,
    kept: str | None,
) -> Change:
    """The change that stands in a row, with the columns of READ_CHANGES."""
    return Change(
        name, number, clock, made_ms, paper, field,
        bool(value) if isinstance(value, int) else value, tuple(parents.split()), kept,
    )  # fmt: skip
