"""The steps that the user can undo, inside a transaction that the caller holds.

Steps form two stacks that only ever grow on disk: every step stores what undo and redo would
act on next, so the latest row alone says it, and going back is reading an earlier row.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from tui.library import notes
from tui.library.change import NOTE
from tui.library.marks import Undone
from tui.library.recording import Wanted, record

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Label = str | Callable[[Sequence[str]], str]
    """The name of a step, or what names it by the papers that it changes."""
    Kind = Literal["change", "undo", "redo"]

DIFFERENT: Final = """
SELECT wanted.key, coalesce(marks.value, 0), coalesce(latest.clock, 0)
FROM json_each(:papers) AS wanted
LEFT JOIN marks ON marks.paper = wanted.value AND marks.field = :field
LEFT JOIN changes AS latest ON latest.id = marks.change
WHERE coalesce(marks.value, 0) IS NOT :value"""
FLAGS_OF_STEP: Final = """
SELECT done.paper, done.field, CASE WHEN :undo THEN done.was ELSE done.value END,
    marks.value, latest.clock, CASE WHEN :undo THEN (
        SELECT made_ms FROM changes AS before
        WHERE before.paper = done.paper AND before.field = done.field
            AND before.id < done.id AND before.value = done.was
        ORDER BY clock DESC, machine DESC, number DESC LIMIT 1
    ) ELSE done.made_ms END
