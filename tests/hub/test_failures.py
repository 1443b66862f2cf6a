"""Every way in which a Hub can fail, and the one error that comes of it."""

from __future__ import annotations

import asyncio
import logging
import tracemalloc
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.hubserver import Fault, HubServer
from tui.hub import connection
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
    Unwell,
)
from tui.periods import Period

if TYPE_CHECKING:
    from tests.hub.conftest import MakeClient
    from tui.hub.client import Hub

DAY: Final = date(2026, 8, 20)
PATH: Final = "/api/daily_papers?date=2026-08-20&limit=100"
SHORT: Final = 0.3  # seconds

FAULTS: Final[dict[Fault, tuple[type[HubError], int | None]]] = {
    Fault.REFUSE: (Offline, None),
    Fault.RESET: (Offline, None),
    Fault.DROP: (Offline, None),
    Fault.LENGTH_TOO_LONG: (Offline, None),
    Fault.NOT_HTTP: (BadAnswer, None),
    Fault.STATUS_400: (BadRequest, 400),
    Fault.STATUS_401: (Denied, 401),
    Fault.STATUS_403: (Denied, 403),
    Fault.STATUS_404: (NotFound, 404),
    Fault.STATUS_408: (Refused, 408),
    Fault.STATUS_429: (RateLimited, 429),
    Fault.CLOUDFRONT_429: (RateLimited, 429),
    Fault.STATUS_500: (Unwell, 500),
    Fault.STATUS_502: (Unwell, 502),
    Fault.STATUS_503: (Unwell, 503),
    Fault.HTML: (BadAnswer, 200),
    Fault.OBJECT: (BadAnswer, 200),
    Fault.CUT_JSON: (BadAnswer, 200),
    Fault.DEEP: (BadAnswer, 200),
    Fault.BAD_UTF8: (BadAnswer, 200),
    Fault.EMPTY_BODY: (BadAnswer, 200),
    Fault.LENGTH_TOO_SHORT: (BadAnswer, 200),
    Fault.HUGE: (BadAnswer, 200),
    Fault.HUGE_CHUNKED: (BadAnswer, 200),
    Fault.GZIP_BOMB: (BadAnswer, 200),
    Fault.REDIRECT_AWAY: (BadAnswer, 307),
    Fault.REDIRECT_LOOP: (BadAnswer, 307),
    Fault.LINK_AWAY: (BadAnswer, 200),
}


async def failure_of(client: Hub) -> HubError:
    with pytest.raises(HubError) as caught:
        await client.papers(Period.day(DAY))
    return caught.value


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_each_fault_has_its_error(fault: Fault, client: Hub, hub: HubServer) -> None:
    hub.fault(fault)
    error = await failure_of(client)
    kind, status = FAULTS[fault]
    assert type(error) is kind
    assert error.path == PATH
    assert error.status == status
    assert error.detail.isprintable()


@pytest.mark.parametrize("fault", [Fault.RESET, Fault.GZIP_BOMB, Fault.DEEP, Fault.NOT_HTTP])
async def test_the_next_request_is_none_the_worse(
    fault: Fault, client: Hub, hub: HubServer
) -> None:
    hub.fault(fault)
    await failure_of(client)
    hub.heal()
    assert await client.papers(Period.day(DAY)) is not None


@pytest.mark.parametrize("fault", [Fault.HANG, Fault.TRICKLE], ids=lambda fault: fault.name)
async def test_an_answer_that_does_not_end_in_time(
    fault: Fault, make_client: MakeClient, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "STEP_TIMEOUT" if fault is Fault.HANG else "DEADLINE", SHORT)
    hub.fault(fault)
    error = await failure_of(make_client(endpoint=hub.url))
    assert type(error) is TooSlow
    assert error.path == PATH


async def test_a_web_page_is_called_one(client: Hub, hub: HubServer) -> None:
    hub.fault(Fault.HTML)
    assert "web page" in (await failure_of(client)).detail


