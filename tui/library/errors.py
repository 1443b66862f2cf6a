"""What can go wrong between us and the user's library.

LibraryError
├── LibraryDamaged      the file is not a library that can be trusted; it is left as it is
├── LibraryUnwritable   nothing can be written now; nothing was changed
├── LibraryTooNew       a newer version of the program wrote the file
└── LibraryBusy         another window held the file for too long; nothing was changed
    └── LibraryInUse    another window has the file open, which was to give way to another one
"""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOT_WRITABLE: Final = "the data directory cannot be written"
NOT_READABLE: Final = "the library cannot be read"
NOT_CURRENT: Final = "the data directory cannot be written and the latest marks cannot be read"
TOO_NEW: Final = "the library was written by a newer daily-papers (version {} of its format)"
NOT_IN_PLACE: Final = (
    "the library was moved, deleted or replaced while it was open here (start again to use it)"
)
DISK_FULL: Final = "the disk is full"
DISK_ERROR: Final = "the disk reports an error"

FULL_ERRNOS: Final = (errno.ENOSPC, errno.EDQUOT)
PRIMARY_CODE: Final = 0xFF
"""The bits of an extended SQLite result code that hold the primary one."""
BUSY_CODES: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
UNWRITABLE_CODES: Final = {
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: DISK_FULL,
    sqlite3.SQLITE_IOERR: DISK_ERROR,
    sqlite3.SQLITE_CANTOPEN: NOT_WRITABLE,
    sqlite3.SQLITE_READONLY: NOT_WRITABLE,
}


class LibraryError(Exception):
    """Base of the family; ``path`` is the library's file, ``detail`` is for the log.

    ``merged`` is how many changes of other machines had been added by then.
    """

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail
        self.merged = 0


class LibraryDamaged(LibraryError):
    """The file is not a database, is corrupt, or lacks what a library has."""


class LibraryUnwritable(LibraryError):
    """Nothing can be written; ``reason`` is a clause such as "the disk is full"."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.reason = reason


class LibraryTooNew(LibraryError):
    """The file has schema version ``found``; this program knows versions up to ``known``."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(path, f"schema version {found}, known up to {known}")
        self.found = found
        self.known = known


class LibraryBusy(LibraryError):
    """Another window held the file for longer than we wait."""


class LibraryInUse(LibraryBusy):
    """Another window has the library open, so that its file cannot be put aside."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn every SQLite error raised inside into one of the family."""
    try:
        yield
    except sqlite3.Error as error:
        raise from_sqlite(path, error) from error


@contextmanager
def unwritable(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into LibraryUnwritable."""
    try:
        yield
    except OSError as error:
        full = error.errno in FULL_ERRNOS
        raise LibraryUnwritable(path, DISK_FULL if full else NOT_WRITABLE) from error


def from_sqlite(path: Path, error: sqlite3.Error) -> LibraryError:
    """The member of the family that an error of SQLite means for the library at ``path``."""
    code = _code(error)
    if code is None:
        return LibraryError(path, str(error))
    if is_busy(error):
        return LibraryBusy(path, str(error))
    reason = UNWRITABLE_CODES.get(code) or UNWRITABLE_CODES.get(code & PRIMARY_CODE)
    return LibraryUnwritable(path, reason) if reason else LibraryDamaged(path, str(error))


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection was in the way."""
    code = _code(error)
    return code is not None and code & PRIMARY_CODE in BUSY_CODES


def _code(error: sqlite3.Error) -> int | None:
    """The extended result code; None for what the Python module refuses by itself."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return code
