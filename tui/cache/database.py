"""How the cache's database is opened, and what may be in it.

diskcache unpickles what it finds in its database, reads and deletes the files named there
(CVE-2025-69872), runs stored settings and waits a minute for a lock. BytesDisk and _inspect see to
it that it does none of this.
"""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NoReturn

import diskcache
from diskcache.core import DBNAME, METADATA, MODE_RAW

from tui.cache.entry import Damaged
from tui.private_files import make_folder

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

PATIENCE: Final = 1.0  # seconds to wait for the lock that another process holds

SETTINGS: Final[dict[str, Any]] = {
    **diskcache.DEFAULT_SETTINGS,
    "eviction_policy": "least-recently-stored",  # the others write on every read
    "cull_limit": 4,  # ten, the default, can be all there is when answers are large
    "sqlite_mmap_size": 0,  # a mapped file that is cut short kills the process
}

FULL: Final = "the disk is full"
BUSY: Final = "another program holds the cache"
UNWRITABLE: Final = "the cache directory cannot be written"
DAMAGED: Final = "the cache is damaged"
_CLAUSES: Final = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_PROTOCOL: BUSY,
    sqlite3.SQLITE_CANTOPEN: UNWRITABLE,
    sqlite3.SQLITE_READONLY: UNWRITABLE,
    sqlite3.SQLITE_PERM: UNWRITABLE,
    sqlite3.SQLITE_IOERR: UNWRITABLE,
}

KEYS_BETWEEN: Final = {
    direction: "SELECT key FROM Cache WHERE raw = 1 AND key BETWEEN ? AND ? "
    f"ORDER BY key {order} LIMIT ?"
    for direction, order in ((1, "ASC"), (-1, "DESC"))
}

TROUBLE: Final = (sqlite3.Error, OSError, diskcache.Timeout, TypeError, ValueError, Damaged)
"""What diskcache is known to raise on a bad disk or a bad database."""


def open_store(
    directory: Path, size_limit: int, *, suspect: bool = False
) -> tuple[Any, str | None]:
    """A store and what is wrong with it, if anything; None for a store when nothing works.

    A ``suspect`` database is searched for damage from end to end.
    """
    try:
        return _open_to_write(directory, size_limit, suspect), None
    except TROUBLE as error:
        clause, why = clause_of(error), f"{type(error).__name__}: {error}"
    try:
        if clause == DAMAGED:
            aside = _set_aside(directory)
            log.warning("set the damaged cache aside as %s (%s)", aside, why)
            return _open_to_write(directory, size_limit, suspect=False), None
        log.warning("%s: %s (%s)", directory, clause, why)
        return Reader(directory), clause
    except TROUBLE as error:
        log.warning("going on without a cache (%s: %s)", type(error).__name__, error)
        return None, clause


def _open_to_write(directory: Path, size_limit: int, suspect: bool) -> diskcache.Cache:
    _prepare(directory)
    settings = {**SETTINGS, "size_limit": size_limit}
    _inspect(directory / DBNAME, settings, suspect)
    return Store(str(directory), timeout=PATIENCE, disk=BytesDisk, **settings)


def _prepare(directory: Path) -> None:
    """Make the directory and an empty database for the user's eyes only, whatever the umask."""
    make_folder(directory)
    database = directory / DBNAME
    if database.is_dir():
        raise Damaged("a directory stands in the database's place")
    os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))
    with suppress(OSError):  # someone else's directory, or a system without modes
        directory.chmod(0o700)
        database.chmod(0o600)


