from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.generate import make_day
from tests.hubserver import Fault, HubServer
from tests.screens.session import LATEST, Home, Session, running
from tests.screens.visits import fetch, hurry, without_reading_ahead
from tui.days import FIRST_DAY, long_day
from tui.hub.settings import HubSettings
from tui.library import Library
from tui.periods import Period

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hubserver.wire import Request

FRIDAY_BEFORE = date(2026, 8, 14)
BACK = [date(2026, 8, day) for day in (20, 19, 18, 17, 14)]


async def press_and_settle(session: Session, *keys: str) -> None:
    for key in keys:
        await session.press(key)
        await session.settle()


async def test_it_opens_on_the_latest_day_and_there_is_none_after_it(reader_home: Home) -> None:
    async with running(reader_home) as session:
        assert session.header == "Fri 21 Aug 2026 · 29 papers · 29 unread · just now"
        await session.shows("[Fri 21 29/29]")
        await session.rest()
        before = session.lines[:-8]
        await press_and_settle(session, "l")
        assert session.toasts == ["Fri 21 Aug 2026 is the latest day with papers."]
        assert session.lines[:-8] == before


@pytest.mark.parametrize("key", ["l", "}"])
async def test_reading_ahead_goes_on_where_a_key_leads_nowhere(
    new_home: Home, hub: HubServer, key: str
) -> None:
    def is_ahead(request: Request) -> bool:
        return request.query.get("date", f"{LATEST}") < f"{LATEST}"

    hub.fault(Fault.HANG, when=is_ahead)
    async with running(new_home) as session:
        await session.until(lambda: any(map(is_ahead, hub.requests)))
        await press_and_settle(session, key)
        assert len(session.toasts) == 1
        hub.heal()
        await session.until(lambda: session.screen.feed.ids(BACK[1]) is not None)


async def test_it_opens_on_the_day_it_is_given_and_goes_on_by_click_and_key(
    reader_home: Home,
) -> None:
    async with running(reader_home, day=FRIDAY_BEFORE) as session:
        assert session.header.startswith(long_day(FRIDAY_BEFORE))
        await session.shows("[Fri 14 ")
        await press_and_settle(session, "t")
        assert session.day == LATEST
        await session.pilot.click("#key-bar", offset=(session.lines[-1].index("older"), 0))
        await session.settle()
        assert session.day == date(2026, 8, 20)
        await session.shows("Tue 18")
        column = session.lines[1].index("Tue 18")
        await session.pilot.click("#day-strip", offset=(column, 0))
        await session.settle()
        assert session.day == date(2026, 8, 18)


async def test_steps_go_over_the_weekend_and_back(reader_home: Home) -> None:
    async with running(reader_home) as session:
        days = []
        for key in ("h", "left", "[", "h", "h", "l", "right", "]", "l", "l"):
            await press_and_settle(session, key)
            assert session.header.startswith(long_day(session.day))
            days.append(session.day)
        assert days == [*BACK, *BACK[-2::-1], LATEST]


@pytest.mark.torture
async def test_the_recorded_week_there_and_back(tmp_path: Path, recorded_hub: HubServer) -> None:
    home = Home(tmp_path, settings=HubSettings(endpoint=recorded_hub.url))
    async with running(home, day=LATEST) as session:
        counts = []
        for key in "hhhhhlllll":
            await press_and_settle(session, key)
            counts.append((session.day, len(session.rows)))
        assert [day for day, _ in counts] == [*BACK, *BACK[-2::-1], LATEST]
        assert dict(counts[:5]) == dict(counts[4:9])
        assert all(count for _, count in counts)


async def test_keys_pressed_ahead_all_count(new_home: Home) -> None:
    async with running(new_home, settle=False) as session:
        await session.until(lambda: session.screen.edition is not None)
        for key in "hhhhh":
            session.app.simulate_key(key)
        await session.until(lambda: session.day == FRIDAY_BEFORE)
        await session.settle()
        assert session.day == FRIDAY_BEFORE


async def test_the_oldest_bound_is_one_sentence(tmp_path: Path) -> None:
    second = date(2023, 5, 5)
    with HubServer({FIRST_DAY: make_day(FIRST_DAY, 2), second: make_day(second, 3)},
                   today=second) as hub:  # fmt: skip
        home = Home(tmp_path, settings=HubSettings(endpoint=hub.url), today=second)
        async with running(home) as session:
            await press_and_settle(session, "h", "h")
            assert session.day == FIRST_DAY
            assert session.toasts == [
                "Daily Papers began on Thu 4 May 2023; there is nothing older."
            ]
            assert len(session.rows) == 2


