"""Which day is the latest, whatever the undated list, today's own list and the clock say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY
from tests.feed import THURSDAY, dated, undated
from tests.generate import make_item
from tests.hubserver import Fault
from tui.days import ONE_DAY
from tui.hub.errors import NotFound, Unwell
from tui.periods import Period

if TYPE_CHECKING:
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
