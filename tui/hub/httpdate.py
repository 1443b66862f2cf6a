"""Dates in HTTP headers (RFC 9110 §5.6.7)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from tui.days import FIRST_DAY, MONTHS

_DATE: Final = re.compile(
    r"[A-Z][a-z]{2}, ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4}) "
    r"([0-9]{2}):([0-9]{2}):([0-9]{2}) (?:GMT|UTC|[+-]0000)"
)

LAST_YEAR: Final = 2199
"""A server whose clock is past it has none that could be believed."""


def server_clock(text: str) -> datetime | None:
    """The time that a Date header tells; None where that cannot be now, such as of the year 1."""
    told = http_date(text)
    return told if told and FIRST_DAY.year <= told.year <= LAST_YEAR else None


def http_date(text: str) -> datetime | None:
    """The aware UTC time of ``Fri, 21 Aug 2026 12:01:30 GMT``; None for any other form."""
    match = _DATE.fullmatch(text)
    if match is None or match[2].lower() not in MONTHS:
        return None
    month = MONTHS.index(match[2].lower()) + 1
    hour, minute, second = map(int, match.group(4, 5, 6))
    try:
        return datetime(int(match[3]), month, int(match[1]), hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
