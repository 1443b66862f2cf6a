"""One library through a folder that something else copies between machines.

Nothing is negotiated: each library writes what the folder lacks of it into files of its own, and
merges whatever is in everybody's. Merging is a union, so files may come late, twice, in pieces
and in any order.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from tui.library import LibraryError, LibraryUnwritable
from tui.sync.errors import FolderUnwritable
from tui.sync.look import Look
from tui.sync.memory import START, Memory

if TYPE_CHECKING:
    from pathlib import Path

    from tui.library import Library
    from tui.sync.memory import Point


class Synced(NamedTuple):
    """What a look at the folder brought."""

    written: int
    """Changes that were added to the folder."""
    merged: int
    """Changes that were new to the library."""
    machines: int
    """Names of machines, the own one too, whose changes are in the library and the folder."""
    skipped: tuple[str, ...]
    """A sentence about each thing that was passed over; the same ones as long as it lasts."""


class Sync:
    """A library and the folder that it shares; for one thread at a time.

    ``state`` is a file in the cache, which all programs of the user share.
    """

    def __init__(self, library: Library, shared: Path, state: Path) -> None:
        self._library = library
        self._folder = shared
        self._state = state
        self._memory = Memory(library="")
        self._state_stamp: tuple[int, int] | None = None

    def run(self) -> Synced:
        """Look at the folder once, take what is new there, and add what it lacks.

        Costs a look at each file's entry where nothing changed. Blocks, for seconds when there
        is much. Raises SyncError and LibraryError; what was done until then stays done.
        """
        if not self._library.writable:
            raise LibraryUnwritable(self._library.path, self._library.trouble or "")
        look = Look(self._library, self._folder, self._recall().copy())
        try:
            look.read()
            written = look.write()
        except FolderUnwritable:
            self._keep(look.memory)
            raise
        except LibraryError as error:
            error.merged += look.merged
            raise
        self._keep(look.memory)
        return Synced(written, look.merged, len(look.memory.shared), tuple(look.remarks))

    def _keep(self, memory: Memory) -> None:
        """Go on from there the next time; after another error the same is looked at again."""
        before, self._memory = self._memory, memory
        if memory != before:
            memory.save(self._state)
            self._state_stamp = _stamp(self._state)

    def _recall(self) -> Memory:
        """What is known, by this program or one that came later, if it holds for the library."""
        name, stamp = self._library.machine, _stamp(self._state)
        if name != self._memory.library or stamp != self._state_stamp:
            self._memory = Memory.load(self._state, name)
            self._state_stamp = stamp
        if not all(map(self._has, self._memory.shared, self._memory.shared.values())):
            self._memory.forget()
        return self._memory

    def _has(self, name: str, point: Point) -> bool:
        """Whether the library has the change: an older copy may have been put in its place."""
        if point == START:
            return True
        changes = self._library.changes(name, after=point.number - 1)
        same = takewhile(lambda change: change.number == point.number, changes)
        return any(change.clock == point.clock for change in same)


def _stamp(path: Path) -> tuple[int, int] | None:
    """What tells one saved file from the next; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns
