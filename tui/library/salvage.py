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
    """What can be read of a table whose rows have numbers.

    A long stretch that cannot be read is crossed in blocks, or its rows would take minutes.
    """
    query = f"SELECT {', '.join(columns)} FROM {table} WHERE rowid >= ? AND rowid < ?"
    rows: list[Row] | None = []
    for start in range(0, _last_number(connection, table) + 1, BLOCK):
        in_stretch, end = not rows, start + BLOCK
        rows = _read(connection, query, start, end)
        if rows is None and not (in_stretch and _read(connection, query, end - 1, end) is None):
            singly = (_read(connection, query, at, at + 1) for at in range(start, end))
            rows = [row for found in singly if found for row in found]
        yield from rows or ()


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


def _read(connection: sqlite3.Connection, query: str, start: int, end: int) -> list[Row] | None:
    """The rows from one number up to another; None where one of them cannot be read."""
    try:
        return connection.execute(query, (start, end)).fetchall()
    except sqlite3.DatabaseError:
        return None


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
