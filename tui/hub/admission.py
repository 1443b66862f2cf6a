"""When a request may start: never in a pause, urgent ones first, some quota kept for them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager, suppress
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Final

from tui.hub.errors import RateLimited
from tui.hub.refusal import LONGEST_WAIT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tui.hub.ratelimit import RateLimit

MAX_AT_ONCE: Final = 4
BACKGROUND_AT_ONCE: Final = 2
"""Fewer, so that an urgent request finds a place at once."""
RESERVE: Final = 0.2
"""Share of the Hub's quota that background requests leave untouched."""


class Admission:
    """Lets requests of one event loop in, by what the Hub has said and by who else asks."""

    def __init__(self, patience: float) -> None:
        """``patience`` is the longest pause that is sat out, in seconds."""
        self._patience = patience
        self._urgent = 0
        self._running = 0
        self._pause_end = -inf
        self._reserve_end = -inf
        self._changed = asyncio.Event()

    @property
    def pause_left(self) -> float:
        """Seconds of the pause that are left, 0.0 when there is none."""
        return max(0.0, self._pause_end - monotonic())

    def pause(self, seconds: float) -> None:
        """Let nobody in for so many seconds, counted from now."""
        self._pause_end = max(self._pause_end, monotonic() + seconds)
        self._wake()

    def hear(self, limit: RateLimit) -> None:
        """Keep what remains for urgent requests until the window's end, if it is not much.

        Where no quota is named nobody knows whether it is, and what was heard before holds.
        """
        if limit.quota is None:
            return
        is_low = limit.remaining <= RESERVE * limit.quota
        seconds = min(float(limit.reset_seconds), LONGEST_WAIT)
        self._reserve_end = monotonic() + seconds if is_low else -inf
        self._wake()

    @contextmanager
    def announced(self, *, urgent: bool) -> Iterator[None]:
        """Hold background requests back from now on, if this one is urgent, until it has ended.

        It spans all pages and tries, and the waits between them.
        """
        self._urgent += urgent
        try:
            yield
        finally:
            self._urgent -= urgent
            self._wake()

    @asynccontextmanager
    async def turn(self, *, urgent: bool) -> AsyncIterator[None]:
        """Wait for the turn of an announced request, and take one of the places meanwhile.

        Raises RateLimited, with the seconds left, in a pause that is too long to sit out.
        """
        while (seconds := self._wait(urgent)) > 0:
            await self._change(seconds)
        self._running += 1
        try:
            yield
        finally:
            self._running -= 1
            self._wake()

    async def pause_over(self) -> None:
        """Wait until there is no pause. Raises RateLimited as ``turn`` does."""
        while (seconds := self._pause()) > 0:
            await self._change(seconds)

    def _wait(self, urgent: bool) -> float:
        """Seconds until a request can start as things are, ``inf`` while others have to end."""
        pause = self._pause()
        if urgent:
            return pause if self._running < MAX_AT_ONCE else inf
        if self._urgent or self._running >= BACKGROUND_AT_ONCE:
            return inf
        return max(pause, self._reserve_end - monotonic())

    def _pause(self) -> float:
        left = self.pause_left
        if left > self._patience:
            raise RateLimited("the pause it asked for is not over", retry_after=left)
        return left

    async def _change(self, seconds: float) -> None:
        """Wait until something has changed, so many seconds at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(None if seconds == inf else seconds):
                await self._changed.wait()

    def _wake(self) -> None:
        """Have all who wait look again."""
        self._changed.set()
        self._changed = asyncio.Event()
