"""The user never waits: not for a slow Hub, not in a pause it asks for, not for a refresh."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.generate import make_day, make_item
from tests.hubserver import Fault, HubServer
from tests.screens.session import LATEST, Home, running
from tests.screens.visits import (
    fetch,
    hurry,
    list_lines,
    painted,
    press,
    settled,
    with_figures,
    without_reading_ahead,
)
from tui.days import ONE_DAY, long_day
from tui.periods import TRENDING, Period, Span
from tui.screens import current as time_goes_by

if TYPE_CHECKING:
    from tests.hubserver.wire import Request

DAY = Period.day(LATEST)
NEXT = date(2026, 8, 22)
WEEK = Period.of(Span.WEEK, LATEST)
MONTH = Period.of(Span.MONTH, LATEST)
OLD = date(2026, 5, 6)
MANY = [LATEST - n * ONE_DAY for n in range(31)]
"""The latest day and the thirty before it, all with papers here."""


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    without_reading_ahead(monkeypatch)


def lists(hub: HubServer) -> list[str]:
    """The days that the Hub was asked for."""
    return [request.query["date"] for request in hub.requests if "date" in request.query]


def is_list(request: Request) -> bool:
    return "limit" in request.query


# -- a refresh ------------------------------------------------------------------------------


async def test_a_refresh_asks_whatever_the_age(new_home: Home, hub: HubServer) -> None:
    hub.days[OLD] = make_day(OLD, 4)
    periods = (DAY, WEEK, MONTH, TRENDING, Period.day(OLD))
    await fetch(new_home, *periods)
    async with running(new_home) as session:
        for period in periods:
            session.screen.go_to(period)
            await settled(session)
            hub.requests.clear()
            await press(session, "R")
            assert hub.requests, period
            assert all(str(period.query) in request.target for request in hub.requests), period
            assert session.header.startswith(period.title)
            assert session.header.endswith("just now")


async def test_escape_stops_a_refresh(new_home: Home, hub: HubServer) -> None:
    async with running(new_home) as session:
        hub.days[LATEST] = [with_figures(item, upvotes=77_000) for item in hub.days[LATEST]]
        hub.fault(Fault.HANG)
        await session.press("R")
        await session.shows("refreshing…")
        await session.press("escape")
        assert "refreshing" not in session.header
        assert session.toasts == ["Stopped waiting for the Hub."]
        hub.heal()
        await press(session, "h", "l")
        assert "77k" not in session.text


async def test_what_was_stopped_does_not_begin_again_by_itself(
    new_home: Home, hub: HubServer
) -> None:
    hub.fault(Fault.HANG)
    async with running(new_home, settle=False) as session:
        await session.shows("looking for the latest day…")
        await session.press("escape")
        asked = len(hub.requests)
        session.screen.look_around()
        await session.settle()
        await session.shows("Stopped waiting for the Hub")
        assert len(hub.requests) == asked


# -- a pause --------------------------------------------------------------------------------


async def test_a_pause_is_counted_down_and_then_the_papers_come(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_goes_by, "TICK_S", 0.2)
    async with running(new_home) as session:
        hub.days[LATEST] = [with_figures(item, upvotes=77_000) for item in hub.days[LATEST]]
        hub.pause = 2
        hub.fault(Fault.STATUS_429, times=1)
        said = painted(monkeypatch)
        await session.press("R")
        await session.shows("the Hub asks for a pause, ")
        await session.press("j", "r")
        assert session.rows[1].read
        await session.until(lambda: {2, 1} <= {status.countdown for status in said})
        await session.until(lambda: not said[-1].countdown)
        await session.shows("▲77k")
        assert "pause" not in session.header
        await session.until(lambda: session.toasts == ["29 changed."])


async def test_escape_stops_waiting_for_the_end_of_a_pause(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    async with running(new_home) as session:
        hub.fault(Fault.STATUS_429)
        asked = len(hub.requests)
        await session.press("R")
        await session.shows("the Hub asks for a pause, 300 s")
        await session.press("escape")
        assert session.toasts == ["Stopped waiting for the Hub."]
        assert not session.screen.is_waiting
        await press(session, "j")
        assert session.papers.cursor == 1
        assert len(hub.requests) == asked + 1


# -- a slow Hub -----------------------------------------------------------------------------


async def test_no_key_waits_for_the_hub(new_home: Home, hub: HubServer) -> None:
    await fetch(new_home, MONTH)
    new_home.now += timedelta(hours=7)
    hub.fault(Fault.HANG)
    async with running(new_home, settle=False) as session:
        await session.shows("looking for the latest day…")
        await session.press("j", "j", "k", "r", "s")
        assert (session.papers.cursor, session.current.read, session.current.starred) == (1, 1, 1)
        await session.press("R")
        await session.shows("refreshing…")
        await session.press("G", "h")
        assert session.header.startswith("Thu 20 Aug 2026")
        await session.press("enter", "j", "q", "2")
        assert session.header.startswith("Week 34")
        await session.press("3", "m", "S", "u", "1", "l")
        assert session.header.startswith(long_day(LATEST))
        await session.press("U", "g")
        assert not session.current.read


async def test_thirty_days_faster_than_the_hub_answers(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in MANY:
        hub.days[day] = [make_item(0, day)]
    await fetch(new_home, DAY)
    async with running(new_home) as session:
        said = painted(monkeypatch)
        hub.delay = 0.01
        await session.rush(*"h" * 30)
        assert session.screen.period == DAY
        await session.until(lambda: session.screen.period != DAY)
        await session.settle()
        assert session.screen.period == Period.day(MANY[-1])
        assert session.ids == [hub.days[MANY[-1]][0]["paper"]["id"]]
        assert {status.title for status in said} == {long_day(LATEST), long_day(MANY[-1])}


async def test_thirty_stale_days_ask_for_the_last_one_alone(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in MANY:
        hub.days[day] = [make_item(0, day)]
    await fetch(new_home, DAY, *map(Period.day, MANY))
    new_home.now += timedelta(days=20)
    async with running(new_home, day=LATEST) as session:
        hub.requests.clear()
        hub.delay = 0.05
        said = painted(monkeypatch)
        await session.rush(*"h" * 27)
        await session.settle()
        last = MANY[27]
        assert session.screen.period == Period.day(last)
        assert lists(hub) == [f"{last}"]
        shown = [status.title for status in said]
        order = [long_day(day) for day in MANY]
        assert shown == sorted(shown, key=order.index)
        assert session.header.endswith("just now")


async def test_the_last_of_many_wishes_is_the_one_that_comes(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    wishes = [date(2026, 5, day) for day in (4, 5, 6, 7, 8)]
    for day in wishes:
        hub.days[day] = make_day(day, 3)
    await fetch(new_home, DAY)
    async with running(new_home) as session:
        said = painted(monkeypatch)
        hub.fault(Fault.HANG)
        for day in wishes:
            session.screen.go_to(Period.day(day))
            await session.shows(f"fetching {long_day(day)}…")
        hub.heal()
        await session.settle()
        assert session.screen.period == Period.day(wishes[-1])
        assert {status.title for status in said} == {long_day(LATEST), long_day(wishes[-1])}
        known = [day for day in wishes if session.screen.feed.ids(day)]
        assert known == [wishes[-1]]


# -- as time goes by ------------------------------------------------------------------------


async def test_a_list_that_goes_stale_is_renewed_in_place_without_a_word_but_for_changes(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    async with running(new_home) as session:
        await session.press("j")
        before, asked = list_lines(session), len(hub.requests)
        ids, current = session.ids, session.current.paper.id
        said = painted(monkeypatch)
        new_home.now += timedelta(minutes=9)
        await session.shows("9 min ago")
        assert len(hub.requests) == asked
        new_home.now += timedelta(minutes=2)
        await session.shows("unread · just now")
        assert list_lines(session) == before
        assert session.toasts == []
        hub.days[LATEST] = [with_figures(item, upvotes=77_000) for item in hub.days[LATEST]]
        new_home.now += timedelta(minutes=11)
        await session.shows("▲77k")
        assert session.ids == ids
        assert session.current.paper.id == current
        await session.until(lambda: session.toasts == ["29 changed."])
        assert not any(status.busy for status in said)


async def test_a_newer_day_is_told_once_and_leaves_the_one_on_screen(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    async with running(new_home) as session:
        await session.press("j")
        before = session.ids
        hub.days[NEXT], hub.today, new_home.today = make_day(NEXT, 4), NEXT, NEXT
        new_home.now += timedelta(minutes=11)
        await session.shows("Sat 22 Aug 2026 is there; press t to go to it.")
        assert session.ids == before
        session.screen.toasts.clear()
        asked = len(hub.requests)
        new_home.now += timedelta(minutes=11)
        await session.until(lambda: len(hub.requests) > asked)
        await session.shows("unread · just now")
        assert session.toasts == []
        assert session.screen.period == DAY
        await press(session, "t")
        assert session.header.startswith("Sat 22 Aug 2026 · 4 papers")
