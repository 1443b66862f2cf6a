"""The tables of a library, and whether a file holds them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from tui.library.errors import LibraryDamaged, LibraryTooNew

if TYPE_CHECKING:
    from pathlib import Path

VERSION: Final = 2

CREATE_STEPS: Final = """
CREATE TABLE steps (              -- one per user action here; rows are only ever added
    number    INTEGER PRIMARY KEY,
    made_ms   INTEGER NOT NULL,   -- UTC, milliseconds since 1970
    kind      TEXT NOT NULL,      -- change, undo or redo
    label     TEXT NOT NULL,
    target    INTEGER REFERENCES steps,  -- the change that an undo or redo is about
    undo_next INTEGER REFERENCES steps,  -- the change to undo next, as of this step
    redo_next INTEGER REFERENCES steps   -- the undo to take back next, as of this step
)"""
UPGRADED: Final = (
    """
CREATE TABLE changes (            -- made here or on other machines; rows are only ever added
    id      INTEGER PRIMARY KEY,  -- in order of arrival
    machine TEXT NOT NULL,
    number  INTEGER NOT NULL,     -- 1, 2, 3, … of each machine
    clock   INTEGER NOT NULL,     -- milliseconds since 1970 << 16 | counter
    made_ms INTEGER NOT NULL,     -- UTC, milliseconds since 1970
    paper   TEXT NOT NULL,
    field   TEXT NOT NULL,        -- read, starred, note, tag:NAME, or from a newer program
    value   NOT NULL,             -- 0 or 1, or text
    parents TEXT NOT NULL,        -- of a note: machine:number of what it was written over
    step    INTEGER REFERENCES steps,  -- of what was made here and can be undone
    was,                          -- the value before, where there is a step
    UNIQUE (machine, number, clock)    -- a number comes twice after an unnoticed copying
)""",
    "CREATE INDEX changes_by_paper ON changes (paper, field)",
    "CREATE INDEX changes_by_clock ON changes (clock)",
    "CREATE INDEX changes_by_step ON changes (step) WHERE step IS NOT NULL",
    """
CREATE TABLE kept (               -- metadata of starred papers; rows are only ever added
    change INTEGER PRIMARY KEY REFERENCES changes,
    paper  TEXT NOT NULL,
    json   TEXT NOT NULL
)""",
    "CREATE INDEX kept_by_paper ON kept (paper)",
    """
CREATE TABLE machines (           -- what this library was called; the last is its name now
    number INTEGER PRIMARY KEY,
    id     TEXT NOT NULL,
    place  TEXT NOT NULL          -- where the file was then: a copy elsewhere is another
)""",
    """
CREATE TABLE marks (              -- the last value of each field; follows from changes
    paper  TEXT NOT NULL,
    field  TEXT NOT NULL,
    value  INTEGER NOT NULL,      -- 0 or 1; of a note whether there is one
    change INTEGER NOT NULL REFERENCES changes,
    PRIMARY KEY (paper, field)
) WITHOUT ROWID""",
    "CREATE INDEX marks_by_field ON marks (field, value, change)",
    """
CREATE TABLE notes (              -- the text of each note; follows from changes
    paper TEXT PRIMARY KEY,
    text  TEXT NOT NULL
)""",
)
"""What version 2 has that version 1 has not, or has otherwise."""

STEPS_ROW: Final = (
    "SELECT number, made_ms, kind, label, target, undo_next, redo_next FROM steps LIMIT 1"
)
FIRST_ROWS: Final = {
    1: (
        STEPS_ROW,
        "SELECT step, paper, field, was, became FROM changes LIMIT 1",
        "SELECT paper, field, value FROM marks LIMIT 1",
    ),
    2: (
        STEPS_ROW,
        "SELECT id, machine, number, clock, made_ms, paper, field, value, parents, step, was "
        "FROM changes LIMIT 1",
        "SELECT change, paper, json FROM kept LIMIT 1",
        "SELECT number, id, place FROM machines LIMIT 1",
        "SELECT paper, field, value, change FROM marks LIMIT 1",
        "SELECT paper, text FROM notes LIMIT 1",
    ),
}
"""By version, what reads one row of each table."""


def is_blank(connection: sqlite3.Connection) -> bool:
    """Whether nothing was ever written to the file."""
    objects = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return version(connection) == 0 and objects == 0


def version(connection: sqlite3.Connection) -> int:
    """The schema version that the file says it has; 0 when it says none."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in one transaction, unless another window just did."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if is_blank(connection):
            for statement in (CREATE_STEPS, *UPGRADED):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def verify(connection: sqlite3.Connection, path: Path) -> None:
    """Raise LibraryTooNew or LibraryDamaged unless this program can use the file.

    Reading one row of each table catches missing tables and a broken root page in
    microseconds; a whole integrity check would hold up the first paint.
    """
    found = version(connection)
    if found > VERSION:
        raise LibraryTooNew(path, found, VERSION)
    if found not in FIRST_ROWS:
        raise LibraryDamaged(path, f"schema version {found}")
    _read_first_rows(connection, found)


def verify_readable(connection: sqlite3.Connection, path: Path) -> None:
    """Raise LibraryTooNew or LibraryDamaged unless this program can read the file.

    A newer library is readable as long as it has the tables and columns that this one knows.
    """
    if version(connection) <= VERSION:
        verify(connection, path)
        return
    try:
        _read_first_rows(connection, VERSION)
    except sqlite3.OperationalError as error:
        raise LibraryTooNew(path, version(connection), VERSION) from error


def _read_first_rows(connection: sqlite3.Connection, known: int) -> None:
    for query in FIRST_ROWS[known]:
        connection.execute(query).fetchone()
