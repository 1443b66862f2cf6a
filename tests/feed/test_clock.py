"""Whatever the clock of this machine says, there are papers where the Hub or the disk has them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from tests.feed import shown
from tests.generate import make_day
from tests.hubserver import Fault
from tui.days import ONE_DAY
from tui.feed import NEWER, OLDER, AtBound
from tui.hub.errors import Offline
from tui.periods import Period, Span

if TYPE_CHECKING:
    from tests.feed.conftest import FeedClock, StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
EVENINGS: Final = [
    (datetime(2026, 8, 21, 1, 30, tzinfo=UTC), date(2026, 8, 21)),  # summer time
    (datetime(2026, 1, 16, 2, 30, tzinfo=UTC), date(2026, 1, 16)),  # standard time
    (datetime(2026, 3, 8, 2, 30, tzinfo=UTC), date(2026, 3, 8)),  # the last before the change
    (datetime(2026, 3, 9, 1, 30, tzinfo=UTC), date(2026, 3, 9)),  # and the first after it
    (datetime(2026, 11, 1, 1, 30, tzinfo=UTC), date(2026, 11, 1)),
    (datetime(2026, 11, 2, 2, 30, tzinfo=UTC), date(2026, 11, 2)),
]
"""Half past nine in New York, when the list of the day named opens (API.md §1)."""
OF_EVENINGS: Final = [
    pytest.param(opening, day, marks=[] if number in (0, 3) else pytest.mark.torture)
    for number, (opening, day) in enumerate(EVENINGS)
]
"""What is special about each of them is looked at in the tests of days as well."""
NOON: Final = datetime(2026, 8, 21, 16, tzinfo=UTC)
TODAY: Final = date(2026, 8, 21)
WRONG: Final = [
    -4000 * ONE_DAY, -40 * ONE_DAY, -3 * ONE_DAY, -5 * HOUR, 3 * MINUTE, 2 * ONE_DAY, 60 * ONE_DAY,
]  # fmt: skip
"""How far this machine's clock may be off."""
TELLING: Final = (-40 * ONE_DAY, -5 * HOUR, 60 * ONE_DAY)
OF_WRONG: Final = [
    pytest.param(off, id=str(off), marks=[] if off in TELLING else pytest.mark.torture)
    for off in WRONG
]


def hub_at(hub: HubServer, moment: datetime, today: date) -> None:
    """Have the Hub live at that moment, with papers on each of the ten days up to ``today``."""
    hub.date, hub.today = moment, today
    for day in list(hub.days):
        hub.days[day] = []
    for back in range(10):
        hub.days[today - back * ONE_DAY] = make_day(today - back * ONE_DAY, 3)


@pytest.fixture
def _noon(hub: HubServer, clock: FeedClock) -> None:
    hub_at(hub, NOON, TODAY)
    clock.today = None
    clock.time = NOON


