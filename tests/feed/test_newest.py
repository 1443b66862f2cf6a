"""Which day is the latest, whatever the undated list, today's own list and the clock say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY
from tests.feed import THURSDAY, WEEK, dated, of_day, queries, undated, withhold
from tests.generate import make_day, make_item
from tests.hubserver import Fault
from tui.days import ONE_DAY
from tui.feed import NEWER
from tui.hub.errors import NotFound, Unwell
from tui.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.feed.conftest import FeedClock, StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed


async def test_the_newest_day_is_today_when_it_has_papers(feed: Feed, hub: HubServer) -> None:
    assert await feed.find_newest() == TODAY
    assert feed.peek(Period.day(TODAY)) is not None
    assert len(hub.requests) == 2


async def test_the_newest_day_is_asked_for_once_in_ten_minutes(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    await feed.find_newest()
    clock.pass_by(minutes=9, seconds=59)
    assert await start().find_newest() == feed.peek_newest() == TODAY
    assert len(hub.requests) == 2
    clock.pass_by(seconds=1)
    await feed.find_newest()
    assert len(hub.requests) == 4


async def test_a_clock_set_back_does_not_keep_the_newest_day_for_ever(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    await feed.find_newest()
    clock.time -= timedelta(days=2)
    await feed.find_newest()
    assert len(hub.requests) == 4


async def test_when_today_is_still_empty_the_newest_day_is_the_last_listed(
    feed: Feed, hub: HubServer
) -> None:
    hub.days[TODAY] = []
    assert await feed.find_newest() == THURSDAY


async def test_when_today_is_not_open_yet(feed: Feed, hub: HubServer, clock: FeedClock) -> None:
    clock.today = TODAY + ONE_DAY
    assert await feed.find_newest() == TODAY
    assert 400 in [request.status for request in hub.requests]


async def test_when_the_undated_list_lags(feed: Feed, hub: HubServer) -> None:
    hub.fault(Fault.EMPTY_BODY, when=undated)
    assert await feed.find_newest() == TODAY


async def test_an_undated_list_that_lags_takes_back_no_day_that_has_papers(
    feed: Feed, hub: HubServer, clock: FeedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await feed.find_newest() == TODAY
    clock.today = hub.today = TODAY + ONE_DAY  # a Saturday
    withhold(monkeypatch, hub.days[TODAY])
    clock.pass_by(days=1)
    assert await feed.find_newest() == feed.peek_newest() == TODAY
    hub.fault(Fault.STATUS_500, when=of_day(TODAY))
    clock.pass_by(minutes=10)
    assert await feed.find_newest() == TODAY
    hub.heal()
    hub.days[TODAY] = []
    clock.pass_by(minutes=10)
    assert await feed.find_newest() == feed.peek_newest() == THURSDAY


async def test_a_latest_day_that_the_hub_does_not_know_is_taken_back(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    assert await feed.find_newest() == TODAY
    hub.today = THURSDAY  # as another Hub with the same cache
    clock.pass_by(minutes=10)
    assert await feed.find_newest() == THURSDAY


async def test_when_a_newer_day_than_today_is_listed(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    clock.today = THURSDAY
    assert await feed.find_newest() == TODAY


@pytest.mark.parametrize("fault", [Fault.STATUS_500, Fault.HTML, Fault.WRONG_TYPES])
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
    hub.fault(Fault.STATUS_500, when=dated)
    with pytest.raises(Unwell):
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


@pytest.fixture
async def friday_opens(feed: Feed, hub: HubServer, clock: FeedClock) -> Callable[[], None]:
    """Thursday is known as the latest day; what is returned opens the list of Friday."""
    clock.today = hub.today = THURSDAY
    assert await feed.find_newest() == THURSDAY

    def open_friday() -> None:
        clock.today = hub.today = TODAY
        hub.days[TODAY] = make_day(TODAY, 4)

    return open_friday


@pytest.mark.parametrize("period", [WEEK, Period.day(TODAY)], ids=["week", "day"])
async def test_papers_of_a_later_day_make_it_the_newest(
    period: Period,
    friday_opens: Callable[[], None],
    start: StartFeed,
    feed: Feed,
    hub: HubServer,
) -> None:
    friday_opens()
    await feed.refresh(period)
    asked = len(hub.requests)
    for one in (feed, start()):
        assert one.peek_newest() == await one.find_newest() == TODAY
        assert await one.step(Period.day(THURSDAY), NEWER) == Period.day(TODAY)
    assert feed.strip(TODAY, 7)[-1].day == TODAY
    assert len(hub.requests) == asked


async def test_a_later_day_that_came_by_itself_puts_off_no_question(
    friday_opens: Callable[[], None], feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    friday_opens()
    clock.pass_by(minutes=9)
    await feed.refresh(Period.day(TODAY))
    clock.pass_by(minutes=1)
    asked = len(hub.requests)
    await feed.find_newest()
    assert queries(hub, asked)[0] == "limit=100"


async def test_an_earlier_or_an_empty_day_is_not_the_newest(
    friday_opens: Callable[[], None], feed: Feed, hub: HubServer
) -> None:
    friday_opens()
    hub.days[TODAY] = []
    await feed.refresh(WEEK)
    await feed.refresh(Period.day(TODAY), force=True)
    assert feed.peek_newest() == THURSDAY


async def test_while_no_day_is_known_as_the_newest_none_is_made_up(feed: Feed) -> None:
    await feed.refresh(Period.day(THURSDAY))
    assert feed.peek_newest() is None


async def test_asking_for_the_latest_day_anew_looks_for_a_newer_one(
    friday_opens: Callable[[], None], feed: Feed, hub: HubServer
) -> None:
    friday_opens()
    asked = len(hub.requests)
    edition = await feed.refresh(Period.day(THURSDAY), force=True)
    assert edition.period == Period.day(THURSDAY)
    assert sorted(queries(hub, asked)) == ["date=2026-08-20", "date=2026-08-21"]
    assert feed.peek_newest() == TODAY
    await feed.refresh(Period.day(THURSDAY), force=True)
    await feed.refresh(Period.day(TODAY), force=True)
    assert len(hub.requests) == asked + 4  # there is none newer


@pytest.mark.parametrize("fault", [Fault.STATUS_400, Fault.STATUS_500, Fault.HTML])
async def test_that_there_is_no_newer_day_is_no_trouble(
    fault: Fault, friday_opens: Callable[[], None], feed: Feed, hub: HubServer
) -> None:
    friday_opens()
    hub.fault(fault, when=of_day(TODAY))
    assert (await feed.refresh(Period.day(THURSDAY), force=True)).papers
    assert feed.peek_newest() == THURSDAY
