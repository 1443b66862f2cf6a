"""The user's library: marks on papers, kept in one SQLite file."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

from tui.library import files, history, machine, merging, queries, recording, state
from tui.library.change import READ, STARRED, require_storable, tag_field
from tui.library.errors import (
    NOT_CURRENT,
    NOT_READABLE,
    NOT_WRITABLE,
    LibraryUnwritable,
    translated,
    unwritable,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tui.library.change import Change
    from tui.library.files import Connections
    from tui.library.marks import Event, Mark, Note, Starred, Totals, Undone

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
NO_TAGS: Final[Mapping[str, bool]] = MappingProxyType({})


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

    @property
    def writable(self) -> bool:
        """Whether marks can be made; ``trouble`` says why not."""
        return self.trouble is None

    @property
    def current(self) -> bool:
        """Whether ``marks`` knows every mark that was made."""
        return self.trouble not in (NOT_CURRENT, NOT_READABLE)

    @property
    def machine(self) -> str:
        """What this library is called among those it is merged with: 16 hexadecimal digits.

        It changes when the file was copied elsewhere. Empty where there is no library.
        """
        with self._read() as connection:
            return machine.name(connection)

    @property
    def machines(self) -> list[str]:
        """Every name under which changes were made in this file, the present one last."""
        with self._read() as connection:
            return machine.names(connection)

    def marks(self, ids: Iterable[str]) -> dict[str, Mark]:
        """The mark of every paper asked for, unmarked ones too, as last committed anywhere."""
        with self._read() as connection:
            return queries.marks(connection, ids)

    def note(self, paper: str) -> str:
        """The note on the paper, Markdown as it was typed; empty for none.

        Where two machines wrote at once it has both texts, with a line between that says so.
        """
        return self.note_to_edit(paper).text

    def note_to_edit(self, paper: str) -> Note:
        """The note with its versions, to be given to ``mark`` as ``over`` when it is written."""
        with self._read() as connection:
            return queries.note(connection, paper)

    def notes(self, ids: Iterable[str]) -> dict[str, str]:
        """The notes of those of the papers that have one."""
        with self._read() as connection:
            return queries.note_texts(connection, ids)

    def with_note(self) -> list[str]:
        """The papers that have a note, the latest written first."""
        with self._read() as connection:
            return queries.with_note(connection)

    def tags(self) -> list[tuple[str, int]]:
        """Every tag in use with how many papers have it, most used first."""
        with self._read() as connection:
            return queries.tags(connection)

    def with_tag(self, tag: str) -> list[str]:
        """The papers that have the tag, the latest tagged first."""
        with self._read() as connection:
            return queries.with_tag(connection, tag)

    def starred(self) -> list[Starred]:
        """The starred papers with what was kept of them, the latest star first."""
        with self._read() as connection:
            return queries.starred(connection)

    def history(self, paper: str) -> list[Event]:
        """Everything that was ever done to the paper, on any machine, the earliest first."""
        with self._read() as connection:
            return queries.history(connection, paper)

    def read_times(self, since_ms: int = 0) -> list[int]:
        """When each paper that is read now was marked so, from ``since_ms`` on, in order.

        In milliseconds since 1970, UTC: which day that is depends on where the user is.
        """
        with self._read() as connection:
            return queries.read_times(connection, since_ms)

    def totals(self) -> Totals:
        """How many papers are read, starred, noted and tagged."""
        with self._read() as connection:
            return queries.totals(connection)

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
        label: str = "",
    ) -> int:
        """Set what is given on the papers, as one step to undo; return how many changed.

        ``tags`` sets and takes off tags by name; an empty ``note`` takes the note off. ``over``
        are the versions that the writer of the note had seen: one that came since is kept beside
        it. ``kept`` is JSON metadata by paper, stored with each star that is new. ``label`` names
        the step when it is undone. Nothing is recorded when nothing changes.
        Raises LibraryUnwritable, and then nothing has changed, and ValueError for an id, a tag or
        a text that cannot be stored.
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
        else has changed them since; a note that another machine wrote meanwhile stays beside.
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

    def changes(
        self, name: str | None = None, *, after: int = 0, most: int | None = None
    ) -> Iterator[Change]:
        """The changes of the machine ``name`` in the order of their numbers, or of every machine.

        Only those with numbers above ``after``, and no more than ``most``. Few are in memory at
        any time, and the library can be changed meanwhile.
        """
        return islice(self._changes(name, after), most)

    def merge(self, changes: Iterable[Change]) -> int:
        """Add what other machines changed; return how many changes were new.

        Undo leaves them alone. What cannot be right is left out, with a line in the log; fields
        that only a newer program knows are kept for it. Raises LibraryUnwritable: what was merged
        until then stays, and the rest can be merged later.
        """
        coming, added = iter(changes), 0
        while batch := list(islice(coming, merging.BATCH)):
            with self._change() as connection, unwritable(self.path):
                added += merging.merge(connection, batch, machine.place(self.path))
        return added

    def rebuild(self) -> None:
        """Make marks and notes anew from the changes. Raises LibraryUnwritable."""
        with self._change() as connection:
            state.rebuild(connection)

    def close(self) -> None:
        """Close the file; closing twice is harmless."""
        with self._writing, self._reading, translated(self.path):
            self._reader.close()
            self._writer.close()

    def _changes(self, name: str | None, after: int) -> Iterator[Change]:
        with self._read() as connection:
            names = [name] if name is not None else merging.machines(connection)
        for each in names:
            last = merging.after_number(after)
            while page := self._page(each, last):
                yield from page
                last = page[-1].number, page[-1].clock

    def _page(self, name: str, after: tuple[int, int]) -> list[Change]:
        with self._read() as connection:
            return merging.page(connection, name, after)

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        """The connection that reads, for one thread at a time."""
        with self._reading, translated(self.path):
            yield self._reader

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
