from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.generate import make_item
from tests.screens.session import LATEST, Home, Session, running

if TYPE_CHECKING:
    from tests.hubserver import HubServer


def selected(session: Session) -> list[int]:
    """The places of the papers that the list shows as selected."""
    return [place for place, row in enumerate(session.rows) if row.selected]


async def test_selecting_goes_on_to_the_next_paper(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await session.press("x", "x", "j", "x")
        assert (selected(session), session.papers.cursor) == ([0, 1, 3], 4)
        assert "3 selected" in session.header
        await session.press("k", "x")
        assert selected(session) == [0, 1]
        await session.press("G", "x", "x")
        assert selected(session) == [0, 1]


@pytest.mark.parametrize("key", ["X", "escape"])
async def test_nothing_is_selected_any_more(reader_home: Home, key: str) -> None:
    async with running(reader_home) as session:
        await session.press("x", "x", key)
        assert selected(session) == []
        assert "selected" not in session.header
        await session.press("s")
        assert [row.starred for row in session.rows[:3]] == [False, False, True]


async def test_esc_first_stops_waiting_for_the_hub(reader_home: Home, hub: HubServer) -> None:
    async with running(reader_home) as session:
        await session.press("x")
        hub.delay = 60
        await session.press("R")
        await session.until(lambda: session.screen.is_under_way)
        await session.press("escape")
        assert selected(session) == [0]
        await session.press("escape")
        assert selected(session) == []
        hub.release()


async def test_marks_of_a_selection_are_one_step(reader_home: Home) -> None:
    async with running(reader_home) as session:
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


async def test_a_selection_is_marked_from_the_text_too(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await session.press("x", "x", "tab", "s")
        assert [row.starred for row in session.rows[:3]] == [True, True, False]


async def test_a_selection_survives_sorting_and_what_comes_in(
    reader_home: Home, hub: HubServer
) -> None:
    async with running(reader_home) as session:
        chosen = set(session.ids[1:3])
        await session.press("j", "x", "x", "S", "t")
        assert {session.ids[place] for place in selected(session)} == chosen
        newcomer = make_item(900, LATEST)
        hub.days[LATEST] = [newcomer, *hub.days[LATEST]]
        await session.press("R")
        await session.settle()
        assert newcomer["paper"]["id"] in session.ids
        assert {session.ids[place] for place in selected(session)} == chosen


async def test_another_list_begins_with_nothing_selected(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await session.press("x", "h")
        await session.settle()
        assert selected(session) == []
        await session.press("l")
        await session.settle()
        assert selected(session) == []
        assert "selected" not in session.header


async def test_what_is_selected_is_copied_in_the_order_of_the_list(new_home: Home) -> None:
    async with running(new_home) as session:
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


async def test_papers_without_a_repository_are_left_out(new_home: Home, hub: HubServer) -> None:
    repository = "https://github.com/heron/code"
    hub.days[LATEST] = [
        make_item(1, LATEST, githubRepo=repository, upvotes=9),
        *(make_item(number, LATEST, githubRepo=None, upvotes=1) for number in (2, 3)),
    ]
    async with running(new_home) as session:
        await session.press("x", "x", "y", "g")
        await session.settle()
        assert session.app.clipboard == repository
        assert session.toasts[0].startswith(
            "1 paper without a repository. Copied the GitHub link "
        )
        await session.press("k", "k", "x", "j", "x", "y", "g")
        await session.settle()
        assert session.toasts == ["These papers name no GitHub repository."]


async def test_only_the_paper_under_the_cursor_is_read_by_opening_it(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await session.press("x", "x", "enter")
        assert [row.read for row in session.rows[:3]] == [False, False, True]
