"""The file as SQLite sees it, past the program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Row = tuple[object, ...]


def rows(path: Path, query: str) -> list[Row]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def run(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


def history(path: Path) -> list[list[Row]]:
    """Every row of the tables that only grow, oldest first."""
    return [
        rows(path, "SELECT * FROM steps ORDER BY number"),
        rows(path, "SELECT * FROM changes ORDER BY id"),
        rows(path, "SELECT * FROM kept ORDER BY change"),
    ]


def marks(path: Path) -> set[Row]:
    return set(rows(path, "SELECT paper, field, value FROM marks WHERE field <> 'note'"))


def replayed(path: Path) -> set[Row]:
    """The marks as they follow from the changes alone."""
    changes = rows(
        path,
        "SELECT paper, field, value FROM changes WHERE field <> 'note' "
        "ORDER BY clock, machine, number",
    )
    last = {(paper, field): value for paper, field, value in changes}
    return {(paper, field, value) for (paper, field), value in last.items()}


def derived(path: Path) -> list[set[Row]]:
    """Every row of the tables that follow from others."""
    return [
        set(rows(path, "SELECT paper, field, value, change FROM marks")),
        set(rows(path, "SELECT paper, text FROM notes")),
    ]