async def test_the_latest_day_is_the_one_that_came_meanwhile(
    reader_home: Home, hub: HubServer
) -> None:
    saturday = date(2026, 8, 22)
    async with running(reader_home) as session:
        hub.days[saturday], hub.today = make_day(saturday, 4), saturday
        reader_home.today = saturday
        reader_home.now += timedelta(minutes=10)
        await press_and_settle(session, "t")
        assert session.header.startswith("Sat 22 Aug 2026 · 4 papers")


async def test_go_to_a_date(reader_home: Home) -> None:
    ways = (
        ("2026-08-14", FRIDAY_BEFORE),
        ("-1", date(2026, 8, 20)),
        ("/mon", date(2026, 8, 17)),
        ("14 aug", FRIDAY_BEFORE),
        ("/today", LATEST),
    )
    async with running(reader_home, day=date(2026, 8, 19)) as session:
        for typed, day in ways:
            await session.rush("D", *typed, "enter")
            await session.settle()
            assert (typed, session.day) == (typed, day)
            assert session.papers.has_focus
        await session.rush("D", *"1999-01-01", "enter")
        await session.shows("Daily Papers began on Thu 4 May")
        await session.rush(*["backspace"] * 10)
        assert "Daily Papers began" not in session.text
        await session.press("enter")
        assert session.app.screen is session.screen
        assert session.day == LATEST
        await session.rush("D", *"2026-08-16", "enter")
        await session.settle()
        assert session.day == FRIDAY_BEFORE
        assert session.toasts == ["No papers on Sun 16 Aug 2026; this is Fri 14 Aug 2026."]


async def test_each_day_keeps_its_cursor_and_comes_back_with_it_in_view(
    new_home: Home, hub: HubServer
) -> None:
    thursday = date(2026, 8, 20)
    hub.days[thursday] = make_day(thursday, 2)
    async with running(new_home) as session:
        await press_and_settle(session, "j", "j", "j", "h")
        assert session.papers.cursor == 0
        await press_and_settle(session, "j", "l")
        assert session.papers.cursor == 3
        await press_and_settle(session, "h")
        assert session.papers.cursor == 1
        await press_and_settle(session, "l", "G", "h", "l")
        assert session.papers.cursor == 28
        assert any(line.startswith("▌") for line in session.lines)


async def test_unread_papers_one_after_the_other_and_the_days_that_have_them(
    reader_home: Home,
) -> None:
    async with running(reader_home) as session:
        await press_and_settle(session, "h", "A", "h", "A", "t", "{")
        assert session.day == date(2026, 8, 18)
        await press_and_settle(session, "}")
        assert session.day == LATEST
        await press_and_settle(session, "}")
        assert session.day == LATEST
        assert session.toasts == ["No unread papers in any newer day."]
        await press_and_settle(session, "A", "g", "j", "r", "G", "k", "r", "g")
        places = []
        for key in "nnnpp":
            await press_and_settle(session, key)
            places.append((session.day.day, session.papers.cursor))
        assert places == [(21, 1), (21, 27), (18, 0), (21, 27), (21, 1)]


async def test_offline_steps_stay_on_what_is_on_disk(reader_home: Home, hub: HubServer) -> None:
    hub.fault(Fault.REFUSE)
    async with running(reader_home) as session:
        assert session.day == LATEST
        await press_and_settle(session, *"hhhhh")
        assert session.day == FRIDAY_BEFORE
        assert len(session.rows) == len(hub.days[FRIDAY_BEFORE])


async def test_a_day_before_the_archive_leads_to_its_first_day_at_once(
    reader_home: Home, hub: HubServer
) -> None:
    archive = replace(reader_home, first_day=BACK[-1])
    async with running(archive, day=date(2024, 1, 1)) as session:
        assert session.day == BACK[-1]
        assert session.toasts == ["No papers on Mon 1 Jan 2024; this is Fri 14 Aug 2026."]
        assert not any("2024-02" in str(request) for request in hub.requests)


async def test_an_open_calendar_shows_what_becomes_known_and_marked_meanwhile(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_reading_ahead(monkeypatch)
    hurry(monkeypatch)
    async with running(new_home) as session:
        hub.fault(Fault.HANG)
        await session.rush("D")
        await session.shows(" 29/29 ")
        read = session.ids[:4]
        with closing(Library.open(new_home.library)) as library:
            library.mark(read, read=True)
        await session.shows(" 25/29 ")
        assert " 19/19 " not in session.text
        hub.heal()
        await fetch(new_home, Period.day(BACK[0]))
        await session.shows(" 19/19 ")
