"""What can be asked of a library."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Final

from tui.library import machine, merging, queries
from tui.library.errors import translated
from tui.library.marks import Starred

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from threading import Lock

    from tui.library.change import Change
    from tui.library.marks import Event, Mark, Note, ReadPaper, Totals
    from tui.library.restoring import Difference

PAGE: Final = 250
"""Papers whose metadata is read at a time."""


class Answers:
    """The reading half of a library, on a connection of its own.

    Every method raises LibraryDamaged, LibraryBusy or, once closed, LibraryError.
    """

    path: Path
    _reader: sqlite3.Connection
    _reading: Lock

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

    @property
    def last_change(self) -> int:
        """The number of the latest change in this file, whoever made it; 0 for none."""
        with self._read() as connection:
            return queries.last_change(connection)

    @property
    def last_star(self) -> int:
        """The number of the latest change to what ``starred`` answers; 0 for none."""
        with self._read() as connection:
            return queries.last_star(connection)

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
            stars = queries.stars(connection)
        pages = (stars[start : start + PAGE] for start in range(0, len(stars), PAGE))
        return [
            Starred(*star, kept)
            for page in pages
            for star, kept in zip(page, self.kept([paper for paper, _ in page]), strict=True)
        ]

    def bare_stars(self) -> list[str]:
        """The starred papers with which nothing is kept."""
        with self._read() as connection:
            return queries.bare_stars(connection)

    def kept(self, papers: Sequence[str]) -> list[str | None]:
        """What is kept of each of a few papers: nobody else waits for all of them."""
        with self._read() as connection:
            return queries.kept(connection, papers)

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

    def read_within(self, since_ms: int, until_ms: int, most: int) -> list[ReadPaper]:
        """The papers that are read now and were marked so from ``since_ms`` on and before
        ``until_ms``, the latest first, and no more than ``most``.

        In milliseconds since 1970, UTC.
        """
        with self._read() as connection:
            return queries.read_within(connection, since_ms, until_ms, most)

    def totals(self) -> Totals:
        """How many papers are read, starred, noted and tagged."""
        with self._read() as connection:
            return queries.totals(connection)

    def changes(
        self, name: str | None = None, *, after: int = 0, most: int | None = None
    ) -> Iterator[Change]:
        """The changes of the machine ``name`` in the order of their numbers, or of every machine.

        Only those with numbers above ``after``, and no more than ``most``. Few are in memory at
        any time, and the library can be changed meanwhile.
        """
        return islice(self._changes(name, after), most)

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

    def differences(self, earlier: Answers) -> list[Difference]:
        """Which fields of which papers had other values in ``earlier``, a copy of the library."""
        from tui.library import restoring

        with self._read() as now, earlier._read() as then:
            return restoring.differences(now, then)

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        """The connection that reads, for one thread at a time."""
        with self._reading, translated(self.path):
            yield self._reader
