"""Days and papers, asked of a Hub on loopback (API.md §1, §3)."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

import pytest

from tests.hubserver import Fault, HubServer
from tests.hubserver.ask import ask as ask_plainly
from tests.recordings import recorded_days
from tui import __version__
from tui.days import ONE_DAY
from tui.hub.client import Answer
from tui.hub.errors import BadAnswer, BadRequest, NotFound
from tui.hub.wire import parse_items, parse_paper
from tui.periods import TRENDING, Period, Span

if TYPE_CHECKING:
    from tests.hub.conftest import MakeClient
    from tui.hub.client import Hub

THURSDAY: Final = date(2026, 8, 20)
SATURDAY: Final = date(2026, 8, 15)
LAST_WEEK_OF_2026: Final = date(2026, 12, 31)
"""In ISO week 53."""
NOON: Final = datetime(2026, 8, 21, 12, 1, 30, tzinfo=UTC)


def ids(body: bytes) -> list[str]:
    return sorted(item["paper"]["id"] for item in json.loads(body))


async def day_of(client: Hub, day: date) -> Answer:
    answer = await client.papers(Period.day(day))
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
    assert await client.papers(Period.day(THURSDAY), answer.validator) is None
    assert await client.papers(Period.day(THURSDAY), 'W/"older"') == answer


@pytest.mark.parametrize("validator", ["bare", '"a\nX-Evil: 1"', '"é"', '"' + "x" * 9_999 + '"'])
async def test_a_validator_that_cannot_stand_in_a_header_is_not_sent(
    validator: str, client: Hub, hub: HubServer
) -> None:
    assert await client.papers(Period.day(THURSDAY), validator) is not None
    assert "if-none-match" not in hub.requests[-1].headers


@pytest.mark.parametrize(
    ("span", "query"),
    [(Span.WEEK, {"week": "2026-W34"}), (Span.MONTH, {"month": "2026-08"})],
    ids=["week", "month"],
)
async def test_longer_periods_hold_their_days(
    span: Span, query: dict[str, str], client: Hub, hub: HubServer
) -> None:
    period = Period.of(span, THURSDAY)
    answer = await client.papers(period)
    assert answer is not None
    listed = [item for day in hub.days if period.holds(day) for item in hub.days[day]]
    assert ids(answer.body) == sorted(item["paper"]["id"] for item in listed)
    assert hub.requests[0].query == {**query, "limit": "100"}


async def test_what_is_trending_is_one_page_in_the_hubs_order(client: Hub, hub: HubServer) -> None:
    answer = await client.papers(TRENDING)
    assert answer is not None
    (request,) = hub.requests
    assert request.query == {"sort": "trending", "limit": "100"}
    whole = await asyncio.to_thread(ask_plainly, hub, request.target, Accept_Encoding="identity")
    assert "Link" in whole.headers
    assert answer == Answer((whole.body,), whole.headers["ETag"])
    assert await client.papers(TRENDING, answer.validator) is None


async def test_week_53_is_never_asked_for(client: Hub, hub: HubServer) -> None:
    with pytest.raises(ValueError, match="Week 53"):
        await client.papers(Period.of(Span.WEEK, LAST_WEEK_OF_2026))
    assert not hub.requests


async def test_a_hub_that_confirms_nothing(make_client: MakeClient, hub: HubServer) -> None:
    with HubServer(hub.days, today=hub.today, validates=False) as forgetful:
        client = make_client(endpoint=forgetful.url)
        answer = await day_of(client, THURSDAY)
        assert await client.papers(Period.day(THURSDAY), answer.validator) == answer


async def test_a_hub_without_validators(client: Hub, hub: HubServer) -> None:
    hub.fault(Fault.NO_HEADERS)
    answer = await day_of(client, THURSDAY)
    assert answer.validator is None
    assert await client.papers(Period.day(THURSDAY), answer.validator) == answer
    assert not any("if-none-match" in request.headers for request in hub.requests)


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
        await client.papers(Period.day(date(2026, 8, 22)))


async def test_the_hubs_clock_at_its_last_answer(client: Hub, hub: HubServer) -> None:
    assert client.server_date is None
    hub.date = NOON
    await client.papers(Period.day(THURSDAY))
    assert client.server_date == NOON
    hub.date = NOON + ONE_DAY
    with pytest.raises(NotFound):
        await client.paper("2608.99999")
    assert client.server_date == NOON + ONE_DAY
    hub.date = None
    await client.papers(Period.day(THURSDAY))
    assert client.server_date is None


async def test_a_clock_that_nobody_can_read(make_client: MakeClient) -> None:
    client = make_client(answer=lambda path, query: (200, {"Date": "today"}, b"[]"))
    await client.newest()
    assert client.server_date is None


async def test_the_sample_answers_through_the_same_client(make_client: MakeClient) -> None:
    asked = []

    def answer(path: str, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        asked.append((path, query))
        return 200, {"Content-Type": "application/json", "ETag": 'W/"s"'}, b"[]"

    client = make_client(answer=answer)
    assert await client.papers(Period.day(THURSDAY)) == Answer((b"[]",), 'W/"s"')
    assert asked == [("/api/daily_papers", {"date": "2026-08-20", "limit": "100"})]


async def test_a_list_where_a_paper_was_promised(make_client: MakeClient) -> None:
    client = make_client(answer=lambda path, query: (200, {}, b"[]"))
    with pytest.raises(BadAnswer) as caught:
        await client.paper("2608.19880")
    assert (caught.value.path, caught.value.status) == ("/api/papers/2608.19880", 200)


@pytest.mark.skipif(not recorded_days(), reason="no recordings here")
@pytest.mark.parametrize("step", [15, pytest.param(1, marks=pytest.mark.torture)])
async def test_recorded_days(step: int, make_client: MakeClient, recorded_hub: HubServer) -> None:
    client = make_client(endpoint=recorded_hub.url)
    for day in recorded_days()[::step]:
        answer = await day_of(client, day)
        papers, unreadable = await asyncio.to_thread(parse_items, answer.body)
        assert unreadable == 0
        assert sorted(paper.id for paper in papers) == sorted(set(ids(answer.body)))
        assert all(paper.title and paper.abstract for paper in papers)
