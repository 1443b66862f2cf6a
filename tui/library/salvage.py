"""Rows out of a damaged file, skipping what SQLite refuses to read."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = tuple[Any, ...]

BLOCK: Final = 100
"""Rows read at once; one by one where that fails."""
MOST_ROWS: Final = 10_000_000
"""Where the last number in a table cannot be read or is nonsense."""


def numbered_rows(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...]
) -> Iterator[Row]:
    """What can be read of a table whose rows have numbers."""
    query = f"SELECT {', '.join(columns)} FROM {table} WHERE rowid >= ? AND rowid < ?"
    for start in range(0, _last_number(connection, table) + 1, BLOCK):
        try:
            yield from connection.execute(query, (start, start + BLOCK)).fetchall()
        except sqlite3.DatabaseError:
            for number in range(start, start + BLOCK):
                with suppress(sqlite3.DatabaseError):
                    yield from connection.execute(query, (number, number + 1)).fetchall()


def sorted_rows(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], keys: tuple[str, ...]
) -> Iterator[Row]:
    """What can be read, from both ends, of a table whose rows lie in the order of ``keys``.

    Rows come twice where nothing is in the way.
    """
    for direction in ("ASC", "DESC"):
        order = ", ".join(f"{key} {direction}" for key in keys)
        query = f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"
        with suppress(sqlite3.DatabaseError):
            yield from connection.execute(query)


def _last_number(connection: sqlite3.Connection, table: str) -> int:
    try:
        row = connection.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()
    except sqlite3.DatabaseError:
        return _most_by_size(connection)
    return min(int(row[0]), MOST_ROWS)


def _most_by_size(connection: sqlite3.Connection) -> int:
    """More rows than the file has room for."""
    pages, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
    )
    return min(int(pages) * int(size) // 16, MOST_ROWS)
