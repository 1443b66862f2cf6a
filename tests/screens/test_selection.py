from __future__ import annotations

from typing import TYPE_CHECKING

from tests.generate import make_item
from tests.screens.session import LATEST, Home, Session, running
from tests.screens.visits import without_reading_ahead

if TYPE_CHECKING:
    import pytest

    from tests.hubserver import HubServer

SMALL = (80, 24)
"""A window in which there is less to paint."""


def selected(session: Session) -> list[int]:
    """The places of the papers that the list shows as selected."""
    return [place for place, row in enumerate(session.rows) if row.selected]


async def test_selecting_goes_on_to_the_next_paper(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        await session.press("x", "x", "j", "x")
        assert (selected(session), session.papers.cursor) == ([0, 1, 3], 4)
        assert "3 selected" in session.header
        await session.press("k", "x")
        assert selected(session) == [0, 1]
        await session.press("G", "x", "x")
        assert selected(session) == [0, 1]
        for keys in (["X"], ["g", "x", "x", "escape"]):
            await session.press(*keys)
            assert (keys, selected(session)) == (keys, [])
            assert "selected" not in session.header
        await session.press("s")
        assert [row.starred for row in session.rows[:3]] == [False, False, True]


async def test_a_selection_lasts_through_sorting_and_what_comes_in_and_ends_with_the_list(
    reader_home: Home, hub: HubServer
) -> None:
    async with running(reader_home, size=SMALL) as session:
        chosen = set(session.ids[1:3])
        await session.press("j", "x", "x", "S", "t")
        assert {session.ids[place] for place in selected(session)} == chosen
        newcomer = make_item(900, LATEST)
        hub.days[LATEST] = [newcomer, *hub.days[LATEST]]
        await session.press("R")
        await session.settle()
        assert newcomer["paper"]["id"] in session.ids
        assert {session.ids[place] for place in selected(session)} == chosen
        hub.delay = 60
        await session.press("R")
        await session.until(lambda: session.screen.is_under_way)
        await session.press("escape")
        assert {session.ids[place] for place in selected(session)} == chosen
        await session.press("escape")
        assert selected(session) == []
        hub.delay = 0
        hub.release()
        await session.press("x")
        assert len(selected(session)) == 1
        for key in "hl":
            await session.press(key)
            await session.settle()
            assert (key, selected(session)) == (key, [])
        assert "selected" not in session.header


async def test_marks_of_a_selection_are_one_step(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        ids = session.ids[:3]
        await session.press("s", "x", "x", "x", "s")
        assert session.toasts == ["Starred 2 papers; U takes it back."]
        assert reader_home.marks(*ids) == [(False, True)] * 3
        await session.press("U")
        assert session.toasts == ["Undid: starred 2 papers."]
        assert reader_home.marks(*ids) == [(False, True), (False, False), (False, False)]
        await session.press("s", "s")
        assert session.toasts == ["Star taken off 3 papers; U takes it back."]
        await session.press("r")
        assert session.toasts == ["Read 3 papers; U takes it back."]
        await session.press("r")
        assert session.toasts == ["Unread 3 papers; U takes it back."]
        assert reader_home.marks(*ids) == [(False, False)] * 3
        assert selected(session) == [0, 1, 2]
        await session.press("tab", "s")
        assert reader_home.marks(*ids) == [(False, True)] * 3
        await session.press("tab", "g", "x", "enter")
        assert (selected(session), session.papers.cursor) == ([1, 2], 1)
        assert reader_home.marks(*ids) == [(False, True), (True, True), (False, True)]


async def test_what_is_selected_is_copied_in_the_order_of_the_list(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        await session.press("j", "x", "g", "x")
        first, second = session.ids[:2]
        base = "https://huggingface.co/papers"
        for keys, text, what in (
            (("c",), f"{base}/{first}\n{base}/{second}", "2 links"),
            (("y", "i"), f"{first}\n{second}", "2 ids"),
            (("y", "a"), f"https://arxiv.org/abs/{first}\nhttps://arxiv.org/abs/{second}",
             "2 arXiv links"),
        ):  # fmt: skip
            await session.press(*keys)
            await session.settle()
            assert session.app.clipboard == text
            assert session.toasts[0].startswith(f"Copied {what} ")
        await session.press("y", "b")
        await session.settle()
        entries = session.app.clipboard.split("\n\n")
        assert [first in entries[0], second in entries[1]] == [True, True]
        assert session.toasts[0].startswith("Copied 2 BibTeX entries ")


async def test_papers_without_a_repository_are_left_out(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_reading_ahead(monkeypatch)
    repository = "https://github.com/heron/code"
    hub.days[LATEST] = [
        make_item(1, LATEST, githubRepo=repository, upvotes=9),
        *(make_item(number, LATEST, githubRepo=None, upvotes=1) for number in (2, 3)),
    ]
    async with running(new_home, size=SMALL) as session:
        await session.press("x", "x", "y", "g")
        await session.settle()
        assert session.app.clipboard == repository
        assert session.toasts[0].startswith("1 paper without a repository. Copied the GitHub link ")
        await session.press("k", "k", "x", "j", "x", "y", "g")
        await session.settle()
        assert session.toasts == ["These papers name no GitHub repository."]
