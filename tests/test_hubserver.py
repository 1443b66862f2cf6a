"""The loopback Hub behaves as API.md says."""

from __future__ import annotations

import gc
import gzip
import re
import socket
import subprocess
import sys
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.generate import Item, make_day, make_item
from tests.hubserver import HubServer
from tests.hubserver.ask import Reply, ask, ask_on, connect, daily
from tests.hubserver.listener import LOOPBACK
from tests.hubserver.quota import WINDOW
from tests.recordings import needs_recordings

if TYPE_CHECKING:
    from collections.abc import Iterator

FRIDAY = date(2026, 8, 21)
THURSDAY = date(2026, 8, 20)


@pytest.fixture
def big_hub() -> Iterator[HubServer]:
    """One day of 82 papers, which the default limit cuts."""
    with HubServer({THURSDAY: make_day(THURSDAY, 82)}, today=FRIDAY) as server:
        yield server


def upvotes(reply: Reply) -> list[int]:
    return [item["paper"]["upvotes"] for item in reply.value]


def next_target(reply: Reply) -> str | None:
    """Where the Link header leads, without the origin."""
    match = re.fullmatch(r'<(?:http://[^/]*)?([^>]*)>; rel="next"', reply.headers.get("Link", ""))
    return match[1] if match else None


def all_pages(hub: HubServer, target: str | None) -> list[Reply]:
    pages = []
    while target is not None:
        pages.append(ask(hub, target))
        target = next_target(pages[-1])
    return pages


def test_day_comes_whole_and_most_upvotes_first(hub: HubServer) -> None:
    reply = daily(hub, "date=2026-08-20&limit=100")
    assert reply.status == 200
    assert sorted(reply.ids) == [item["paper"]["id"] for item in make_day(THURSDAY)]
    assert upvotes(reply) == sorted(upvotes(reply), reverse=True)


def test_default_limit_cuts_a_big_day(big_hub: HubServer) -> None:
    assert len(daily(big_hub, "date=2026-08-20").value) == 50
    assert len(daily(big_hub, "date=2026-08-20&limit=100").value) == 82


def test_links_lead_through_every_paper_and_then_end(big_hub: HubServer) -> None:
    pages = all_pages(big_hub, "/api/daily_papers?date=2026-08-20&limit=30")
    assert [len(page.ids) for page in pages] == [30, 30, 22]
    ids = [paper_id for page in pages for paper_id in page.ids]
    assert len(set(ids)) == 82
    assert daily(big_hub, "date=2026-08-20&limit=30&p=3").value == []


def test_links_can_be_relative() -> None:
    with HubServer({FRIDAY: make_day(FRIDAY, 3)}, today=FRIDAY, relative_links=True) as hub:
        link = daily(hub, "date=2026-08-21&limit=2").headers["Link"]
        assert link == '</api/daily_papers?date=2026-08-21&limit=2&p=1>; rel="next"'


def test_weekend_is_an_empty_list(hub: HubServer) -> None:
    reply = daily(hub, "date=2026-08-15")
    assert (reply.status, reply.body) == (200, b"[]")


def test_future_day_is_refused_with_a_date_that_lags(hub: HubServer) -> None:
    hub.today = date(2026, 9, 6)
    reply = daily(hub, "date=2026-09-07")
    assert reply.status == 400
    assert reply.value == {
        "error": '✖ "date" must be less than or equal to "2026-09-04T00:00:00.000Z"'
    }
    assert daily(hub, "date=2026-09-06").value == []


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("date=2026-02-30", "date"),
        ("date=2026-07", "date"),
        ("date=20260720", "date"),
        ("date=", "date"),
        ("week=2026-W53", "week"),
        ("month=2026-13", "month"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=ten", "limit"),
        ("p=-1", "p"),
        ("sort=upvotes", "sort"),
    ],
)
def test_malformed_query_is_refused(hub: HubServer, query: str, place: str) -> None:
    reply = daily(hub, query)
    assert reply.status == 400
    assert reply.value["error"].startswith("✖ ")
    assert reply.value["error"].endswith(f"→ at {place}")


def test_undated_list_is_newest_first_across_days(hub: HubServer) -> None:
    days = [item["paper"]["submittedOnDailyAt"] for item in daily(hub, "limit=100").value]
    assert days == sorted(days, reverse=True)
    assert days[0] == "2026-08-21T00:00:00.000Z"
    assert len(set(days)) > 2


