"""Without a connection all that is on disk works as ever, and the screen says how old it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.generate import make_day
from tests.hubserver import Fault, HubServer
from tests.screens.session import LATEST, Home, running
from tests.screens.visits import (
    Switchboard,
    fetch,
    go_to,
    hurry,
    painting,
    press,
    settled,
    with_figures,
    without_reading_ahead,
)
from tui.days import long_day
from tui.hub.settings import HubSettings
from tui.periods import TRENDING, Period, Span
from tui.screens import current, travel

DAY = Period.day(LATEST)
WEEK = Period.of(Span.WEEK, LATEST)
MONTH = Period.of(Span.MONTH, LATEST)
DAYS = [date(2026, 8, day) for day in (21, 20, 19, 18, 17, 14, 13, 12, 11, 10)]
OLD = date(2026, 5, 6)
FOREVER_S = 1e6


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    without_reading_ahead(monkeypatch)


async def three_hours_ago(home: Home, *periods: Period) -> None:
    """Put periods on disk, and let three hours go by."""
    await fetch(home, DAY, *periods)
    home.now += timedelta(hours=3)


async def test_flipping_through_what_is_on_disk_asks_nobody(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await three_hours_ago(new_home, MONTH, TRENDING)
    hub.fault(Fault.REFUSE)
    new_home.connect = calls = Switchboard()
    async with running(new_home) as session:
        assert session.header.endswith("· offline, data from 3 h ago")
        assert len(session.toasts) == 1
        monkeypatch.setattr(travel, "SETTLE_S", FOREVER_S)
        await session.rest()
        asked = calls.asked
        assert asked
        for key, days in (("h", DAYS[1:5]), ("l", DAYS[3::-1])):
            for day in days:
                await session.press(key)
                await painting(session)
                session.screen.look_around()
                await session.handled()
                assert session.header.startswith(long_day(day))
                assert len(session.rows) == len(hub.days[day])
                assert ", data from 3 h ago" in session.header
        new_home.now += timedelta(hours=2)
        session.screen.look_around()
        await session.handled()
        assert session.header.endswith("· offline, data from 5 h ago")
        for key, period in (("4", TRENDING), ("2", WEEK)):
            await session.press(key)
            assert session.header.startswith(period.title)
            assert session.header.endswith("· offline, data from 5 h ago")
        await session.press("h", "3", "j", "r", "s", "5")
        await session.until(lambda: session.header.startswith("Starred · 1 paper"))
        assert "offline" not in session.header
        await session.press("1", "{")
        assert calls.asked == asked


@pytest.mark.torture
@pytest.mark.parametrize("period", [DAY, WEEK, TRENDING], ids=lambda each: each.name)
async def test_the_header_says_how_old_the_list_is(
    new_home: Home, hub: HubServer, period: Period
) -> None:
    await three_hours_ago(new_home, MONTH, TRENDING)
    hub.fault(Fault.REFUSE)
    async with running(new_home, period=period) as session:
        assert session.header.endswith("· offline, data from 3 h ago")
        assert len(session.toasts) == 1
        new_home.now += timedelta(hours=2)
        session.screen.look_around()
        await session.handled()
        assert session.header.endswith("· offline, data from 5 h ago")


async def test_steps_say_how_many_days_are_not_on_disk(new_home: Home, hub: HubServer) -> None:
    await fetch(new_home, DAY, Period.day(DAYS[2]), Period.day(DAYS[6]))
    hub.fault(Fault.REFUSE)
    async with running(new_home) as session:
        for day, missing in ((DAYS[2], "1 day"), (DAYS[6], "5 days")):
            await press(session, "h")
            assert session.screen.period == Period.day(day)
            assert session.toasts == [
                f"No connection to the Hub: passed over {missing} not on disk."
            ]


async def test_a_day_asked_for_that_is_not_on_disk_leaves_the_one_on_screen(
    new_home: Home, hub: HubServer
) -> None:
    await three_hours_ago(new_home, Period.day(DAYS[2]), Period.day(DAYS[3]))
    hub.fault(Fault.REFUSE)
    async with running(new_home, day=DAYS[2]) as session:
        before = session.ids
        for period in (Period.day(OLD), Period.of(Span.WEEK, OLD), TRENDING):
            session.screen.go_to(period)
            await settled(session)
            assert session.ids == before
            assert session.header.startswith(long_day(DAYS[2]))
            assert len(session.toasts) == 1
            assert session.toasts[0].startswith(f"{period.title} is not on disk. No connection")
        await press(session, "h")
        assert session.header.startswith(long_day(DAYS[3]))


async def test_the_list_in_view_is_renewed_when_the_network_returns_even_a_fresh_one(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await three_hours_ago(new_home, Period.day(DAYS[1]))
    hurry(monkeypatch)
    hub.fault(Fault.REFUSE)
    async with running(new_home, day=DAYS[1]) as session:
        await session.shows("offline, data from 3 h ago")
        hub.days[DAYS[1]] = [with_figures(item, upvotes=77_000) for item in hub.days[DAYS[1]]]
        hub.heal()
        await session.shows("unread · just now")
        assert "▲77k" in session.lines[3]
        assert session.header.startswith(long_day(DAYS[1]))
        assert not any("No connection" in toast for toast in session.toasts)
        session.screen.toasts.clear()
        hub.fault(Fault.REFUSE)
        await session.press("R")
        await session.shows("offline, data just in")
        hub.heal()
        await session.shows("unread · just now")
        assert session.toasts == []


async def test_a_period_that_failed_is_asked_for_again_until_the_network_has_returned(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fetch(new_home, DAY)
    hub.days[OLD] = make_day(OLD, 3)
    async with running(new_home) as session:
        hub.fault(Fault.REFUSE)
        session.screen.go_to(Period.day(OLD))
        await session.shows(f"{long_day(OLD)} is not on disk. No connection")
        await press(session, "j", "R")
        await session.shows(f"{long_day(OLD)} is not on disk. No connection")
        hub.heal()
        monkeypatch.setattr(session.screen, "_retry_at", 0.0)
        session.screen.look_around()
        await session.until(lambda: "offline" not in session.header)
        await press(session, "j", "R")
        assert session.day == LATEST
        hub.fault(Fault.STATUS_503, when=lambda request: f"{OLD}" in request.target)
        session.screen.go_to(Period.day(OLD))
        await session.shows("The Hub has trouble of its own (503)")
        monkeypatch.setattr(session.screen, "_retry_at", 0.0)
        session.screen.look_around()
        await session.until(lambda: session.header.endswith("unread · just now"))
        hub.heal()
        await press(session, "j", "R")
        assert session.day == OLD


async def test_a_period_that_failed_is_asked_for_again_from_an_empty_list(
    new_home: Home, hub: HubServer
) -> None:
    await fetch(new_home, DAY)
    hub.days[OLD] = make_day(OLD, 3)
    hub.fault(Fault.STATUS_503, when=lambda request: f"{OLD}" in request.target)
    async with running(new_home) as session:
        await press(session, "v", "v")
        assert not session.rows
        session.screen.go_to(Period.day(OLD))
        await session.shows("The Hub has trouble of its own (503)")
        hub.heal()
        await press(session, "R")
        assert session.day == OLD


async def test_a_day_that_is_known_to_have_no_papers_leads_to_the_nearest(
    new_home: Home, hub: HubServer
) -> None:
    await fetch(new_home, MONTH)
    new_home.now += timedelta(hours=7)
    async with running(new_home, day=DAYS[1]) as session:
        hub.fault(Fault.REFUSE)
        for empty, nearest in ((16, DAYS[5]), (2, DAYS[-1])):
            sunday = date(2026, 8, empty)
            session.screen.go_to(Period.day(sunday))
            await settled(session)
            assert session.day == nearest
            assert session.toasts == [
                f"No papers on {long_day(sunday)}; this is {long_day(nearest)}."
            ]
            assert "· offline, data from 7 h ago" in session.header


@pytest.mark.parametrize(
    "period", [None, pytest.param(DAY, marks=pytest.mark.torture), WEEK],
    ids=["none", "day", "week"],
)  # fmt: skip
async def test_papers_come_by_themselves_where_there_was_nothing(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch, period: Period | None
) -> None:
    hurry(monkeypatch)
    hub.fault(Fault.REFUSE)
    async with running(new_home, period=period, settle=False) as session:
        await session.shows("No connection to the Hub (")
        assert session.header.startswith("Daily Papers · offline")
        hub.heal()
        await session.shows("unread · just now")
        await session.settle()
        assert session.screen.period == (period or DAY)
        assert session.rows
        assert session.toasts == []


async def test_the_latest_day_comes_by_itself_after_it_could_not_be_had(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    hub.days[LATEST] = []
    hub.fault(Fault.STATUS_503, when=lambda request: f"{DAYS[1]}" in request.target)
    async with running(new_home, settle=False) as session:
        await session.shows("The Hub has trouble of its own (503)")
        assert not session.rows
        hub.heal()
        await session.shows(f"{long_day(DAYS[1])} · 19 papers · 19 unread · just now")


async def test_the_hub_is_never_asked_when_told_so(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.days[OLD] = make_day(OLD, 3)
    hurry(monkeypatch)
    monkeypatch.setattr(current, "TICK_S", FOREVER_S)
    await three_hours_ago(new_home, MONTH)
    new_home.settings = HubSettings(endpoint=hub.url, offline=True)
    hub.requests.clear()
    async with running(new_home) as session:
        await session.shows("offline, data from 3 h ago")
        await press(session, "h", "h", "R", "2", "h", "3", "1", "t", "n", "{")
        await go_to(session, f"{OLD}")
        await settled(session)
        assert "not on disk" in session.toasts[-1]
        assert hub.requests == []
        for _ in range(3):
            session.screen.look_around()
            await settled(session)
        assert hub.requests == []


async def test_the_first_start_when_told_not_to_ask(new_home: Home, hub: HubServer) -> None:
    new_home.settings = HubSettings(endpoint=hub.url, offline=True)
    async with running(new_home) as session:
        await session.shows("The Hub was not asked:")
        assert session.header == "Daily Papers · offline"
        assert hub.requests == []


async def test_a_start_without_the_hub_shows_a_day_on_disk_though_none_is_known_as_the_latest(
    new_home: Home, hub: HubServer
) -> None:
    feed = new_home.services().feed
    await feed.refresh(Period.day(DAYS[2]))
    await feed.refresh(Period.day(DAYS[1]))
    await feed.refresh(TRENDING)
    await feed.close()
    feed.library.close()
    new_home.now += timedelta(hours=3)
    new_home.settings = HubSettings(endpoint=hub.url, offline=True)
    async with running(new_home) as session:
        assert session.header.startswith(f"{long_day(DAYS[1])} · 19 papers · 19 unread · offline")
    async with running(new_home, period=TRENDING) as session:
        await session.press("1")
        assert session.day == DAYS[1]
    new_home.settings = HubSettings(endpoint=hub.url)
    async with running(new_home) as session:
        assert session.day == LATEST
