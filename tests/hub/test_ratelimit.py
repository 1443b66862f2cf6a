"""What is left of the allowance (API.md §5)."""

from __future__ import annotations

import pytest

from tui.hub.ratelimit import RateLimit


@pytest.mark.parametrize(
    ("left", "policy", "expected"),
    [
        ('"api";r=489;t=123', '"fixed window";"api";q=500;w=300', RateLimit(489, 123, 500)),
        ('"api|pages|resolvers" ; r = 0 ; t = 7', "", RateLimit(0, 7, None)),
        ('"search";r=49;t=300, "api";r=1;t=2', '"search";q=garbage', RateLimit(49, 300, None)),
    ],
)
def test_parse(left: str, policy: str, expected: RateLimit) -> None:
    assert RateLimit.parse({"ratelimit": left, "ratelimit-policy": policy}) == expected


@pytest.mark.parametrize(
    "left", ["", "api", '"api";r=;t=1', '"api";r=-1;t=5', '"api";r=1;t=9999999999', '"api";r=٣;t=1']
)
def test_garbage_says_nothing(left: str) -> None:
    assert RateLimit.parse({"ratelimit": left}) is None
    assert RateLimit.parse({}) is None
