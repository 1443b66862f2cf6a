"""From one day to the next: older, newer, across gaps and up to the bounds."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import FIRST, TODAY
from tests.feed import (
    FRIDAY,
    MONDAY,
    SATURDAY,
    THURSDAY,
    WEDNESDAY,
    dated,
    listed,
    of_day,
    queries,
    see,
    until,
)
from tests.generate import make_day
from tests.hubserver import Fault
from tui.days import FIRST_DAY, ONE_DAY
from tui.feed import NEWER, OLDER, AtBound, StillLooking
from tui.feed.feed import DAYS_AT_ONCE, MOST_ASKED, MOST_FETCHED
from tui.hub.errors import BadRequest, HubError, NotFound
from tui.periods import Period, Span

if TYPE_CHECKING:
    from tests.feed.conftest import FeedClock, StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Direction, Feed


async def step(feed: Feed, day: date, direction: Direction) -> date:
    """The day that a step from one day leads to."""
    period = await feed.step(Period.day(day), direction)
    assert period == Period.day(period.first)
    return period.first


LESS_TELLING = [
    (TODAY, OLDER, THURSDAY),
    (FRIDAY, NEWER, MONDAY),
    (SATURDAY, OLDER, FRIDAY),
    (THURSDAY, NEWER, TODAY),
]


@pytest.mark.parametrize(
    ("day", "direction", "next_day"),
    [
        (MONDAY, OLDER, FRIDAY),
        (SATURDAY, NEWER, MONDAY),
        (TODAY + 30 * ONE_DAY, OLDER, TODAY),
        *(pytest.param(*step, marks=pytest.mark.torture) for step in LESS_TELLING),
    ],
)
async def test_a_step(day: date, direction: Direction, next_day: date, feed: Feed) -> None:
    assert await step(feed, day, direction) == next_day


async def test_a_weekend_is_one_round_trip_and_then_known(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    await feed.find_newest()
    before = len(hub.requests)
    hub.fault(Fault.HANG)
    stepping = asyncio.create_task(step(feed, MONDAY, OLDER))
    await until(hub, lambda: len(hub.requests) == before + 3)
    hub.heal()
    assert await stepping == FRIDAY
    assert sorted(queries(hub, before)) == [f"date=2026-08-{day}" for day in (14, 15, 16)]
    again = start()
    assert again.next_known(Period.day(MONDAY), OLDER) == Period.day(FRIDAY)
    assert await step(again, MONDAY, OLDER) == FRIDAY
    assert len(hub.requests) == before + 3


async def test_a_step_over_a_fortnight_of_holidays(feed: Feed, hub: HubServer) -> None:
    last, first = date(2024, 12, 20), date(2025, 1, 6)
    hub.days[last], hub.days[first] = make_day(last, 2), make_day(first, 2)
    assert await step(feed, first, OLDER) == last
    assert await step(feed, last, NEWER) == first
    assert len(hub.requests) <= (first - last).days + 2 * DAYS_AT_ONCE


async def test_the_bounds(feed: Feed, hub: HubServer) -> None:
    hub.days[FIRST_DAY] = make_day(FIRST_DAY, 2)
    assert await step(feed, FIRST_DAY + ONE_DAY, OLDER) == FIRST_DAY
    with pytest.raises(AtBound, match="Daily Papers began on Thu 4 May 2023"):
        await step(feed, FIRST_DAY, OLDER)
    with pytest.raises(AtBound, match="Fri 21 Aug 2026 is the latest day"):
        await step(feed, TODAY, NEWER)


async def test_the_latest_day_is_called_so_only_where_the_hub_has_said_it(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    await see(feed, await feed.find_newest())
    clock.pass_by(minutes=10)
    told = start(offline=True)
    with pytest.raises(AtBound, match=r"^No connection to the Hub: no newer day is on disk\.$"):
        await step(told, TODAY, NEWER)
    hub.fault(Fault.STATUS_503)
    with pytest.raises(AtBound, match="Fri 21 Aug 2026 is the latest day known to have papers"):
        await step(feed, TODAY, NEWER)
    hub.heal()
    hub.fault(Fault.REFUSE)
    with pytest.raises(AtBound, match=r"^No connection to the Hub: no newer day is on disk\.$"):
        await step(feed, TODAY, NEWER)
    hub.heal()
    with pytest.raises(AtBound, match="Fri 21 Aug 2026 is the latest day with papers"):
        await step(feed, TODAY, NEWER)


async def test_no_step_leads_beyond_the_newest_day(feed: Feed, clock: FeedClock) -> None:
    clock.today = TODAY + 2 * ONE_DAY
    with pytest.raises(AtBound):
        await step(feed, TODAY, NEWER)


async def test_a_day_not_open_yet_is_skipped(feed: Feed, clock: FeedClock) -> None:
    clock.today = TODAY + ONE_DAY
    assert await step(feed, clock.today + ONE_DAY, OLDER) == TODAY


async def test_an_older_day_that_the_hub_refuses_is_an_error(feed: Feed, hub: HubServer) -> None:
    hub.fault(Fault.STATUS_400, when=dated)
    with pytest.raises(BadRequest):
        await step(feed, MONDAY, OLDER)


@pytest.mark.parametrize(
    "fault",
    [
        Fault.STATUS_503,
        *(pytest.param(each, marks=pytest.mark.torture) for each in (Fault.HTML, Fault.STATUS_401)),
    ],
)
async def test_where_the_hub_does_not_help_a_step_leads_to_the_days_on_disk(
    fault: Fault, start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    await see(feed, FIRST, MONDAY)
    clock.pass_by(hours=1)
    hub.fault(fault)
    again = start()
    assert again.trouble is None
    assert await step(again, MONDAY, OLDER) == FIRST
    assert await step(again, FIRST, NEWER) == MONDAY
    assert not again.is_offline
    assert isinstance(again.trouble, HubError)
    unknown = [FIRST + n * ONE_DAY for n in range(1, (MONDAY - FIRST).days)]
    assert again.passed_over(Period.day(FIRST), Period.day(MONDAY)) == unknown
    assert again.passed_over(Period.day(MONDAY), Period.day(FIRST)) == unknown[::-1]


async def test_what_a_step_passes_over_was_not_to_be_had(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    week = Period.of(Span.WEEK, MONDAY)
    await see(feed, MONDAY, FRIDAY, SATURDAY, SATURDAY + ONE_DAY)
    await feed.find_newest()
    assert feed.passed_over(Period.day(MONDAY), Period.day(FRIDAY)) == []
    assert feed.passed_over(week, week.beside(OLDER)) == []
    assert feed.passed_over(Period.day(TODAY + 3 * ONE_DAY), Period.day(TODAY)) == []
    hub.days[THURSDAY] = []
    await see(feed, THURSDAY)
    clock.pass_by(hours=1)  # by now it may have papers
    hub.fault(Fault.STATUS_500, when=of_day(THURSDAY))
    assert await step(feed, TODAY, OLDER) == WEDNESDAY
    assert feed.passed_over(Period.day(TODAY), Period.day(WEDNESDAY)) == [THURSDAY]


async def test_a_week_that_could_not_be_had_is_passed_over(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    week = Period.of(Span.WEEK, MONDAY)
    hub.days[date(2026, 8, 6)] = make_day(date(2026, 8, 6), 2)
    await see(feed, FRIDAY, date(2026, 8, 6))
    feed.library.mark(sorted(listed(hub, FRIDAY)), read=True)
    clock.pass_by(hours=1)
    hub.fault(Fault.STATUS_500)
    oldest = week.beside(OLDER).beside(OLDER)
    assert await feed.step_unread(week, OLDER) == oldest
    assert isinstance(feed.trouble, HubError)
    assert feed.passed_over(week, oldest)[0] == SATURDAY + ONE_DAY


async def test_a_hub_that_fails_is_not_asked_for_one_week_after_the_other_on_disk(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    day = oldest = MONDAY - 7 * (MOST_FETCHED + 2) * ONE_DAY
    while day <= MONDAY:  # each is seen while it is young, and so is out of date later
        hub.days[day], clock.today = make_day(day, 1), day
        await see(feed, day)
        day += 7 * ONE_DAY
    clock.today = TODAY
    clock.pass_by(days=8)
    feed.library.mark(sorted(listed(hub, *hub.days) - listed(hub, oldest)), read=True)
    hub.fault(Fault.STATUS_404)
    asked = len(hub.requests)
    week = Period.of(Span.WEEK, MONDAY)
    assert await feed.step_unread(week, OLDER) == Period.of(Span.WEEK, oldest)
    assert len(hub.requests) - asked <= 7
    assert isinstance(feed.trouble, NotFound)


async def test_a_step_into_a_void_asks_for_so_many_days_and_goes_on_from_there(
    feed: Feed, hub: HubServer
) -> None:
    june = date(2026, 6, 1)
    hub.days[june] = make_day(june, 2)
    await see(feed, FIRST)
    asked = len(hub.requests)
    with pytest.raises(StillLooking, match="press again to look further"):
        await step(feed, FIRST, OLDER)
    assert MOST_ASKED <= len(hub.requests) - asked <= MOST_ASKED + 2 * DAYS_AT_ONCE
    assert await step(feed, FIRST, OLDER) == june


async def test_next_known_says_nothing_where_a_day_was_never_seen(feed: Feed) -> None:
    await see(feed, FRIDAY, MONDAY)
    assert feed.next_known(Period.day(MONDAY), OLDER) is None
    await see(feed, SATURDAY, SATURDAY + ONE_DAY)
    assert feed.next_known(Period.day(MONDAY), OLDER) == Period.day(FRIDAY)
    assert feed.next_known(Period.day(FRIDAY), NEWER) == Period.day(MONDAY)


async def test_an_empty_weekday_is_asked_for_again_once_it_is_stale(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    papers = hub.days[THURSDAY]
    hub.days[THURSDAY] = []
    assert await step(feed, TODAY, OLDER) == WEDNESDAY
    hub.days[THURSDAY] = papers
    assert await step(feed, TODAY, OLDER) == WEDNESDAY
    clock.pass_by(minutes=10)
    assert feed.next_known(Period.day(TODAY), OLDER) is None
    assert await step(feed, TODAY, OLDER) == THURSDAY


async def test_a_step_to_the_next_day_with_something_unread(feed: Feed, hub: HubServer) -> None:
    feed.library.mark(sorted(listed(hub, THURSDAY, WEDNESDAY)), read=True)
    tuesday = Period.day(date(2026, 8, 18))
    assert await feed.step_unread(Period.day(TODAY), OLDER) == tuesday
    assert await feed.step_unread(tuesday, NEWER) == Period.day(TODAY)
    with pytest.raises(AtBound):
        await feed.step_unread(Period.day(TODAY), NEWER)
