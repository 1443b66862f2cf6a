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
    from tests.hub.conftest import MakeClient
    from tests.hubserver import HubServer

PERIOD: Final = Period.day(date(2026, 8, 20))
IDLE: Final = 3
BRIEFLY: Final = 0.01  # seconds
TURNS: Final = 40  # of the loop: more than a request takes


@pytest.mark.parametrize("turns", range(TURNS))
async def test_cancelling_at_any_turn_closes_what_is_open(
    hub: HubServer, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, turns: int
) -> None:
    """Connections that stood idle for long are put away when the next request begins."""
    monkeypatch.setattr(transport, "IDLE_TIMEOUT", BRIEFLY)
    client = make_client(endpoint=hub.url)
    await asyncio.gather(*(client.papers(PERIOD) for _ in range(IDLE)))
    await asyncio.sleep(2 * BRIEFLY)  # now they stood idle for too long
    request = asyncio.create_task(client.papers(PERIOD))
    for _ in range(turns):
        await asyncio.sleep(0)
    request.cancel()
    await asyncio.gather(request, return_exceptions=True)
    await client.aclose()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        gc.collect()
    assert [str(warning.message) for warning in caught] == []


@pytest.mark.parametrize("turns", range(0, TURNS, 3))
async def test_what_begins_while_the_client_closes_is_refused(
    hub: HubServer, make_client: MakeClient, turns: int
) -> None:
    client = make_client(endpoint=hub.url)
    await client.papers(PERIOD)
    hub.fault(Fault.HANG, times=100)
    hanging = asyncio.create_task(client.papers(PERIOD))
    for _ in range(turns):
        await asyncio.sleep(0)
    closing = asyncio.create_task(client.aclose())
    await asyncio.sleep(0)
    late = await asyncio.gather(client.papers(PERIOD), hanging, return_exceptions=True)
    await closing
    assert all(isinstance(outcome, Offline | asyncio.CancelledError) for outcome in late), late
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        gc.collect()
    assert [str(warning.message) for warning in caught] == []
