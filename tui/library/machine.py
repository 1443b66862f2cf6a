"""What a library is called among those that it is merged with.

Two libraries under one name would number their changes alike, so a copy needs a name of its own.
It is known by its place: the host, the path, and the file's number on its disk. A false alarm
costs nothing but another name.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

LAST: Final = "SELECT id, place FROM machines ORDER BY number DESC LIMIT 1"


def name(connection: sqlite3.Connection) -> str:
    """The name of the library now; empty for one that was never written to."""
    row = connection.execute(LAST).fetchone()
    return str(row[0]) if row else ""


def names(connection: sqlite3.Connection) -> list[str]:
    """All names under which changes were made in this file, the present one last."""
    return [row[0] for row in connection.execute("SELECT id FROM machines ORDER BY number")]


def settle(connection: sqlite3.Connection, path: Path) -> None:
    """Give the library a name, unless it has one and is where it got it."""
    here = place(path)
    if _is_settled(connection, here):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not _is_settled(connection, here):
            rename(connection, here)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def rename(connection: sqlite3.Connection, here: str) -> None:
    """Take a new name, inside a transaction that the caller holds."""
    values = (os.urandom(8).hex(), here)
    connection.execute("INSERT INTO machines (id, place) VALUES (?, ?)", values)


def place(path: Path) -> str:
    """Where the file at ``path`` is; bytes of the path that are not UTF-8 are spelt out."""
    real = Path(os.path.realpath(path))
    shown = os.fsencode(real).decode(errors="backslashreplace")
    return f"{socket.gethostname()} {real.stat().st_ino} {shown}"


def _is_settled(connection: sqlite3.Connection, here: str) -> bool:
    row = connection.execute(LAST).fetchone()
    return row is not None and row[1] == here
