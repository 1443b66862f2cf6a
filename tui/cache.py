"""Answers of the Hub on disk: bytes in, bytes out, with the time they were fetched.

Nothing here is the user's own and all of it can be fetched again, so trouble is never raised: it
is a miss, or a write that is dropped. This is the only importer of diskcache, which unpickles what
it finds in its database and reads and deletes the files named there (CVE-2025-69872): BytesDisk
and _inspect let it do neither.
"""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
import struct
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import diskcache
from diskcache.core import DBNAME, METADATA, MODE_RAW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

log = logging.getLogger(__name__)

SIZE_LIMIT: Final = 128 * 2**20  # bytes on disk; a day takes about 50 KB
MAX_BODY: Final = 16 * 2**20  # bytes of one answer
MAX_VALIDATOR: Final = 1_000  # bytes
PATIENCE: Final = 1.0  # seconds to wait for the lock that another process holds
FORMAT: Final = 1
"""The first byte of every value; another one makes the value a miss."""

SETTINGS: Final[dict[str, Any]] = {
    **diskcache.DEFAULT_SETTINGS,
    "eviction_policy": "least-recently-stored",  # the others write on every read
    "cull_limit": 4,  # ten, the default, can be all there is when answers are large
    "sqlite_mmap_size": 0,  # a mapped file that is cut short kills the process
}
_HEADER: Final = struct.Struct("!BqH")  # format, microseconds since 1970, bytes of the validator
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

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

Result = TypeVar("Result")


class Damaged(Exception):
    """The database holds what this program never wrote."""


_TROUBLE: Final = (sqlite3.Error, OSError, diskcache.Timeout, TypeError, ValueError, Damaged)
"""What diskcache is known to raise on a bad disk or a bad database."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as it came, when it was fetched (aware, UTC), and the Hub's validator for it."""

    body: bytes
    fetched: datetime
    validator: str | None


class Cache:
    """A bounded store of answers by key, for several threads and processes at once.

    ``trouble`` is a clause for the user while answers are not kept, otherwise None.
    """

    def __init__(self, directory: Path, size_limit: int) -> None:
        self._directory = directory
        self._size_limit = size_limit
        self._lock = Lock()
        self._reopened = False
        self._said: set[str] = set()
        self._store, self.trouble = _open(directory, size_limit)

    @classmethod
    def open(cls, directory: Path, size_limit: int = SIZE_LIMIT) -> Cache:
        """The cache in ``directory``, which is made when it is not there; raises nothing.

        A damaged cache is set aside. One that cannot be written is read as it stands. Takes about
        three milliseconds, and at most a second or two when another process holds the lock.
        """
        return cls(directory, size_limit)

    def get(self, key: str) -> Entry | None:
        """The answer stored under ``key``; one that cannot be decoded is a miss, and deleted."""
        try:
            return self._attempt(lambda store: _unpack(store.get(key)), None)
        except Damaged as damage:
            log.warning("dropped the cached answer %s: %s", key, damage)
            self._attempt(lambda store: store.delete(key), None)
            return None

    def put(self, key: str, body: bytes, *, fetched: datetime, validator: str | None) -> bool:
        """Whether ``body`` is now stored under ``key``; ``fetched`` is aware."""
        value = _pack(Entry(body, fetched, validator))
        if value is None:
            return False
        stored = self._attempt(lambda store: bool(store.set(key, value)), False)
        if stored:
            self.trouble = None
        return stored

    def touch(self, key: str, fetched: datetime) -> bool:
        """Whether the answer under ``key`` now counts as fetched at the aware time ``fetched``."""
        entry = self.get(key)
        if entry is None:
            return False
        return self.put(key, entry.body, fetched=fetched, validator=entry.validator)

    def close(self) -> None:
        """Let go of the database; from now on everything is a miss."""
        with self._lock:
            store, self._store = self._store, None
        if store is not None:
            with suppress(sqlite3.Error):
                store.close()

    def _attempt(self, work: Callable[[Any], Result], otherwise: Result) -> Result:
        store = self._store
        if store is None:
            return otherwise
        try:
            return work(store)
        except Damaged:
            raise
        except _TROUBLE as error:
            self._stumble(store, error)
            return otherwise

    def _stumble(self, store: object, error: Exception) -> None:
        clause = self.trouble = _clause(error)
        if clause not in self._said:
            self._said.add(clause)
            log.warning("%s (%s: %s)", clause, type(error).__name__, error)
        if clause in (DAMAGED, UNWRITABLE):
            self._reopen(store)

    def _reopen(self, store: object) -> None:
        """Start on a sound database, once a run, when the one in use was damaged or removed."""
        with self._lock:
            if self._reopened or store is not self._store:
                return
            self._reopened = True
            self._store, self.trouble = _open(self._directory, self._size_limit, suspect=True)


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
        if mode != MODE_RAW or filename is not None or not isinstance(value, bytes) or read:
            raise Damaged("a row that this program never wrote")
        return value

    def remove(self, file_path: object) -> None:
        """Leave the file alone: no row of ours names one."""


