"""A machine with a library of its own and a folder that it shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.library import Library
from tui.sync import Sync

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tui.library import Mark, Starred
    from tui.sync import Synced

PAPERS = [f"2608.{number:05}" for number in range(4)]


class State(NamedTuple):
    """What the user sees of a library."""

    marks: dict[str, Mark]
    notes: dict[str, str]
    starred: list[Starred]


class Machine:
    """Keeps its files in ``home``, and shares the folder ``shared``, which has to be there."""

    def __init__(self, home: Path, shared: Path) -> None:
        self.home = home
        self.shared = shared
        self.restart()

    def restart(self) -> None:
        self.library = Library.open(self.home / "library.db")
        self.syncer = Sync(self.library, self.shared, self.home / "cache" / "sync.json")

    def sync(self) -> Synced:
        return self.syncer.run()

    def state(self, papers: Iterable[str] = PAPERS) -> State:
        papers = list(papers)
        return State(self.library.marks(papers), self.library.notes(papers), self.library.starred())

    @property
    def own(self) -> Path:
        """The folder that it writes to."""
        return self.shared / "daily-papers" / self.library.machine

    @property
    def files(self) -> list[Path]:
        """The files that it wrote."""
        return sorted(self.own.iterdir()) if self.own.exists() else []

    def texts(self, paper: str) -> set[str]:
        """Every text that the note on the paper ever had, as far as this machine knows."""
        return {str(event.value) for event in self.library.history(paper) if event.field == "note"}
