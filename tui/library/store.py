"""The user's library: marks on papers, kept in one SQLite file."""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import islice
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

from tui.library import files, history, machine, merging, recording, state
from tui.library.answers import Answers
from tui.library.change import READ, STARRED, require_storable, tag_field
from tui.library.errors import (
    NOT_CURRENT,
    NOT_IN_PLACE,
    NOT_READABLE,
    NOT_WRITABLE,
    LibraryDamaged,
    LibraryError,
    LibraryUnwritable,
    translated,
    unwritable,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tui.library.change import Change
    from tui.library.check import Checked
    from tui.library.files import Connections
    from tui.library.history import Label
    from tui.library.marks import Undone
    from tui.library.recovery import Recovered

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
NO_TAGS: Final[Mapping[str, bool]] = MappingProxyType({})


def utc_now() -> datetime:
    """The time on this machine's clock; aware, UTC."""
    return datetime.now(UTC)


class Library(Answers):
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
        self._file = files.identity(path)
        self._writing, self._reading = Lock(), Lock()
        self._now = now
        self._version = 0

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], datetime] = utc_now) -> Self:
        """Open the library at ``path``, or make it; read-only where nothing can be written.

        ``now`` gives aware times. Raises LibraryDamaged, LibraryTooNew and LibraryBusy.
        """
        try:
            return cls(files.open_writable(path, now), path, trouble=None, now=now)
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

    @staticmethod
    def recover(path: Path, *, now: Callable[[], datetime] = utc_now) -> Recovered:
        """Put what can be read of a damaged library in its place, and that beside.

        Raises LibraryDamaged where nothing can be read and LibraryUnwritable where nothing can be
        written; the file is where it was then.
        """
        from tui.library.recovery import recover

        return recover(path, now())

    @staticmethod
    def check(path: Path) -> Checked:
        """Look over the library at ``path``, which takes seconds for a large one.

        Raises LibraryTooNew where not even its file can be judged, and LibraryBusy.
        """
        from tui.library.check import Checked, check

        try:
            with closing(Library.read_only(path)) as library, library._read() as connection:
                return check(connection)
        except LibraryDamaged as error:
            return Checked((error.detail,), ())

    @property
    def writable(self) -> bool:
        """Whether marks can be made; ``trouble`` says why not."""
        return self.trouble is None

    @property
    def current(self) -> bool:
        """Whether ``marks`` knows every mark that was made."""
        return self.trouble not in (NOT_CURRENT, NOT_READABLE)

    def version(self) -> int:
        """A number that is another one once anything was committed by another window or program.

        It says nothing of changes made by this object, and does not wait for one to finish.
        """
        if self._writing.acquire(blocking=False):
            try:
                with translated(self.path):
                    row = self._writer.execute("PRAGMA data_version").fetchone()
                    self._version = int(row[0])
            finally:
                self._writing.release()
        return self._version

    def mark(
        self,
        ids: Sequence[str],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        tags: Mapping[str, bool] = NO_TAGS,
        note: str | None = None,
        over: Sequence[str] | None = None,
        kept: Mapping[str, str] = NOTHING,
        label: Label = "",
    ) -> int:
        """Set what is given on the papers, as one step to undo; return how many changed.

        ``tags`` sets and takes off tags by name; an empty ``note`` takes the note off. ``over``
        are the versions that the writer of the note had seen: one that came since is kept beside
        it. ``kept`` is JSON metadata by paper, stored with each star that is new. ``label`` names
        the step when it is undone, by the papers that change if need be. Nothing is recorded when
        nothing changes. Raises LibraryUnwritable, and then nothing has changed, and ValueError for
        an id, a tag or a text that cannot be stored.
        """
        asked = {READ: read, STARRED: starred}
        flags = {field: value for field, value in asked.items() if value is not None}
        flags |= {tag_field(tag): value for tag, value in tags.items()}
        require_storable(ids, note, kept)
        wish = history.Wish(ids, flags, note, None if over is None else tuple(over))
        with self._change() as connection:
            return history.change(connection, self._now_ms(), label, wish, kept)

    def keep(self, kept: Mapping[str, str]) -> int:
        """Store JSON metadata with those starred papers that have none; return how many.

        It is no step to undo. Raises LibraryUnwritable and ValueError as ``mark`` does.
        """
        require_storable(list(kept), None, kept)
        with self._change() as connection:
            return recording.keep(connection, self._now_ms(), kept)

    def undo(self) -> Undone | None:
        """Take back the latest step, made in whichever window; None when none is left.

        The fields that the step changed get the values they had before it, also where something
        else has changed them since, and the dates that came with these; what another machine
        wrote in a note meanwhile stays.
        Raises LibraryUnwritable.
        """
        with self._change() as connection:
            return history.undo(connection, self._now_ms())

    def redo(self) -> Undone | None:
        """Do again what the latest undo took back; None when there is none.

        A new change leaves nothing to redo. Raises LibraryUnwritable.
        """
        with self._change() as connection:
            return history.redo(connection, self._now_ms())

    def merge(self, changes: Iterable[Change]) -> int:
        """Add what other machines changed; return how many changes were new.

        Undo leaves them alone. What cannot be right is left out, with a line in the log; fields
        that only a newer program knows are kept for it. Raises LibraryUnwritable: what was merged
        until then stays, as the error says, and the rest can be merged later.
        """
        coming, added = iter(changes), 0
        try:
            while batch := list(islice(coming, merging.BATCH)):
                with self._change() as connection, unwritable(self.path):
                    new = merging.merge(connection, batch, machine.place(self.path))
                added += new
        except LibraryError as error:
            error.merged = added
            raise
        return added

    def restore(self, earlier: Library, *, label: str = "") -> int:
        """Bring marks, tags and notes back to what they are in ``earlier``, a copy of the library.

        That is one step to undo, made of new changes; return how many papers it changes. Changes
        that only the copy has are added as well. Raises LibraryUnwritable.
        """
        from tui.library import restoring

        with earlier._read() as then, self._change() as connection, unwritable(self.path):
            return restoring.restore(connection, then, self.path, self._now_ms(), label)

    def rebuild(self) -> None:
        """Make marks and notes anew from the changes. Raises LibraryUnwritable."""
        with self._change() as connection:
            state.rebuild(connection)

    def close(self) -> None:
        """Close the file; closing twice is harmless."""
        with self._writing, self._reading, translated(self.path):
            self._reader.close()
            self._writer.close()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is committed at the end, or leaves nothing behind.

        A file that was deleted would take changes as before, and nobody could find them.
        """
        if self.trouble is not None:
            raise LibraryUnwritable(self.path, self.trouble)
        if self._file is None or files.identity(self.path) != self._file:
            raise LibraryUnwritable(self.path, NOT_IN_PLACE)
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
