"""Error statuses, told apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tui.hub.errors import (
    MAX_DETAIL,
    BadAnswer,
    BadRequest,
    Denied,
    HubError,
    NotFound,
    RateLimited,
    Refused,
    Unwell,
)
from tui.hub.refusal import DEFAULT_WAIT, LONGEST_WAIT, refusal

if TYPE_CHECKING:
    from time_machine import TimeMachineFixture


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequest),
        (401, Denied),
        (403, Denied),
        (404, NotFound),
        (408, Refused),
        (418, Refused),
        (429, RateLimited),
        (500, Unwell),
        (502, Unwell),
        (503, Unwell),
        (599, Unwell),
        (204, BadAnswer),
        (304, BadAnswer),
    ],
)
def test_each_status_has_its_error(status: int, kind: type[HubError]) -> None:
    error = refusal(status, {}, b"")
    assert type(error) is kind
    assert error.status == status


@pytest.mark.parametrize(
    ("headers", "body", "detail"),
    [
        ({}, '{"error":"✖ \\"date\\" is late\\n  at date"}'.encode(), '✖ "date" is late at date'),
        ({"x-error-message": "No\x1b[2J way"}, b'{"error":"other"}', "No way"),
        ({}, b"<html>", ""),
        ({}, b'{"error":{"code":1}}', ""),
        ({}, b"[" * 200_000, ""),
        ({}, b"\xff", ""),
    ],
)
def test_what_the_hub_says_comes_along_as_one_safe_line(
    headers: dict[str, str], body: bytes, detail: str
) -> None:
    assert refusal(404, headers, body).detail == detail


def test_what_the_hub_says_is_bounded() -> None:
    body = json.dumps({"error": "x" * 50_000}).encode()
    assert len(refusal(404, {}, body).detail) == MAX_DETAIL


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "17"}, 17.0),
        ({"retry-after": "17", "ratelimit": '"api";r=0;t=200'}, 17.0),
        ({"ratelimit": '"api";r=0;t=200'}, 200.0),
        ({"retry-after": "Fri, 21 Aug 2026 12:01:30 GMT"}, 90.0),
        ({"retry-after": "Fri, 21 Aug 2026 12:01:30 -0000"}, 90.0),
        ({"retry-after": "Fri, 21 Aug 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "Fri, 21 Aug 2999 11:00:00 GMT"}, LONGEST_WAIT),
        (
            {
                "retry-after": "Fri, 21 Aug 2026 11:00:40 GMT",
                "date": "Fri, 21 Aug 2026 11:00:00 GMT",
            },
            40.0,
        ),
        ({"retry-after": "999999999"}, LONGEST_WAIT),
        ({"retry-after": "soon"}, DEFAULT_WAIT),
        ({"retry-after": "-5"}, DEFAULT_WAIT),
        ({}, DEFAULT_WAIT),
    ],
)
def test_when_to_come_back(
    headers: dict[str, str], seconds: float, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2026-08-21T12:00:00Z", tick=False)
    error = refusal(429, headers, b"")
    assert isinstance(error, RateLimited)
    assert error.retry_after == seconds
