"""The loopback Hub goes wrong in each way on demand, and is well again when it is healed."""

from __future__ import annotations

import gzip
import json
import ssl
from contextlib import closing
from datetime import date
from http.client import BadStatusLine, HTTPSConnection, IncompleteRead
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.hubserver import Fault, HubServer
from tests.hubserver.ask import TIMEOUT, ask, ask_on, connect, daily
from tests.hubserver.faults import BLOCK, BLOCKS, DEPTH, wrong
from tests.hubserver.tls import needs_openssl, self_signed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.generate import Item

TODAY = date(2026, 8, 21)
DAY = "date=2026-08-20"
TARGET = f"/api/daily_papers?{DAY}"
HUGE = len(BLOCK) * BLOCKS


def papers_of(hub: HubServer) -> list[Item]:
    """What the hub answers when nothing is wrong."""
    with HubServer(hub.days, today=hub.today) as well:
        items: list[Item] = daily(well, DAY).value
        return items


def test_refusing_hub_comes_back_at_the_same_address(hub: HubServer) -> None:
    with closing(connect(hub)) as connection:
        ask_on(connection, TARGET)
        hub.fault(Fault.REFUSE)
        assert connection.sock.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        daily(hub, DAY)
    hub.heal()
    assert daily(hub, DAY).status == 200


def test_reset_comes_instead_of_an_answer(hub: HubServer) -> None:
    hub.fault(Fault.RESET)
    with pytest.raises(ConnectionResetError):
        daily(hub, DAY)


def test_drop_ends_in_the_middle_of_the_body(hub: HubServer) -> None:
    hub.fault(Fault.DROP)
    with pytest.raises(IncompleteRead):
        daily(hub, DAY)


def test_other_protocol_is_no_http(hub: HubServer) -> None:
    hub.fault(Fault.NOT_HTTP)
    with pytest.raises(BadStatusLine):
        daily(hub, DAY)


def test_hanging_request_is_answered_when_it_is_released(hub: HubServer) -> None:
    hub.fault(Fault.HANG)
    replies: list[int] = []
    asking = Thread(target=lambda: replies.append(daily(hub, DAY).status))
    asking.start()
    hub.wait_until(lambda: len(hub.requests) == 1)
    assert hub.requests[0].status is None
    hub.release()
    asking.join()
    assert replies == [200]


def test_hanging_hub_can_be_shut_down() -> None:
    with HubServer({}, today=TODAY) as hub:
        hub.fault(Fault.HANG)
        connection = connect(hub)
        connection.request("GET", TARGET)
        hub.wait_until(lambda: len(hub.requests) == 1)
    with closing(connection):
        assert connection.sock.recv(1) == b""


def test_trickle_begins_and_goes_on(hub: HubServer) -> None:
    hub.fault(Fault.TRICKLE)
    with closing(connect(hub)) as connection:
        connection.request("GET", TARGET)
        assert connection.getresponse().read(3) == b'[{"'


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 429, 500, 502, 503])
def test_each_status_keeps_the_rate_limit_headers(hub: HubServer, status: int) -> None:
    hub.fault(Fault[f"STATUS_{status}"])
    reply = daily(hub, DAY)
    assert reply.status == status
    left = 0 if status == 429 else 499
    assert reply.headers["RateLimit"] == f'"api";r={left};t=300'
    kind = "text/html" if status >= 500 else "application/json"
    assert reply.headers.get_content_type() == kind


def test_pause_can_be_made_shorter(hub: HubServer) -> None:
    hub.pause = 2
    hub.fault(Fault.STATUS_429)
    assert daily(hub, DAY).headers["RateLimit"] == '"api";r=0;t=2'


def test_cloudfront_limits_without_saying_for_how_long(hub: HubServer) -> None:
    hub.fault(Fault.CLOUDFRONT_429)
    reply = daily(hub, DAY)
    assert (reply.status, reply.headers.get_content_type()) == (429, "text/html")
    assert "RateLimit" not in reply.headers


def test_html_comes_with_200(hub: HubServer) -> None:
    hub.fault(Fault.HTML)
    reply = daily(hub, DAY)
    assert (reply.status, reply.headers.get_content_type()) == (200, "text/html")
    assert reply.body.startswith(b"<!doctype html>")


def test_object_comes_where_a_list_was_promised(hub: HubServer) -> None:
    hub.fault(Fault.OBJECT)
    assert list(daily(hub, DAY).value) == ["papers"]


def test_cut_json_is_whole_by_its_length(hub: HubServer) -> None:
    hub.fault(Fault.CUT_JSON)
    reply = daily(hub, DAY)
    assert int(reply.headers["Content-Length"]) == len(reply.body)
    with pytest.raises(json.JSONDecodeError):
        json.loads(reply.body)


def test_empty_body(hub: HubServer) -> None:
    hub.fault(Fault.EMPTY_BODY)
    assert daily(hub, DAY).body == b""


def test_deep_json_is_200_000_deep(hub: HubServer) -> None:
    hub.fault(Fault.DEEP)
    assert daily(hub, DAY).body == b"[" * DEPTH + b"]" * DEPTH


def test_titles_hold_bytes_that_are_no_utf8(hub: HubServer) -> None:
    hub.fault(Fault.BAD_UTF8)
    body = daily(hub, DAY).body
    with pytest.raises(UnicodeDecodeError):
        body.decode()
    json.loads(body.decode("utf-8", "replace"))


def test_every_field_has_another_type(hub: HubServer) -> None:
    hub.fault(Fault.WRONG_TYPES)
    assert daily(hub, DAY).value == wrong(papers_of(hub))


