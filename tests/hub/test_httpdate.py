"""Dates in HTTP headers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.hub.httpdate import http_date


@pytest.mark.parametrize("zone", ["GMT", "UTC", "+0000", "-0000"])
def test_the_date_of_a_header(zone: str) -> None:
    found = http_date(f"Fri, 21 Aug 2026 12:01:30 {zone}")
    assert found == datetime(2026, 8, 21, 12, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "17",
        "2026-08-21T12:01:30Z",
        "Fri, 21 Aug 2026 12:01:30",
        "Fri, 21 Aug 2026 12:01:30 +0530",
        "Fri, 21 Aug 2026 12:01:30 GMT ",
        "Fri, 21 Agu 2026 12:01:30 GMT",
        "Sun, 30 Feb 2026 12:01:30 GMT",
        "Fri, 21 Aug 0000 12:01:30 GMT",
        "Fri, 21 Aug 2026 24:00:00 GMT",
        "Fri, ٢١ Aug 2026 12:01:30 GMT",
        "Fri, 21 Aug 2026 12:01:30 GMT" + "x" * 100_000,
    ],
    ids=lambda text: text[:40],
)
def test_anything_else_is_no_date(text: str) -> None:
    assert http_date(text) is None
