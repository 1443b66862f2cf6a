"""Dates in HTTP headers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.hub.httpdate import http_date, server_clock


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


@pytest.mark.parametrize(("year", "is_believed"), [
    ("0001", False), ("1970", False), ("2022", False), ("2023", True), ("2199", True),
    ("2200", False), ("9999", False),
])  # fmt: skip
def test_a_clock_that_cannot_be_right_is_none(year: str, is_believed: bool) -> None:
    text = f"Fri, 21 Aug {year} 12:01:30 GMT"
    assert server_clock(text) == (http_date(text) if is_believed else None)
    assert server_clock("soon") is None
