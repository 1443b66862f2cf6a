"""Lists of many pages: whole, or an error, and never a part that looks like the whole."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.generate import Item, make_day
from tests.hubserver import Fault, HubServer
from tui.hub import connection, pages, retry
from tui.hub.errors import BadAnswer, HubError
from tui.hub.wire import parse_items
from tui.periods import Period, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hub.conftest import MakeClient
    from tests.hubserver import Request
    from tui.hub.client import Hub

DAY: Final = date(2026, 8, 20)
THURSDAY: Final = Period.day(DAY)
AUGUST: Final = Period.of(Span.MONTH, DAY)
CROWD: Final = 250
"""Papers of a day that takes three pages."""
FULL_MONTH: Final = 1_500
"""More papers than any month has had."""
TYPICAL: Final = 5_000
"""Characters that bring a paper to the size of a real one."""
SHORT: Final = 0.3  # seconds
HARMLESS: Final = (
    Fault.WRONG_TYPES,
    Fault.ONE_WRONG_FIELD,
    Fault.ONE_MALFORMED,
    Fault.REDIRECT_WITHIN,
    Fault.LINK_LOOP,
    Fault.NO_HEADERS,
)
"""Faults that cost papers or fields at most, which are counted elsewhere."""
BAD: Final = [fault for fault in Fault if fault not in (*HARMLESS, Fault.REFUSE)]


@pytest.fixture(scope="module")
def three_pages() -> list[Item]:
    """The papers of a day that takes three pages, to be read and never written to."""
    return make_day(DAY, CROWD)


@pytest.fixture
def crowd(three_pages: list[Item]) -> Iterator[HubServer]:
    """One day of three pages."""
    with HubServer({DAY: three_pages}, today=DAY) as server:
        yield server


@pytest.fixture(scope="module")
def two_full_pages() -> list[Item]:
    """The papers of a day that takes two pages, to be read and never written to."""
    return make_day(DAY, 120)


@pytest.fixture
def two_pages(two_full_pages: list[Item]) -> Iterator[HubServer]:
    """One day of two pages."""
    with HubServer({DAY: two_full_pages}, today=DAY) as server:
        yield server


@pytest.fixture
def reader(make_client: MakeClient, crowd: HubServer) -> Hub:
    """A client of the crowded Hub."""
    return make_client(endpoint=crowd.url)


def on_page_two(request: Request) -> bool:
    return request.query.get("p") == "1"


def ids(body: bytes) -> list[str]:
    return [item["paper"]["id"] for item in json.loads(body)]


def ids_of(items: list[Item]) -> set[str]:
    return {item["paper"]["id"] for item in items}


async def items_of(client: Hub, period: Period = THURSDAY) -> list[Any]:
    answer = await client.papers(period)
    assert answer is not None
    items: list[Any] = json.loads(answer.body)
    return items


@pytest.mark.parametrize("relative", [True, False])
async def test_a_crowded_day_is_read_to_its_last_page(
    relative: bool, make_client: MakeClient, three_pages: list[Item]
) -> None:
    with HubServer({DAY: three_pages}, today=DAY, relative_links=relative) as hub:
        answer = await make_client(endpoint=hub.url).papers(THURSDAY)
        assert answer is not None
        assert ids_of(json.loads(answer.body)) == ids_of(three_pages)
        assert len(ids(answer.body)) == CROWD
        assert answer.validator is None
        assert [request.query.get("p", "0") for request in hub.requests] == ["0", "1", "2"]


async def test_items_stay_as_the_hub_wrote_them(make_client: MakeClient) -> None:
    bodies = [b'\xef\xbb\xbf [ {"a":1.50} ,\n{"b":"\\ud800"} ] ', b"[ ]", '["é"]'.encode()]

    def answer(path: str, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        page = int(query.get("p", 0))
        link = {"Link": f'</api/daily_papers?p={page + 1}>; rel="next"'} if page < 2 else {}
        return 200, link, bodies[page]

    found = await make_client(answer=answer).papers(AUGUST)
    assert found is not None
    assert found.body == '[{"a":1.50} ,\n{"b":"\\ud800"},"é"]'.encode()


async def test_a_page_without_room_for_more_vouches_for_no_more(make_client: MakeClient) -> None:
    with HubServer({DAY: make_day(DAY, 100)}, today=DAY) as hub:
        answer = await make_client(endpoint=hub.url).papers(THURSDAY)
        assert answer is not None
        assert answer.validator is None


async def test_a_full_month_is_within_bounds(make_client: MakeClient) -> None:
    days = [AUGUST.first + timedelta(days=number) for number in range(15)]
    papers = {
        day: [
            {"paper": {"id": f"{day:%y%m}.{day.day:02}{number:03}", "title": "x" * TYPICAL}}
            for number in range(FULL_MONTH // len(days))
        ]
        for day in days
    }
    with HubServer(papers, today=days[-1]) as hub:
        items = await items_of(make_client(endpoint=hub.url), AUGUST)
        assert len(ids_of(items)) == len(items) == FULL_MONTH
        assert len(hub.requests) == FULL_MONTH // pages.PAGE_SIZE


async def test_a_paper_on_two_pages_is_read_once(make_client: MakeClient) -> None:
    friday, thursday = make_day(date(2026, 8, 21), 60), make_day(DAY, 60)
    twice = friday[0]
    days = {date(2026, 8, 21): friday, DAY: [*thursday, twice]}
    with HubServer(days, today=date(2026, 8, 21)) as hub:
        answer = await make_client(endpoint=hub.url).papers(AUGUST)
    assert answer is not None
    assert ids(answer.body).count(twice["paper"]["id"]) == 2
    found, unreadable = parse_items(answer.body)
    assert (len(found), unreadable) == (120, 0)


@pytest.mark.parametrize("fault", BAD, ids=lambda fault: fault.name)
async def test_each_fault_on_the_second_page_fails_the_list(
    fault: Fault, make_client: MakeClient, two_pages: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault in (Fault.HANG, Fault.TRICKLE):
        name = "STEP_TIMEOUT" if fault is Fault.HANG else "DEADLINE"
        monkeypatch.setattr(connection, name, SHORT)
        monkeypatch.setattr(retry, "LATEST", 0.0)
    two_pages.fault(fault, when=lambda request: "p" in request.query)
    with pytest.raises(HubError) as caught:
        await make_client(endpoint=two_pages.url).papers(THURSDAY)
    assert "date=2026-08-20" in caught.value.path
    assert [request for request in two_pages.requests if "p" in request.query]


@pytest.mark.parametrize("fault", HARMLESS, ids=lambda fault: fault.name)
async def test_a_harmless_fault_on_the_second_page_leaves_the_list_whole(
    fault: Fault, make_client: MakeClient, two_pages: HubServer
) -> None:
    two_pages.fault(fault, when=lambda request: "p" in request.query)
    items = await items_of(make_client(endpoint=two_pages.url))
    assert len(items) == 120 + (fault is Fault.ONE_MALFORMED)


async def test_an_error_names_the_page(reader: Hub, crowd: HubServer) -> None:
    crowd.fault(Fault.CUT_JSON, when=on_page_two)
    with pytest.raises(BadAnswer) as caught:
        await reader.papers(THURSDAY)
    assert "p=1" in caught.value.path
    assert len(crowd.requests) == 2


async def test_each_page_is_tried_again_by_itself(reader: Hub, crowd: HubServer) -> None:
    crowd.fault(Fault.STATUS_503, times=2)
    crowd.fault(Fault.STATUS_503, times=2, when=on_page_two)
    assert len(await items_of(reader)) == CROWD
    asked = [request.query.get("p", "0") for request in crowd.requests]
    assert asked == ["0", "0", "0", "1", "1", "1", "2"]


@pytest.mark.parametrize("fault", [Fault.REDIRECT_AWAY, Fault.LINK_AWAY])
async def test_the_second_page_leads_nowhere_else(
    fault: Fault, make_client: MakeClient, three_pages: list[Item]
) -> None:
    with HubServer({DAY: three_pages}, today=DAY, token="hf_good") as hub:
        hub.fault(fault, when=on_page_two)
        with pytest.raises(BadAnswer, match="outside of itself"):
            await make_client(endpoint=hub.url, token="hf_good").papers(THURSDAY)
        assert len(hub.requests) == 2


async def test_a_short_page_is_the_last_whatever_it_says(client: Hub, hub: HubServer) -> None:
    hub.fault(Fault.LINK_LOOP)
    assert ids_of(await items_of(client)) == ids_of(hub.days[DAY])
    assert len(hub.requests) == 1


async def test_full_pages_in_a_circle_are_a_bad_answer(reader: Hub, crowd: HubServer) -> None:
    crowd.fault(Fault.LINK_LOOP, when=on_page_two)
    with pytest.raises(BadAnswer, match="circle") as caught:
        await reader.papers(THURSDAY)
    assert "p=1" in caught.value.path
    assert len(crowd.requests) == 2


async def test_pages_without_end_are_a_bad_answer(
    reader: Hub, crowd: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MAX_PAGES", 2)
    with pytest.raises(BadAnswer, match="more than 2 pages"):
        await reader.papers(THURSDAY)
    assert len(crowd.requests) == 2


async def test_pages_that_are_too_large_together_are_a_bad_answer(
    reader: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MAX_LIST", 300_000)
    with pytest.raises(BadAnswer, match="larger than"):
        await reader.papers(THURSDAY)
