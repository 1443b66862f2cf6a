"""Requests under way: one for each question, while somebody waits for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import TODAY
from tests.feed import (
    MONDAY,
    MONTH,
    THURSDAY,
    WEEK,
    queries,
    see,
    under_way,
)
from tests.generate import make_day
from tests.hubserver import Fault
from tests.hubserver.listener import LOOPBACK
from tui.days import ONE_DAY
from tui.hub.client import Hub
from tui.hub.errors import Unwell
from tui.periods import TRENDING, Period

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.feed.conftest import StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed
    from tui.hub.settings import HubSettings
    from tui.papers import Edition

DAY: Final = Period.day(THURSDAY)
TURNS: Final = 60
"""Of the loop: more than it takes from the client to what it was wanted for."""


@pytest.mark.parametrize("period", [DAY, WEEK, MONTH, TRENDING], ids=lambda period: period.name)
async def test_a_list_is_asked_for_once_whoever_asks(
    period: Period, feed: Feed, hub: HubServer
) -> None:
    hub.days[THURSDAY] = make_day(THURSDAY, 2)
    for day in list(hub.days):
        hub.days[day] = make_day(day, 2)
    asks = (feed.refresh(period, urgent=urgent) for urgent in (True, False, True, True))
    editions = await asyncio.gather(*asks, feed.refresh(period, force=True))
    assert all(edition == editions[0] for edition in editions)
    assert queries(hub) == [period.query]


async def test_the_newest_day_and_todays_list_share_one_request(feed: Feed, hub: HubServer) -> None:
    newest, again, _ = await asyncio.gather(
        feed.find_newest(), feed.find_newest(), feed.refresh(Period.day(TODAY))
    )
    assert newest == again == TODAY
    assert sorted(queries(hub)) == ["date=2026-08-21", "limit=100"]


async def test_a_day_on_its_own_and_in_a_week_share_one_request(feed: Feed, hub: HubServer) -> None:
    await see(feed, *(day for day in WEEK.days[:5] if day != THURSDAY))
    _, edition = await asyncio.gather(feed.refresh(DAY), feed.refresh(WEEK))
    assert queries(hub, 4) == ["date=2026-08-20"]
    assert not edition.missing


async def test_an_error_reaches_all_who_wait(feed: Feed, hub: HubServer) -> None:
    hub.fault(Fault.STATUS_500)
    asks = [asyncio.create_task(feed.refresh(DAY)) for _ in range(3)]
    answers = await asyncio.gather(*asks, return_exceptions=True)
    assert [type(answer) for answer in answers] == [Unwell] * 3
    hub.heal()
    assert (await feed.refresh(DAY)).papers


class Silent:
    """A Hub that never answers, and notices when nobody waits for it any more."""

    def __init__(self) -> None:
        self.asked, self.left_alone = asyncio.Event(), asyncio.Event()

    async def listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.asked.set()
        await reader.read()  # returns when the other side hangs up
        self.left_alone.set()
        writer.close()


@pytest.fixture
async def silent() -> AsyncIterator[tuple[Silent, str]]:
    """A silent Hub and its address."""
    silence = Silent()
    async with await asyncio.start_server(silence.listen, LOOPBACK) as server:
        yield silence, f"http://{LOOPBACK}:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize("period", [DAY, WEEK, TRENDING], ids=lambda period: period.name)
async def test_the_hub_sees_that_nobody_waits_any_more(
    period: Period, silent: tuple[Silent, str], start: StartFeed
) -> None:
    hub, address = silent
    feed = start(endpoint=address)
    asking = asyncio.create_task(feed.refresh(period))
    await hub.asked.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await hub.left_alone.wait()


async def test_the_hub_sees_that_the_feed_is_closed(
    silent: tuple[Silent, str], start: StartFeed
) -> None:
    hub, address = silent
    feed = start(endpoint=address)
    asking = asyncio.create_task(feed.find_newest())
    await hub.asked.wait()
    await feed.close()
    await hub.left_alone.wait()
    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_what_was_given_up_can_be_asked_again(feed: Feed, hub: HubServer) -> None:
    hub.fault(Fault.HANG)
    asking = asyncio.create_task(feed.refresh(DAY))
    await under_way(hub, 1, asking)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    hub.heal()
    assert feed.peek(DAY) is None
    assert (await feed.refresh(DAY)).papers
    assert queries(hub) == [DAY.query] * 2


async def test_a_request_goes_on_while_anyone_waits(feed: Feed, hub: HubServer) -> None:
    hub.fault(Fault.HANG)
    first, second = (asyncio.create_task(feed.refresh(DAY)) for _ in range(2))
    await under_way(hub, 1, first)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    hub.heal()
    assert (await second).papers
    assert len(hub.requests) == 1


async def test_giving_up_a_week_gives_up_its_days(feed: Feed, hub: HubServer) -> None:
    await see(feed, MONDAY, TODAY)
    hub.fault(Fault.HANG)
    asking = asyncio.create_task(feed.refresh(WEEK))
    await under_way(hub, 5, asking)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    hub.heal()
    assert not (await feed.refresh(WEEK)).missing


async def test_what_was_asked_without_hurry_is_hurried_when_the_user_wants_it(
    feed: Feed, hub: HubServer
) -> None:
    hub.fault(Fault.HANG)
    urgent = asyncio.create_task(feed.refresh(Period.day(MONDAY)))
    await under_way(hub, 1, urgent)
    calm = asyncio.create_task(feed.refresh(DAY, urgent=False))  # lets the urgent one go first
    hurried = asyncio.create_task(feed.refresh(DAY))
    await under_way(hub, 2, hurried)
    assert queries(hub) == ["date=2026-08-17", "date=2026-08-20"]
    hub.heal()
    assert await calm == await hurried
    await urgent
    assert len(hub.requests) == 2


async def test_a_background_request_lets_the_users_go_first(feed: Feed, hub: HubServer) -> None:
    hub.fault(Fault.HANG)
    urgent = asyncio.create_task(feed.refresh(Period.day(MONDAY)))
    await under_way(hub, 1, urgent)
    calm = asyncio.create_task(feed.refresh(DAY, urgent=False))
    second = asyncio.create_task(feed.refresh(Period.day(TODAY)))
    await under_way(hub, 2, second)
    hub.heal()
    await asyncio.gather(urgent, calm, second)
    assert queries(hub) == ["date=2026-08-17", "date=2026-08-21", "date=2026-08-20"]


async def test_closing_gives_up_whatever_is_under_way(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    hub.fault(Fault.HANG)
    asks = [asyncio.create_task(feed.refresh(period)) for period in (DAY, WEEK, TRENDING)]
    asks.append(asyncio.create_task(feed.refresh(Period.day(MONDAY), urgent=False)))
    await under_way(hub, 3, asks[0])
    await feed.close()
    answers = await asyncio.gather(*asks, return_exceptions=True)
    assert [type(answer) for answer in answers] == [asyncio.CancelledError] * 4
    hub.heal()
    assert (await start().refresh(DAY)).papers


async def test_closing_before_anything_was_asked(start: StartFeed) -> None:
    feed = start()
    await feed.close()
    await feed.close()


async def test_one_client_is_opened_whoever_comes_when(
    start: StartFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody asks at every turn of the loop while the client is being opened."""
    feed, opened = start(), list[Hub]()

    def connect(settings: HubSettings) -> Hub:
        opened.append(Hub(settings))
        return opened[-1]

    monkeypatch.setattr(feed, "_connect", connect)
    others: list[asyncio.Task[Edition]] = []
    left = TURNS
    while left:
        left -= bool(opened)
        day = Period.day(THURSDAY - len(others) * ONE_DAY)
        others.append(asyncio.create_task(feed.refresh(day)))
        await asyncio.sleep(0)
    for other in others:
        other.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    assert len(opened) == 1
