"""What is on disk, and when the Hub is asked for more."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY
from tests.generate import make_day, make_item
from tests.hubserver import Fault
from tui.hub.errors import BadAnswer, Offline, Reason
from tui.papers import DayCount

if TYPE_CHECKING:
    from pathlib import Path

    from tests.feed.conftest import Clock, StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed

DAY = date(2026, 8, 20)
MONDAY = date(2026, 8, 17)


def ids(hub: HubServer, day: date) -> set[str]:
    return {item["paper"]["id"] for item in hub.days[day]}


async def test_a_day_is_on_disk_once_it_was_seen(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    assert feed.peek(DAY) is None
    assert feed.peek_ids(DAY) is None
    edition = await feed.refresh(DAY)
    assert {paper.id for paper in edition.papers} == ids(hub, DAY)
    asked = len(hub.requests)
    again = start()
    assert feed.peek(DAY) == again.peek(DAY) == edition
    assert again.peek_ids(DAY) == tuple(paper.id for paper in edition.papers)
    assert len(hub.requests) == asked == 1


async def test_a_fresh_day_is_not_asked_for(
    start: StartFeed, feed: Feed, hub: HubServer, clock: Clock
) -> None:
    edition = await feed.refresh(DAY)
    clock.pass_by(minutes=9, seconds=59)
    assert await feed.refresh(DAY) == edition
    assert await start().refresh(DAY) == edition
    assert len(hub.requests) == 1


async def test_a_stale_day_is_asked_for_once_and_a_304_renews_its_age(
    start: StartFeed, feed: Feed, hub: HubServer, clock: Clock
) -> None:
    first = await feed.refresh(DAY)
    clock.pass_by(minutes=10)
    again = start()
    second = await again.refresh(DAY)
    assert [request.status for request in hub.requests] == [200, 304]
    assert "if-none-match" in hub.requests[1].headers
    assert second.papers == first.papers
    assert second.fetched == clock.time
    assert await start().refresh(DAY) == second
    assert len(hub.requests) == 2


async def test_a_list_that_grew_replaces_the_old_one(
    start: StartFeed, feed: Feed, hub: HubServer, clock: Clock
) -> None:
    hub.days[DAY] = make_day(DAY, 3)
    await feed.refresh(DAY)
    hub.days[DAY] = make_day(DAY, 5)
    clock.pass_by(minutes=10)
    assert len((await feed.refresh(DAY)).papers) == 5
    assert len(start().peek_ids(DAY) or ()) == 5


async def test_a_forced_refresh_asks_in_any_case(feed: Feed, hub: HubServer) -> None:
    await feed.refresh(DAY)
    await feed.refresh(DAY, force=True)
    assert [request.status for request in hub.requests] == [200, 304]


async def test_one_day_is_asked_for_once_at_a_time(feed: Feed, hub: HubServer) -> None:
    editions = await asyncio.gather(*(feed.refresh(DAY) for _ in range(5)))
    assert all(edition == editions[0] for edition in editions)
    assert len(hub.requests) == 1


async def test_a_cancelled_refresh_still_reaches_the_disk(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    hub.fault(Fault.HANG)
    asking = asyncio.create_task(feed.refresh(DAY))
    await asyncio.to_thread(hub.wait_until, lambda: len(hub.requests) == 1)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    hub.heal()
    edition = await feed.refresh(DAY)
    assert start().peek(DAY) == edition
    assert len(hub.requests) == 1


async def test_closing_in_the_middle_of_a_refresh(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    hub.fault(Fault.HANG)
    asking = asyncio.create_task(feed.refresh(DAY))
    await asyncio.to_thread(hub.wait_until, lambda: len(hub.requests) == 1)
    await feed.close()
    with pytest.raises(asyncio.CancelledError):
        await asking
    hub.heal()
    assert (await start().refresh(DAY)).papers


async def test_offline_mode_reads_disk_and_asks_nobody(
    start: StartFeed, feed: Feed, hub: HubServer, clock: Clock
) -> None:
    edition = await feed.refresh(DAY)
    clock.pass_by(days=1)
    told = start(offline=True)
    assert told.peek(DAY) == edition
    with pytest.raises(Offline) as caught:
        await told.refresh(DAY)
    assert caught.value.reason is Reason.TOLD_NOT_TO_ASK
    await told.read_ahead(DAY, strip=5)
    assert len(hub.requests) == 1


async def test_an_empty_day_is_known_to_be_empty(feed: Feed, hub: HubServer) -> None:
    saturday = date(2026, 8, 15)
    edition = await feed.refresh(saturday)
    assert edition.papers == ()
    assert feed.peek_ids(saturday) == ()


async def test_unreadable_papers_are_counted(feed: Feed, hub: HubServer) -> None:
    hub.days[DAY] = [make_item(0, DAY), make_item(1, DAY, id="no id"), make_item(2, DAY)]
    edition = await feed.refresh(DAY)
    assert (len(edition.papers), edition.unreadable) == (2, 1)
    known = feed.peek(DAY)
    assert known is not None
    assert known.unreadable == 1


async def test_a_list_without_one_readable_paper_replaces_nothing(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    edition = await feed.refresh(DAY)
    hub.days[DAY] = [make_item(n, DAY, id="no id") for n in range(3)]
    with pytest.raises(BadAnswer):
        await feed.refresh(DAY, force=True)
    assert start().peek(DAY) == edition
    assert feed.peek_ids(DAY) == tuple(paper.id for paper in edition.papers)


async def test_a_day_longer_than_a_page_is_whole(feed: Feed, hub: HubServer) -> None:
    hub.days[DAY] = make_day(DAY, 230)
    assert len((await feed.refresh(DAY)).papers) == 230


async def test_more_days_than_memory_holds(start: StartFeed, feed: Feed, hub: HubServer) -> None:
    old = [date(2026, 4, 1 + n) for n in range(30)] + [date(2026, 5, 1 + n) for n in range(30)]
    for day in old:
        hub.days[day] = [make_item(0, day)]
        await feed.refresh(day)
    asked = len(hub.requests)
    for day in old:
        edition = feed.peek(day)
        assert edition is not None
        assert edition.papers[0].day == day
    assert len(hub.requests) == asked


async def test_totals_and_unread_follow_the_marks(feed: Feed, hub: HubServer) -> None:
    for day, many in ((MONDAY, 3), (DAY, 4), (TODAY, 5)):
        hub.days[day] = make_day(day, many)
        await feed.refresh(day)
    await feed.refresh(date(2026, 8, 15))
    feed.library.mark([item["paper"]["id"] for item in hub.days[DAY][:3]], read=True)
    assert feed.counts(TODAY, 7) == [
        DayCount(MONDAY, 3, 3), DayCount(DAY, 4, 1), DayCount(TODAY, 5, 5),
    ]  # fmt: skip
    assert [count.day for count in feed.counts(TODAY, 2)] == [DAY, TODAY]
    assert [count.day for count in feed.counts(DAY, 7)] == [MONDAY, DAY]


async def test_around_a_day_long_past_are_its_neighbours(feed: Feed) -> None:
    await feed.find_newest()
    await feed.read_ahead(TODAY, 3)
    for day in (12, 13, 14, 17):
        await feed.refresh(date(2026, 8, day))
    old, strip = date(2026, 8, 13), [18, 19, 20, 21]
    assert [count.day.day for count in feed.counts(TODAY, 4)] == strip
    assert [count.day.day for count in feed.counts(date(2026, 8, 19), 4)] == strip
    assert [count.day.day for count in feed.counts(old, 4)] == [12, 13, 14, 17]


async def test_an_unseen_day_leaves_the_last_days(feed: Feed) -> None:
    await feed.refresh(await feed.find_newest())
    assert [count.day for count in feed.counts(MONDAY, 7)] == [TODAY]


async def test_a_paper_on_two_days_is_read_on_both(feed: Feed, hub: HubServer) -> None:
    both = make_item(7, MONDAY)
    hub.days[DAY], hub.days[TODAY] = [both, make_item(0, DAY)], [both, make_item(0, TODAY)]
    for day in (DAY, TODAY):
        await feed.refresh(day)
    feed.library.mark([both["paper"]["id"]], read=True)
    assert [count.unread for count in feed.count([DAY, TODAY])] == [1, 1]


async def test_a_cache_damaged_while_the_program_runs(
    start: StartFeed, feed: Feed, hub: HubServer, tmp_path: Path
) -> None:
    edition = await feed.refresh(DAY)
    for file in (tmp_path / "http").iterdir():
        file.write_bytes(b"\0" * 8192)
    assert feed.peek(DAY) == edition
    await feed.refresh(MONDAY)
    await feed.refresh(DAY, force=True)
    assert feed.library.marks(["2608.00001"])
    again = start()
    assert (await again.refresh(DAY)).papers == edition.papers
    assert again.peek(DAY) is not None
