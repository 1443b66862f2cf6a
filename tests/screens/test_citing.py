"""Y adds what is chosen to the user's ``.bib`` file; reference managers get a copy."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.generate import make_item
from tests.screens.session import LATEST, Home, running
from tui.papers import Paper
from tui.screens.edition import LOST
from tui.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hubserver import HubServer


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


async def test_a_paper_is_added_once(citing_home: Home, papers: list[str], file: Path) -> None:
    async with running(citing_home) as session:
        await session.press("Y")
        await session.settle()
        assert session.toasts == [f"Added arxiv-{papers[0]} to papers.bib."]
        before = content(file)
        assert before.startswith(f"@misc{{arxiv-{papers[0]},")
        await session.press("tab", "Y")
        await session.settle()
        assert session.toasts == [f"Already in papers.bib: arxiv-{papers[0]}."]
        assert content(file) == before


async def test_a_paper_that_the_user_cites_already(
    citing_home: Home, papers: list[str], file: Path, mine: str
) -> None:
    async with running(citing_home) as session:
        await session.press("Y")
        await session.settle()
        assert session.toasts == ["Already in papers.bib: mine."]
    assert content(file) == mine


async def test_what_is_selected_is_added_in_one_go(
    citing_home: Home, papers: list[str], file: Path
) -> None:
    async with running(citing_home) as session:
        await session.press("Y", "x", "x")
        await session.settle()
        await session.press("Y")
        await session.settle()
        assert session.toasts == [
            f"Added arxiv-{papers[1]} to papers.bib. "
            f"Already in papers.bib: arxiv-{papers[0]}."
        ]  # fmt: skip
        await session.press("x", "x", "x", "Y")
        await session.settle()
        assert session.toasts[-1].startswith(f"Added arxiv-{papers[2]}, arxiv-{papers[3]}, ")
    assert content(file).count("@misc{") == len(papers)


async def test_how_many_are_told_where_they_are_many(citing_home: Home, papers: list[str]) -> None:
    async with running(citing_home) as session:
        await session.press(*"xxxxx", "Y")
        await session.settle()
        assert session.toasts == ["Added 5 papers to papers.bib."]


async def test_a_file_that_cannot_be_written(citing_home: Home, papers: list[str]) -> None:
    missing = citing_home.folder / "missing" / "papers.bib"
    home = replace(citing_home, own_settings=Settings(bib_file=missing))
    async with running(home) as session:
        await session.press("Y")
        await session.settle()
        assert session.toasts == [f"Nothing was added to {missing}: its folder is not there."]


async def test_without_a_file_it_is_told_how_to_name_one(new_home: Home, papers: list[str]) -> None:
    async with running(new_home) as session:
        await session.press("Y")
        settings = new_home.paths.config
        assert session.toasts == [
            f'To name your .bib file, write [cite] and bib_file = "~/papers.bib" to {settings}.'
        ]


async def test_the_sample_is_not_added(new_home: Home, papers: list[str]) -> None:
    async with running(replace(new_home, demo=True)) as session:
        await session.press("Y")
        assert session.toasts == ["The papers of the sample are not added to your .bib file."]


async def test_a_paper_of_which_only_the_title_is_known_is_not_added(
    citing_home: Home, papers: list[str], file: Path
) -> None:
    async with running(citing_home) as session:
        session.screen.cite_papers([Paper(papers[0], "A Title", LOST)])
        await session.settle()
        assert session.toasts == [LOST]
    assert content(file) == ""


async def test_an_empty_list_has_nothing_to_add(
    citing_home: Home, papers: list[str], file: Path
) -> None:
    async with running(citing_home) as session:
        await session.press("5")
        await session.settle()
        assert session.ids == []
        before = session.toasts
        await session.press("Y")
        await session.settle()
        assert session.toasts == before
    assert content(file) == ""


async def test_citations_are_copied_in_every_form(new_home: Home, papers: list[str]) -> None:
    async with running(new_home) as session:
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
