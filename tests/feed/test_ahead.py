"""Reading ahead of the user: what is fetched, how fast, and what stops it."""

from __future__ import annotations

import asyncio
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import FIRST, TODAY
from tests.feed import (
    FRIDAY,
    MONDAY,
    MONTH,
    THURSDAY,
    WEDNESDAY,
    WEEK,
    of_day,
    queries,
    see,
    until,
)
from tests.generate import make_days
from tests.hubserver import Fault, HubServer
from tui.days import ONE_DAY
from tui.feed import ahead
from tui.feed.ahead import A_MINUTE, MINUTE_S, MOST_SPOILT
from tui.periods import TRENDING, Period

if TYPE_CHECKING:
    from tests.feed.conftest import StartFeed
    from tests.generate import Item
    from tui.feed import Feed
    from tui.periods import Period as PeriodType

TUESDAY: Final = date(2026, 8, 18)


class Stopwatch:
    """A monotonic clock that stands still but for the pauses that are made, which take no time."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.pauses: list[float] = []

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


@pytest.fixture(autouse=True)
def stopwatch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    watch = Stopwatch()
    monkeypatch.setattr(ahead, "monotonic", watch.monotonic)
    monkeypatch.setattr(ahead, "asyncio", SimpleNamespace(sleep=watch.sleep))
    return watch


async def test_two_days_either_side_and_the_strip(feed: Feed, hub: HubServer) -> None:
    await feed.find_newest()
    await see(feed, MONDAY)
    asked = len(hub.requests)
    await feed.read_ahead(Period.day(MONDAY), strip=2)
    assert queries(hub, asked) == [
        f"date={day}" for day in (
            date(2026, 8, 16), date(2026, 8, 15), FRIDAY, date(2026, 8, 13), TUESDAY, WEDNESDAY,
            THURSDAY,
        )
    ]  # fmt: skip
    asked = len(hub.requests)
    await feed.read_ahead(Period.day(MONDAY), strip=2)
    assert len(hub.requests) == asked


@pytest.mark.parametrize("period", [WEEK, MONTH, TRENDING], ids=lambda period: period.name)
async def test_beside_weeks_and_months_only_the_strip(
    period: PeriodType, feed: Feed, hub: HubServer
) -> None:
    await feed.find_newest()
    await feed.read_ahead(period, strip=3)
    assert queries(hub, 2) == [f"date={day}" for day in (THURSDAY, WEDNESDAY)]


async def test_nothing_where_the_user_does_not_want_it(start: StartFeed, hub: HubServer) -> None:
    feed = start(reads_ahead=False)
    await feed.find_newest()
    await feed.read_ahead(Period.day(MONDAY), strip=7)
    assert len(hub.requests) == 2


async def test_no_more_than_so_many_requests_a_minute(
    start: StartFeed, hub: HubServer, stopwatch: Stopwatch
) -> None:
    hub.days.update(make_days(date(2026, 7, 1), FRIDAY))
    times: list[float] = []
    feed = start()
    await feed.find_newest()
    for day in (7, 14, 21, 28):
        before = len(hub.requests)
        feed.on_learned = lambda: times.append(stopwatch.now)
        await feed.read_ahead(Period.day(date(2026, 7, day)), strip=0)
        assert len(hub.requests) > before
        stopwatch.now += 10
    assert len(times) == len(hub.requests) - 2 > 2 * A_MINUTE
    for start_of_minute in times:
        assert sum(0 <= time - start_of_minute < MINUTE_S for time in times) <= A_MINUTE
    assert min(stopwatch.pauses[:1]) == MINUTE_S - 10


async def test_a_new_minute_has_room_again(feed: Feed, stopwatch: Stopwatch) -> None:
    await feed.find_newest()
    for day in (FRIDAY, MONDAY, TODAY):
        await feed.read_ahead(Period.day(day), strip=0)
        stopwatch.now += MINUTE_S
    assert sum(stopwatch.pauses) == 0


async def test_it_stops_at_the_first_trouble(feed: Feed, hub: HubServer) -> None:
    await feed.find_newest()
    asked = len(hub.requests)
    hub.fault(Fault.STATUS_500)
    await feed.read_ahead(Period.day(MONDAY), strip=7)
    assert queries(hub, asked) == ["date=2026-08-16"]


async def test_a_day_that_cannot_be_read_ends_nothing(feed: Feed, hub: HubServer) -> None:
    await feed.find_newest()
    asked = len(hub.requests)
    hub.fault(Fault.CUT_JSON, when=of_day(FRIDAY))
    await feed.read_ahead(Period.day(MONDAY), strip=7)
    assert all(feed.ids(day) for day in (date(2026, 8, 13), TUESDAY, WEDNESDAY, THURSDAY))
    assert queries(hub, asked).count(f"date={FRIDAY}") == 1


async def test_it_stops_where_nothing_can_be_read(feed: Feed, hub: HubServer) -> None:
    await feed.find_newest()
    asked = len(hub.requests)
    hub.fault(Fault.HTML)
    await feed.read_ahead(Period.day(MONDAY), strip=7)
    assert len(hub.requests) - asked == MOST_SPOILT + 1


async def test_it_asks_nobody_while_there_is_no_network(feed: Feed, hub: HubServer) -> None:
    await feed.find_newest()
    hub.fault(Fault.REFUSE)
    await feed.read_ahead(Period.day(MONDAY), strip=7)
    assert feed.is_offline
    hub.heal()
    asked = len(hub.requests)
    await feed.read_ahead(Period.day(MONDAY), strip=7)
    assert len(hub.requests) == asked


async def test_it_leaves_a_reserve_of_the_quota(
    start: StartFeed, generated_days: dict[date, list[Item]]
) -> None:
    with HubServer(generated_days, today=TODAY, quota={"api": 20}) as hub:
        feed = start(endpoint=hub.url)
        await feed.find_newest()
        while len(hub.requests) < 15:
            await feed.refresh(Period.day(TODAY), force=True)
        reading = asyncio.create_task(feed.read_ahead(Period.day(MONDAY), strip=7))
        await until(hub, lambda: len(hub.requests) == 16)
        for _ in range(4):  # the user's own go on
            await feed.refresh(Period.day(TODAY), force=True)
        assert queries(hub, 15) == ["date=2026-08-16", *["date=2026-08-21"] * 4]
        assert not reading.done()
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        await feed.close()


async def test_the_user_goes_first(feed: Feed, hub: HubServer) -> None:
    await feed.find_newest()
    hub.fault(Fault.HANG, 1)
    asking = asyncio.create_task(feed.refresh(Period.day(FIRST)))
    await until(hub, lambda: len(hub.requests) == 3)
    reading = asyncio.create_task(feed.read_ahead(Period.day(MONDAY), strip=0))
    for day in (FIRST + ONE_DAY, FIRST + 2 * ONE_DAY):
        await feed.refresh(Period.day(day))
    assert queries(hub, 2) == [f"date=2026-08-{day}" for day in (10, 11, 12)]
    hub.heal()
    await asking
    await reading
    assert feed.ids(FRIDAY)
