"""A Hub that asks for a pause gets it, and background requests leave it some quota."""

from __future__ import annotations

import asyncio
import threading
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from tests.hubserver import Fault, HubServer
from tests.hubserver.ask import ask
from tui.hub import refusal
from tui.hub.errors import RateLimited
from tui.hub.refusal import DEFAULT_WAIT
from tui.hub.retry import MAX_PAUSES
from tui.periods import TRENDING, Period

if TYPE_CHECKING:
    from tests.hub.conftest import MakeClient
    from tui.hub.client import Hub

DAY: Final = Period.day(date(2026, 8, 20))
PATH: Final = "/api/daily_papers?date=2026-08-20&limit=100"
PATIENCE: Final = 300.0  # seconds
SHORT: Final = 0.05
"""Seconds of each pause, whatever the Hub says."""
ID: Final = "2608.20003"
GIVE_UP: Final = 10.0  # seconds that one thread waits for another


@pytest.fixture
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusal, "LONGEST_WAIT", SHORT)
    monkeypatch.setattr(refusal, "DEFAULT_WAIT", SHORT)


@pytest.fixture
def patient(make_client: MakeClient, hub: HubServer, _short_pauses: None) -> Hub:
    """A client that sits out pauses, which are all short."""
    return make_client(endpoint=hub.url, patience=PATIENCE)


@pytest.mark.parametrize("fault", [Fault.STATUS_429, Fault.CLOUDFRONT_429])
async def test_after_the_pause_the_request_is_answered(
    fault: Fault, patient: Hub, hub: HubServer
) -> None:
    hub.fault(fault, times=MAX_PAUSES)
    assert await patient.papers(DAY) is not None
    assert len(hub.requests) == MAX_PAUSES + 1


async def test_a_hub_that_goes_on_asking_for_pauses(patient: Hub, hub: HubServer) -> None:
    hub.fault(Fault.STATUS_429)
    with pytest.raises(RateLimited, match="Too many requests"):
        await patient.papers(DAY)
    assert len(hub.requests) == MAX_PAUSES + 1


@pytest.mark.usefixtures("_short_pauses")
async def test_nobody_asks_in_a_pause_and_the_refused_request_is_first_after_it(
    make_client: MakeClient,
) -> None:
    asked: list[tuple[str, float]] = []

    def answer(path: str, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        asked.append((next(iter(query)), client.pause_left))
        return (429, {}, b"") if len(asked) == 1 else (200, {}, b"[]")

    client = make_client(answer=answer, patience=PATIENCE)
    ahead = client.papers(TRENDING, urgent=False)
    await asyncio.gather(client.papers(DAY), ahead)
    assert asked == [("date", 0.0), ("date", 0.0), ("sort", 0.0)]


async def test_without_patience_a_pause_is_told_at_once_and_to_everybody(
    client: Hub, hub: HubServer
) -> None:
    hub.fault(Fault.STATUS_429)
    assert client.pause_left == 0.0
    with pytest.raises(RateLimited) as first:
        await client.papers(DAY)
    assert first.value.retry_after == hub.pause
    assert 0.0 < client.pause_left <= hub.pause
    with pytest.raises(RateLimited) as second:
        await client.papers(DAY)
    assert 0.0 < second.value.retry_after <= hub.pause
    assert (second.value.path, second.value.status) == (PATH, 429)
    assert len(hub.requests) == 1


async def test_a_pause_of_unsaid_length(client: Hub, hub: HubServer) -> None:
    hub.fault(Fault.CLOUDFRONT_429)
    with pytest.raises(RateLimited) as caught:
        await client.papers(DAY)
    assert caught.value.retry_after == DEFAULT_WAIT
    assert 0.0 < client.pause_left <= DEFAULT_WAIT


async def test_an_allowance_that_is_used_up(make_client: MakeClient) -> None:
    with HubServer({}, today=DAY.first, quota={"api": 1}, clock=lambda: 60.0) as hub:
        client = make_client(endpoint=hub.url)
        await client.papers(DAY)
        with pytest.raises(RateLimited) as caught:
            await client.papers(DAY)
    assert caught.value.retry_after == 300.0


async def test_a_redirect_is_not_followed_in_a_pause(make_client: MakeClient) -> None:
    asked: list[str] = []
    both, refused = threading.Barrier(2), threading.Event()

    def answer(path: str, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        asked.append(path)
        if path == "/moved":
            return 200, {}, b"{}"
        both.wait(timeout=GIVE_UP)
        if path == "/api/daily_papers":
            return 429, {}, b""
        refused.wait(timeout=GIVE_UP)
        return 302, {"Location": "/moved"}, b""

    client = make_client(answer=answer)
    redirected = asyncio.create_task(client.paper(ID))
    with pytest.raises(RateLimited):
        await client.papers(DAY)
    refused.set()
    with pytest.raises(RateLimited):
        await redirected
    assert sorted(asked) == ["/api/daily_papers", f"/api/papers/{ID}"]


async def test_cancelling_in_a_pause_leaves_nothing_behind(
    make_client: MakeClient, hub: HubServer
) -> None:
    hub.fault(Fault.STATUS_429)
    client = make_client(endpoint=hub.url, patience=PATIENCE)
    before = asyncio.all_tasks()
    waiting = asyncio.create_task(client.papers(DAY))
    await asyncio.to_thread(hub.wait_until, lambda: len(hub.requests) == 1)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    while asyncio.all_tasks() != before:  # noqa: ASYNC110 - it is being put away
        await asyncio.sleep(0)


async def test_urgent_requests_go_first(client: Hub, hub: HubServer) -> None:
    hub.fault(Fault.HANG, times=1)
    urgent = asyncio.create_task(client.papers(DAY))
    await asyncio.to_thread(hub.wait_until, lambda: len(hub.requests) == 1)
    ahead = asyncio.create_task(client.newest(urgent=False))
    await client.paper(ID)
    assert [request.path for request in hub.requests[1:]] == [f"/api/papers/{ID}"]
    hub.release()
    await asyncio.gather(urgent, ahead)
    assert len(hub.requests) == 3


async def test_background_requests_leave_some_quota(make_client: MakeClient) -> None:
    with HubServer({}, today=DAY.first, quota={"api": 10}) as hub:
        client = make_client(endpoint=hub.url)
        for _ in range(8):
            await client.papers(DAY, urgent=False)
        ahead = [
            asyncio.create_task(client.papers(DAY, urgent=False)),
            asyncio.create_task(client.newest(urgent=False)),
            asyncio.create_task(client.paper(ID, urgent=False)),
        ]
        await client.papers(DAY)
        for _ in range(3):  # time enough for the others, were they let in
            await asyncio.to_thread(ask, hub, "/papers")
        assert len(hub.requests_to("/api/daily_papers")) == 9
        assert not any(task.done() for task in ahead)
        for task in ahead:
            task.cancel()
        await asyncio.gather(*ahead, return_exceptions=True)
