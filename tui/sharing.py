"""Sharing again and again while a program runs, whichever library that uses by then."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.library import Library
    from tui.sync import Sync, Synced


class Share:
    """The folder that a running program shares its library through; for any thread."""

    def __init__(self, library: Callable[[], Library], folder: Path, state: Path) -> None:
        """``library`` gives the one in use; ``state`` is as for Sync."""
        self._library = library
        self._folder = folder
        self._state = state
        self._turn = Lock()
        self._sync: tuple[Library, Sync] | None = None
        self._shared = -1

    @property
    def is_looking(self) -> bool:
        """Whether the folder is being looked at now."""
        return self._turn.locked()

    @property
    def is_behind(self) -> bool:
        """Whether there may be changes that the folder has not. Raises LibraryError."""
        return self._library().last_change != self._shared

    def look(self) -> Synced:
        """Share what there is to share; blocks. Raises SyncError and LibraryError."""
        from tui.sync import Sync

        with self._turn:
            library = self._library()
            if self._sync is None or self._sync[0] is not library:
                self._sync = library, Sync(library, self._folder, self._state)
            change = library.last_change
            synced = self._sync[1].run()
            self._shared = change + synced.merged
            return synced
