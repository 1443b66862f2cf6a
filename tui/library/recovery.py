"""Makes a library of what can still be read of a damaged one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.library import files, machine, migration, notes, schema, state
from tui.library.backup import backup
from tui.library.change import (
    MOST_KEPT,
    MOST_NOTE,
    NOTE,
    Change,
    is_name,
    is_paper,
    is_text,
    is_valid,
)
from tui.library.errors import LibraryDamaged, translated, unwritable
from tui.library.recording import Wanted, record
from tui.library.salvage import numbered_rows, sorted_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from tui.library.salvage import Row

RECOVERING: Final = ".recovering"
"""What the name of a new library ends with until it is whole."""

STEPS: Final = ("number", "made_ms", "kind", "label", "target", "undo_next", "redo_next")
CHANGES_1: Final = ("step", "paper", "field", "was", "became")
CHANGES: Final = (
    "machine", "number", "clock", "made_ms", "paper", "field", "value", "parents",
    "id", "step", "was",
)  # fmt: skip
KEPT: Final = ("change", "paper", "json")
MARKS: Final = ("paper", "field", "value")
NOTES: Final = ("paper", "text")

STEPS_ARE_WHOLE: Final = """
SELECT count(*) = coalesce(max(number), 0) AND NOT EXISTS (
    SELECT 1 FROM steps WHERE typeof(made_ms) <> 'integer' OR typeof(label) <> 'text'
        OR coalesce(target, 1) NOT BETWEEN 1 AND number
        OR coalesce(undo_next, 1) NOT BETWEEN 1 AND number
        OR coalesce(redo_next, 1) NOT BETWEEN 1 AND number
) FROM steps"""
FORGET_LOST_STEPS: Final = """
UPDATE changes SET step = NULL, was = NULL
WHERE step IS NOT NULL AND step NOT IN (SELECT number FROM steps)"""
FIND_ORPHANS: Final = "SELECT paper, json FROM kept WHERE change NOT IN (SELECT id FROM changes)"
DROP_ORPHANS: Final = "DELETE FROM kept WHERE change NOT IN (SELECT id FROM changes)"
MARK_NOW: Final = """
SELECT marks.value, changes.clock FROM marks JOIN changes ON changes.id = marks.change
WHERE marks.paper = ? AND marks.field = ?"""


class Recovered(NamedTuple):
    """What became of a damaged library."""

    aside: Path
    """Where it is now."""
    changes: int
    papers: int
    """How many papers there is something known of."""


def recover(path: Path, now: datetime) -> Recovered:
    """Put what can be read of the damaged library at ``path`` in its place, and that beside.

    Undo goes on where the steps are whole. Raises LibraryDamaged where nothing can be read,
    LibraryUnwritable where there is no room, and LibraryInUse where another window has the library
    open; the file is where it was then.
    """
    path = files.real(path)
    fresh = path.with_name(path.name + RECOVERING)
    if not path.exists():
        raise LibraryDamaged(path, "there is nothing but its log")
    files.require_alone(path)
    with unwritable(path), translated(path):
        files.remove(fresh)
        fresh.touch(mode=0o600)
        try:
            changes, papers = _fill(fresh, path, int(now.timestamp() * 1000))
            aside = files.set_aside(path, now)
            fresh.rename(path)
        finally:
            files.remove(fresh)
    return Recovered(aside, changes, papers)


def replace(path: Path, copy: Path, now: datetime) -> Path | None:
    """Put a copy in the place of the library, and that beside; return where it is then.

    For a library that is damaged, or not there: None then. A log that it has left is put beside
    too, or SQLite would mix the two. Raises as ``recover`` does, also for damage in the copy.
    """
    path = files.real(path)
    fresh = path.with_name(path.name + RECOVERING)
    is_there = path.exists()
    if is_there:
        files.require_alone(path)
    with unwritable(path):
        backup(copy, fresh)
        try:
            aside = files.set_aside(path, now)
            fresh.rename(path)
        finally:
            files.remove(fresh)
    return aside if is_there else None


def _fill(fresh: Path, damaged: Path, now_ms: int) -> tuple[int, int]:
    """Fill an empty file in one transaction; return how many changes and papers it has."""
    with (
        closing(sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(fresh, isolation_level=None)) as new,
    ):
        old.execute("PRAGMA writable_schema = ON")  # SQLite then reads files that were cut short
        found = schema.version(old)
        if found not in schema.FIRST_ROWS:
            raise LibraryDamaged(damaged, f"schema version {found}")
        new.execute("PRAGMA synchronous = FULL")
        new.execute("PRAGMA fullfsync = ON")
        new.execute("BEGIN IMMEDIATE")
        (_copy_1 if found == 1 else _copy_2)(old, new, machine.place(fresh))
        if not new.execute(STEPS_ARE_WHOLE).fetchone()[0]:
            new.execute("DELETE FROM steps")
        new.execute(FORGET_LOST_STEPS)
        _add_lost(old, new, now_ms)
        query = "SELECT count(*), count(DISTINCT paper) FROM changes"
        changes, papers = new.execute(query).fetchone()
        if not changes:
            raise LibraryDamaged(damaged, "nothing in it can be read")
        new.execute("COMMIT")
    return changes, papers


def _copy_1(old: sqlite3.Connection, new: sqlite3.Connection, place: str) -> None:
    """Copy the steps and changes of a library of version 1."""
    new.execute(schema.CREATE_STEPS)
    new.execute(migration.CREATE_CHANGES_1)
    _insert(new, "steps", STEPS, numbered_rows(old, "steps", STEPS))
    changes = sorted_rows(old, "changes", CHANGES_1, CHANGES_1[:3])
    _insert(new, "changes", CHANGES_1, filter(_is_change_1, changes))
    migration.upgrade_tables(new, place)


def _copy_2(old: sqlite3.Connection, new: sqlite3.Connection, place: str) -> None:
    """Copy the steps, changes and metadata of a library of version 2."""
    for statement in (schema.CREATE_STEPS, *schema.UPGRADED):
        new.execute(statement)
    new.execute(f"PRAGMA user_version = {schema.VERSION}")
    machine.rename(new, place)
    _insert(new, "steps", STEPS, numbered_rows(old, "steps", STEPS))
    _insert(new, "changes", CHANGES, filter(_is_change, numbered_rows(old, "changes", CHANGES)))
    _insert(new, "kept", KEPT, filter(_is_kept, numbered_rows(old, "kept", KEPT)))
    state.rebuild(new)


def _insert(
    new: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterable[Row]
) -> None:
    values = ", ".join("?" * len(columns))
    query = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({values})"
    new.executemany(query, rows)


def _add_lost(old: sqlite3.Connection, new: sqlite3.Connection, now_ms: int) -> None:
    """Change what was current to what it was, where that is known and its changes are lost."""
    flags = filter(_is_flag, sorted_rows(old, "marks", MARKS, MARKS[:2]))
    texts = filter(_is_note, numbered_rows(old, "notes", NOTES))
    lost = [_lost_flag(new, *row) for row in dict.fromkeys(flags)]
    lost += [_lost_note(new, *row) for row in texts]
    kept = dict(new.execute(FIND_ORPHANS).fetchall())
    new.execute(DROP_ORPHANS)
    record(new, now_ms, [change for change in lost if change], step=None, kept=kept)


def _lost_flag(new: sqlite3.Connection, paper: str, field: str, value: int) -> Wanted | None:
    was, seen = new.execute(MARK_NOW, (paper, field)).fetchone() or (0, 0)
    return None if value == was else Wanted(paper, field, value, was, seen)


def _lost_note(new: sqlite3.Connection, paper: str, text: str) -> Wanted | None:
    """The text as a version beside those that are left, unless it follows from them."""
    versions = notes.versions(new, paper)
    left = notes.joined(notes.heads(versions))
    if text in (left, *(version.text for version in versions)):
        return None
    return Wanted(paper, NOTE, text, left, versions[-1].clock if versions else 0)


def _is_change_1(row: Row) -> bool:
    _step, paper, field, was, became = row
    return is_paper(paper) and is_name(field) and was in (0, 1) and became in (0, 1)


def _is_change(row: Row) -> bool:
    """Whether the row is a change; what is on a damaged page may be anything."""
    *identity, value, parents = row[:8]
    flag = bool(value) if value in (0, 1) else value
    return is_valid(Change._make((*identity, flag, tuple(str(parents).split()), None)))


def _is_kept(row: Row) -> bool:
    _change, paper, text = row
    return is_paper(paper) and is_text(text, MOST_KEPT)


def _is_flag(row: Row) -> bool:
    paper, field, value = row
    return is_paper(paper) and is_name(field) and field != NOTE and value in (0, 1)


def _is_note(row: Row) -> bool:
    paper, text = row
    return is_paper(paper) and is_text(text, MOST_NOTE)