def _inspect(database: Path, settings: dict[str, Any], suspect: bool) -> None:
    """Make the database fit to be opened by diskcache, or raise what is wrong with it.

    diskcache waits a minute for a lock, runs every stored setting as a PRAGMA and makes it an
    attribute: so take the lock first, and drop the settings when one of them is not ours.
    """
    if database.stat().st_size == 0:  # a transaction would fix its form before diskcache does
        return
    with closing(sqlite3.connect(database, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA auto_vacuum").fetchone() != (1,):
            raise Damaged("a database that cannot shrink")
        if suspect and connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise Damaged("the database fails its own check")
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'Settings'").fetchone():
            stored = dict(connection.execute("SELECT key, value FROM Settings"))
            figures = [stored.pop(name, 0) for name in METADATA]
            if stored != settings or not all(isinstance(figure, int) for figure in figures):
                connection.execute("DELETE FROM Settings")
        connection.execute("COMMIT")


def _set_aside(directory: Path) -> Path:
    """Rename the directory, in place of an older one that was set aside before."""
    from shutil import rmtree

    aside = directory.with_name(directory.name + ".damaged")
    if aside.is_dir():
        rmtree(aside)
    return directory.rename(aside)


def clause_of(error: Exception) -> str:
    """What to tell the user about ``error``."""
    if isinstance(error, diskcache.Timeout):
        return BUSY
    if isinstance(error, OSError):
        return FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else UNWRITABLE
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return _CLAUSES.get(primary, DAMAGED)


class BytesDisk(diskcache.Disk):  # type: ignore[misc]
    """Keys are text and values are bytes inside the database; no pickle and no file, ever."""

    def put(self, key: object) -> tuple[str, bool]:
        if not isinstance(key, str):
            raise TypeError(f"a key is a str, not {type(key).__name__}")
        return key, True

    def get(self, key: object, raw: object) -> NoReturn:
        raise Damaged("keys are never listed")

    def store(
        self, value: object, read: bool, key: object = diskcache.UNKNOWN
    ) -> tuple[int, int, None, bytes]:
        if not isinstance(value, bytes) or read:
            raise TypeError(f"a value is bytes, not {type(value).__name__}")
        return 0, MODE_RAW, None, value

    def fetch(self, mode: object, filename: object, value: object, read: bool) -> bytes:
        if mode != MODE_RAW or not isinstance(value, bytes) or read:
            raise Damaged("a row that this program never wrote")
        return value

    def remove(self, file_path: object) -> None:
        """Leave the file alone: no row of ours names one."""


class Store(diskcache.Cache):  # type: ignore[misc]
    """diskcache with two questions more, for which it has no words."""

    def keys(self, low: str, high: str, direction: int, most: int) -> list[str]:
        rows = self._sql(KEYS_BETWEEN[direction], (low, high, most))
        return [key for (key,) in rows]

    def version(self) -> int:
        ((number,),) = self._sql("PRAGMA data_version")
        return int(number)


class Reader:
    """A database that cannot be opened for writing, read as it stands by any thread.

    It stands in for Store, as far as Cache uses that.
    """

    def __init__(self, directory: Path) -> None:
        self._lock = Lock()
        self._connection = _connect_to_read(directory / DBNAME)

    def get(self, key: str) -> bytes | None:
        query = "SELECT value FROM Cache WHERE key = ? AND raw = 1 AND mode = ?"
        with self._lock:
            row = self._connection.execute(query, (key, MODE_RAW)).fetchone()
        if row is not None and not isinstance(row[0], bytes):
            raise Damaged("a row that this program never wrote")
        return row[0] if row else None

    def keys(self, low: str, high: str, direction: int, most: int) -> list[str]:
        with self._lock:
            rows = self._connection.execute(KEYS_BETWEEN[direction], (low, high, most)).fetchall()
        return [key for (key,) in rows]

    def version(self) -> int:
        with self._lock:
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def transact(self) -> AbstractContextManager[None]:
        return nullcontext()

    def set(self, key: str, value: bytes) -> bool:
        return False

    def delete(self, key: str) -> None:
        """Keep the row: nothing can be written."""

    def close(self) -> None:
        self._connection.close()


def _connect_to_read(database: Path) -> sqlite3.Connection:
    """A connection that writes nothing, not even the lock files of a read-only disk."""
    for option in ("mode=ro", "immutable=1"):
        connection = sqlite3.connect(
            f"{database.absolute().as_uri()}?{option}", uri=True, check_same_thread=False
        )
        try:
            connection.execute("SELECT 1 FROM Cache LIMIT 1")
        except sqlite3.Error:
            connection.close()
        else:
            return connection
    raise FileNotFoundError(errno.ENOENT, "no cache that can be read", str(database))
