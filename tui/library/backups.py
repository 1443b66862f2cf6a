"""The copies of a library in the folder beside it: one a day, and those made for a reason."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC
from itertools import chain, count
from typing import TYPE_CHECKING, Final

from tui.library.backup import PARTIAL, backup
from tui.library.errors import is_busy, translated, unwritable
from tui.private_files import make_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

FOLDER: Final = "backups"
KEPT: Final = 7
"""Days of which the copies are kept, besides any that alone has what it holds.

Those made for a reason are never deleted.
"""
LOCK: Final = "lock"
"""A file on which only one window has SQLite's lock, which ends with that window."""
DAILY: Final = re.compile(r"library-\d{4}-\d{2}-\d{2}\.db", re.ASCII)
LEFT_BEHIND: Final = re.compile(rf"{DAILY.pattern}\.\d+{re.escape(PARTIAL)}", re.ASCII)
"""A copy of a day that was never finished."""
COPY: Final = re.compile(r"library-.+\.db")

CONTENT: Final = """
SELECT id, machine, number, clock,
    (SELECT max(number) FROM steps), (SELECT count(*) FROM kept)
FROM changes ORDER BY id DESC LIMIT 1"""
"""Differs between two states of a library, as rows are only ever added to these tables."""

LACKS_SOMETHING: Final = """
SELECT EXISTS (
    SELECT 1 FROM main.changes AS copied WHERE NOT EXISTS (
        SELECT 1 FROM other.changes AS known WHERE known.machine = copied.machine
            AND known.number = copied.number AND known.clock = copied.clock
    )
)"""

Content = tuple[object, ...]


def copies(library: Path) -> list[Path]:
    """The copies of the library, the latest first by the time of the file."""
    found = (path for path in _files(library.parent / FOLDER) if COPY.fullmatch(path.name))
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def copy_now(library: Path, now: datetime, reason: str = "") -> Path:
    """Copy the library under a name that has the UTC time and a reason; return the copy's path.

    No other copy is replaced. Raises as ``backup`` does.
    """
    stem = f"library-{reason}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = chain([f"{stem}.db"], (f"{stem}-{number}.db" for number in count(2)))
    targets = (library.parent / FOLDER / name for name in names)
    target = next(path for path in targets if not path.exists())
    backup(library, target)
    return target


def copy_of_day(library: Path, now: datetime) -> Path | None:
    """Copy the library unless there is a copy of the UTC day or of the same state.

    Returns the copy's path; None where there was nothing to do, or another window is at it. All
    but the copies of seven days are deleted then, unless the library was lost since and begun
    anew: the last copy of what is gone stays. Raises as ``backup`` does.
    """
    folder = library.parent / FOLDER
    target = folder / f"library-{now.astimezone(UTC):%Y-%m-%d}.db"
    with unwritable(folder), translated(library):
        if target.exists() or not _is_new(library, folder):
            return None
        with _alone(folder / LOCK) as alone:
            if not alone or target.exists():
                return None
            backup(library, target)
            _prune(library, folder, target.name)
    return target


@contextmanager
def _alone(lock: Path) -> Iterator[bool]:
    """Whether no other window holds the lock."""
    make_file(lock)
    with closing(sqlite3.connect(lock, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
            yield False
        else:
            yield True


def _is_new(library: Path, folder: Path) -> bool:
    """Whether the library holds anything, and no copy of a day holds the same."""
    content = _content(library, "mode=ro")
    days = (path for path in _files(folder) if DAILY.fullmatch(path.name))
    return content is not None and content not in (_copied(path) for path in days)


def _copied(path: Path) -> Content | None:
    """What a copy holds; None where it cannot be read or is of an earlier schema."""
    try:
        return _content(path, "mode=ro&immutable=1")
    except sqlite3.Error:
        return None


def _content(path: Path, query: str) -> Content | None:
    with closing(_reading(path, query)) as connection:
        row: Content | None = connection.execute(CONTENT).fetchone()
    return row


def _reading(path: Path, query: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?{query}", uri=True)


def _prune(library: Path, folder: Path, today: str) -> None:
    """Delete copies of days but for the last ones; while alone, what is unfinished is dead.

    Those of days after ``today``, when the clock was wrong, count as the earliest.
    """
    found = (path for path in _files(folder) if DAILY.fullmatch(path.name))
    days = sorted(found, key=lambda path: (path.name <= today, path.name))
    others = [library, *days[-KEPT:]]
    for path in reversed(days[:-KEPT]):
        if _is_spare(path, others):
            path.unlink(missing_ok=True)
        else:
            others.append(path)
    for path in _files(folder):
        if LEFT_BEHIND.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _is_spare(copy: Path, others: Sequence[Path]) -> bool:
    """Whether one of the others has every change of the copy, or the copy cannot be read."""
    return _copied(copy) is None or any(_has_all(other, copy) for other in others)


def _has_all(other: Path, copy: Path) -> bool:
    """Whether a library has every change of the copy; not where one of them cannot be read."""
    try:
        with closing(_reading(copy, "mode=ro&immutable=1")) as connection:
            connection.execute("ATTACH ? AS other", (f"{other.absolute().as_uri()}?mode=ro",))
            return not connection.execute(LACKS_SOMETHING).fetchone()[0]
    except sqlite3.Error:
        return False


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
