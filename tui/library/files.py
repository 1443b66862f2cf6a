"""The library's files: the database and the two that SQLite keeps beside it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack, closing
from datetime import UTC
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.library import machine, migration, schema
from tui.library.backups import copies
from tui.library.errors import (
    NOT_CURRENT,
    NOT_READABLE,
    NOT_WRITABLE,
    TOO_NEW,
    LibraryDamaged,
    LibraryInUse,
    LibraryUnwritable,
    is_busy,
    translated,
    unwritable,
)
from tui.private_files import make_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

BUSY_SECONDS: Final = 2.0
"""How long a window waits for another one's change."""
EMPTY: Final = "the file is empty; “daily-papers library restore” lists copies of it"
SIDECARS: Final = ("-shm", "-journal", "-wal")


class Connections(NamedTuple):
    """One to change the library with, and one that reads while that one waits for its turn.

    Where nothing can be written there is nothing to wait for, and one serves for both.
    """

    writer: sqlite3.Connection
    reader: sqlite3.Connection


def open_writable(path: Path, now: Callable[[], datetime]) -> Connections:
    """Open the library at ``path``, made with its directories where missing.

    One of an earlier schema is brought up to date; ``now`` names the copy made before.

    Raises LibraryDamaged, LibraryTooNew, LibraryUnwritable, LibraryBusy.
    """
    with unwritable(path):
        _refuse_emptied(path)
        make_file(real(path))
    if not os.access(path, os.W_OK):
        raise LibraryUnwritable(path, NOT_WRITABLE)
    with ExitStack() as on_failure:
        writer = _connect(path, "mode=rw", partial(_set_up, now=now))
        on_failure.callback(writer.close)
        reader = _connect(path, "mode=rw", _only_read)
        on_failure.pop_all()
    return Connections(writer, reader)


def open_readable(path: Path, trouble: str) -> tuple[Connections, str]:
    """Open what can be read of the library at ``path`` without changing it.

    Gives an empty library in memory where there is no file or none that can be read. The text
    is ``trouble``, or a worse one that came up. Raises LibraryDamaged and LibraryTooNew.
    """
    try:
        with unwritable(path):
            _refuse_emptied(path)
            if not _size(path):
                return open_empty(), trouble
            return _open_existing(path, trouble)
    except LibraryUnwritable:
        return open_empty(), NOT_READABLE


def open_empty() -> Connections:
    """An empty library in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    schema.create(connection)
    return Connections(connection, connection)


def identity(path: Path) -> tuple[int, int] | None:
    """Which file there is at ``path``, by disk and number; None where there is none to be seen."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def require_alone(path: Path) -> None:
    """Raise LibraryInUse where another connection has the library open: it would write to a file
    that has been put aside.

    A file that is no database is open nowhere, and one that cannot be written is left to whoever
    wants to rename it.
    """
    address = f"{path.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)) as probe:
        try:
            probe.execute("PRAGMA locking_mode = EXCLUSIVE")
            probe.execute("BEGIN IMMEDIATE")
            probe.execute("ROLLBACK")
        except sqlite3.Error as error:
            if is_busy(error):
                raise LibraryInUse(path, str(error)) from error


def set_aside(path: Path, made: datetime) -> Path:
    """Rename the library and what SQLite keeps beside it; return the library's new path, or that
    of a log whose library is gone.

    The logs go first: should the renaming stop halfway, no new library can meet an old log.
    Raises LibraryUnwritable when the directory does not allow it.
    """
    with unwritable(path):
        file = real(path)
        aside = _free_name(file, made)
        there = [suffix for suffix in (*SIDECARS, "") if _beside(file, suffix).exists()]
        for suffix in there:
            _beside(file, suffix).rename(_beside(aside, suffix))
        return _beside(aside, there[-1] if there else "")


def real(path: Path) -> Path:
    """The file behind symbolic links, which is where SQLite keeps its own files."""
    return Path(os.path.realpath(path))


def has_log(path: Path) -> bool:
    """Whether there are changes in a log that may not be in the library yet."""
    return _size(_beside(real(path), "-wal")) > 0


def remove(path: Path) -> None:
    """Delete the file and what SQLite keeps beside it, where there are any. Raises OSError."""
    for suffix in ("", *SIDECARS):
        _beside(path, suffix).unlink(missing_ok=True)


def _connect(
    path: Path, query: str, prepare: Callable[[sqlite3.Connection, Path], None]
) -> sqlite3.Connection:
    """A connection on which ``prepare`` succeeded, in autocommit, for use from any thread."""
    with translated(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{query}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        with ExitStack() as on_failure:
            on_failure.callback(connection.close)
            prepare(connection, path)
            on_failure.pop_all()
        return connection


def _set_up(connection: sqlite3.Connection, path: Path, now: Callable[[], datetime]) -> None:
    # A mark waits until the disk has it, as nothing acknowledged may be lost to a power cut:
    # 0.35 ms in place of 0.07 ms on an SSD. For that macOS needs fullfsync; others ignore it.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    if schema.is_blank(connection):
        schema.create(connection)
    schema.verify(connection, path)
    if schema.version(connection) < schema.VERSION:
        migration.upgrade(connection, path, now())
    with unwritable(path):
        machine.settle(connection, path)
    _write_ahead(connection)


def _only_read(connection: sqlite3.Connection, _path: Path) -> None:
    connection.execute("PRAGMA query_only = ON")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch the file to WAL, where readers and a writer do not wait for each other.

    Two windows that make the library at the same instant can be in each other's way; the file
    is as safe without, and the next opening switches it.
    """
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise


def _open_existing(path: Path, trouble: str) -> tuple[Connections, str]:
    """Open a file to read it, also where SQLite can neither lock it nor keep a log.

    For that SQLite is told that the file is immutable, and then it does not look into the log,
    where a crash may have left the latest marks.
    """
    try:
        connection = _connect(path, "mode=ro", schema.verify_readable)
    except LibraryUnwritable:
        connection = _connect(path, "mode=ro&immutable=1", schema.verify_readable)
        trouble = NOT_CURRENT if has_log(path) else trouble
    found = schema.version(connection)
    if found < schema.VERSION:
        connection = _upgraded_copy(connection)
    if found > schema.VERSION:
        trouble = TOO_NEW.format(found)
    return Connections(connection, connection), trouble


def _upgraded_copy(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The library of an earlier schema as one of the present, in memory; closes the file."""
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    with closing(connection):
        connection.backup(copy)
    migration.upgrade_tables(copy, place="")
    return copy


def _refuse_emptied(path: Path) -> None:
    """Refuse a file that was cut to nothing while its log was not, or of which there are copies.

    SQLite would take it for a new one and delete the log. The log is looked at first: once it
    has content, the file has too.
    """
    if has_log(path) and not _size(path):
        raise LibraryDamaged(path, "the file is empty and its log is not")
    if path.is_file() and not _size(path) and copies(path):
        raise LibraryDamaged(path, EMPTY)


def _free_name(path: Path, made: datetime) -> Path:
    """A name that neither the library nor a file beside it would take from another."""
    stem = f"{path.stem}.damaged-{made.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    endings = chain([""], (f"-{number}" for number in count(2)))
    names = (path.with_name(f"{stem}{ending}{path.suffix}") for ending in endings)
    return next(name for name in names if not _is_taken(name))


def _is_taken(path: Path) -> bool:
    return any(_beside(path, suffix).exists() for suffix in ("", *SIDECARS))


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _size(path: Path) -> int:
    """Size in bytes; 0 when there is no such file."""
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return 0
