"""Looks a whole library over: the file, and whether what is current follows from the changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tui.library import schema, state

if TYPE_CHECKING:
    import sqlite3

MOST_TOLD: Final = 20
"""Faults of the file that SQLite lists."""

IN_MEMORY: Final = "PRAGMA temp_store = MEMORY"
STAND_INS: Final = (
    """
CREATE TEMP TABLE marks (
    paper NOT NULL, field NOT NULL, value, change, PRIMARY KEY (paper, field)
) WITHOUT ROWID""",
    "CREATE TEMP TABLE notes (paper PRIMARY KEY, text)",
)
"""Tables that SQLite finds before those of the library when no schema is named."""
DROP_STAND_INS: Final = ("DROP TABLE temp.marks", "DROP TABLE temp.notes")
MARKS: Final = "SELECT paper, field, value, change FROM {}.marks"
NOTES: Final = "SELECT paper, text FROM {}.notes"
DIFFERING: Final = "SELECT paper FROM ({} EXCEPT {})"


class Checked(NamedTuple):
    """What was found; all is well where both are empty."""

    faults: tuple[str, ...]
    """What is wrong with the file, as SQLite says it."""
    papers: tuple[str, ...]
    """The papers whose marks or notes are not what their changes say."""


def check(connection: sqlite3.Connection) -> Checked:
    """Look the library over, in one moment of it; nothing is changed.

    Of a newer library only the file: what follows from its changes only a newer program knows.
    """
    connection.execute(IN_MEMORY)
    connection.execute("BEGIN")
    try:
        faults = _faults(connection)
        known = schema.version(connection) <= schema.VERSION
        papers = _differing(connection) if known and not faults else ()
    finally:
        connection.execute("ROLLBACK")
    return Checked(faults, papers)


def _faults(connection: sqlite3.Connection) -> tuple[str, ...]:
    rows = connection.execute(f"PRAGMA main.integrity_check({MOST_TOLD})").fetchall()
    broken = connection.execute("PRAGMA main.foreign_key_check").fetchmany(MOST_TOLD)
    references = (f"row {number} of {table} refers to nothing" for table, number, *_ in broken)
    return (*(text for (text,) in rows if text != "ok"), *references)


def _differing(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Make what is current anew, beside the library, and compare."""
    for statement in STAND_INS:
        connection.execute(statement)
    state.rebuild(connection)
    papers = {
        row[0]
        for query in (MARKS, NOTES)
        for one, other in (("main", "temp"), ("temp", "main"))
        for row in connection.execute(DIFFERING.format(query.format(one), query.format(other)))
    }
    return tuple(sorted(papers))