def test_one_field_of_each_paper_is_wrong(hub: HubServer) -> None:
    hub.fault(Fault.ONE_WRONG_FIELD)
    good, spoiled = papers_of(hub), daily(hub, DAY).value
    changes = [_changed_fields(*pair) for pair in zip(good, spoiled, strict=True)]
    assert all(len(changed) == 1 for changed in changes)
    assert len({changed[0] for changed in changes}) > 5
    assert ("paper", "id") not in {changed[0] for changed in changes}


def _changed_fields(good: Item, spoiled: Item) -> list[tuple[str, str]]:
    parts = (("item", good, spoiled), ("paper", good["paper"], spoiled["paper"]))
    return [
        (name, key)
        for name, before, after in parts
        for key in before
        if key != "paper" and before[key] != after[key]
    ]


def test_one_malformed_paper_stands_among_the_good_ones(hub: HubServer) -> None:
    hub.fault(Fault.ONE_MALFORMED)
    good, items = papers_of(hub), daily(hub, DAY).value
    assert [item for item in items if "id" in item["paper"]] == good
    assert len(items) == len(good) + 1


def test_redirect_within_the_origin_leads_to_the_answer(hub: HubServer) -> None:
    hub.fault(Fault.REDIRECT_WITHIN)
    reply = daily(hub, DAY)
    assert (reply.status, reply.headers["Location"]) == (307, f"/moved{TARGET}")
    assert ask(hub, reply.headers["Location"]).value == papers_of(hub)


def test_redirect_away_names_another_origin(hub: HubServer) -> None:
    hub.fault(Fault.REDIRECT_AWAY)
    location = urlsplit(daily(hub, DAY).headers["Location"])
    assert (location.hostname, location.port) == ("localhost", urlsplit(hub.url).port)


def test_redirect_loop_leads_to_itself(hub: HubServer) -> None:
    hub.fault(Fault.REDIRECT_LOOP)
    assert daily(hub, DAY).headers["Location"] == TARGET


@pytest.mark.parametrize(("fault", "start"), [("LINK_LOOP", "</api"), ("LINK_AWAY", "<http://l")])
def test_next_page_misleads(hub: HubServer, fault: str, start: str) -> None:
    hub.fault(Fault[fault])
    reply = daily(hub, DAY)
    assert reply.headers["Link"].startswith(start)
    assert reply.value == papers_of(hub)


def test_huge_answer_is_honest_about_its_length(hub: HubServer) -> None:
    hub.fault(Fault.HUGE)
    with closing(connect(hub)) as connection:
        connection.request("GET", TARGET)
        response = connection.getresponse()
        assert int(response.headers["Content-Length"]) == HUGE
        assert response.read(10_000_000) == b" " * 10_000_000


def test_huge_answer_may_not_say_its_length(hub: HubServer) -> None:
    hub.fault(Fault.HUGE_CHUNKED)
    with closing(connect(hub)) as connection:
        connection.request("GET", TARGET)
        response = connection.getresponse()
        assert response.headers["Transfer-Encoding"] == "chunked"
        assert "Content-Length" not in response.headers
        assert response.read(10_000_000) == b" " * 10_000_000


def test_gzip_bomb_is_small_until_it_is_unpacked(hub: HubServer) -> None:
    hub.fault(Fault.GZIP_BOMB)
    with closing(connect(hub)) as connection:
        connection.request("GET", TARGET)
        response = connection.getresponse()
        assert response.headers["Content-Encoding"] == "gzip"
        with gzip.open(response) as unpacked:
            assert unpacked.read(10_000_000) == b" " * 10_000_000


def test_length_promises_more_than_comes(hub: HubServer) -> None:
    hub.fault(Fault.LENGTH_TOO_LONG)
    with pytest.raises(IncompleteRead):
        daily(hub, DAY)


def test_length_promises_less_than_comes(hub: HubServer) -> None:
    hub.fault(Fault.LENGTH_TOO_SHORT)
    with pytest.raises(json.JSONDecodeError):
        json.loads(daily(hub, DAY).body)


def test_answer_without_headers_ends_with_the_connection(hub: HubServer) -> None:
    hub.fault(Fault.NO_HEADERS)
    reply = daily(hub, DAY, Accept_Encoding="gzip")
    assert not reply.headers
    assert reply.value == papers_of(hub)


def test_fault_passes_after_its_times(hub: HubServer) -> None:
    hub.fault(Fault.STATUS_503, times=2)
    assert [daily(hub, DAY).status for _ in range(3)] == [503, 503, 200]


def test_fault_strikes_the_requests_that_it_is_meant_for(hub: HubServer) -> None:
    hub.fault(Fault.STATUS_500, when=lambda request: request.path.startswith("/api/papers/"))
    assert daily(hub, DAY).status == 200
    assert ask(hub, "/api/papers/2608.20003").status == 500
    hub.heal()
    assert ask(hub, "/api/papers/2608.20003").status == 200


@needs_openssl
def test_certificate_is_not_to_be_trusted(tmp_path: Path) -> None:
    with HubServer({}, today=TODAY, tls=self_signed(tmp_path)) as hub:
        place = urlsplit(hub.url).netloc
        doubting = HTTPSConnection(place, timeout=TIMEOUT)
        with closing(doubting), pytest.raises(ssl.SSLCertVerificationError):
            ask_on(doubting, TARGET)
        trusting = ssl.create_default_context(cafile=tmp_path / "certificate.pem")
        with closing(HTTPSConnection(place, timeout=TIMEOUT, context=trusting)) as connection:
            assert ask_on(connection, TARGET).status == 200
