"""View 5: the reading list, in the program."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.hubserver import Fault
from tests.screens.session import LATEST, NOW, Home, Session, running
from tests.screens.visits import text_lines
from tui.library import Library
from tui.periods import STARRED
from tui.screens import current
from tui.screens.edition import LOST
from tui.screens.library_screen import NOT_LISTED
from tui.screens.panes import NO_PAPER

if TYPE_CHECKING:
    import pytest

    from tests.hubserver import HubServer

SMALL = (80, 24)
"""A window in which there is less to paint."""
NO_STEPS = "Starred has no older or newer list; 1 goes back to the days."


async def star_two(session: Session) -> list[str]:
    """Star the first paper, then the third; the ids as view 5 is to show them."""
    await session.press("s", "j", "j", "s", "g")
    return [session.ids[2], session.ids[0]]


async def open_stars(session: Session) -> None:
    await session.press("5")
    await session.until(lambda: session.screen.period == STARRED)
    await session.settle()


async def test_the_newest_star_comes_first_under_its_day(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        await open_stars(session)
        await session.shows("Nothing is starred yet; s stars the paper under")
        await session.press("j", "s", "r", "enter", "y", "y", "n", "R")
        await session.settle()
        assert session.ids == []
        assert session.toasts == ["Read again from your library; the Hub has no part in this list."]
        await session.press("m")
        assert session.toasts == ["Weeks (2), months (3) and stars (5) are now shown in one piece."]
        await session.press("1")
        await session.settle()
        await session.press("m")
        assert session.toasts == ["Weeks (2), months (3) and stars (5) are now shown day by day."]
        assert not any(row.starred or row.read for row in session.rows)
        starred = await star_two(session)
        await open_stars(session)
        assert session.ids == starred
        assert session.header == "Starred · 2 papers · 2 unread"
        assert "2 papers" in session.lines[2]
        assert all(row.starred for row in session.rows)
        await session.press("h")
        await session.until(lambda: session.toasts == [NO_STEPS])
        await session.press("S", "u")
        upvotes = [row.paper.upvotes for row in session.rows]
        assert upvotes == sorted(upvotes, reverse=True)
        await session.press("S", "h", "m")
        assert session.ids == starred
        assert session.rows[0].heading == ""


async def test_what_is_about_a_paper_says_that_there_is_none(reader_home: Home) -> None:
    async with running(reader_home, size=(60, 20), period=STARRED) as session:
        for key in (*"seToOYcaxArfy", "enter", "space"):
            session.screen.toasts.clear()
            await session.press(key)
            assert (key, session.toasts) == (key, [NO_PAPER])
            assert session.app.screen is session.screen
        for copy in (session.screen.action_copy_csl, session.screen.action_copy_github_link):
            session.screen.toasts.clear()
            copy()
            await session.handled()
            assert session.toasts == [NO_PAPER]
        await session.pilot.resize_terminal(80, 24)
        await session.press("v", "f")
        assert session.toasts == [NO_PAPER]


async def test_marks_made_there_hold_everywhere(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        starred = await star_two(session)
        other = session.ids[5]
        await open_stars(session)
        await session.press("r", "s")
        await session.until(lambda: session.rows[0].gone)
        assert session.ids == starred
        await session.press("U")
        await session.until(lambda: not session.rows[0].gone)
        assert session.rows[0].starred
        with closing(Library.open(reader_home.library)) as library:
            library.mark([other], starred=True)
        await session.until(lambda: other in session.ids)
        session.screen.select(session.ids.index(starred[0]))
        await session.press("s")
        await session.until(lambda: any(row.gone for row in session.rows))
        await session.press("1")
        await session.settle()
        assert session.screen.period.first == LATEST
        assert {row.paper.id for row in session.rows if row.read} == {starred[0]}
        assert {row.paper.id for row in session.rows if row.starred} == {other, starred[1]}
        await open_stars(session)
        assert session.ids == [other, starred[1]]
        # The library breaks: what can be seen stays.
        session.screen.feed.library.close()
        session.screen.look_around()
        await session.press("1")
        await session.settle()
        await session.press("5")
        await session.settle()
        assert session.ids == [other, starred[1]]


async def test_stars_taken_off_stand_last_in_their_order(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        await session.press(*"sjsjsjsjsj")
        await open_stars(session)
        every = session.ids
        await session.press(*"sjsjsjs")
        await session.until(lambda: sum(row.gone for row in session.rows) == 4)
        await session.press("S", "u", "S", "h")
        assert session.ids == [every[4], *every[:4]]


async def test_the_text_is_there_with_an_empty_cache_and_no_network(
    reader_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current, "RETRY_S", 600.0)
    async with running(reader_home, size=SMALL) as session:
        await star_two(session)
        abstract = session.screen.paper
    shutil.rmtree(reader_home.cache)
    hub.fault(Fault.REFUSE, times=1000)
    async with running(reader_home, period=STARRED) as session:
        await session.until(lambda: len(session.rows) == 2)
        await session.press("j")
        assert abstract is not None
        assert session.screen.paper == replace(abstract)
        await session.shows(" ".join(abstract.abstract.split())[:40])
        await session.press("1")
        await session.until(lambda: bool(session.toasts))
        await session.settle()
        assert session.screen.period == STARRED
        with closing(Library.open(reader_home.library)) as library:
            library.mark(session.ids[:1], starred=False)
        await session.until(lambda: session.rows[0].gone)


async def test_what_is_starred_without_a_network_is_in_the_list(reader_home: Home) -> None:
    reader_home.settings = replace(reader_home.settings, offline=True)
    async with running(reader_home, size=SMALL) as session:
        bare = session.ids[1]
    with closing(Library.open(reader_home.library)) as library:
        library.mark([bare], starred=True)
    async with running(reader_home, size=SMALL) as session:
        library = session.screen.feed.library
        await session.until(lambda: library.kept([bare]) != [None])
        library.mark([bare], starred=False)
        starred = await star_two(session)
        await open_stars(session)
        assert session.ids == starred
        await session.press("1")
        await session.settle()
        await session.press("j", "s")
        latest = session.current.paper.id
        await open_stars(session)
        assert session.ids == [latest, *starred]
        with closing(Library.open(reader_home.library)) as library:
            library.mark([latest], starred=False)
        await session.until(lambda: session.rows[0].gone)


async def test_of_a_starred_paper_that_nobody_knows_no_list_day_is_told(new_home: Home) -> None:
    new_home.settings = replace(new_home.settings, offline=True)
    with closing(Library.open(new_home.library, now=lambda: NOW)) as library:
        library.mark(["2608.99999"], starred=True, read=True)
    async with running(new_home, period=STARRED) as session:
        await session.shows("2608.99999")
        assert any(LOST[:40] in line for line in text_lines(session))
        assert not any("Daily Papers" in line for line in text_lines(session))
        assert not any("0 upvotes" in line or "▲" in line for line in session.lines)
        await session.press("H")
        await session.shows("15:00  2608.99999")
        await session.press("enter", "enter")
        await session.shows(NOT_LISTED)
