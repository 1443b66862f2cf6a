"""A client that talks to the loopback Hub, and one that talks to a function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tui.hub.client import Hub
from tui.hub.settings import HubSettings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.hubserver import HubServer

    MakeClient = Callable[..., Hub]


@pytest.fixture
async def make_client() -> AsyncIterator[MakeClient]:
    """Makes clients from the fields of HubSettings and, for the network's place, an ``answer``.

    They sit out no pause unless ``patience`` says for how many seconds.
    """
    clients: list[Hub] = []

    def make(*, answer: Any = None, patience: float = 0.0, **settings: Any) -> Hub:
        clients.append(Hub(HubSettings(**settings), answer=answer, patience=patience))
        return clients[-1]

    yield make
    for client in clients:
        await client.aclose()


@pytest.fixture
async def client(make_client: MakeClient, hub: HubServer) -> Hub:
    """A client of the loopback Hub, without a token and without patience for pauses."""
    return make_client(endpoint=hub.url)
