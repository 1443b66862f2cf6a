"""A cancelled request leaves no connection open, whatever it was doing."""

from __future__ import annotations

import asyncio
import gc
import warnings
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from tests.hubserver import Fault
from tui.hub import transport
from tui.hub.errors import Offline
from tui.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hub.conftest import MakeClient
    from tests.hubserver import HubServer

PERIOD: Final = Period.day(date(2026, 8, 20))
IDLE: Final = 3
BRIEFLY: Final = 0.01  # seconds
TURNS: Final = 40  # of the loop: more than a request takes


@pytest.fixture
def _only_what_is_new() -> Iterator[None]:
    """The collection of garbage passes over what was there before: that takes most of its time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def left_open() -> list[str]:
    """What is complained of when what is no longer used is taken away."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        gc.collect()
    return [str(warning.message) for warning in caught]


@pytest.mark.usefixtures("_only_what_is_new")
async def test_cancelling_at_any_turn_closes_what_is_open(
    hub: HubServer, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Connections that stood idle for long are put away when the next request begins."""
    monkeypatch.setattr(transport, "IDLE_TIMEOUT", BRIEFLY)
    for turns in range(TURNS):
        client = make_client(endpoint=hub.url)
        await asyncio.gather(*(client.papers(PERIOD) for _ in range(IDLE)))
        await asyncio.sleep(2 * BRIEFLY)  # now they stood idle for too long
        request = asyncio.create_task(client.papers(PERIOD))
        for _ in range(turns):
            await asyncio.sleep(0)
        request.cancel()
        await asyncio.gather(request, return_exceptions=True)
        await client.aclose()
        assert (turns, left_open()) == (turns, [])


@pytest.mark.usefixtures("_only_what_is_new")
async def test_what_begins_while_the_client_closes_is_refused(
    hub: HubServer, make_client: MakeClient
) -> None:
    for turns in range(0, TURNS, 3):
        client = make_client(endpoint=hub.url)
        await client.papers(PERIOD)
        hub.fault(Fault.HANG)
        hanging = asyncio.create_task(client.papers(PERIOD))
        for _ in range(turns):
            await asyncio.sleep(0)
        closing = asyncio.create_task(client.aclose())
        await asyncio.sleep(0)
        late = await asyncio.gather(client.papers(PERIOD), hanging, return_exceptions=True)
        await closing
        expected = Offline | asyncio.CancelledError
        assert all(isinstance(outcome, expected) for outcome in late), (turns, late)
        assert (turns, left_open()) == (turns, [])
        await asyncio.to_thread(hub.heal)