FROM changes AS done JOIN marks USING (paper, field)
JOIN changes AS latest ON latest.id = marks.change
WHERE done.step = :step AND done.field <> :note"""
NOTES_OF_STEP: Final = """
SELECT paper, CASE WHEN :undo THEN was ELSE value END, machine || ':' || number
FROM changes WHERE step = :step AND field = :note"""
NOTE_NOW: Final = "SELECT text FROM notes WHERE paper = ?"
ADD_STEP: Final = """
INSERT INTO steps (number, made_ms, kind, label, target, undo_next, redo_next)
VALUES (:number, :made_ms, :kind, :label, :target, :undo_next, :redo_next)"""
LAST_STEP_BEFORE: Final = """
SELECT number, undo_next, redo_next FROM steps WHERE number < ? ORDER BY number DESC LIMIT 1"""
END: Final = 2**62
"""Above every step number."""


class Position(NamedTuple):
    """Where the history stands after a step: the change to undo and the undo to redo next."""

    number: int
    undo_next: int | None
    redo_next: int | None


class Wish(NamedTuple):
    """What one user action is to make of some papers."""

    papers: Sequence[str]
    flags: Mapping[str, bool]
    """By field."""
    note: str | None
    over: tuple[str, ...] | None
    """The versions that the note was written over; None for all that there are."""


def change(
    connection: sqlite3.Connection,
    now_ms: int,
    label: Label,
    wish: Wish,
    kept: Mapping[str, str],
) -> int:
    """Add a step for what differs from the wish; return how many papers that changes."""
    wanted = [each for field in wish.flags for each in _flags(connection, wish, field)]
    if wish.note is not None:
        wanted += _notes(connection, wish.papers, wish.note, wish.over)
    papers = list(dict.fromkeys(each.paper for each in wanted))
    add(connection, now_ms, label if isinstance(label, str) else label(papers), wanted, kept)
    return len(papers)


def add(
    connection: sqlite3.Connection,
    now_ms: int,
    label: str,
    wanted: Sequence[Wanted],
    kept: Mapping[str, str],
) -> None:
    """Add a step of these changes, where there are any."""
    if wanted:
        number = _before(connection, END).number + 1
        _add_step(connection, Position(number, number, None), now_ms, "change", label)
        record(connection, now_ms, wanted, step=number, kept=kept)


def undo(connection: sqlite3.Connection, now_ms: int) -> Undone | None:
    """Add a step that takes the latest change back; None when there is none."""
    latest = _before(connection, END)
    target = latest.undo_next
    if target is None:
        return None
    number = latest.number + 1
    after = Position(number, _before(connection, target).undo_next, redo_next=number)
    return _reverse(connection, after, now_ms, "undo", target)


def redo(connection: sqlite3.Connection, now_ms: int) -> Undone | None:
    """Add a step that does again what the latest undo took back; None when there is none."""
    latest = _before(connection, END)
    if latest.redo_next is None:
        return None
    query = "SELECT target FROM steps WHERE number = ?"
    target: int = connection.execute(query, (latest.redo_next,)).fetchone()[0]
    earlier = _before(connection, latest.redo_next)
    after = Position(latest.number + 1, undo_next=target, redo_next=earlier.redo_next)
    return _reverse(connection, after, now_ms, "redo", target)


def _flags(connection: sqlite3.Connection, wish: Wish, field: str) -> Iterator[Wanted]:
    """The papers on which the flag has another value than it is to have."""
    papers = list(dict.fromkeys(wish.papers))
    value = int(wish.flags[field])
    values = {"papers": json.dumps(papers), "field": field, "value": value}
    for index, was, seen in connection.execute(DIFFERENT, values):
        yield Wanted(papers[index], field, value, was, seen)


def _notes(
    connection: sqlite3.Connection,
    papers: Sequence[str],
    text: str,
    over: tuple[str, ...] | None,
) -> Iterator[Wanted]:
    """The papers whose notes are other than ``text``."""
    for paper in dict.fromkeys(papers):
        was = _note_now(connection, paper)
        if text != was:
            versions = notes.versions(connection, paper)
            parents = tuple(head.name for head in notes.heads(versions)) if over is None else over
            yield Wanted(paper, NOTE, text, was, _seen(versions), parents)


def _reverse(
    connection: sqlite3.Connection,
    after: Position,
    now_ms: int,
    kind: Literal["undo", "redo"],
    target: int,
) -> Undone:
    """Add a step that gives what ``target`` changed the values before it, or after it.

    What is set again has the time at which it was made first, so reading lists and histories are
    as they were.
    """
    query = "SELECT label FROM steps WHERE number = ?"
    label: str = connection.execute(query, (target,)).fetchone()[0]
    _add_step(connection, after, now_ms, kind, label, target)
    values = {"step": target, "undo": kind == "undo", "note": NOTE}
    wanted = [
        Wanted(paper, field, value, was, seen, made_ms=made_ms if value else None)
        for paper, field, value, was, seen, made_ms in connection.execute(FLAGS_OF_STEP, values)
        if value != was
    ]
    for paper, text, version in connection.execute(NOTES_OF_STEP, values).fetchall():
        wanted += _note_again(connection, paper, text, version)
    record(connection, now_ms, wanted, step=after.number, kept={})
    return Undone(label)


def _note_again(
    connection: sqlite3.Connection, paper: str, text: str, version: str
) -> Iterator[Wanted]:
    """Write ``text`` over what came of ``version`` here, and leave what other machines wrote."""
    versions = notes.versions(connection, paper)
    above = notes.heads_above(versions, version)
    if any(head.text != text for head in above):
        was = _note_now(connection, paper)
        parents = tuple(head.name for head in above)
        written = (each.made_ms for each in reversed(versions) if text and each.text == text)
        yield Wanted(paper, NOTE, text, was, _seen(versions), parents, next(written, None))


def _add_step(
    connection: sqlite3.Connection,
    after: Position,
    made_ms: int,
    kind: Kind,
    label: str,
    target: int | None = None,
) -> None:
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


def _before(connection: sqlite3.Connection, number: int) -> Position:
    """Where the history stood just before the step ``number``."""
    row = connection.execute(LAST_STEP_BEFORE, (number,)).fetchone()
    return Position(*row) if row else Position(0, None, None)


def _note_now(connection: sqlite3.Connection, paper: str) -> str:
    row = connection.execute(NOTE_NOW, (paper,)).fetchone()
    return row[0] if row else ""


def _seen(versions: Sequence[notes.Version]) -> int:
    """The greatest clock among the versions."""
    return versions[-1].clock if versions else 0
