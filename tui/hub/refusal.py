"""Error statuses of the Hub, told apart (API.md §4)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

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
from tui.hub.httpdate import http_date, server_clock
from tui.hub.ratelimit import RateLimit
from tui.hub.wire import read_object
from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_WAIT: Final = 60.0  # seconds, where a 429 names none
LONGEST_WAIT: Final = 3600.0  # seconds; the Hub's window is five minutes

_KINDS: Final[dict[int, type[Refused]]] = {
    400: BadRequest,
    401: Denied,
    403: Denied,
    404: NotFound,
}


def refusal(status: int, headers: Mapping[str, str], body: bytes) -> HubError:
    """The error that an answer other than 200 and 304 means; ``headers`` have lower-case names."""
    detail = _detail(headers, body)
    if status == 429:
        return RateLimited(detail, status=status, retry_after=pause_seconds(headers))
    if status >= 500:
        return Unwell(detail, status=status)
    if status >= 400:
        return _KINDS.get(status, Refused)(detail, status=status)
    return BadAnswer(detail or "an answer of a kind that was not asked for", status=status)


def _detail(headers: Mapping[str, str], body: bytes) -> str:
    """What the Hub says about it, in its header or in its JSON, as one safe line."""
    return clean_line(headers.get("x-error-message", "") or _json_error(body), MAX_DETAIL)


def _json_error(body: bytes) -> str:
    try:
        error = read_object(body).get("error")
    except BadAnswer:
        return ""
    return error if isinstance(error, str) else ""


def pause_seconds(headers: Mapping[str, str]) -> float:
    """Seconds to wait after a 429: Retry-After in either form, else what is left of the window.

    A date is told by the Hub's clock, which this machine's may be far from. At most LONGEST_WAIT,
    and DEFAULT_WAIT where nothing is said; ``headers`` have lower-case names.
    """
    named = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", named):
        return min(float(named), LONGEST_WAIT)
    if (until := http_date(named)) is not None:
        now = server_clock(headers.get("date", "")) or datetime.now(UTC)
        seconds = (until - now).total_seconds()
        return min(max(seconds, 0.0), LONGEST_WAIT)
    left = RateLimit.parse(headers)
    return min(float(left.reset_seconds), LONGEST_WAIT) if left else DEFAULT_WAIT
