"""The user's library: marks on papers, kept in one SQLite file."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Self

from tui.library import files, history
from tui.library.errors import (
    NOT_CURRENT,
    NOT_READABLE,
    NOT_WRITABLE,
    LibraryUnwritable,
    translated,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from tui.library.files import Connections
    from tui.library.marks import Mark, Undone


def utc_now() -> datetime:
    """The time on this machine's clock; aware, UTC."""
    return datetime.now(UTC)


class Library:
    """Marks by paper id with their whole history, safe from two threads and two windows.

    A change is on disk when its method returns: neither a kill of the program nor a power cut
    loses it. While a change waits for another window, ``marks`` answers as ever.
    Every method raises LibraryDamaged, LibraryBusy or, once closed, LibraryError.
    """

    def __init__(
        self,
        connections: Connections,
        path: Path,
        *,
        trouble: str | None,
        now: Callable[[], datetime],
    ) -> None:
        self.path = path
        self.trouble = trouble
        """Why nothing can be written, as a clause; None when all is well."""
        self._writer, self._reader = connections
        self._writing, self._reading = Lock(), Lock()
        self._now = now

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], datetime] = utc_now) -> Self:
        """Open the library at ``path``, or make it; read-only where nothing can be written.

        ``now`` gives aware times. Raises LibraryDamaged, LibraryTooNew and LibraryBusy.
        """
        try:
            return cls(files.open_writable(path), path, trouble=None, now=now)
        except LibraryUnwritable as error:
            return cls.read_only(path, trouble=error.reason, now=now)

    @classmethod
    def read_only(
        cls,
        path: Path,
        *,
        trouble: str = NOT_WRITABLE,
        now: Callable[[], datetime] = utc_now,
    ) -> Self:
        """Open the library at ``path`` for reading, or an empty one where there is none.

        Raises LibraryDamaged, LibraryTooNew and LibraryBusy.
        """
        connections, trouble = files.open_readable(path, trouble)
        return cls(connections, path, trouble=trouble, now=now)

    @classmethod
    def empty(cls, path: Path, *, trouble: str) -> Self:
        """A library that holds nothing and keeps nothing, for a file that cannot be used."""
        return cls(files.open_empty(), path, trouble=trouble, now=utc_now)

    @staticmethod
    def set_aside(path: Path, *, now: Callable[[], datetime] = utc_now) -> Path:
        """Rename a damaged library to ``library.damaged-<UTC time>.db``; return that path.

        Nothing is overwritten; the next ``open`` starts afresh. Raises LibraryUnwritable.
        """
        return files.set_aside(path, now())

    @property
    def writable(self) -> bool:
        """Whether marks can be made; ``trouble`` says why not."""
        return self.trouble is None

    @property
    def current(self) -> bool:
        """Whether ``marks`` knows every mark that was made."""
        return self.trouble not in (NOT_CURRENT, NOT_READABLE)

    def marks(self, ids: Iterable[str]) -> dict[str, Mark]:
        """The mark of every paper asked for, unmarked ones too, as last committed anywhere."""
        with self._reading, translated(self.path):
            return history.read_marks(self._reader, ids)

    def mark(
        self,
        ids: Sequence[str],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        label: str = "",
    ) -> int:
        """Set what is not None on the papers, as one step to undo; return how many changed.

        ``label`` names the step when it is undone. Nothing is recorded when nothing changes.
        Raises LibraryUnwritable, and then nothing has changed.
        """
        asked = {"read": read, "starred": starred}
        wanted = {field: value for field, value in asked.items() if value is not None}
        with self._change() as connection:
            return history.change(connection, self._now_ms(), label, ids, wanted)

    def undo(self) -> Undone | None:
        """Take back the latest step, made in whichever window; None when none is left.

        The fields that the step changed get the values they had before it, also where
        something else has changed them since. Raises LibraryUnwritable.
        """
        with self._change() as connection:
            return history.undo(connection, self._now_ms())

    def redo(self) -> Undone | None:
        """Do again what the latest undo took back; None when there is none.

        A new change leaves nothing to redo. Raises LibraryUnwritable.
        """
        with self._change() as connection:
            return history.redo(connection, self._now_ms())

    def close(self) -> None:
        """Close the file; closing twice is harmless."""
        with self._writing, self._reading, translated(self.path):
            self._reader.close()
            self._writer.close()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is committed at the end, or leaves nothing behind."""
        if self.trouble is not None:
            raise LibraryUnwritable(self.path, self.trouble)
        with self._writing, translated(self.path):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            finally:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")

    def _now_ms(self) -> int:
        return int(self._now().timestamp() * 1000)
