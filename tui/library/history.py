"""The changes that make up a library, inside a transaction that the caller holds.

Steps form two stacks that only ever grow on disk: every step stores what undo and redo would
act on next, so the latest row alone says it, and going back is reading an earlier row.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from tui.library.marks import Mark, Undone

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

READ_MARKS: Final = """
SELECT wanted.value, coalesce(reading.value, 0), coalesce(star.value, 0)
FROM json_each(?) AS wanted
LEFT JOIN marks AS reading ON reading.paper = wanted.value AND reading.field = 'read'
LEFT JOIN marks AS star ON star.paper = wanted.value AND star.field = 'starred'"""
ADD_CHANGES: Final = """
INSERT INTO changes (step, paper, field, was, became)
SELECT :step, wanted.value, :field, coalesce(marks.value, 0), :value
FROM json_each(:papers) AS wanted
LEFT JOIN marks ON marks.paper = wanted.value AND marks.field = :field
WHERE coalesce(marks.value, 0) IS NOT :value"""
ADD_REVERSED: Final = """
INSERT INTO changes (step, paper, field, was, became)
SELECT :number, paper, field, value, restored
FROM (
    SELECT paper, field, value, CASE :kind WHEN 'undo' THEN was ELSE became END AS restored
    FROM changes JOIN marks USING (paper, field)
    WHERE step = :target
)
WHERE value IS NOT restored"""
ADD_STEP: Final = """
INSERT INTO steps (number, made_ms, kind, label, target, undo_next, redo_next)
VALUES (:number, :made_ms, :kind, :label, :target, :undo_next, :redo_next)"""
APPLY: Final = """
INSERT OR REPLACE INTO marks (paper, field, value)
SELECT paper, field, became FROM changes WHERE step = ?"""
LAST_STEP_BEFORE: Final = """
SELECT number, undo_next, redo_next FROM steps WHERE number < ? ORDER BY number DESC LIMIT 1"""
END: Final = 2**62
"""Above every step number."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where the history stands after a step: the change to undo and the undo to redo next."""

    number: int
    undo_next: int | None
    redo_next: int | None


def read_marks(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Mark]:
    """The mark of every id asked for, in one query."""
    rows = connection.execute(READ_MARKS, (json.dumps(_unique(ids)),))
    return {paper: Mark(bool(read), bool(starred)) for paper, read, starred in rows}


def change(
    connection: sqlite3.Connection,
    made_ms: int,
    label: str,
    ids: Iterable[str],
    wanted: Mapping[str, bool],
) -> int:
    """Add one step that sets the ``wanted`` fields of the papers; return how many change."""
    number = _before(connection, END).number + 1
    papers = json.dumps(_unique(ids))
    for field, value in wanted.items():
        values = {"step": number, "field": field, "value": int(value), "papers": papers}
        connection.execute(ADD_CHANGES, values)
    changed = _papers_in(connection, number)
    if changed:
        _finish(connection, Position(number, number, None), made_ms, "change", label)
    return changed


def undo(connection: sqlite3.Connection, made_ms: int) -> Undone | None:
    """Add a step that takes the latest change back; None when there is none."""
    latest = _before(connection, END)
    target = latest.undo_next
    if target is None:
        return None
    number = latest.number + 1
    after = Position(number, _before(connection, target).undo_next, redo_next=number)
    return _reverse(connection, after, made_ms, "undo", target)


def redo(connection: sqlite3.Connection, made_ms: int) -> Undone | None:
    """Add a step that does again what the latest undo took back; None when there is none."""
    latest = _before(connection, END)
    if latest.redo_next is None:
        return None
    query = "SELECT target FROM steps WHERE number = ?"
    target: int = connection.execute(query, (latest.redo_next,)).fetchone()[0]
    earlier = _before(connection, latest.redo_next)
    after = Position(latest.number + 1, undo_next=target, redo_next=earlier.redo_next)
    return _reverse(connection, after, made_ms, "redo", target)


def _reverse(
    connection: sqlite3.Connection,
    after: Position,
    made_ms: int,
    kind: Literal["undo", "redo"],
    target: int,
) -> Undone:
    values = {"number": after.number, "kind": kind, "target": target}
    connection.execute(ADD_REVERSED, values)
    query = "SELECT label FROM steps WHERE number = ?"
    label: str = connection.execute(query, (target,)).fetchone()[0]
    _finish(connection, after, made_ms, kind, label, target)
    return Undone(label)


def _finish(
    connection: sqlite3.Connection,
    after: Position,
    made_ms: int,
    kind: Literal["change", "undo", "redo"],
    label: str,
    target: int | None = None,
) -> None:
    """Add the step itself and bring the marks up to date with its changes."""
    values = {
        "number": after.number,
        "made_ms": made_ms,
        "kind": kind,
        "label": label,
        "target": target,
        "undo_next": after.undo_next,
        "redo_next": after.redo_next,
    }
    connection.execute(ADD_STEP, values)
    connection.execute(APPLY, (after.number,))


def _before(connection: sqlite3.Connection, number: int) -> Position:
    """Where the history stood just before the step ``number``."""
    row = connection.execute(LAST_STEP_BEFORE, (number,)).fetchone()
    return Position(*row) if row else Position(0, None, None)


def _papers_in(connection: sqlite3.Connection, step: int) -> int:
    """How many papers the step changes."""
    query = "SELECT count(DISTINCT paper) FROM changes WHERE step = ?"
    return int(connection.execute(query, (step,)).fetchone()[0])


def _unique(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))
