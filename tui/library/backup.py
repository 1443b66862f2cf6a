"""A copy of a library in one file, taken while others go on changing it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from tui.library import schema
from tui.library.errors import LibraryDamaged, translated, unwritable
from tui.private_files import make_file

if TYPE_CHECKING:
    from pathlib import Path

PARTIAL: Final = ".partial"
"""What the name of a copy ends with until it is whole."""


def backup(source: Path, target: Path) -> None:
    """Copy the library at ``source`` to ``target``, which appears, or is replaced, once whole.

    The copy has no name among machines: put back in place, it may lack what was sent to others
    under the old one. It is looked over, so that no damaged copy outlives the sound ones.
    Raises LibraryUnwritable, LibraryDamaged and LibraryBusy.
    """
    partial = target.with_name(f"{target.name}.{os.getpid()}{PARTIAL}")
    with unwritable(target), translated(source):
        partial.unlink(missing_ok=True)
        make_file(partial)
        try:
            _copy(source, partial)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
        _sync_directory(target.parent)


def require_sound(path: Path) -> None:
    """Raise LibraryDamaged or LibraryTooNew unless the file is a library without damage.

    Reads the whole file: a second for a large one. Also raises LibraryUnwritable where SQLite
    may not make the files that it needs to read, and LibraryBusy.
    """
    with translated(path), closing(_reading(path)) as connection:
        schema.verify(connection, path)
        _look_over(connection, path)


def _copy(source: Path, target: Path) -> None:
    with (
        closing(_reading(source)) as reading,
        closing(sqlite3.connect(target, isolation_level=None)) as writing,
    ):
        writing.execute("PRAGMA synchronous = FULL")
        writing.execute("PRAGMA fullfsync = ON")
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")
        if schema.version(writing) > 1:
            writing.execute("DELETE FROM machines")
        _look_over(writing, source)


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _look_over(connection: sqlite3.Connection, path: Path) -> None:
    """Raise LibraryDamaged for what SQLite finds in a page that nobody may have read yet."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise LibraryDamaged(path, found)


def _sync_directory(directory: Path) -> None:
    """See to it that the name is on disk too, where directories can be opened."""
    if os.name == "posix":
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
