"""Days and papers, asked of a Hub on loopback (API.md §1, §3)."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.generate import make_day
from tests.hubserver import Fault, HubServer
from tests.recordings import recorded_days
from tui import __version__
from tui.hub import client as client_module
from tui.hub.client import Answer
from tui.hub.errors import BadAnswer, BadRequest, NotFound, RateLimited
from tui.hub.ratelimit import RateLimit
from tui.hub.wire import parse_items, parse_paper

if TYPE_CHECKING:
    from tests.hub.conftest import MakeClient
    from tests.hubserver import Request
    from tui.hub.client import Hub

THURSDAY: Final = date(2026, 8, 20)
SATURDAY: Final = date(2026, 8, 15)
CROWD: Final = 250
"""Papers of a day that takes three pages."""


def ids(body: bytes) -> list[str]:
    return sorted(item["paper"]["id"] for item in json.loads(body))


def ids_of(items: list[dict[str, Any]]) -> list[str]:
    return sorted(item["paper"]["id"] for item in items)


async def day_of(client: Hub, day: date) -> Answer:
    answer = await client.day(day)
    assert answer is not None
    return answer


async def test_a_day_comes_as_the_hub_wrote_it(client: Hub, hub: HubServer) -> None:
    answer = await day_of(client, THURSDAY)
    assert sorted(json.loads(answer.body), key=str) == sorted(hub.days[THURSDAY], key=str)
    (request,) = hub.requests
    assert request.path == "/api/daily_papers"
    assert request.query == {"date": "2026-08-20", "limit": "100"}
    assert request.headers["user-agent"] == f"daily-papers/{__version__}"
    assert "authorization" not in request.headers


async def test_a_day_without_papers_is_a_real_answer(client: Hub) -> None:
    answer = await day_of(client, SATURDAY)
    assert parse_items(answer.body) == ((), 0)


async def test_a_day_that_has_not_changed_is_not_sent_again(client: Hub) -> None:
    answer = await day_of(client, THURSDAY)
    assert answer.validator is not None
    assert await client.day(THURSDAY, answer.validator) is None
    assert await client.day(THURSDAY, 'W/"older"') == answer


@pytest.mark.parametrize("validator", ["bare", '"a\nX-Evil: 1"', '"é"', '"' + "x" * 9_999 + '"'])
async def test_a_validator_that_cannot_stand_in_a_header_is_not_sent(
    validator: str, client: Hub, hub: HubServer
) -> None:
    assert await client.day(THURSDAY, validator) is not None
    assert "if-none-match" not in hub.requests[-1].headers


@pytest.mark.parametrize("relative", [True, False])
async def test_a_crowded_day_is_read_to_its_last_page(
    relative: bool, make_client: MakeClient
) -> None:
    day = make_day(THURSDAY, CROWD)
    with HubServer({THURSDAY: day}, today=THURSDAY, relative_links=relative) as hub:
        answer = await day_of(make_client(endpoint=hub.url), THURSDAY)
        assert ids(answer.body) == ids_of(day)
        assert answer.validator is None
        assert [request.query.get("p", "0") for request in hub.requests] == ["0", "1", "2"]


async def test_a_page_that_fails_fails_the_day(make_client: MakeClient) -> None:
    with HubServer({THURSDAY: make_day(THURSDAY, CROWD)}, today=THURSDAY) as hub:
        hub.fault(Fault.CUT_JSON, when=lambda request: request.query.get("p") == "1")
        with pytest.raises(BadAnswer) as caught:
            await make_client(endpoint=hub.url).day(THURSDAY)
    assert "p=1" in caught.value.path


async def test_pages_in_a_circle_end(client: Hub, hub: HubServer) -> None:
    hub.fault(Fault.LINK_LOOP)
    answer = await day_of(client, THURSDAY)
    assert ids(answer.body) == ids_of(hub.days[THURSDAY])
    assert len(hub.requests) <= 2


async def test_pages_without_end_are_a_bad_answer(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "MAX_PAGES", 2)
    with HubServer({THURSDAY: make_day(THURSDAY, CROWD)}, today=THURSDAY) as hub:
        with pytest.raises(BadAnswer, match="more than 2 pages"):
            await make_client(endpoint=hub.url).day(THURSDAY)
        assert len(hub.requests) == 2


async def test_pages_that_are_too_large_together_are_a_bad_answer(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "MAX_ANSWER", 300_000)
    with (
        HubServer({THURSDAY: make_day(THURSDAY, CROWD)}, today=THURSDAY) as hub,
        pytest.raises(BadAnswer, match="larger than"),
    ):
        await make_client(endpoint=hub.url).day(THURSDAY)


async def test_the_newest_papers_are_one_page_across_days(client: Hub, hub: HubServer) -> None:
    papers, _ = parse_items((await client.newest()).body)
    assert len(papers) == 100
    assert len({paper.day for paper in papers}) > 1
    assert [request.query for request in hub.requests] == [{"limit": "100"}]


async def test_a_paper_in_detail(client: Hub, hub: HubServer) -> None:
    expected = hub.days[THURSDAY][0]["paper"]
    paper = parse_paper((await client.paper(expected["id"])).body)
    assert paper.id == expected["id"]


async def test_a_paper_that_the_hub_does_not_have(client: Hub) -> None:
    with pytest.raises(NotFound, match="Paper not found") as caught:
        await client.paper("2608.99999")
    assert (caught.value.path, caught.value.status) == ("/api/papers/2608.99999", 404)


@pytest.mark.parametrize("text", ["", "../models", "2608.19880?x=1", "2608.19880\r\n", "x y"])
async def test_what_is_no_id_is_never_asked_for(text: str, client: Hub, hub: HubServer) -> None:
    with pytest.raises(NotFound):
        await client.paper(text)
    assert not hub.requests


async def test_a_future_day_is_refused_in_the_hubs_words(client: Hub, hub: HubServer) -> None:
    with pytest.raises(BadRequest, match="must be less than or equal to"):
        await client.day(date(2026, 8, 22))


async def test_what_is_left_of_the_allowance(client: Hub, hub: HubServer) -> None:
    assert client.rate_limit is None
    await client.day(THURSDAY)
    await client.day(SATURDAY)
    assert isinstance(client.rate_limit, RateLimit)
    assert (client.rate_limit.remaining, client.rate_limit.quota) == (498, 500)


async def test_an_allowance_that_is_used_up(make_client: MakeClient) -> None:
    with HubServer({}, today=THURSDAY, quota={"api": 1}, clock=lambda: 60.0) as hub:
        client = make_client(endpoint=hub.url)
        await client.day(THURSDAY)
        with pytest.raises(RateLimited) as caught:
            await client.day(THURSDAY)
    assert client.rate_limit is not None
    assert client.rate_limit.remaining == 0
    assert caught.value.retry_after == client.rate_limit.reset_seconds > 0


async def test_four_requests_at_once_and_no_more(client: Hub, hub: HubServer) -> None:
    def unanswered() -> list[Request]:
        return [request for request in hub.requests if request.status is None]

    hub.fault(Fault.HANG, times=4)
    waiting = [asyncio.create_task(client.day(THURSDAY)) for _ in range(6)]
    await asyncio.to_thread(hub.wait_until, lambda: len(unanswered()) == 4)
    assert len(hub.requests) == 4
    hub.release()
    assert len(await asyncio.gather(*waiting)) == 6


async def test_the_sample_answers_through_the_same_client(make_client: MakeClient) -> None:
    asked = []

    def answer(path: str, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        asked.append((path, query))
        return 200, {"Content-Type": "application/json", "ETag": 'W/"s"'}, b"[]"

    client = make_client(answer=answer)
    assert await client.day(THURSDAY) == Answer(b"[]", 'W/"s"')
    assert asked == [("/api/daily_papers", {"date": "2026-08-20", "limit": "100"})]


async def test_a_list_where_a_paper_was_promised(make_client: MakeClient) -> None:
    client = make_client(answer=lambda path, query: (200, {}, b"[]"))
    with pytest.raises(BadAnswer) as caught:
        await client.paper("2608.19880")
    assert (caught.value.path, caught.value.status) == ("/api/papers/2608.19880", 200)


@pytest.mark.skipif(not recorded_days(), reason="no recordings here")
async def test_every_recorded_day(make_client: MakeClient, recorded_hub: HubServer) -> None:
    client = make_client(endpoint=recorded_hub.url)
    for day in recorded_days():
        answer = await day_of(client, day)
        papers, unreadable = await asyncio.to_thread(parse_items, answer.body)
        assert unreadable == 0
        assert sorted(paper.id for paper in papers) == sorted(set(ids(answer.body)))
        assert all(paper.title and paper.abstract for paper in papers)
