"""What is tried again, how often, and when no more."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from tests.hubserver import Fault
from tui.hub import retry
from tui.hub.errors import (
    BadAnswer,
    BadRequest,
    Denied,
    HubError,
    NotFound,
    Offline,
    RateLimited,
    Reason,
    Refused,
    TooSlow,
    Untrusted,
    Unwell,
)
from tui.hub.retry import LATEST, MAX_PAUSES, MAX_TRIES, Tries, may_pass
from tui.periods import Period

if TYPE_CHECKING:
    from tests.hubserver import HubServer
    from tui.hub.client import Hub

DAY: Final = Period.day(date(2026, 8, 20))
PASSING: Final = (
    Fault.RESET,
    Fault.DROP,
    Fault.LENGTH_TOO_LONG,
    Fault.STATUS_408,
    Fault.STATUS_500,
    Fault.STATUS_502,
    Fault.STATUS_503,
)
LASTING: Final = (
    Fault.NOT_HTTP,
    Fault.STATUS_400,
    Fault.STATUS_401,
    Fault.STATUS_403,
    Fault.STATUS_404,
    Fault.HTML,
    Fault.OBJECT,
    Fault.CUT_JSON,
    Fault.EMPTY_BODY,
    Fault.REDIRECT_AWAY,
)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that a test moves by hand, and delays that are as long as they can be."""
    now = [1_000.0]
    monkeypatch.setattr(retry, "monotonic", lambda: now[0])
    monkeypatch.setattr(retry, "uniform", lambda low, high: high)
    monkeypatch.setattr(retry, "FIRST_DELAY", 1.0)
    return now


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.name)
async def test_what_passes_is_not_even_seen(fault: Fault, client: Hub, hub: HubServer) -> None:
    hub.fault(fault, times=MAX_TRIES - 1)
    assert await client.papers(DAY) is not None
    assert len(hub.requests) == MAX_TRIES


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.name)
async def test_what_does_not_pass_is_told_after_three_tries(
    fault: Fault, client: Hub, hub: HubServer
) -> None:
    hub.fault(fault)
    with pytest.raises(HubError):
        await client.paper("2608.20003")
    assert len(hub.requests) == MAX_TRIES


@pytest.mark.parametrize("fault", [Fault.STATUS_408, Fault.STATUS_500, Fault.STATUS_503])
async def test_a_hub_that_is_unwell_is_left_alone_where_nobody_waits(
    fault: Fault, client: Hub, hub: HubServer
) -> None:
    hub.fault(fault)
    with pytest.raises(HubError):
        await client.papers(DAY, urgent=False)
    assert len(hub.requests) == 1


async def test_a_lost_connection_is_made_anew_though_nobody_waits(
    client: Hub, hub: HubServer
) -> None:
    hub.fault(Fault.DROP, times=MAX_TRIES - 1)
    assert await client.papers(DAY, urgent=False) is not None


@pytest.mark.parametrize("fault", LASTING, ids=lambda fault: fault.name)
async def test_what_would_fail_again_is_asked_once(
    fault: Fault, client: Hub, hub: HubServer
) -> None:
    hub.fault(fault)
    with pytest.raises(HubError):
        await client.papers(DAY)
    assert len(hub.requests) == 1


async def test_nothing_is_asked_again_when_it_is_too_late(
    client: Hub, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "LATEST", 0.0)
    hub.fault(Fault.STATUS_503)
    with pytest.raises(Unwell):
        await client.papers(DAY)
    assert len(hub.requests) == 1


async def test_cancelling_stops_at_once_and_leaves_nothing_behind(
    client: Hub, hub: HubServer, clock: list[float]
) -> None:
    hub.fault(Fault.STATUS_503)
    before = asyncio.all_tasks()
    waiting = asyncio.create_task(client.papers(DAY))
    await asyncio.to_thread(hub.wait_until, lambda: len(hub.requests) == 1)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    while asyncio.all_tasks() != before:  # noqa: ASYNC110 - it is being put away
        await asyncio.sleep(0)
    hub.heal()
    assert await client.papers(DAY) is not None
    assert len(hub.requests) == 2


@pytest.mark.parametrize(
    "error",
    [
        *(Offline(reason=reason) for reason in Reason if reason is not Reason.TOLD_NOT_TO_ASK),
        TooSlow(),
        Unwell(status=500),
        Unwell(status=599),
        Refused(status=408),
    ],
    ids=repr,
)
def test_what_may_pass(error: HubError) -> None:
    assert may_pass(error)


@pytest.mark.parametrize(
    "error",
    [
        Offline(reason=Reason.TOLD_NOT_TO_ASK),
        Untrusted(),
        BadAnswer(status=200),
        BadRequest(status=400),
        Denied(status=401),
        NotFound(status=404),
        Refused(status=418),
    ],
    ids=repr,
)
def test_what_will_not(error: HubError) -> None:
    assert not may_pass(error)


def test_each_delay_is_up_to_twice_the_one_before(clock: list[float]) -> None:
    tries = Tries(patience=0.0)
    tries.begin()
    assert [tries.delay_after(Offline()) for _ in range(3)] == [1.0, 2.0, None]


def test_delays_are_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_DELAY", 1.0)
    delays = [Tries(patience=0.0).delay_after(Offline()) for _ in range(100)]
    assert all(delay is not None and 0.0 <= delay <= 1.0 for delay in delays)
    assert len(set(delays)) > 50


def test_no_try_begins_late(clock: list[float]) -> None:
    tries = Tries(patience=0.0)
    tries.begin()
    clock[0] += LATEST - 1.5
    assert tries.delay_after(TooSlow()) == 1.0
    tries.begin()
    assert tries.delay_after(TooSlow()) is None


def test_an_answer_that_took_all_its_time_is_not_asked_for_again(clock: list[float]) -> None:
    tries = Tries(patience=0.0)
    tries.begin()
    clock[0] += 30.0
    assert tries.delay_after(TooSlow()) is None


def test_pauses_are_no_tries_and_take_no_time_from_them(clock: list[float]) -> None:
    tries = Tries(patience=60.0)
    tries.begin()
    assert tries.delay_after(RateLimited(retry_after=60.0)) == 0.0
    clock[0] += 60.0
    tries.begin()
    assert tries.delay_after(Offline()) == 1.0
    assert tries.delay_after(Offline()) == 2.0


def test_so_many_pauses_and_no_more() -> None:
    tries = Tries(patience=60.0)
    delays = [tries.delay_after(RateLimited(retry_after=1.0)) for _ in range(MAX_PAUSES + 1)]
    assert delays == [0.0] * MAX_PAUSES + [None]


def test_a_pause_that_is_too_long_is_not_sat_out() -> None:
    assert Tries(patience=60.0).delay_after(RateLimited(retry_after=60.1)) is None
