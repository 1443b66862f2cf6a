"""Answers that overtake each other: the one that was asked for last stays."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import TODAY
from tests.feed import MONTH, THURSDAY, WEEK, dated, monthly, see, shown, under_way, until
from tests.generate import make_day
from tests.hubserver import Fault
from tui.hub.errors import Offline
from tui.periods import Period

if TYPE_CHECKING:
    from pathlib import Path

    from tests.feed.conftest import FeedClock, StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed

DAY: Final = Period.day(THURSDAY)


async def test_a_month_that_took_longer_takes_nothing_from_a_newer_day(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    older, newer = make_day(THURSDAY, 2), make_day(THURSDAY, 4)
    for day in list(hub.days):
        hub.days[day] = make_day(day, 2)
    hub.fault(Fault.HANG, when=monthly)
    month = asyncio.create_task(feed.refresh(MONTH))
    await under_way(hub, 1, month)
    clock.pass_by(seconds=5)
    hub.days[THURSDAY] = newer
    known = await feed.refresh(DAY)
    hub.days[THURSDAY] = older
    hub.heal()
    edition = await month
    for one in (feed, start()):
        assert one.peek(DAY) == known
        assert len(one.papers(known)) == 4
    assert not edition.missing
    assert {paper.id for paper in known.papers} < set(shown(edition))


async def test_nor_does_it_where_nothing_can_be_stored(
    start: StartFeed, hub: HubServer, clock: FeedClock, tmp_path: Path
) -> None:
    (tmp_path / "http").write_text("a file where the folder should be", encoding="utf-8")
    feed = start()
    hub.fault(Fault.HANG, when=lambda request: "week" in request.query)
    week = asyncio.create_task(feed.refresh(WEEK))
    await under_way(hub, 1, week)
    clock.pass_by(seconds=5)
    hub.days[THURSDAY] = make_day(THURSDAY, 4)
    known = await feed.refresh(DAY)
    hub.days[THURSDAY] = make_day(THURSDAY, 2)
    hub.heal()
    assert not (await week).missing
    assert feed.peek(DAY) == known
    assert len(feed.papers(known)) == 4


async def test_a_day_that_took_longer_takes_nothing_from_a_newer_month(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    older, newer = make_day(THURSDAY, 2), make_day(THURSDAY, 4)
    hub.fault(Fault.HANG, when=dated)
    asking = asyncio.create_task(feed.refresh(DAY))
    await under_way(hub, 1, asking)
    clock.pass_by(seconds=5)
    hub.days[THURSDAY] = newer
    await feed.refresh(MONTH)
    hub.days[THURSDAY] = older
    hub.heal()
    assert len((await asking).papers) == 4
    assert len(start().ids(THURSDAY) or ()) == 4
    known = feed.peek(DAY)
    assert known is not None
    assert known.fetched == clock.time
    assert len(feed.papers(known)) == 4


async def test_a_304_that_took_longer_takes_nothing_from_a_newer_month(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    older, newer = make_day(THURSDAY, 2), make_day(THURSDAY, 4)
    hub.days[THURSDAY] = older
    await see(feed, THURSDAY)
    clock.pass_by(hours=1)
    hub.fault(Fault.HANG, when=dated)
    asking = asyncio.create_task(feed.refresh(DAY))
    await under_way(hub, 2, asking)
    clock.pass_by(seconds=5)
    hub.days[THURSDAY] = newer
    await feed.refresh(MONTH)
    assert len(feed.ids(THURSDAY) or ()) == 4
    hub.days[THURSDAY] = older
    hub.heal()
    edition = await asking
    assert hub.requests[1].status == 304
    assert (len(edition.papers), edition.fetched) == (4, clock.time)
    assert start().peek(DAY) == edition


async def test_another_window_that_took_longer_takes_nothing_from_this_one(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    older, newer = make_day(THURSDAY, 2), make_day(THURSDAY, 4)
    hub.fault(Fault.HANG, 1)
    slow = start()
    asking = asyncio.create_task(slow.refresh(DAY))
    await under_way(hub, 1, asking)
    clock.pass_by(seconds=5)
    hub.days[THURSDAY] = newer
    known = await feed.refresh(DAY)
    hub.days[THURSDAY] = older
    hub.release()
    assert await asking == known
    for one in (feed, slow, start()):
        assert one.peek(DAY) == known
        assert len(one.papers(known)) == 4


async def test_an_older_newest_day_takes_nothing_from_a_newer_one(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    papers, hub.days[TODAY] = hub.days[TODAY], []
    hub.fault(Fault.HANG, 2)
    slow = start()
    asking = asyncio.create_task(slow.find_newest())
    await until(hub, lambda: len(hub.requests) == 2)
    clock.pass_by(seconds=5)
    hub.days[TODAY] = papers
    assert await feed.find_newest() == TODAY
    hub.days[TODAY] = []
    hub.release()
    await asking
    assert slow.peek_newest() == feed.peek_newest() == TODAY


async def test_a_failure_that_took_longer_leaves_the_newer_answer(
    feed: Feed, hub: HubServer
) -> None:
    hub.fault(Fault.HANG, when=monthly)
    month = asyncio.create_task(feed.refresh(MONTH))
    await under_way(hub, 1, month)
    known = await feed.refresh(DAY)
    hub.fault(Fault.REFUSE)
    with pytest.raises(Offline):
        await month
    assert feed.peek(DAY) == known
