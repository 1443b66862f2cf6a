"""One look at the folder: what is new there into the library, what it lacks into it."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Final
from zlib import crc32

from tui.sync import folder, journal, lines
from tui.sync.errors import FolderUnwritable, NewerFormat, reason, shown
from tui.sync.memory import START, UNSTAMPED, Point, Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tui.library import Change, Library
    from tui.sync.folder import File, Stamp
    from tui.sync.memory import Memory

Identity = tuple[str, Point]
"""A machine, and one of its changes."""
SETTLED_NS: Final = 2_000_000_000
"""Nanoseconds after which a change of a file shows in its stamp, on the coarsest file systems."""
MOST_LOST: Final = 3
"""Times in a row that what was written may not be found again; then nothing more is written."""
UNREAD: Final = Progress(UNSTAMPED, 0, 0, 0)


class _Rewritten(Exception):
    """What was read of the folder is no longer in it."""


class Look:
    """What is found in the folder, beyond what ``memory`` knows of it, and what is missing."""

    def __init__(self, library: Library, shared: Path, memory: Memory) -> None:
        self.memory = memory
        self.merged = 0
        """Changes that were new to the library."""
        self.remarks: list[str] = []
        """A sentence about each thing that was passed over."""
        self._library = library
        self._folder = shared
        self._seen: defaultdict[str, set[Point]] = defaultdict(set)
        """By machine, the changes that were read."""

    def read(self) -> None:
        """Merge what is new in the files. Raises SyncError and LibraryError.

        Once a part of what was read before is gone, nobody knows what went with it, and
        everything is read again.
        """
        try:
            self._read_new()
        except _Rewritten:
            self.memory.forget()
            self._seen.clear()
            self._read_new()

    def write(self) -> int:
        """Add what the library has and the folder lacks, and read it back; return how much.

        Raises SyncError and LibraryError. The memory holds after FolderUnwritable as well.
        """
        written: set[Identity] = set()
        own = self._folder / folder.ROOM / self._library.machine
        missing = self._missing()
        try:
            journal.append(own, self._lines(missing, written))
        except OSError as error:
            deque(missing, maxlen=0)  # to its end, so that the memory is right
            raise FolderUnwritable(self._folder, reason(error), self.merged) from error
        if written:
            self.read()
        lost = written.intersection(map(_identity, self._missing()))
        self.memory.lost = self.memory.lost + 1 if lost else 0
        return len(written)

    def _read_new(self) -> None:
        found, self.remarks = folder.listed(self._folder)
        progress = self.memory.files
        if progress.keys() - {file.name for file in found}:
            raise _Rewritten
        for file in found:
            if file.stamp.size > folder.MAX_FILE:
                self.remarks.append(f"{shown(file.name)} is too large to be read.")
            elif progress.get(file.name, UNREAD).stamp != file.stamp:
                self._read_file(file)
            self._remark(file)

    def _read_file(self, file: File) -> None:
        """Merge what is new in one file; what cannot be read now is left for the next time."""
        try:
            content, stamp = folder.read(file.path)
        except FileNotFoundError:
            return
        except OSError as error:
            self.remarks.append(f"{shown(file.name)} cannot be read now ({reason(error)}).")
            return
        before = self.memory.files.get(file.name, UNREAD)
        if crc32(memoryview(content)[: before.offset]) != before.checksum:
            raise _Rewritten
        known = stamp if _is_settled(stamp) else UNSTAMPED
        try:
            self.memory.files[file.name] = self._merge(content, before)._replace(stamp=known)
        except NewerFormat:
            self.memory.files[file.name] = UNREAD._replace(stamp=known, newer=True)

    def _merge(self, content: bytes, before: Progress) -> Progress:
        """Merge the whole lines that come after what was read before."""
        end = content.rfind(b"\n") + 1
        damaged = 0

        def changes() -> Iterator[Change]:
            nonlocal damaged
            for line in _lines(content, before.offset, end):
                try:
                    change = lines.decode(line)
                except lines.Damaged:
                    damaged += 1
                    continue
                if change is not None:
                    self._seen[change.machine].add(Point(change.number, change.clock))
                    yield change

        self.merged += self._library.merge(changes())
        checksum = crc32(memoryview(content)[before.offset : end], before.checksum)
        return Progress(before.stamp, end, checksum, before.damaged + damaged)

    def _remark(self, file: File) -> None:
        """Say what of the file is passed over, for as long as that is so."""
        progress = self.memory.files.get(file.name, UNREAD)
        if progress.newer:
            self.remarks.append(f"{shown(file.name)} is passed over. {NewerFormat()}")
        if progress.damaged:
            self.remarks.append(f"{shown(file.name)} has damaged lines: {progress.damaged:,}.")

    def _missing(self) -> Iterator[Change]:
        """What the library has and the files have not, as far as is known.

        On the way, what is known to be in both is extended.
        """
        shared = self.memory.shared
        stuck: set[str] = set()
        for change in self._candidates():
            name, point = _identity(change)
            if point not in self._seen[name]:
                shared.setdefault(name, START)
                stuck.add(name)
                yield change
            elif name not in stuck:
                shared[name] = point

    def _candidates(self) -> Iterator[Change]:
        """What of the library is not known to be in the files, by machine and number."""
        if not self.memory.shared:
            yield from self._library.changes()
            return
        for name in sorted({*self.memory.shared, *self._seen, self._library.machine}):
            start = self.memory.shared.get(name, START)
            for change in self._library.changes(name, after=max(start.number - 1, 0)):
                if _identity(change)[1] > start:
                    yield change

    def _lines(self, missing: Iterable[Change], written: set[Identity]) -> Iterator[bytes]:
        """The lines of the changes, which are noted among what is written."""
        for change in missing:
            if self.memory.lost >= MOST_LOST:
                raise OSError("what is written there does not stay")
            written.add(_identity(change))
            yield lines.encode(change)


def _lines(content: bytes, start: int, end: int) -> Iterator[bytes]:
    """The lines between two line ends."""
    while start < end:
        stop = content.index(b"\n", start) + 1
        yield content[start:stop]
        start = stop


def _identity(change: Change) -> Identity:
    return change.machine, Point(change.number, change.clock)


def _is_settled(stamp: Stamp) -> bool:
    """Whether a change of the file from now on would show in its stamp."""
    now = time.time_ns()
    return all(abs(now - when) > SETTLED_NS for when in (stamp.modified_ns, stamp.changed_ns))
