"""A copy of a library in one file, taken while others go on changing it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from tui.library import schema
from tui.library.errors import translated, unwritable

if TYPE_CHECKING:
    from pathlib import Path

PARTIAL: Final = ".partial"
"""What the name of a copy ends with until it is whole."""


def backup(source: Path, target: Path) -> None:
    """Copy the library at ``source`` to ``target``, which appears, or is replaced, once whole.

    The copy has no name among machines: put back in place, it may lack what was sent to others
    under the old one. Raises LibraryUnwritable, LibraryDamaged and LibraryBusy.
    """
    partial = target.with_name(target.name + PARTIAL)
    with unwritable(target), translated(source):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        try:
            _copy(source, partial)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
        _sync_directory(target.parent)


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reading,
        closing(sqlite3.connect(target, isolation_level=None)) as writing,
    ):
        writing.execute("PRAGMA synchronous = FULL")
        writing.execute("PRAGMA fullfsync = ON")
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")
        if schema.version(writing) > 1:
            writing.execute("DELETE FROM machines")


def _sync_directory(directory: Path) -> None:
    """See to it that the name is on disk too, where directories can be opened."""
    if os.name == "posix":
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
