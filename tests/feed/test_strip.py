"""How many papers each day has, and how many are unread: in the strip and in the calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.conftest import TODAY
from tests.feed import MONDAY, MONTH, SATURDAY, THURSDAY, queries, see
from tests.generate import make_day, make_item
from tui.days import ONE_DAY
from tui.papers import DayCount
from tui.periods import Period, Span

if TYPE_CHECKING:
    from tests.feed.conftest import FeedClock, StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed


def days_of(counts: list[DayCount]) -> list[int]:
    return [count.day.day for count in counts]


async def test_totals_and_unread_follow_the_marks(feed: Feed, hub: HubServer) -> None:
    for day, many in ((MONDAY, 3), (THURSDAY, 4), (TODAY, 5)):
        hub.days[day] = make_day(day, many)
    await see(feed, MONDAY, THURSDAY, TODAY, SATURDAY)
    feed.library.mark([item["paper"]["id"] for item in hub.days[THURSDAY][:3]], read=True)
    assert feed.strip(TODAY, 7) == [
        DayCount(MONDAY, 3, 3), DayCount(THURSDAY, 4, 1), DayCount(TODAY, 5, 5),
    ]  # fmt: skip
    assert days_of(feed.strip(TODAY, 2)) == [20, 21]
    assert days_of(feed.strip(THURSDAY, 7)) == [17, 20]


async def test_around_a_day_long_past_are_its_neighbours(feed: Feed) -> None:
    await feed.find_newest()
    await see(feed, *(date(2026, 8, day) for day in (12, 13, 14, 17, 18, 19, 20)))
    assert days_of(feed.strip(TODAY, 4)) == [18, 19, 20, 21]
    assert days_of(feed.strip(date(2026, 8, 19), 4)) == [18, 19, 20, 21]
    assert days_of(feed.strip(date(2026, 8, 13), 4)) == [12, 13, 14, 17]


async def test_an_unseen_day_leaves_the_last_days(feed: Feed) -> None:
    await feed.find_newest()
    assert days_of(feed.strip(MONDAY, 7)) == [21]


async def test_a_paper_on_two_days_is_read_on_both(feed: Feed, hub: HubServer) -> None:
    both = make_item(7, MONDAY)
    hub.days[THURSDAY] = [both, make_item(0, THURSDAY)]
    hub.days[TODAY] = [both, make_item(0, TODAY)]
    await see(feed, THURSDAY, TODAY)
    feed.library.mark([both["paper"]["id"]], read=True)
    assert [count.unread for count in feed.count([THURSDAY, TODAY])] == [1, 1]
    assert feed.unread(MONTH) == 2


async def test_a_calendar_tells_empty_days_from_unseen_ones(feed: Feed, hub: HubServer) -> None:
    hub.days[THURSDAY] = make_day(THURSDAY, 4)
    await see(feed, THURSDAY, SATURDAY)
    calendar = feed.calendar(MONTH)
    assert list(calendar) == [date(2026, 8, 1) + n * ONE_DAY for n in range(21)]
    assert calendar.pop(THURSDAY) == DayCount(THURSDAY, 4, 4)
    assert calendar.pop(SATURDAY) == DayCount(SATURDAY, 0, 0)
    assert set(calendar.values()) == {None}


async def test_a_month_is_filled_in_one_go_and_then_by_the_days_that_lack(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    for day in hub.days:
        hub.days[day] = make_day(day, 2)
    await feed.fill(MONTH)
    assert queries(hub) == ["month=2026-08"]
    calendar = start().calendar(MONTH)
    assert {day: count.total for day, count in calendar.items() if count} == {
        day: 2 * (day in hub.days) for day in calendar
    }
    clock.pass_by(hours=7)
    clock.today = hub.today = TODAY + ONE_DAY
    await feed.fill(MONTH)
    assert queries(hub, 1) == ["date=2026-08-22"]
    await feed.fill(MONTH)
    assert len(hub.requests) == 2


async def test_a_calendar_begins_with_the_first_day_there_is(feed: Feed) -> None:
    first = Period.of(Span.MONTH, date(2023, 5, 4))
    assert list(feed.calendar(first)) == [date(2023, 5, 4) + n * ONE_DAY for n in range(28)]
