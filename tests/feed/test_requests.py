"""How many requests the everyday ways through the feed cost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import TODAY
from tests.feed import see
from tests.generate import make_days
from tui.days import ONE_DAY
from tui.feed import NEWER, OLDER
from tui.periods import Period, Span

if TYPE_CHECKING:
    from tests.feed.conftest import FeedClock, StartFeed
    from tests.generate import Item
    from tests.hubserver import HubServer
    from tui.feed import Feed

STRIP: Final = 7
"""Days in the strip."""
BEFORE_THE_FIRST_PAPER: Final = 4
IN_THE_FIRST_MINUTE: Final = 12


async def begin(feed: Feed) -> tuple[Period, int]:
    """What a start asks for: the latest day, and how many papers it has."""
    newest = Period.day(await feed.find_newest())
    return newest, len((await feed.refresh(newest)).papers)


@pytest.fixture(scope="module")
def three_months() -> dict[date, list[Item]]:
    return make_days(date(2026, 6, 1), TODAY)


@pytest.fixture
def hub(hub: HubServer, three_months: dict[date, list[Item]]) -> HubServer:
    """The Hub with papers on every weekday of three months."""
    hub.days.update(three_months)
    return hub


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(0, id="Friday"),
        pytest.param(1, id="Saturday", marks=pytest.mark.torture),
        pytest.param(2, id="Sunday", marks=pytest.mark.torture),
        pytest.param(3, id="Monday"),
    ],
)
async def test_a_cold_start(later: int, feed: Feed, hub: HubServer, clock: FeedClock) -> None:
    clock.today = TODAY + later * ONE_DAY
    hub.today = min(clock.today, TODAY + 2 * ONE_DAY)  # on Monday the list is not open yet
    newest, papers = await begin(feed)
    assert newest == Period.day(TODAY)
    assert papers
    assert len(hub.requests) <= BEFORE_THE_FIRST_PAPER
    await feed.read_ahead(newest, STRIP)
    assert len(hub.requests) <= IN_THE_FIRST_MINUTE
    assert len(feed.strip(TODAY, STRIP)) == STRIP


async def test_a_warm_start_asks_nothing(start: StartFeed, hub: HubServer) -> None:
    first = start()
    newest, papers = await begin(first)
    await first.read_ahead(newest, STRIP)
    asked = len(hub.requests)
    again = start()
    assert await begin(again) == (newest, papers)
    await again.read_ahead(newest, STRIP)
    assert len(hub.requests) == asked


async def test_a_start_after_a_lunch_break(
    start: StartFeed, hub: HubServer, clock: FeedClock
) -> None:
    first = start()
    newest, _ = await begin(first)
    await first.read_ahead(newest, STRIP)
    asked = len(hub.requests)
    clock.pass_by(hours=1)
    again = start()
    await begin(again)
    await again.read_ahead(newest, STRIP)
    assert len(hub.requests) - asked == 3  # the newest, today, yesterday


async def test_a_walk_over_twenty_days_that_a_month_has_brought(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    await begin(feed)
    month = Period.of(Span.MONTH, TODAY)
    for period in (month, month.beside(OLDER)):
        await feed.refresh(period)
    asked = len(hub.requests)
    again = start()
    day, walked = Period.day(TODAY), 0
    while walked < 20:
        day = await again.step(day, OLDER)
        assert (await again.refresh(day)).papers
        for span in (Span.WEEK, Span.MONTH):
            assert again.peek(Period.of(span, day.first))
        await again.read_ahead(day, STRIP)
        walked += 1
    while day != Period.day(TODAY):
        day = await again.step(day, NEWER)
        assert (await again.refresh(day)).papers
    assert len(hub.requests) == asked


async def test_a_walk_over_days_read_one_by_one(feed: Feed, hub: HubServer) -> None:
    await see(feed, *(TODAY - back * ONE_DAY for back in range(30)))
    asked = len(hub.requests)
    day = Period.day(TODAY)
    for _ in range(20):
        day = await feed.step(day, OLDER)
        await feed.refresh(day)
    assert len(hub.requests) <= asked + 2  # which day is the latest
