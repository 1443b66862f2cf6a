"""The Hub's rate limit: fixed windows of five minutes for each bucket (API.md §5)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WINDOW: Final = 300
"""Seconds of one window."""
ANONYMOUS: Final = {"api": 500, "search": 50, "pages": 100}
WITH_TOKEN: Final = {"api": 1000, "search": 50, "pages": 200}


@dataclass(frozen=True)
class Spent:
    """What one request found in its bucket."""

    headers: dict[str, str]
    refused: bool


def bucket_of(path: str) -> str:
    """The bucket that a path is counted in."""
    if path == "/api/papers/search":
        return "search"
    return "api" if path.startswith("/api/") else "pages"


def headers_for(bucket: str, limit: int, left: int, seconds: int) -> dict[str, str]:
    """The two headers that say what is left and when the window ends."""
    return {
        "RateLimit": f'"{bucket}";r={left};t={seconds}',
        "RateLimit-Policy": f'"fixed window";"{bucket}";q={limit};w={WINDOW}',
    }


class Quota:
    """Counts the requests of one caller in the window that is running."""

    def __init__(self, limits: Mapping[str, int], clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._windows: dict[str, tuple[float, int]] = {}
        """Bucket to the start of its window and the requests in it."""

    def spend(self, bucket: str) -> Spent:
        """Count one request; a refused one costs nothing more."""
        now = self._clock()
        start, used = self._windows.get(bucket, (now, 0))
        if now - start >= WINDOW:
            start, used = now, 0
        limit = self._limits[bucket]
        refused = used >= limit
        used += not refused
        self._windows[bucket] = (start, used)
        seconds = math.ceil(WINDOW - (now - start))
        return Spent(headers_for(bucket, limit, limit - used, seconds), refused)
