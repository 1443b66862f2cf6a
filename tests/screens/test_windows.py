"""Two windows on the same files: what one of them fetches, the other shows by itself."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.generate import make_day
from tests.hubserver import Fault
from tests.screens.session import LATEST, Home, Session, running
from tests.screens.visits import (
    Switchboard,
    fetch,
    hurry,
    list_lines,
    press,
    with_figures,
    without_reading_ahead,
)
from tui.hub.settings import HubSettings
from tui.periods import TRENDING, Period, Span
from tui.screens import current

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.hubserver import HubServer

pytestmark = pytest.mark.torture

DAY = Period.day(LATEST)
WEEK = Period.of(Span.WEEK, LATEST)
OLD = Period.day(date(2026, 5, 6))
FOREVER_S = 1e6


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    without_reading_ahead(monkeypatch)
    hurry(monkeypatch)


@asynccontextmanager
async def beside(home: Home, period: Period) -> AsyncIterator[tuple[Session, Session, Switchboard]]:
    """Two windows on a period, and what the second one asks the Hub; then a minute goes by."""
    calls = Switchboard()
    async with running(home, period=period) as first:
        home.connect = calls
        async with running(home, period=period) as second:
            home.now += timedelta(minutes=1)
            yield first, second, calls


@pytest.mark.parametrize("period", [DAY, OLD, WEEK, TRENDING], ids=lambda each: each.name)
async def test_what_one_window_fetches_the_other_shows(
    new_home: Home, hub: HubServer, period: Period
) -> None:
    hub.days[OLD.first] = make_day(OLD.first, 4)
    await fetch(new_home, DAY, period)
    async with beside(new_home, period) as (first, second, calls):
        await second.press("j")
        current, seen = second.current.paper.id, list_lines(second)
        for day in (LATEST, OLD.first):
            hub.days[day] = [with_figures(item, upvotes=77_000) for item in hub.days[day]]
        await press(first, "R")
        await second.shows("▲77k")
        assert second.current.paper.id == current
        assert [line for line in list_lines(second) if "▲" not in line] == [
            line for line in seen if "▲" not in line
        ]
        changed = sum(row.paper.upvotes == 77_000 for row in second.rows)
        await second.until(lambda: second.toasts == [f"{changed} changed."])
        assert calls.asked == 0


async def test_the_strip_has_the_days_that_the_other_window_fetched(
    new_home: Home, hub: HubServer
) -> None:
    await fetch(new_home, DAY)
    async with beside(new_home, DAY) as (first, second, calls):
        assert "Thu 20" not in second.lines[1]
        await press(first, "h", "h")
        await second.shows(" Wed 19 8/8   Thu 20 19/19  [Fri 21 29/29]")
        assert calls.asked == 0


async def test_a_paper_that_came_is_marked_in_both(new_home: Home, hub: HubServer) -> None:
    await fetch(new_home, DAY)
    async with beside(new_home, DAY) as (first, second, calls):
        hub.days[LATEST] = make_day(LATEST, 30)
        await press(first, "R")
        await second.shows("30 papers")
        assert sum(row.new for row in second.rows) == 1
        assert [row.new for row in second.rows] == [row.new for row in first.rows]
        assert calls.asked == 0


async def test_a_renewal_in_one_window_makes_the_other_fresh(
    new_home: Home, hub: HubServer
) -> None:
    hub.days[OLD.first] = make_day(OLD.first, 4)
    await fetch(new_home, DAY, OLD)
    new_home.now += timedelta(hours=3)
    async with beside(new_home, OLD) as (first, second, calls):
        assert second.header.endswith("3 h ago")
        await press(first, "R")
        await second.shows("4 unread · just now")
        assert second.toasts == []
        assert calls.asked == 0


async def test_a_window_without_a_connection_shows_what_the_other_fetches(
    new_home: Home, hub: HubServer
) -> None:
    await fetch(new_home, DAY)
    new_home.now += timedelta(hours=3)
    offline = replace(new_home, settings=HubSettings(endpoint=hub.url, offline=True))
    async with running(offline) as second:
        await second.shows("offline, data from 3 h ago")
        async with running(new_home):
            pass
        await second.shows("offline, data just in")


async def test_a_window_tries_again_as_soon_as_the_other_has_reached_the_hub(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.days[OLD.first] = make_day(OLD.first, 4)
    await fetch(new_home, DAY, OLD)
    new_home.now += timedelta(hours=3)
    for name in ("RETRY_S", "LONGEST_RETRY_S"):
        monkeypatch.setattr(current, name, FOREVER_S)
    hub.fault(Fault.REFUSE)
    async with running(new_home, period=OLD) as second:
        await press(second, "R")
        await second.shows("offline, data from 3 h ago")
        hub.heal()
        async with running(new_home):
            pass
        await second.shows("4 unread · just now")


async def test_an_empty_window_shows_what_the_other_fetches(new_home: Home, hub: HubServer) -> None:
    offline = replace(new_home, settings=HubSettings(endpoint=hub.url, offline=True))
    async with running(offline) as second:
        await second.shows("The Hub was not asked:")
        async with running(new_home):
            pass
        await second.shows("29 papers · 29 unread")


async def test_a_day_that_one_window_fetched_is_there_for_the_other(
    new_home: Home, hub: HubServer
) -> None:
    await fetch(new_home, DAY)
    async with beside(new_home, DAY) as (first, second, calls):
        await press(first, "h")
        await press(second, "h")
        assert second.screen.period == first.screen.period
        assert second.ids == first.ids
        assert calls.asked == 0
