"""Without the Hub: everything seen is there at once, and nobody waits for what is not."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import FIRST, TODAY
from tests.feed import MONDAY, MONTH, SATURDAY, THURSDAY, WEDNESDAY, WEEK, see, shown
from tests.hubserver import Fault
from tui.days import ONE_DAY
from tui.feed import NEWER, OLDER, AtBound
from tui.hub.errors import Offline, Reason, Unwell
from tui.periods import TRENDING, Period

if TYPE_CHECKING:
    from tests.feed.conftest import FeedClock, StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed


async def go_offline(feed: Feed, hub: HubServer) -> None:
    """Have the feed notice that there is no Hub."""
    hub.fault(Fault.REFUSE)
    with pytest.raises(Offline):
        await feed.refresh(Period.day(TODAY), force=True)


async def test_being_offline_is_noticed_and_so_is_its_end(feed: Feed, hub: HubServer) -> None:
    assert not feed.is_offline
    await go_offline(feed, hub)
    assert feed.is_offline
    hub.heal()
    assert (await feed.refresh(Period.day(TODAY))).papers
    assert not feed.is_offline


async def test_a_hub_that_answers_nonsense_is_there(feed: Feed, hub: HubServer) -> None:
    await go_offline(feed, hub)
    hub.heal()
    hub.fault(Fault.STATUS_503)
    with pytest.raises(Unwell):
        await feed.refresh(Period.day(TODAY))
    assert not feed.is_offline


async def test_steps_go_over_the_days_on_disk_at_once(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    await see(feed, FIRST, SATURDAY, MONDAY, WEDNESDAY)
    clock.pass_by(days=1)
    await go_offline(feed, hub)
    hub.heal()
    hub.fault(Fault.HANG)  # whoever asks now waits for ever
    asked = len(hub.requests)
    day, walked = Period.day(WEDNESDAY), []
    for direction in (OLDER, OLDER, NEWER, NEWER):
        day = await feed.step(day, direction)
        walked.append(day.first)
    assert walked == [MONDAY, FIRST, MONDAY, WEDNESDAY]
    assert feed.step_on_disk(FIRST, OLDER) is None
    assert feed.unseen(MONDAY, FIRST) == 5
    assert len(hub.requests) == asked


async def test_a_step_where_disk_ends_asks_once_more(feed: Feed, hub: HubServer) -> None:
    await see(feed, FIRST)
    await go_offline(feed, hub)
    with pytest.raises(Offline):
        await feed.step(Period.day(FIRST), OLDER)
    hub.heal()
    hub.days[date(2026, 8, 7)] = hub.days[FIRST]
    assert await feed.step(Period.day(FIRST), OLDER) == Period.day(date(2026, 8, 7))


async def test_what_was_seen_is_there_in_every_view(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    month, trending = await feed.refresh(MONTH), await feed.refresh(TRENDING)
    clock.pass_by(days=40)
    clock.today = TODAY + 40 * ONE_DAY
    hub.fault(Fault.REFUSE)
    again = start()
    known = again.peek(MONTH)
    assert known is not None
    assert (known.papers, len(known.missing)) == (month.papers, 10)
    assert again.peek(TRENDING) == trending
    for period in (MONTH, TRENDING, WEEK):
        with pytest.raises(Offline):
            await again.refresh(period, force=True)
    assert again.peek(MONTH) == known
    assert len(again.papers(month)) == len(month.papers)
    assert (await again.refresh(Period.day(MONDAY))).papers  # it is fresh


async def test_told_not_to_ask_it_reads_disk_and_asks_nobody(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    await see(feed, MONDAY, THURSDAY)
    clock.pass_by(days=1)
    told = start(offline=True)
    assert told.is_offline
    assert shown(told.peek(Period.day(THURSDAY))) == list(feed.ids(THURSDAY) or ())
    for period in (Period.day(THURSDAY), WEEK, MONTH, TRENDING):
        with pytest.raises(Offline) as caught:
            await told.refresh(period, force=True)
        assert caught.value.reason is Reason.TOLD_NOT_TO_ASK
    with pytest.raises(Offline):
        await told.find_newest()
    await told.read_ahead(Period.day(THURSDAY), strip=5)
    assert await told.step(Period.day(THURSDAY), OLDER) == Period.day(MONDAY)
    with pytest.raises((AtBound, Offline)):
        await told.step(Period.day(MONDAY), OLDER)
    assert told.is_offline
    assert len(hub.requests) == 2


async def test_the_first_answer_after_a_pause_without_network(feed: Feed, hub: HubServer) -> None:
    await go_offline(feed, hub)
    hub.heal()
    editions = await asyncio.gather(*(feed.refresh(Period.day(day)) for day in (MONDAY, TODAY)))
    assert all(edition.papers for edition in editions)
    assert not feed.is_offline