def test_month_is_sorted_within_pages_only(hub: HubServer) -> None:
    pages = all_pages(hub, "/api/daily_papers?month=2026-08&limit=20")
    assert all(upvotes(page) == sorted(upvotes(page), reverse=True) for page in pages)
    assert any(upvotes(page)[-1] < upvotes(after)[0] for page, after in pairwise(pages))
    assert sum(len(page.ids) for page in pages) == sum(map(len, hub.days.values()))


def test_week_holds_its_days_alone(hub: HubServer) -> None:
    pages = all_pages(hub, "/api/daily_papers?week=2026-W33")
    days = {item["paper"]["submittedOnDailyAt"][:10] for page in pages for item in page.value}
    assert days == {f"2026-08-{day}" for day in range(10, 15)}


def test_paper_of_two_days_is_on_two_pages_of_their_month(hub: HubServer) -> None:
    twice, *others = make_day(FRIDAY, 60)
    hub.days[FRIDAY], hub.days[THURSDAY] = [twice, *others], [*make_day(THURSDAY, 60), twice]
    pages = all_pages(hub, "/api/daily_papers?month=2026-08&limit=100")
    assert [twice["paper"]["id"] in page.ids for page in pages[:2]] == [True, True]


def test_submitter_picks_their_papers(hub: HubServer) -> None:
    found = daily(hub, "submitter=wader&limit=100").value
    assert {item["submittedBy"]["name"] for item in found} == {"wader"}


def test_trending_is_ordered_by_neither_day_nor_upvotes(hub: HubServer) -> None:
    reply = daily(hub, "sort=trending")
    days = [item["paper"]["submittedOnDailyAt"] for item in reply.value]
    assert days != sorted(days, reverse=True)
    assert upvotes(reply) != sorted(upvotes(reply), reverse=True)


def test_paper_is_flat_and_has_what_is_linked(hub: HubServer) -> None:
    paper = ask(hub, "/api/papers/2608.20003").value
    assert paper["id"] == "2608.20003"
    assert paper["numTotalModels"] == 0
    assert "numComments" not in paper


def test_unknown_paper_is_a_404_that_says_so(hub: HubServer) -> None:
    reply = ask(hub, "/api/papers/2609.39403")
    assert reply.status == 404
    assert reply.value["error"].startswith("Paper not found.")


def test_search_finds_words_and_leaves_out_the_day(hub: HubServer) -> None:
    found = ask(hub, "/api/papers/search?q=robot%20hands&limit=3").value
    assert len(found) == 3
    assert all("robot hands" in item["title"].lower() for item in found)
    assert "submittedOnDailyAt" not in found[0]["paper"]
    assert "submittedBy" not in found[0]


@pytest.mark.parametrize("query", ["limit=121", "limit=0", f"q={'x' * 251}"])
def test_search_refuses_too_much(hub: HubServer, query: str) -> None:
    assert ask(hub, f"/api/papers/search?{query}").status == 400


def test_every_answer_says_what_is_left_until_the_window_ends() -> None:
    now = [1000.0]
    with HubServer({}, today=FRIDAY, quota={"api": 2}, clock=lambda: now[0]) as hub:
        first, now[0] = daily(hub, "date=2026-08-21"), 1010.0
        replies = [first, daily(hub, "limit=0"), daily(hub, "date=2026-08-21")]
        assert [reply.status for reply in replies] == [200, 400, 429]
        said = [reply.headers["RateLimit"] for reply in replies]
        assert said == ['"api";r=1;t=300', '"api";r=0;t=290', '"api";r=0;t=290']
        assert first.headers["RateLimit-Policy"] == '"fixed window";"api";q=2;w=300'
        now[0] = 1000.0 + WINDOW
        assert daily(hub, "date=2026-08-21").status == 200


def test_search_has_a_bucket_of_its_own(hub: HubServer) -> None:
    daily(hub, "date=2026-08-21")
    assert ask(hub, "/api/papers/search").headers["RateLimit"] == '"search";r=49;t=300'


def test_bad_token_breaks_public_reads(hub: HubServer) -> None:
    reply = daily(hub, "date=2026-08-21", Authorization="Bearer hf_expired")
    assert reply.status == 401
    assert reply.headers["X-Error-Message"] == "Invalid credentials in Authorization header"