class _Reader:
    """A database that cannot be opened for writing, read as it stands by any thread."""

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


def _open(directory: Path, size_limit: int, *, suspect: bool = False) -> tuple[Any, str | None]:
    """A store and what is wrong with it, if anything; None for a store when nothing works.

    A ``suspect`` database is searched for damage from end to end.
    """
    try:
        return _open_to_write(directory, size_limit, suspect), None
    except _TROUBLE as error:
        clause, why = _clause(error), f"{type(error).__name__}: {error}"
    try:
        if clause == DAMAGED:
            aside = _set_aside(directory)
            log.warning("set the damaged cache aside as %s (%s)", aside, why)
            return _open_to_write(directory, size_limit, suspect=False), None
        log.warning("%s: %s (%s)", directory, clause, why)
        return _Reader(directory), clause
    except _TROUBLE as error:
        log.warning("going on without a cache (%s: %s)", type(error).__name__, error)
        return None, clause


def _open_to_write(directory: Path, size_limit: int, suspect: bool) -> diskcache.Cache:
    _prepare(directory)
    settings = {**SETTINGS, "size_limit": size_limit}
    _inspect(directory / DBNAME, settings, suspect)
    return diskcache.Cache(str(directory), timeout=PATIENCE, disk=BytesDisk, **settings)


def _prepare(directory: Path) -> None:
    """Make the directory and an empty database for the user's eyes only, whatever the umask."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
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


def _clause(error: Exception) -> str:
    """What to tell the user about ``error``."""
    if isinstance(error, diskcache.Timeout):
        return BUSY
    if isinstance(error, OSError):
        return FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else UNWRITABLE
    return _CLAUSES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, DAMAGED)


def _pack(entry: Entry) -> bytes | None:
    """The value to store, or None for an answer that is out of bounds."""
    validator = (entry.validator or "").encode()
    if len(entry.body) > MAX_BODY or len(validator) > MAX_VALIDATOR:
        return None
    microseconds = (entry.fetched - _EPOCH) // _MICROSECOND
    header = _HEADER.pack(FORMAT, microseconds, len(validator))
    return header + validator + zlib.compress(entry.body, 1)


def _unpack(value: bytes | None) -> Entry | None:
    if value is None:
        return None
    try:
        form, microseconds, length = _HEADER.unpack_from(value)
        validator = value[_HEADER.size : _HEADER.size + length].decode()
        fetched = _EPOCH + microseconds * _MICROSECOND
        inflate = zlib.decompressobj()
        body = inflate.decompress(value[_HEADER.size + length :], MAX_BODY + 1)
    except (struct.error, zlib.error, UnicodeDecodeError, OverflowError) as error:
        raise Damaged(str(error)) from None
    if form != FORMAT or not inflate.eof or len(body) > MAX_BODY:
        raise Damaged("another format, too large, or cut off")
    return Entry(body, fetched, validator or None)
