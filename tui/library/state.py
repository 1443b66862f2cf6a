"""What is current, as it follows from the changes: marks, and the texts of notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.library import notes
from tui.library.change import NOTE

if TYPE_CHECKING:
    import sqlite3

LAST_CHANGE: Final = "SELECT coalesce(max(id), 0) FROM changes"
APPLY_FLAGS: Final = """
INSERT INTO marks (paper, field, value, change)
SELECT paper, field, value, id FROM changes
WHERE id > ? AND typeof(value) = 'integer' ORDER BY id
ON CONFLICT (paper, field) DO UPDATE SET value = excluded.value, change = excluded.change
WHERE (SELECT clock, machine, number FROM changes WHERE id = excluded.change)
    > (SELECT clock, machine, number FROM changes WHERE id = marks.change)"""
NOTES_CHANGED: Final = "SELECT paper FROM changes WHERE id > ? AND +field = ?"
"""The plus keeps SQLite from going through every note by the index."""
SET_NOTE_MARK: Final = """
INSERT OR REPLACE INTO marks (paper, field, value, change) VALUES (?, ?, ?, ?)"""


def last_change(connection: sqlite3.Connection) -> int:
    """The id of the latest change to arrive; 0 where there is none."""
    return int(connection.execute(LAST_CHANGE).fetchone()[0])


def count_since(connection: sqlite3.Connection, since: int) -> int:
    """How many changes have arrived since the one with the id ``since``."""
    query = "SELECT count(*) FROM changes WHERE id > ?"
    return int(connection.execute(query, (since,)).fetchone()[0])


def apply(connection: sqlite3.Connection, since: int) -> None:
    """Bring what is current up to date with the changes whose ids are above ``since``.

    In which order they come makes no difference.
    """
    connection.execute(APPLY_FLAGS, (since,))
    for (paper,) in dict.fromkeys(connection.execute(NOTES_CHANGED, (since, NOTE))):
        _apply_note(connection, paper)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make what is current anew from the changes."""
    connection.execute("DELETE FROM marks")
    connection.execute("DELETE FROM notes")
    apply(connection, 0)


def _apply_note(connection: sqlite3.Connection, paper: str) -> None:
    heads = notes.heads(notes.versions(connection, paper))
    text = notes.joined(heads)
    connection.execute(SET_NOTE_MARK, (paper, NOTE, bool(text), heads[-1].change))
    if text:
        connection.execute(
            "INSERT OR REPLACE INTO notes (paper, text) VALUES (?, ?)", (paper, text)
        )
    else:
        connection.execute("DELETE FROM notes WHERE paper = ?", (paper,))
