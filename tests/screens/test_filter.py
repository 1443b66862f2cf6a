"""v: all papers of a list, only the unread or only the starred ones."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from tests.generate import make_day
from tests.screens.session import LATEST, Home, running
from tui.days import long_day
from tui.library import Library

if TYPE_CHECKING:
    from tests.hubserver import HubServer

SMALL = (80, 24)
"""A window in which there is less to paint."""


async def test_each_press_shows_others_and_the_header_says_which(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        every = session.ids
        await session.press("v", "v")
        assert session.ids == []
        await session.press("l")
        await session.settle()
        assert session.toasts == [f"{long_day(LATEST)} is the latest day with papers."]
        assert f"None of the {len(every)} papers is starred; v shows others." in session.text
        await session.press("j", "r", "s", "R")
        await session.settle()
        assert session.ids == []
        await session.press("v", "g")
        assert session.ids == every
        await session.press("r", "j", "s", "r", "j", "s")
        await session.press("v")
        assert session.ids == [every[2], *every[3:]]
        assert session.current.paper.id == every[2]
        assert f"unread only · {len(every) - 2} papers · {len(every) - 2} unread" in session.header
        assert session.toasts == ["Showing unread only."]
        await session.press("v")
        assert session.ids == every[1:3]
        assert "starred only · 2 papers · 1 unread" in session.header
        await session.press("v")
        assert session.ids == every
        assert "only" not in session.header


async def test_what_is_marked_meanwhile_stays_until_the_next_look(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        await session.press("v")
        every = session.ids
        await session.press("r", "R")
        await session.settle()
        assert session.ids == every
        assert not any(row.gone for row in session.rows)
        await session.press("h")
        await session.settle()
        await session.press("l")
        await session.settle()
        assert session.ids == every[1:]


async def test_an_empty_list_fills_as_soon_as_marks_bring_papers_back(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        every = session.ids
        await session.press("A", "v")
        assert session.ids == []
        await session.press("U")
        assert session.ids == every
        assert "unread only · 29 papers · 29 unread" in session.header
        await session.press("v")
        assert session.ids == []
        with closing(Library.open(reader_home.library)) as library:
            library.mark(every[3:5], starred=True)
        session.screen.look_around()
        assert session.ids == every[3:5]


async def test_what_a_filter_lets_in_is_no_new_paper_and_what_it_hides_may_be_one(
    reader_home: Home, hub: HubServer
) -> None:
    async with running(reader_home, size=SMALL) as session:
        every = session.ids
        await session.press("r", "v")
        current = session.current.paper.id
        await session.press("U")
        assert set(session.ids) == set(every)
        assert session.current.paper.id == current
        assert "unread only · 29 papers · 29 unread" in session.header
        await session.press("R")
        await session.settle()
        assert set(session.ids) == set(every)
        assert not any(row.new for row in session.rows)
        assert session.toasts == []
        await session.press("g", "s", "v")
        starred = session.ids
        hub.days[LATEST] = [*make_day(LATEST, 35)[29:], *hub.days[LATEST]]
        await session.press("R")
        await session.settle()
        assert (session.ids, session.toasts) == (starred, [])
        await session.press("v")
        assert {row.paper.id for row in session.rows if row.new} == set(session.ids) - set(every)
        assert len(session.ids) == 35
