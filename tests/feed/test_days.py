"""From one day to the next: the newest, older, newer, across gaps and up to the bounds."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import FIRST, TODAY
from tests.generate import make_day, make_item
from tests.hubserver import Fault, HubServer, Request
from tui.days import FIRST_DAY, ONE_DAY
from tui.feed import NEWER, OLDER, AtBound, StillLooking
from tui.feed.feed import DAYS_AT_ONCE, MOST_ASKED
from tui.feed.source import RESERVE
from tui.hub.errors import BadRequest, NotFound, Offline, RateLimited, Unwell

if TYPE_CHECKING:
    from tests.feed.conftest import Clock, StartFeed
    from tests.generate import Item
    from tui.feed import Feed

FRIDAY = date(2026, 8, 14)
MONDAY = date(2026, 8, 17)
THURSDAY = date(2026, 8, 20)


def undated(request: Request) -> bool:
    return request.path == "/api/daily_papers" and "date" not in request.query


def dated(request: Request) -> bool:
    return "date" in request.query


def asked_days(hub: HubServer) -> list[str]:
    return sorted(request.query["date"] for request in hub.requests if dated(request))


async def test_the_newest_day_is_today_when_it_has_papers(feed: Feed, hub: HubServer) -> None:
    assert await feed.find_newest() == TODAY
    assert feed.peek(TODAY) is not None
    assert len(hub.requests) == 2


async def test_a_cold_start_shows_papers_after_four_requests_at_most(
    feed: Feed, hub: HubServer, clock: Clock
) -> None:
    clock.today = TODAY + 3 * ONE_DAY  # a Monday whose list is not open yet
    newest = await feed.find_newest()
    assert (await feed.refresh(newest)).papers
    assert len(hub.requests) <= 4


async def test_the_newest_day_is_asked_for_once_in_ten_minutes(
    start: StartFeed, feed: Feed, hub: HubServer, clock: Clock
) -> None:
    await feed.find_newest()
    clock.pass_by(minutes=9, seconds=59)
    assert await start().find_newest() == feed.peek_newest() == TODAY
    assert len(hub.requests) == 2
    clock.pass_by(seconds=1)
    await feed.find_newest()
    assert len(hub.requests) == 4


async def test_a_clock_set_back_does_not_keep_the_newest_day_for_ever(
    feed: Feed, hub: HubServer, clock: Clock
) -> None:
    await feed.find_newest()
    clock.pass_by(days=-2)
    await feed.find_newest()
    assert len(hub.requests) == 4


async def test_when_today_is_still_empty_the_newest_day_is_the_last_listed(
    feed: Feed, hub: HubServer
) -> None:
    hub.days[TODAY] = []
    assert await feed.find_newest() == THURSDAY


async def test_when_today_is_not_open_yet(feed: Feed, hub: HubServer, clock: Clock) -> None:
    clock.today = TODAY + ONE_DAY
    assert await feed.find_newest() == TODAY
    assert 400 in [request.status for request in hub.requests]


async def test_when_the_undated_list_lags(feed: Feed, hub: HubServer) -> None:
    hub.fault(Fault.EMPTY_BODY, when=undated)
    assert await feed.find_newest() == TODAY


@pytest.mark.parametrize("fault", [Fault.STATUS_500, Fault.HTML, Fault.STATUS_429])
async def test_when_the_undated_list_fails(fault: Fault, feed: Feed, hub: HubServer) -> None:
    hub.fault(fault, when=undated)
    assert await feed.find_newest() == TODAY


async def test_when_the_undated_list_fails_and_today_is_empty(feed: Feed, hub: HubServer) -> None:
    hub.days[TODAY] = []
    hub.fault(Fault.STATUS_503, when=undated)
    with pytest.raises(Unwell):
        await feed.find_newest()
    assert feed.peek_newest() is None


async def test_when_today_fails(feed: Feed, hub: HubServer) -> None:
    hub.fault(Fault.STATUS_429, when=dated)
    with pytest.raises(RateLimited):
        await feed.find_newest()


async def test_a_hub_without_papers(feed: Feed, hub: HubServer) -> None:
    for day in list(hub.days):
        hub.days[day] = []
    with pytest.raises(NotFound):
        await feed.find_newest()


async def test_a_paper_from_the_far_future_is_not_the_newest(feed: Feed, hub: HubServer) -> None:
    far = make_item(1, THURSDAY, submittedOnDailyAt="2199-01-01T00:00:00.000Z")
    hub.days[TODAY], hub.days[THURSDAY] = [], [far, make_item(0, THURSDAY)]
    assert await feed.find_newest() == THURSDAY


@pytest.mark.parametrize(
    ("day", "direction", "next_day"),
    [
        (TODAY, OLDER, THURSDAY),
        (MONDAY, OLDER, FRIDAY),
        (FRIDAY, NEWER, MONDAY),
        (date(2026, 8, 15), OLDER, FRIDAY),
        (date(2026, 8, 15), NEWER, MONDAY),
        (THURSDAY, NEWER, TODAY),
        (TODAY + 30 * ONE_DAY, OLDER, TODAY),
    ],
)
async def test_a_step(day: date, direction: int, next_day: date, feed: Feed) -> None:
    assert await feed.step(day, NEWER if direction == NEWER else OLDER) == next_day


async def test_a_weekend_is_one_round_trip_and_then_known(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    await feed.find_newest()
    before = len(hub.requests)
    hub.fault(Fault.HANG)
    stepping = asyncio.create_task(feed.step(MONDAY, OLDER))
    await asyncio.to_thread(hub.wait_until, lambda: len(hub.requests) == before + 3)
    hub.heal()
    assert await stepping == FRIDAY
    assert asked_days(hub)[:3] == ["2026-08-14", "2026-08-15", "2026-08-16"]
    assert len(hub.requests) == before + 3
    again = start()
    assert again.next_known(MONDAY, OLDER) == FRIDAY
    assert await again.step(MONDAY, OLDER) == FRIDAY
    assert len(hub.requests) == before + 3


async def test_a_step_over_a_fortnight_of_holidays(feed: Feed, hub: HubServer) -> None:
    last, first = date(2024, 12, 20), date(2025, 1, 6)
    hub.days[last], hub.days[first] = make_day(last, 2), make_day(first, 2)
    assert await feed.step(first, OLDER) == last
    assert await feed.step(last, NEWER) == first
    assert len(hub.requests) <= (first - last).days + 2 * DAYS_AT_ONCE


async def test_the_bounds(feed: Feed, hub: HubServer) -> None:
    hub.days[FIRST_DAY] = make_day(FIRST_DAY, 2)
    assert await feed.step(FIRST_DAY + ONE_DAY, OLDER) == FIRST_DAY
    with pytest.raises(AtBound, match="Daily Papers began on Thu 4 May 2023"):
        await feed.step(FIRST_DAY, OLDER)
    with pytest.raises(AtBound, match="Fri 21 Aug 2026 is the latest day"):
        await feed.step(TODAY, NEWER)


async def test_no_step_leads_beyond_the_newest_day(
    feed: Feed, hub: HubServer, clock: Clock
) -> None:
    clock.today = TODAY + 2 * ONE_DAY
    with pytest.raises(AtBound):
        await feed.step(TODAY, NEWER)


async def test_a_day_not_open_yet_is_skipped(feed: Feed, hub: HubServer, clock: Clock) -> None:
    clock.today = TODAY + ONE_DAY
    assert await feed.step(clock.today + ONE_DAY, OLDER) == TODAY


async def test_an_older_day_that_the_hub_refuses_is_an_error(feed: Feed, hub: HubServer) -> None:
    hub.fault(Fault.STATUS_400, when=dated)
    with pytest.raises(BadRequest):
        await feed.step(MONDAY, OLDER)


@pytest.mark.parametrize(
    "fault", [Fault.REFUSE, Fault.STATUS_503, Fault.STATUS_429, Fault.HTML, Fault.STATUS_401]
)
async def test_without_the_hub_a_step_leads_to_the_days_on_disk(
    fault: Fault, start: StartFeed, feed: Feed, hub: HubServer, clock: Clock
) -> None:
    await feed.refresh(FIRST)
    await feed.refresh(MONDAY)
    clock.pass_by(hours=1)
    hub.fault(fault)
    again = start()
    assert await again.step(MONDAY, OLDER) == FIRST
    assert await again.step(FIRST, NEWER) == MONDAY
    assert again.step_on_disk(MONDAY, OLDER) == FIRST
    assert again.step_on_disk(FIRST, OLDER) is None


async def test_without_the_hub_and_without_a_day_on_disk(feed: Feed, hub: HubServer) -> None:
    await feed.refresh(FIRST)
    hub.fault(Fault.REFUSE)
    with pytest.raises(Offline):
        await feed.step(FIRST, OLDER)


async def test_a_step_into_a_void_asks_for_so_many_days_and_goes_on_from_there(
    feed: Feed, hub: HubServer
) -> None:
    hub.days[date(2026, 6, 1)] = make_day(date(2026, 6, 1), 2)
    await feed.refresh(FIRST)
    asked = len(hub.requests)
    with pytest.raises(StillLooking, match="press again to look further"):
        await feed.step(FIRST, OLDER)
    assert MOST_ASKED <= len(hub.requests) - asked <= MOST_ASKED + 2 * DAYS_AT_ONCE
    assert await feed.step(FIRST, OLDER) == date(2026, 6, 1)


async def test_next_known_says_nothing_where_a_day_was_never_seen(feed: Feed) -> None:
    await feed.refresh(FRIDAY)
    await feed.refresh(MONDAY)
    assert feed.next_known(MONDAY, OLDER) is None
    await feed.refresh(FRIDAY + ONE_DAY)
    await feed.refresh(FRIDAY + 2 * ONE_DAY)
    assert feed.next_known(MONDAY, OLDER) == FRIDAY
    assert feed.next_known(FRIDAY, NEWER) == MONDAY


async def test_an_empty_weekday_is_asked_for_again_once_it_is_stale(
    feed: Feed, hub: HubServer, clock: Clock
) -> None:
    papers = hub.days[THURSDAY]
    hub.days[THURSDAY] = []
    assert await feed.step(TODAY, OLDER) == date(2026, 8, 19)
    hub.days[THURSDAY] = papers
    assert await feed.step(TODAY, OLDER) == date(2026, 8, 19)
    clock.pass_by(minutes=10)
    assert await feed.step(TODAY, OLDER) == THURSDAY


async def test_a_step_to_the_next_day_with_something_unread(feed: Feed, hub: HubServer) -> None:
    for day in (THURSDAY, date(2026, 8, 19)):
        feed.library.mark([item["paper"]["id"] for item in hub.days[day]], read=True)
    assert await feed.step_unread(TODAY, OLDER) == date(2026, 8, 18)
    assert await feed.step_unread(date(2026, 8, 18), NEWER) == TODAY
    with pytest.raises(AtBound):
        await feed.step_unread(TODAY, NEWER)


async def test_reading_ahead_fetches_the_neighbours_and_the_strip(
    feed: Feed, hub: HubServer
) -> None:
    await feed.find_newest()
    await feed.read_ahead(MONDAY, strip=3)
    known = [FRIDAY, date(2026, 8, 18), date(2026, 8, 19), THURSDAY, TODAY]
    assert all(feed.peek(day) for day in known)
    asked = len(hub.requests)
    await feed.read_ahead(MONDAY, strip=3)
    assert len(hub.requests) == asked


async def test_reading_ahead_stops_at_the_first_trouble(feed: Feed, hub: HubServer) -> None:
    await feed.find_newest()
    await feed.refresh(MONDAY)
    await feed.refresh(FIRST)
    asked = len(hub.requests)
    hub.fault(Fault.STATUS_503)
    await feed.read_ahead(MONDAY, strip=7)
    assert len(hub.requests) - asked <= DAYS_AT_ONCE


async def test_reading_ahead_leaves_a_reserve(
    start: StartFeed, generated_days: dict[date, list[Item]]
) -> None:
    quota = 20
    with HubServer(generated_days, today=TODAY, quota={"api": quota}) as hub:
        feed = start(endpoint=hub.url)
        await feed.find_newest()
        while len(hub.requests) < quota - quota * RESERVE:
            await feed.refresh(TODAY, force=True)
        asked = len(hub.requests)
        await feed.read_ahead(MONDAY, strip=7)
        assert len(hub.requests) == asked
        await feed.close()
