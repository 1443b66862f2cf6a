"""The library screen: what was read when, and the way back to it."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY
from tests.library import raw
from tests.screens.pictures import compare
from tests.screens.session import NOW, Home, Session, running
from tests.screens.test_pictures import sample_home
from tui.days import ONE_DAY
from tui.hub.settings import HubSettings
from tui.library import Library
from tui.periods import Period
from tui.screens import library_lines, library_screen
from tui.screens.library_screen import LibraryScreen
from tui.text.latex import to_unicode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.screens.pictures import Compare

__all__ = ["compare", "sample_home"]

FEW = 20
"""In place of the papers and the events that are shown at most; there is room for fewer."""
TRAP = "[/]\u202e[@click=app.quit]\x1b[31mx"


def mark(
    home: Home,
    *papers: str,
    days_ago: int = 0,
    read: bool | None = None,
    starred: bool | None = None,
    note: str | None = None,
    tags: Mapping[str, bool] | None = None,
) -> None:
    """Mark papers from another program, at three in the afternoon so many days ago."""
    made = NOW - timedelta(days=days_ago)
    with closing(Library.open(home.library, now=lambda: made)) as library:
        library.mark(papers, read=read, starred=starred, note=note, tags=tags or {})


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked up a moment later, and what is looked up again, is so almost at once."""
    monkeypatch.setattr(library_screen, "SETTLE_S", 0.01)
    monkeypatch.setattr(library_screen, "LOOK_S", 0.05)


def in_front(session: Session) -> bool:
    """Whether the library screen has the keys."""
    return isinstance(session.app.screen, LibraryScreen)


async def open_screen(session: Session) -> None:
    await session.press("H")
    await session.shows("this week")
    await session.settle()


async def test_it_says_what_the_library_comes_to_while_other_windows_change_it(
    reader_home: Home,
) -> None:
    async with running(reader_home) as session:
        await open_screen(session)
        await session.press("enter", "q")
        assert not in_front(session), "a day without papers has none to go to"
        await open_screen(session)
        mark(reader_home, "a", "b", days_ago=1, read=True, tags={"moe": True, TRAP: True})
        mark(reader_home, "b", "c", read=True, starred=True, tags={"moe": True})
        mark(reader_home, "d", note="x")
        await session.shows("Read 3 papers this week, 1 today.")
        await session.shows("2 days in a row: no streak was longer.")
        await session.shows("3 papers read, 2 starred, 1 with a note, 3 tagged.")
        await session.shows("Tags: moe 3, [/][@click=app.quit]x 2.")
        await session.shows("Fri 21 Aug 2026, today: 1 paper read")
        await session.press("q")
        assert not in_front(session)


async def test_arrows_and_clicks_move_over_days(reader_home: Home) -> None:
    mark(reader_home, "a", "b", days_ago=8, read=True)
    mark(reader_home, "c", days_ago=368, read=True)
    async with running(reader_home) as session:
        await open_screen(session)
        for keys, words in (
            (("left", "up"), "Thu 13 Aug 2026: 2 papers read"),
            (("j",), "Fri 14 Aug 2026: 0 papers read"),
            (("l", "right"), "Fri 21 Aug 2026, today: 0 papers read"),
            (("g",), "Mon 18 Aug 2025: 1 paper read"),
            (("up", "h"), "Mon 18 Aug 2025: 1 paper read"),
            (("down",), "Tue 19 Aug 2025: 0 papers read"),
            (("t",), "Fri 21 Aug 2026, today: 0 papers read"),
        ):
            await session.press(*keys)
            await session.shows(words)
        [y] = [y for y, line in enumerate(session.lines) if "◆" in line]
        x = session.lines[y].index("◆")
        await session.pilot.click(offset=(x, y - 1))
        await session.shows("Thu 20 Aug 2026: 0 papers read")


