"""A day on its way: the one on screen stays until then, and only the last wish counts."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.generate import make_day
from tests.hubserver import Fault, HubServer
from tests.screens.session import LATEST, Home, Session, running
from tui.days import long_day
from tui.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.hubserver.wire import Request
    from tui.papers import Edition

OLD = date(2026, 7, 1)
OTHER = date(2026, 7, 8)
WEDNESDAY = date(2026, 8, 19)
FRIDAY_BEFORE = date(2026, 8, 14)


@pytest.fixture(autouse=True)
def _days_long_past(hub: HubServer) -> None:
    hub.days[OLD], hub.days[OTHER] = make_day(OLD, 5), make_day(OTHER, 6)


def of(day: date) -> Callable[[Request], bool]:
    """Whether a request is for that day's list."""
    return lambda request: request.query.get("date") == day.isoformat()


def before(day: date) -> Callable[[Request], bool]:
    """Whether a request is for the list of an older day."""
    return lambda request: request.query.get("date", "9") < day.isoformat()


async def goes_to(session: Session, day: date) -> None:
    await session.press("D", *day.isoformat(), "enter")


async def test_the_day_on_screen_stays_until_the_next_one_is_there(
    reader_home: Home, hub: HubServer
) -> None:
    async with running(reader_home) as session:
        hub.fault(Fault.HANG, when=of(OLD))
        await goes_to(session, OLD)
        await session.shows(f"fetching {long_day(OLD)}…")
        assert session.header.startswith(long_day(LATEST))
        assert len(session.rows) == 29
        hub.heal()
        await session.settle()
        assert session.header.startswith(f"{long_day(OLD)} · 5 papers")


async def test_an_answer_that_is_late_takes_no_other_days_place(
    reader_home: Home, hub: HubServer
) -> None:
    async with running(reader_home) as session:
        hub.fault(Fault.HANG, when=of(OLD))
        await goes_to(session, OLD)
        await session.shows(f"fetching {long_day(OLD)}…")
        await goes_to(session, OTHER)
        await session.until(lambda: session.day == OTHER)
        hub.heal()
        await session.settle()
        assert session.day == OTHER
        assert session.header.startswith(f"{long_day(OTHER)} · 6 papers")


async def test_a_refresh_that_ends_as_the_user_leaves(
    reader_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(reader_home) as session:
        answered, gate, refresh = asyncio.Event(), asyncio.Event(), session.screen.feed.refresh

        async def slow(
            period: Period, *, force: bool = False, urgent: bool = True
        ) -> Edition:
            edition = await refresh(period, force=force, urgent=urgent)
            if force:
                answered.set()
                await gate.wait()
            return edition

        monkeypatch.setattr(session.screen.feed, "refresh", slow)
        await session.press("R")
        await answered.wait()
        gate.set()
        session.screen.action_older()
        await session.settle()
        assert session.day == date(2026, 8, 20)


async def test_a_walk_is_given_up_for_another_day(reader_home: Home, hub: HubServer) -> None:
    hub.fault(Fault.HANG, when=before(OLD))
    async with running(reader_home, day=OLD, settle=False) as session:
        await session.until(lambda: session.screen.edition is not None)
        await session.press("h")
        await session.shows("looking for an older day…")
        await goes_to(session, WEDNESDAY)
        hub.days[date(2026, 6, 30)] = make_day(date(2026, 6, 30), 2)
        hub.heal()
        await session.settle()
        assert session.day == WEDNESDAY
        await session.press("h")
        await session.settle()
        assert session.day == date(2026, 8, 18)


async def test_escape_gives_up_a_walk_and_stays(reader_home: Home, hub: HubServer) -> None:
    june = date(2026, 6, 30)
    hub.days[june] = make_day(june, 2)
    hub.fault(Fault.HANG, when=before(OLD))
    async with running(reader_home, day=OLD, settle=False) as session:
        await session.until(lambda: session.screen.edition is not None)
        await session.press("h")
        await session.shows("looking for an older day…")
        await session.press("escape")
        assert "…" not in session.header
        assert session.toasts == ["Stopped waiting for the Hub."]
        hub.heal()
        await session.settle()
        assert session.day == OLD
        assert session.screen.feed.peek(Period.day(june)) is None


async def test_escape_gives_up_a_day_and_stays(reader_home: Home, hub: HubServer) -> None:
    async with running(reader_home, day=WEDNESDAY) as session:
        hub.fault(Fault.HANG, when=of(OLD))
        await goes_to(session, OLD)
        await session.shows(f"fetching {long_day(OLD)}…")
        await session.until(lambda: any(map(of(OLD), hub.requests)))
        await session.press("escape")
        hub.heal()
        await session.settle()
        assert session.header.startswith(long_day(WEDNESDAY))
        assert session.screen.feed.peek(Period.day(OLD)) is None
        await session.press("l")
        await session.settle()
        assert session.day == date(2026, 8, 20)


async def test_escape_says_nothing_where_nothing_is_under_way(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await session.rest()
        screen = session.text
        await session.press("escape")
        assert session.toasts == []
        assert session.text == screen


async def test_a_day_that_cannot_be_fetched_leaves_the_one_on_screen(
    reader_home: Home, hub: HubServer
) -> None:
    async with running(reader_home, day=WEDNESDAY) as session:
        papers = session.ids
        hub.fault(Fault.STATUS_503, when=of(OLD))
        await goes_to(session, OLD)
        await session.settle()
        assert session.ids == papers
        assert session.header.startswith(long_day(WEDNESDAY))
        assert len(session.toasts) == 1
        assert session.toasts[0].startswith("The Hub has trouble of its own (503)")
        hub.heal()
        await session.press("l")
        await session.settle()
        assert session.day == date(2026, 8, 20)


async def test_steps_without_a_connection_say_what_they_pass_over(
    new_home: Home, hub: HubServer
) -> None:
    feed = new_home.services().feed
    await feed.refresh(Period.day(await feed.find_newest()))
    await feed.refresh(Period.day(FRIDAY_BEFORE))
    await feed.close()
    feed.library.close()
    hub.fault(Fault.REFUSE)
    async with running(new_home) as session:
        await session.press("h")
        await session.settle()
        assert session.day == FRIDAY_BEFORE
        assert session.toasts == ["No connection to the Hub: passed over 6 days not on disk."]


async def test_the_strip_shows_a_day_long_past_among_its_own(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await goes_to(session, OLD)
        await session.settle()
        assert session.lines[1].strip().startswith("Jul ")
        assert "[Wed 1 5/5]" in session.lines[1]
        assert "Fri 21" not in session.lines[1]


@pytest.mark.parametrize("keys", [("enter",), ("space",), ("tab", "j")], ids=" ".join)
async def test_a_newer_day_waits_while_a_read_paper_is_read_again(
    reader_home: Home, hub: HubServer, keys: tuple[str, ...]
) -> None:
    async with running(reader_home) as session:
        await session.press("A", "g")
    saturday = date(2026, 8, 22)
    reader_home.now += timedelta(days=1)
    reader_home.today = saturday
    hub.fault(Fault.HANG)
    async with running(reader_home, size=(120, 12), settle=False) as session:
        await session.shows("looking for the latest day…")
        assert session.current.read
        await session.press(*keys)
        hub.days[saturday], hub.today = make_day(saturday, 4), saturday
        hub.heal()
        await session.settle()
        assert session.day == LATEST
        assert session.toasts == ["Sat 22 Aug 2026 is there; press t to go to it."]