@pytest.mark.parametrize(
    ("fault", "most"),
    [
        (Fault.HUGE, connection.MAX_ANSWER),
        (Fault.HUGE_CHUNKED, 5 * connection.MAX_ANSWER),
        (Fault.GZIP_BOMB, 5 * connection.MAX_ANSWER),
    ],
)
async def test_a_huge_answer_costs_little_memory(
    fault: Fault, most: int, client: Hub, hub: HubServer
) -> None:
    hub.fault(fault)
    tracemalloc.start()
    try:
        await failure_of(client)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < most


async def test_why_there_is_no_connection(
    make_client: MakeClient, client: Hub, hub: HubServer
) -> None:
    hub.fault(Fault.REFUSE)
    refused = await failure_of(client)
    unknown = await failure_of(make_client(endpoint="http://hub.invalid"))
    assert isinstance(refused, Offline)
    assert refused.reason is Reason.REFUSED
    assert isinstance(unknown, Offline)
    assert unknown.reason is Reason.UNKNOWN_NAME


async def test_a_redirect_within_the_hub_is_followed(client: Hub, hub: HubServer) -> None:
    hub.fault(Fault.REDIRECT_WITHIN, times=1)
    assert await client.papers(Period.day(DAY)) is not None
    assert len(hub.requests) == 2


async def test_a_redirect_away_is_not_followed(client: Hub, hub: HubServer) -> None:
    hub.fault(Fault.REDIRECT_AWAY)
    await failure_of(client)
    assert len(hub.requests) == 1


async def test_redirects_end_after_three(client: Hub, hub: HubServer) -> None:
    hub.fault(Fault.REDIRECT_LOOP)
    await failure_of(client)
    assert len(hub.requests) == 1 + connection.MAX_REDIRECTS


@pytest.mark.parametrize("location", ["", "http://[::1", "//\x00", "file:///etc/passwd", "http:"])
async def test_a_redirect_to_nonsense(location: str, make_client: MakeClient) -> None:
    client = make_client(answer=lambda path, query: (302, {"Location": location}, b""))
    assert type(await failure_of(client)) is BadAnswer


async def test_an_unasked_304(make_client: MakeClient) -> None:
    client = make_client(answer=lambda path, query: (304, {}, b""))
    assert type(await failure_of(client)) is BadAnswer


async def test_an_unasked_encoding(make_client: MakeClient) -> None:
    answer: Any = (200, {"Content-Encoding": "br"}, b"[]")
    assert type(await failure_of(make_client(answer=lambda path, query: answer))) is BadAnswer


async def test_offline_mode_asks_nobody(make_client: MakeClient, hub: HubServer) -> None:
    error = await failure_of(make_client(endpoint=hub.url, offline=True))
    assert isinstance(error, Offline)
    assert (error.reason, error.path) == (Reason.TOLD_NOT_TO_ASK, PATH)
    assert not hub.requests


async def test_after_closing_there_is_no_connection(client: Hub) -> None:
    await client.aclose()
    assert type(await failure_of(client)) is Offline


async def test_closing_ends_what_is_under_way(client: Hub, hub: HubServer) -> None:
    hub.fault(Fault.HANG)
    waiting = asyncio.create_task(failure_of(client))
    await asyncio.to_thread(hub.wait_until, lambda: len(hub.requests) == 1)
    await client.aclose()
    assert type(await waiting) is Offline


@pytest.mark.parametrize("endpoint", ["http://ex ample", "http://xn--", "http://a" + ".b" * 200])
async def test_an_endpoint_that_httpx_cannot_ask(endpoint: str, make_client: MakeClient) -> None:
    assert isinstance(await failure_of(make_client(endpoint=endpoint)), BadAnswer | Offline)


async def test_the_log_has_one_line_a_request_and_no_secrets(
    make_client: MakeClient, hub: HubServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "tui.hub.connection")
    client = make_client(endpoint=hub.url, token="hf_secret")
    await client.papers(Period.day(DAY))
    hub.fault(Fault.RESET)
    await failure_of(client)
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("tui.")]
    title = hub.days[DAY][0]["title"]
    assert len(lines) == len(hub.requests)
    assert all(PATH in line for line in lines)
    assert not any("hf_secret" in line or title in line for line in lines)
