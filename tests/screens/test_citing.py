"""Y adds what is chosen to the user's ``.bib`` file; reference managers get a copy."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.generate import make_item
from tests.screens.session import LATEST, Home, Session, running
from tests.screens.visits import without_reading_ahead
from tui.papers import Paper
from tui.screens.edition import LOST
from tui.screens.panes import NO_PAPER
from tui.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hubserver import HubServer

SMALL = (80, 24)
"""A window in which there is less to paint."""


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    without_reading_ahead(monkeypatch)


@pytest.fixture
def papers(hub: HubServer) -> list[str]:
    """The ids of the latest day, as its list is ordered."""
    items = [make_item(number, LATEST, upvotes=9 - number) for number in range(5)]
    hub.days[LATEST] = items
    return [str(item["paper"]["id"]) for item in items]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "papers.bib"


@pytest.fixture
def citing_home(new_home: Home, file: Path) -> Home:
    """A user whose settings name the file."""
    return replace(new_home, own_settings=Settings(bib_file=file))


@pytest.fixture
def mine(file: Path, papers: list[str]) -> str:
    """What the file holds: an entry of the user's own making for the first paper."""
    entry = f"@article{{mine, title = {{[/red]}}, journal = {{arXiv:{papers[0]}v2}}}}"
    file.write_text(entry, encoding="utf-8")
    return entry


def content(file: Path) -> str:
    """The text of the file, empty where there is none."""
    return file.read_text(encoding="utf-8") if file.exists() else ""


async def cite(session: Session) -> list[str]:
    """Press the key; the sentence that says what came of it, if there is one."""
    session.screen.toasts.clear()
    await session.press("Y")
    await session.settle()
    return session.toasts


async def test_every_paper_is_added_once(citing_home: Home, papers: list[str], file: Path) -> None:
    async with running(citing_home, size=SMALL) as session:
        assert await cite(session) == [f"Added arxiv-{papers[0]} to papers.bib."]
        before = content(file)
        assert before.startswith(f"@misc{{arxiv-{papers[0]},")
        await session.press("tab")
        assert await cite(session) == [f"Already in papers.bib: arxiv-{papers[0]}."]
        assert content(file) == before
        await session.press("tab", "x", "x")
        assert await cite(session) == [
            f"Added arxiv-{papers[1]} to papers.bib. "
            f"Already in papers.bib: arxiv-{papers[0]}."
        ]  # fmt: skip
        await session.press("x", "x", "x")
        [told] = await cite(session)
        assert told.startswith(f"Added arxiv-{papers[2]}, arxiv-{papers[3]}, ")
        assert content(file).count("@misc{") == len(papers)
        file.unlink()  # noqa: ASYNC240
        assert await cite(session) == ["Added 5 papers to papers.bib."]


async def test_what_is_there_already_or_has_no_text_is_not_added(
    citing_home: Home, papers: list[str], file: Path, mine: str
) -> None:
    async with running(citing_home, size=SMALL) as session:
        assert await cite(session) == ["Already in papers.bib: mine."]
        session.screen.cite_papers([Paper(papers[1], "A Title", LOST)])
        await session.settle()
        assert session.toasts == [LOST]
        await session.press("5")
        await session.settle()
        assert session.ids == []
        assert await cite(session) == [NO_PAPER]
    assert content(file) == mine


async def test_where_nothing_can_be_added_it_is_told_why(new_home: Home, papers: list[str]) -> None:
    async with running(new_home, size=SMALL) as session:
        assert await cite(session) == [
            'To name your .bib file, write [cite] and bib_file = "~/papers.bib" to '
            f"{new_home.paths.config}."
        ]
        services = session.screen.services
        missing = new_home.folder / "missing" / "papers.bib"
        session.screen.services = services._replace(settings=Settings(bib_file=missing))
        assert await cite(session) == [f"Nothing was added to {missing}: its folder is not there."]
        session.screen.services = services._replace(demo=True)
        assert await cite(session) == ["The papers of the sample are not added to your .bib file."]


async def test_citations_are_copied_in_every_form(new_home: Home, papers: list[str]) -> None:
    async with running(new_home, size=SMALL) as session:
        await session.press("x", "x")
        for key, number in (("c", 2), ("r", 2), ("j", 1)):
            await session.press("y", key)
            await session.settle()
            copied = session.app.clipboard
            assert all(paper in copied for paper in papers[:2])
            assert len(copied.split("\n\n" if key == "r" else "\n")) >= number
        assert [item["number"] for item in json.loads(copied)] == [
            f"arXiv:{paper}" for paper in papers[:2]
        ]