async def test_papers_lead_to_their_list_where_disk_knows_it(reader_home: Home) -> None:
    async with running(reader_home) as session:
        known = session.rows[3].paper
        mark(reader_home, known.id, read=True)
        mark(reader_home, "2608.99999", days_ago=1, read=True)
        session.screen.look_around()
        await session.press("v")
        await session.until(lambda: known.id not in session.ids)
        await open_screen(session)
        await session.shows(f"15:00  {to_unicode(known.title)}")
        await session.press("enter", "enter")
        await session.until(lambda: known.id in session.ids)
        await session.until(lambda: session.current.paper.id == known.id)
        await session.rush("H", "up", "enter")
        await session.until(lambda: any("▌15:00" in line for line in session.lines))
        await session.shows("Thu 20 Aug 2026: 1 paper read")
        await session.shows("15:00  2608.99999")
        await session.press("enter")
        await session.shows(library_screen.NOT_LISTED)
        mark(reader_home, "2608.88888", read=True)
        await session.shows("Read 3 papers this week")
        await session.settle()
        assert library_screen.NOT_LISTED in session.text, "until the next key"
        await session.press("up")
        await session.shows(library_screen.PAPERS_HINT)
        await session.press("q")
        assert in_front(session)
        await session.press("enter", "escape", "escape")
        await session.until(lambda: not in_front(session))


async def test_papers_whose_star_kept_them_have_their_titles(reader_home: Home) -> None:
    async with running(reader_home) as session:
        starred = session.current.paper
        await session.press("s")
        await session.settle()
    mark(reader_home, starred.id, read=True)
    shutil.rmtree(reader_home.cache)
    reader_home.settings = HubSettings(offline=True)
    async with running(reader_home) as session:
        await open_screen(session)
        await session.shows(to_unicode(starred.title))


async def test_enter_leads_to_the_papers_and_from_there_to_the_list(reader_home: Home) -> None:
    day_before = Period.day(TODAY - ONE_DAY)
    async with running(reader_home) as session:
        await session.press("h")
        await session.until(lambda: session.screen.period == day_before)
        await session.settle()
        read = session.ids[2]
        mark(reader_home, session.ids[4], read, read=True)
        await session.press("t")
        await session.settle()
        await open_screen(session)
        assert "▌15:00" not in session.text
        await session.press("enter")
        await session.until(lambda: any("▌15:00" in line for line in session.lines))
        await session.press("j", "k", "down")
        chosen = next(line for line in session.lines if "▌15:00" in line)
        await session.press("enter")
        await session.until(lambda: session.screen.period == day_before)
        await session.settle()
        assert not in_front(session)
        assert to_unicode(session.current.paper.title)[:20] in chosen
        assert session.current.paper.id in (read, session.ids[4])


async def test_the_chosen_paper_stays_chosen_while_others_are_read(reader_home: Home) -> None:
    async with running(reader_home) as session:
        chosen, before, after = [row.paper for row in session.rows[3:6]]
        mark(reader_home, chosen.id, read=True)
        mark(reader_home, before.id, read=True)
        await open_screen(session)
        await session.press("enter", "j")
        await session.shows(f"▌15:00  {to_unicode(chosen.title)}")
        mark(reader_home, after.id, read=True)
        await session.shows(f" 15:00  {to_unicode(after.title)}")
        await session.settle()
        await session.shows(f"▌15:00  {to_unicode(chosen.title)}")
        await session.press("enter")
        assert session.current.paper.id == chosen.id
        await open_screen(session)
        reader_home.now -= timedelta(days=9)
        await session.shows("Wed 12 Aug 2026, today")


