"""Two machines with one folder between them: what is done on one shows on the other."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from shutil import rmtree
from typing import TYPE_CHECKING

import pytest

from tests.screens.session import Home, Session, running
from tui.library import Library
from tui.periods import STARRED
from tui.screens import sharing
from tui.settings import Settings
from tui.sync import Sync

if TYPE_CHECKING:
    from pathlib import Path

SMALL = (80, 24)
"""A window in which there is less to paint."""


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "SHARE_S", 0.05)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "shared"
    path.mkdir()
    return path


@pytest.fixture
def machines(reader_home: Home, folder: Path, tmp_path: Path) -> tuple[Home, Home]:
    """Two homes that share nothing but the folder."""
    settings = Settings(sync_folder=folder)
    one = replace(reader_home, own_settings=settings)
    return one, replace(one, folder=tmp_path / "other")


async def marks_reach(session: Session, paper: str, mark: tuple[bool, bool]) -> None:
    def holds() -> bool:
        return any((row.read, row.starred) == mark for row in session.rows if row.paper.id == paper)

    await session.until(holds)


async def test_marks_go_both_ways_while_both_programs_run(machines: tuple[Home, Home]) -> None:
    one, two = machines
    async with running(one) as here, running(two, period=STARRED) as there:
        paper = here.current.paper.id
        assert there.ids == []
        await here.press("s")
        await there.until(lambda: there.ids == [paper])
        await marks_reach(there, paper, (False, True))
        assert there.screen.paper == here.screen.paper
        await there.press("r")
        await marks_reach(here, paper, (True, True))
        await here.press("U")
        await marks_reach(there, paper, (True, False))


async def test_the_last_change_is_shared_on_the_way_out(
    machines: tuple[Home, Home], folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sharing, "SHARE_S", 3600)
    async with running(machines[0], size=SMALL) as here:
        paper = here.current.paper.id
        await here.press("r")
    with closing(Library.open(tmp_path / "third.db")) as library:
        Sync(library, folder, tmp_path / "third.json").run()
        assert library.marks([paper])[paper].read


async def test_a_folder_that_is_not_there_is_told_once_and_shared_when_it_is_back(
    machines: tuple[Home, Home], folder: Path, tmp_path: Path
) -> None:
    folder.rmdir()  # noqa: ASYNC240
    async with running(machines[0], size=SMALL) as here:
        await here.until(lambda: len(here.toasts) == 1)
        assert "is not there: nothing is shared until it is." in here.toasts[0]
        await here.press("r")
        here.screen.toasts.clear()
        folder.mkdir()  # noqa: ASYNC240
        await here.until(lambda: any(folder.rglob("*.jsonl")))
        assert here.toasts == []
        here.screen.tell("What the user asked for.")
        rmtree(folder)
        await here.until(lambda: "is not there" in " ".join(here.toasts))
        assert here.toasts[0] == "What the user asked for."


async def test_what_came_before_the_disk_was_full_is_shown(
    machines: tuple[Home, Home], folder: Path, tmp_path: Path
) -> None:
    async with running(machines[0], size=SMALL) as here:
        paper = here.current.paper.id
        here.screen.feed.library._writer.execute("PRAGMA max_page_count = 100")
        with closing(Library.open(tmp_path / "third.db")) as library:
            library.mark([paper, *(f"2608.{number:05}" for number in range(5000))], read=True)
            Sync(library, folder, tmp_path / "third.json").run()
        await marks_reach(here, paper, (True, False))
        await here.until(lambda: bool(here.toasts))
        [toast] = here.toasts
        assert toast.startswith("Stopped after ")
        assert "changes: the disk is full; the rest can come once" in toast


async def test_without_a_folder_nothing_is_shared(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as here:
        await here.press("r")
        assert here.screen.services.share is None
    assert not reader_home.paths.sync.exists()