@pytest.mark.parametrize(("opening", "day"), OF_EVENINGS, ids=str)
@pytest.mark.parametrize("early", [timedelta(0), timedelta(microseconds=1)], ids=["open", "not"])
async def test_the_next_list_opens_at_half_past_nine_in_new_york(
    opening: datetime, day: date, early: timedelta, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    newest = day - ONE_DAY * bool(early)
    clock.today, clock.time = None, opening - early
    hub_at(hub, clock.time, newest)
    assert feed.today() == newest
    assert await feed.find_newest() == newest
    assert len((await feed.refresh(Period.day(newest))).papers) == 3
    assert 400 not in [request.status for request in hub.requests]
    with pytest.raises(AtBound):
        await feed.step(Period.day(newest), NEWER)


@pytest.mark.torture
@pytest.mark.parametrize(("opening", "day"), EVENINGS, ids=str)
@pytest.mark.parametrize("off", [-HOUR, HOUR], ids=["behind", "ahead"])
async def test_about_that_time_a_clock_that_is_a_little_off_costs_nothing(
    opening: datetime, day: date, off: timedelta, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    for real, newest in ((opening - 11 * MINUTE, day - ONE_DAY), (opening, day)):
        hub_at(hub, real, newest)
        clock.today, clock.time = None, real + off
        assert await feed.find_newest() == newest
        assert len((await feed.refresh(Period.day(newest))).papers) == 3


@pytest.mark.usefixtures("_noon")
@pytest.mark.parametrize("off", OF_WRONG)
async def test_a_clock_that_is_wrong_gives_way_to_that_of_the_hub(
    off: timedelta, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    clock.time = NOON + off
    newest = await feed.find_newest()
    assert newest == TODAY == feed.today()
    assert feed.skew == -off
    assert len((await feed.refresh(Period.day(newest))).papers) == 3
    assert await feed.step(Period.day(newest), OLDER) == Period.day(TODAY - ONE_DAY)
    assert not (await feed.refresh(Period.of(Span.WEEK, TODAY))).missing
    assert len((await feed.refresh(Period.of(Span.MONTH, TODAY))).papers) == 30
    assert max(feed.calendar(Period.of(Span.MONTH, TODAY))) == TODAY


@pytest.mark.usefixtures("_noon")
@pytest.mark.parametrize("off", OF_WRONG)
async def test_a_wrong_clock_and_a_hub_that_tells_no_time(
    off: timedelta, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    hub.date = None
    clock.time = NOON + off
    newest = await feed.find_newest()
    assert newest <= TODAY
    assert len((await feed.refresh(Period.day(newest))).papers) == 3
    assert (await feed.refresh(Period.of(Span.WEEK, newest))).papers
    assert await feed.step(Period.day(newest), OLDER) == Period.day(newest - ONE_DAY)


@pytest.mark.usefixtures("_noon")
@pytest.mark.parametrize("year", [1, 1970, 2022, 2200, 9999])
async def test_a_hub_whose_clock_cannot_be_right_tells_no_time(
    year: int, feed: Feed, hub: HubServer
) -> None:
    hub.date = datetime(year, 1, 1, tzinfo=UTC)
    assert await feed.find_newest() == TODAY == feed.today()
    assert feed.skew == timedelta(0)
    hub.date = NOON - HOUR
    await feed.refresh(Period.day(TODAY), force=True)
    assert feed.skew == -HOUR


@pytest.mark.usefixtures("_noon")
async def test_a_clock_that_differs_by_seconds_is_right(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    hub.date = NOON + timedelta(seconds=119)
    await feed.find_newest()
    assert feed.skew == timedelta(0)
    hub.date = NOON + timedelta(seconds=121)
    await feed.refresh(Period.day(TODAY), force=True)
    assert feed.skew == timedelta(seconds=121)
    hub.date = None
    await feed.refresh(Period.day(TODAY), force=True)
    assert feed.skew == timedelta(seconds=121)


@pytest.mark.usefixtures("_noon")
@pytest.mark.parametrize("off", OF_WRONG)
async def test_a_clock_that_was_set_between_two_runs_hides_nothing(
    off: timedelta, start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    hub.date = None
    today, week = Period.day(TODAY), Period.of(Span.WEEK, TODAY)
    before = await feed.refresh(Period.day(await feed.find_newest()))
    week_before = await feed.refresh(week)
    clock.time += off
    again = start()
    assert again.peek(today) == before
    assert shown(again.peek(week)) == shown(week_before)
    hub.days[TODAY] = make_day(TODAY, 5)
    assert await again.find_newest() == TODAY
    assert len((await again.refresh(today, force=True)).papers) == 5
    assert len(start().ids(TODAY) or ()) == 5


@pytest.mark.usefixtures("_noon")
@pytest.mark.parametrize("off", OF_WRONG)
async def test_without_network_a_wrong_clock_hides_nothing_that_is_on_disk(
    off: timedelta, start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    month = Period.of(Span.MONTH, TODAY)
    await feed.find_newest()
    known = await feed.refresh(month)
    hub.fault(Fault.REFUSE)
    clock.time += off
    again = start()
    with pytest.raises(Offline):
        await again.refresh(month, force=True)
    assert shown(again.peek(month)) == shown(known)
    day = Period.day(TODAY - ONE_DAY)
    assert await again.step(day, NEWER) == Period.day(TODAY)
    assert await again.step(day, OLDER) == Period.day(TODAY - 2 * ONE_DAY)
    assert [count.day for count in again.strip(TODAY, 2)] == [TODAY - ONE_DAY, TODAY]
