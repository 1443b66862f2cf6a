"""The one thing that screens and commands talk to: going through days, and ahead of the user.

What is on disk is answered at once (``peek`` and its like, synchronous); what only the Hub knows
is asked for (``refresh``, ``step``, ``find_newest``, asynchronous) and kept on disk.
"""

from __future__ import annotations

import asyncio
import logging
from itertools import islice
from typing import TYPE_CHECKING, Final

from tui.days import FIRST_DAY, ONE_DAY, long_day
from tui.feed.shelf import NEWER, OLDER, Direction, between
from tui.feed.source import Source
from tui.hub.errors import HubError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import date

DAYS_AT_ONCE: Final = 3
"""Unknown days asked for together while stepping: a weekend costs one round trip."""
LOOK_AHEAD: Final = 1
"""Days with papers fetched ahead on either side of the one on screen."""
MOST_ASKED: Final = 60
"""Unknown days asked for in one step; the longest real gap is under two weeks (API.md §1)."""

log = logging.getLogger(__name__)


class AtBound(Exception):
    """There is no day further in that direction; the message is a sentence for the user."""


class StillLooking(AtBound):
    """So far there is none; the next try looks further."""


class Feed(Source):
    """Walks from day to day over what is known and what has to be asked for."""

    async def step(self, day: date, direction: Direction) -> date:
        """The next day that has papers, asking for the days that disk does not know.

        Raises AtBound with a sentence at either end, and HubError when the Hub cannot say and
        no later day in that direction is on disk.
        """
        try:
            return await self._seek(day, direction)
        except HubError:
            on_disk = self.step_on_disk(day, direction)
            if on_disk is None:
                raise
            return on_disk

    async def step_unread(self, day: date, direction: Direction) -> date:
        """The next day that has unread papers. Raises as ``step`` does."""
        while True:
            day = await self.step(day, direction)
            if self.count([day])[0].unread:
                return day

    async def read_ahead(self, day: date, strip: int) -> None:
        """Fetch the days beside this one and those of the strip while nothing else is to do.

        Stops quietly at the first trouble and when the Hub's quota runs low.
        """
        try:
            for direction in (OLDER, NEWER):
                await self._ahead(day, direction, LOOK_AHEAD, refresh=True)
            if newest := self.peek_newest():
                await self._ahead(newest + ONE_DAY, OLDER, strip, refresh=False)
        except HubError as trouble:
            log.debug("reading ahead stops: %s", trouble)

    async def _ahead(self, day: date, direction: Direction, days: int, *, refresh: bool) -> None:
        """Go so many days; without ``refresh``, what is known of a day is good enough."""
        for _ in range(days):
            if self.settings.offline or not self.has_quota():
                return
            try:
                day = await self._seek(day, direction)
            except AtBound:
                return
            if refresh:
                await self.refresh(day)

    async def _seek(self, day: date, direction: Direction) -> date:
        """The next day that has papers by all that the Hub and disk say. Raises as ``step``."""
        newest = await self._newest(ask=direction == NEWER)
        day = min(day, newest + ONE_DAY)
        bound = self.first_day if direction == OLDER else newest
        async for candidate in self._known(day, bound, direction):
            if self.peek_ids(candidate):
                return candidate
        raise AtBound(self._bound_sentence(bound, direction))

    def _bound_sentence(self, bound: date, direction: Direction) -> str:
        if direction == NEWER:
            return f"{long_day(bound)} is the latest day with papers."
        if bound > FIRST_DAY:
            return f"There is nothing older than {long_day(bound)} here."
        return f"Daily Papers began on {long_day(bound)}; there is nothing older."

    async def _newest(self, *, ask: bool) -> date:
        """The latest day, asked of the Hub when it may have changed and that matters."""
        known = self.peek_newest()
        if known and not ask:
            return known
        try:
            return await self.find_newest()
        except HubError:
            return known or self.today()

    async def _known(self, day: date, bound: date, direction: Direction) -> AsyncIterator[date]:
        """The days up to the bound, each known by the time it is given.

        Raises StillLooking when too many had to be asked for: the next try goes on from there.
        """
        asked = 0
        days = between(day, bound, direction)
        while batch := list(islice(days, DAYS_AT_ONCE)):
            if asked >= MOST_ASKED:
                raise StillLooking(
                    f"No papers up to {long_day(batch[0])}; press again to look further."
                )
            for position, candidate in enumerate(batch):
                if not self._settled(candidate):
                    asked += await self._ask(batch[position:])
                yield candidate

    async def _ask(self, days: Sequence[date]) -> int:
        """Refresh the days that may hold papers we do not know of, and say how many those were.

        The first must succeed; the others come along to save a round trip. A day that the Hub
        refuses because it is not open yet has no papers (API.md §1).
        """
        unknown = [day for day in days if not self._settled(day)]
        answers = await asyncio.gather(
            *(self.refresh(day) for day in unknown), return_exceptions=True
        )
        first = answers[0]
        if isinstance(first, BaseException) and not self.not_open_yet(unknown[0], first):
            raise first
        return len(unknown)