def test_good_token_has_a_larger_quota() -> None:
    with HubServer({}, today=FRIDAY, token="hf_good") as hub:
        reply = daily(hub, "date=2026-08-21", Authorization="Bearer hf_good")
        assert (reply.status, reply.headers["RateLimit"]) == (200, '"api";r=999;t=300')


def test_unchanged_answer_is_confirmed_and_a_changed_one_sent(hub: HubServer) -> None:
    tag = daily(hub, "date=2026-08-21").headers["ETag"]
    assert tag.startswith('W/"')
    again = daily(hub, "date=2026-08-21", If_None_Match=tag)
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    hub.days[FRIDAY] = [make_item(1, FRIDAY)]
    assert len(daily(hub, "date=2026-08-21", If_None_Match=tag).value) == 1


def test_hub_may_know_no_validators() -> None:
    with HubServer({}, today=FRIDAY, validates=False) as hub:
        tag = daily(hub, "date=2026-08-21").headers["ETag"]
        assert daily(hub, "date=2026-08-21", If_None_Match=tag).status == 200


def test_answer_is_packed_for_those_who_accept_it(hub: HubServer) -> None:
    plain = daily(hub, "date=2026-08-21")
    packed = daily(hub, "date=2026-08-21", Accept_Encoding="gzip, deflate")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 2
    assert gzip.decompress(packed.body) == plain.body


def test_date_is_sent_only_when_it_is_set(hub: HubServer) -> None:
    assert "Date" not in daily(hub, "date=2026-08-21").headers
    hub.date = datetime(2026, 8, 21, 12, 1, 30, tzinfo=UTC)
    replies = [daily(hub, "date=2026-08-21"), daily(hub, "limit=0")]
    assert [reply.headers["Date"] for reply in replies] == ["Fri, 21 Aug 2026 12:01:30 GMT"] * 2


def test_connection_serves_until_it_is_told_to_close(hub: HubServer) -> None:
    with closing(connect(hub)) as connection:
        ask_on(connection, "/api/daily_papers?date=2026-08-21")
        first = connection.sock
        ask_on(connection, "/api/daily_papers?date=2026-08-21", Connection="close")
        assert connection.sock is first
        assert first.recv(1) == b""


def test_lone_surrogates_travel_as_escapes() -> None:
    with HubServer({FRIDAY: [make_item(1, FRIDAY, title="\ud800 é")]}, today=FRIDAY) as hub:
        reply = daily(hub, "date=2026-08-21")
        assert rb'"title":"\ud800 ' + "é".encode() in reply.body
        assert reply.value[0]["title"] == "\ud800 é"


def test_requests_are_remembered(hub: HubServer) -> None:
    daily(hub, "date=2026-08-21&limit=7", User_Agent="daily-papers/0")
    ask(hub, "/api/papers/0000.00000")
    [request] = hub.requests_to("/api/daily_papers")
    assert (request.method, request.status) == ("GET", 200)
    assert request.query == {"date": "2026-08-21", "limit": "7"}
    assert request.headers["user-agent"] == "daily-papers/0"
    assert [each.status for each in hub.requests] == [200, 404]


def test_given_days_are_never_written_to() -> None:
    given: dict[date, list[Item]] = {FRIDAY: []}
    with HubServer(given, today=FRIDAY) as hub:
        hub.days[FRIDAY] = make_day(FRIDAY, 1)
    assert given == {FRIDAY: []}


@needs_recordings
def test_recorded_day_comes_as_it_was_recorded(recorded_hub: HubServer) -> None:
    reply = daily(recorded_hub, "date=2025-09-30&limit=100")
    assert len(reply.ids) == 82
    assert upvotes(reply) == sorted(upvotes(reply), reverse=True)


def test_serves_by_hand() -> None:
    command = [sys.executable, "-m", "tests.hubserver", "--generated", "--today", "2026-08-20"]
    checkout = Path(__file__).parents[1]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=checkout) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().split()[0]
            assert urlsplit(url).hostname == "127.0.0.1"
            with urlopen(f"{url}/api/daily_papers?date=2026-08-20") as response:
                assert response.status == 200
        finally:
            process.terminate()


def test_who_comes_as_it_closes_is_not_left_behind() -> None:
    with ExitStack() as clients:
        for _ in range(20):
            with HubServer({}, today=FRIDAY) as hub:
                for _ in range(2):
                    client = clients.enter_context(socket.socket())
                    client.setblocking(False)
                    client.connect_ex((LOOPBACK, urlsplit(hub.url).port))
    gc.collect()  # reports each connection that was left open