async def test_the_history_of_a_chosen_paper_and_of_the_one_in_the_list(
    reader_home: Home,
) -> None:
    async with running(reader_home) as session:
        await open_screen(session)
        await session.press("tab")
        await session.shows("Nothing was done to this paper yet.")
        await session.press("tab")
        mark(reader_home, session.ids[3], read=True)
        await session.shows("1 today")
        await session.press("enter", "tab")
        await session.shows("Fri 21 Aug 2026 15:00 read")
        await session.shows(library_screen.ITS_HISTORY_HINT)
        await session.press("q")
        await session.shows("today: 1 paper read")
        await session.press("q")
        paper = session.current.paper
        mark(reader_home, paper.id, days_ago=3, read=True)
        mark(reader_home, paper.id, days_ago=1, note=f"one\ntwo {TRAP} " + "long " * 50)
        mark(reader_home, paper.id, starred=True, tags={TRAP: True})
        mark(reader_home, paper.id, starred=False, read=False, note="")
        await session.press("H", "H")
        await session.shows("Tue 18 Aug 2026 15:00 read")
        lines = [line.strip(" │▌") for line in session.lines]
        start = lines.index("Fri 21 Aug 2026 15:00  note taken off")
        assert lines[start - 1] == to_unicode(paper.title)
        assert sorted(lines[start : start + 5]) == [
            "Fri 21 Aug 2026 15:00  note taken off",
            "Fri 21 Aug 2026 15:00  star taken off",
            "Fri 21 Aug 2026 15:00  starred",
            "Fri 21 Aug 2026 15:00  tagged “[/][@click=app.quit]x”",
            "Fri 21 Aug 2026 15:00  unread",
        ]
        note = lines[start + 5]
        assert note.startswith("Thu 20 Aug 2026 15:00  note: “one two [/][@click=app.quit]x long")
        assert note.endswith("…”")
        await session.press("tab")
        await session.shows("today: 1 paper read")


async def test_many_papers_and_events_are_counted_and_scrolled(
    reader_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_screen, "MOST_LISTED", FEW)
    monkeypatch.setattr(library_lines, "MOST_EVENTS", FEW)
    papers = [f"p{number:03}" for number in range(FEW + 7)]
    mark(reader_home, *papers, read=True)
    async with running(reader_home, size=(80, 24)) as session:
        for number in range(FEW + 3):
            mark(reader_home, session.ids[0], starred=number % 2 == 0)
        await open_screen(session)
        await session.press("tab")
        await session.rest()
        assert library_screen.HISTORY_HINT in session.text
        assert "more events" not in session.text
        top = session.text
        await session.press("left", "right", "down", "j")
        assert session.text != top
        await session.press("up", "k")
        assert session.text == top
        await session.rush(*["pagedown"] * (FEW // 4))
        await session.shows("and 3 more events")
        await session.press("g")
        assert session.text == top
        await session.press("G")
        await session.shows("and 3 more events")
        await session.press("tab", "enter", "G")
        await session.until(lambda: any("▌15:00" in line for line in session.lines))
        await session.press("pagedown")
        await session.shows("and 7 more papers")
        await session.press("g")
        await session.until(lambda: any("▌15:00" in line for line in session.lines))
        await session.pilot.resize_terminal(20, 5)
        await session.still()
        await session.press("j", "j", "j")
        await session.until(lambda: any("▌15:00" in line for line in session.lines))


async def test_without_a_paper_or_a_library_there_is_no_history(reader_home: Home) -> None:
    mark(reader_home, "a", read=True)
    async with running(reader_home) as session:
        await session.press("5")
        await session.settle()
        assert session.ids == []
        await open_screen(session)
        await session.press("tab")
        await session.shows("There is no paper under the cursor.")
        await session.press("q")
        await session.press("1")
        await session.settle()
        raw.run(reader_home.library, "DROP TABLE marks")
        await session.press("H")
        await session.shows("The library")
        await session.press("down", "enter", "tab")
        await session.settle()
        assert in_front(session)
        assert "The library" in session.text


def a_year(home: Home, ids: list[str]) -> None:
    """Papers read on most days of a year, more of them as time goes by."""
    made = NOW
    with closing(Library.open(home.library, now=lambda: made)) as library:
        for back in range(371, 1, -1):
            papers = [f"a{back:03}.{number}" for number in range(back * back % (23 - back // 20))]
            made = NOW - timedelta(days=back)
            library.mark(papers[: back % 7 * 3], read=True)
    mark(home, *ids[:3], days_ago=1, read=True)
    mark(home, ids[0], starred=True, note="Compare with the other one.", tags={"to read": True})
    mark(home, ids[4], ids[5], read=True, tags={"moe": True})


async def test_pictures(sample_home: Home, compare: Compare) -> None:
    async with running(sample_home) as session:
        a_year(sample_home, session.ids)
        await open_screen(session)
        await session.press("up", "enter", "down")
        await session.until(lambda: any("▌15:00" in line for line in session.lines))
        await session.settle()
        await compare(session)
