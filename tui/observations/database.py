"""The database of observations: derived data, begun anew when damaged, done without when need be.

Without a file that can be used, a database in memory serves for the run.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.private_files import make_file

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)

VERSION: Final = 2
"""Of the tables; kept as the file's ``user_version``."""
BUSY_SECONDS: Final = 0.5
"""How long a write waits for that of another process."""

CREATE_LOOKS: Final = """
CREATE TABLE looks (           -- what the user has seen of each paper
    paper        TEXT PRIMARY KEY NOT NULL,
    at_us        INTEGER NOT NULL,   -- the last look: UTC, microseconds since 1970
    upvotes      INTEGER NOT NULL,   -- the counts at that look
    comments     INTEGER,
    repo         INTEGER NOT NULL,
    was_upvotes  INTEGER NOT NULL,   -- the counts at the end of the visit before
    was_comments INTEGER,
    was_repo     INTEGER NOT NULL
) WITHOUT ROWID"""
CREATE_OBSERVATIONS: Final = """
CREATE TABLE observations (    -- what the Hub has said, where it differed from before
    paper    TEXT NOT NULL,
    at_us    INTEGER NOT NULL,       -- UTC, microseconds since 1970
    upvotes  INTEGER NOT NULL,
    comments INTEGER NOT NULL,
    repo     INTEGER NOT NULL,
    PRIMARY KEY (paper, at_us)
) WITHOUT ROWID"""
CREATE_DAYS: Final = """
CREATE TABLE days (            -- the days whose own lists the user has seen
    day TEXT PRIMARY KEY NOT NULL    -- YYYY-MM-DD
) WITHOUT ROWID"""
FIRST_ROWS: Final = (
    "SELECT paper, at_us, upvotes, comments, repo, was_upvotes, was_comments, was_repo"
    " FROM looks LIMIT 1",
    "SELECT paper, at_us, upvotes, comments, repo FROM observations LIMIT 1",
    "SELECT day FROM days LIMIT 1",
)

DAMAGE_CODES: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""The last is what a missing table or column gives."""
PRIMARY_CODE: Final = 0xFF
"""The bits of an extended SQLite result code that hold the primary one."""


class Damaged(Exception):
    """The file holds what this program never wrote."""


class TooNew(Exception):
    """A newer version of the program wrote the file."""


class Channel(NamedTuple):
    """A connection and its lock: two threads that use it at once can end the process."""

    connection: sqlite3.Connection
    lock: Lock


class Database(NamedTuple):
    """One channel to write, and one to read while that one waits; in memory they are the same."""

    writer: Channel
    reader: Channel

    def close(self) -> None:
        """Close both; a log that can no longer be written back is left for the next opening."""
        for connection, lock in (self.reader, self.writer):
            with lock, suppress(sqlite3.Error):
                connection.close()


def open_database(path: Path) -> Database:
    """The database at ``path``, made with its directories where missing; raises nothing.

    A damaged one is deleted and begun anew. One that cannot be written, that another process
    holds or that a newer version wrote is left alone, and one in memory stands in for it.
    """
    try:
        return _open(path)
    except (sqlite3.Error, OSError, TooNew) as error:
        if is_damage(error):
            return begin_anew(path, error)
        return _stand_in(error)


def begin_anew(path: Path, damage: Exception) -> Database:
    """An empty database in place of the damaged one at ``path``; raises nothing.

    What SQLite kept beside that one it deletes itself, on finding the file new.
    """
    log.warning("deleting the damaged %s (%s: %s)", path.name, type(damage).__name__, damage)
    try:
        Path(os.path.realpath(path)).unlink(missing_ok=True)
        return _open(path)
    except (sqlite3.Error, OSError, TooNew) as error:
        return _stand_in(error)


def is_damage(error: Exception) -> bool:
    """Whether the file is to blame, not the disk, another process or the way it was asked."""
    if isinstance(error, sqlite3.Error):
        code: int | None = getattr(error, "sqlite_errorcode", None)
        return code is None or code & PRIMARY_CODE in DAMAGE_CODES
    return isinstance(error, Damaged)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A transaction that is committed at the end, or leaves nothing behind."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _open(path: Path) -> Database:
    make_file(path)
    if not os.access(path, os.W_OK):
        raise PermissionError(f"{path.name} cannot be written")
    with ExitStack() as on_failure:
        writer = _connect(path)
        on_failure.callback(writer.close)
        _set_up(writer)
        reader = _connect(path)
        on_failure.pop_all()
    return Database(Channel(writer, Lock()), Channel(reader, Lock()))


def _stand_in(trouble: Exception) -> Database:
    log.warning("keeping observations for this run only (%s: %s)", type(trouble).__name__, trouble)
    connection = _connect(":memory:")
    _set_up(connection)
    channel = Channel(connection, Lock())
    return Database(channel, channel)


def _connect(path: Path | str) -> sqlite3.Connection:
    """A connection in autocommit, for use from any thread."""
    return sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )


def _set_up(connection: sqlite3.Connection) -> None:
    # In WAL mode NORMAL waits for the disk at checkpoints only: a power cut may lose the latest
    # writes, never the file's soundness. FULL would wait at each write, OFF would risk damage.
    connection.execute("PRAGMA synchronous = NORMAL")
    if _version(connection) > VERSION:
        raise TooNew(f"schema version {_version(connection)}, known up to {VERSION}")
    if 0 <= _version(connection) < VERSION:
        _create(connection)
    for query in FIRST_ROWS:
        connection.execute(query).fetchone()
    # Two processes that make the file at the same instant can be in each other's way here; it is
    # as sound without, and the next opening switches it.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")


def _create(connection: sqlite3.Connection) -> None:
    """Make the tables that are missing, unless another process just did.

    Of the days that were looked at a file of version 1 knows nothing.
    """
    with transaction(connection):
        version = _version(connection)
        if version == 0:
            connection.execute(CREATE_LOOKS)
            connection.execute(CREATE_OBSERVATIONS)
        if version < VERSION:
            connection.execute(CREATE_DAYS)
            connection.execute(f"PRAGMA user_version = {VERSION}")


def _version(connection: sqlite3.Connection) -> int:
    """The schema version that the file says it has; 0 when nothing was ever written to it."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
