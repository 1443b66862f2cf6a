"""The tables of a library, and whether a file holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.library.errors import LibraryDamaged, LibraryTooNew

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

VERSION: Final = 1

CREATE_STEPS: Final = """
CREATE TABLE steps (              -- one per user action; rows are only ever added
    number    INTEGER PRIMARY KEY,
    made_ms   INTEGER NOT NULL,   -- UTC, milliseconds since 1970
    kind      TEXT NOT NULL,      -- change, undo or redo
    label     TEXT NOT NULL,
    target    INTEGER REFERENCES steps,  -- the change that an undo or redo is about
    undo_next INTEGER REFERENCES steps,  -- the change to undo next, as of this step
    redo_next INTEGER REFERENCES steps   -- the undo to take back next, as of this step
)"""
CREATE_CHANGES: Final = """
CREATE TABLE changes (            -- what each step changed; rows are only ever added
    step   INTEGER NOT NULL REFERENCES steps,
    paper  TEXT NOT NULL,
    field  TEXT NOT NULL,
    was    NOT NULL,
    became NOT NULL,
    PRIMARY KEY (step, paper, field)
) WITHOUT ROWID"""
CREATE_MARKS: Final = """
CREATE TABLE marks (              -- the last value of each field; follows from changes
    paper TEXT NOT NULL,
    field TEXT NOT NULL,
    value NOT NULL,
    PRIMARY KEY (paper, field)
) WITHOUT ROWID"""
FIRST_ROWS: Final = (
    "SELECT number, made_ms, kind, label, target, undo_next, redo_next FROM steps LIMIT 1",
    "SELECT step, paper, field, was, became FROM changes LIMIT 1",
    "SELECT paper, field, value FROM marks LIMIT 1",
)


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
            for statement in (CREATE_STEPS, CREATE_CHANGES, CREATE_MARKS):
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
    if found < 1:
        raise LibraryDamaged(path, f"schema version {found}")
    for query in FIRST_ROWS:
        connection.execute(query).fetchone()
