"""The token goes to the Hub alone, where nobody listens in, and never stands in the way."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from tests.hubserver import Fault, HubServer
from tui.hub.errors import BadAnswer, Denied
from tui.periods import Period

if TYPE_CHECKING:
    from tests.hub.conftest import MakeClient

DAY: Final = date(2026, 8, 20)


def tokens(hub: HubServer) -> list[str | None]:
    return [request.headers.get("authorization") for request in hub.requests]


async def test_a_good_token_is_sent(make_client: MakeClient) -> None:
    with HubServer({}, today=DAY, token="hf_good") as hub:
        client = make_client(endpoint=hub.url, token="hf_good")
        await client.papers(Period.day(DAY))
        assert tokens(hub) == ["Bearer hf_good"]
        assert client.token_refused is False


async def test_a_refused_token_is_dropped_at_once_and_for_good(make_client: MakeClient) -> None:
    with HubServer({}, today=DAY, token="hf_good") as hub:
        client = make_client(endpoint=hub.url, token="hf_bad")
        assert await client.papers(Period.day(DAY)) is not None
        assert await client.papers(Period.day(DAY)) is not None
        assert tokens(hub) == ["Bearer hf_bad", None, None]
        assert client.token_refused is True


async def test_401_without_a_token_is_asked_once(make_client: MakeClient, hub: HubServer) -> None:
    hub.fault(Fault.STATUS_401)
    client = make_client(endpoint=hub.url)
    with pytest.raises(Denied):
        await client.papers(Period.day(DAY))
    assert len(hub.requests) == 1
    assert client.token_refused is False


async def test_403_keeps_the_token(make_client: MakeClient, hub: HubServer) -> None:
    hub.fault(Fault.STATUS_403, times=1)
    client = make_client(endpoint=hub.url, token="hf_good")
    with pytest.raises(Denied):
        await client.papers(Period.day(DAY))
    assert client.token_refused is False


@pytest.mark.parametrize("fault", [Fault.REDIRECT_AWAY, Fault.LINK_AWAY])
async def test_no_token_for_another_origin(fault: Fault, make_client: MakeClient) -> None:
    with HubServer({}, today=DAY, token="hf_good") as hub:
        hub.fault(fault)
        with pytest.raises(BadAnswer):
            await make_client(endpoint=hub.url, token="hf_good").papers(Period.day(DAY))
        assert tokens(hub) == ["Bearer hf_good"]


async def test_no_token_in_the_clear(
    make_client: MakeClient, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", hub.url)
    await make_client(endpoint="http://hub.invalid", token="hf_good").papers(Period.day(DAY))
    assert tokens(hub) == [None]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
async def test_a_token_for_this_machine(host: str, make_client: MakeClient, hub: HubServer) -> None:
    endpoint = hub.url.replace("127.0.0.1", host)
    await make_client(endpoint=endpoint, token="hf_good").papers(Period.day(DAY))
    assert tokens(hub)[0] == "Bearer hf_good"
