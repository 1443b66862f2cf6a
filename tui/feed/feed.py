"""The one thing that screens and commands talk to: going through periods.

What is on disk is answered at once (``peek`` and its like, synchronous); what only the Hub knows
is asked for (``refresh``, ``step``, ``find_newest``, asynchronous) and kept on disk.
"""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import TYPE_CHECKING, Final

from tui.days import FIRST_DAY, ONE_DAY, long_day
from tui.feed.ahead import ReadingAhead
from tui.feed.recalling import Recalling
from tui.feed.shelf import NEWER, NEWEST_KEY, OLDER, Direction, between
from tui.freshness import NEWEST_LIFETIME, within
from tui.hub.errors import HubError
from tui.periods import Period, Span

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import date

DAYS_AT_ONCE: Final = 3
"""Unknown days asked for together while stepping: a weekend costs one round trip."""
MOST_ASKED: Final = 60
"""Unknown days asked for in one step; the longest real gap is under two weeks (API.md §1)."""
MOST_FETCHED: Final = 6
"""Weeks or months asked for in one search for unread papers."""


class AtBound(Exception):
    """There is no period further in that direction; the message is a sentence for the user."""


class StillLooking(AtBound):
    """So far there is none; the next try looks further."""


class Feed(ReadingAhead, Recalling):
    """Walks from period to period over what is known and what has to be asked for."""

    trouble: HubError | None = None
    """Why a step has last had to make do with what is on disk."""

    async def step(self, period: Period, direction: Direction) -> Period:
        """The next day that has papers, asking for the days that disk does not know; the next
        week or month that may have some.

        Raises AtBound with a sentence at either end, and HubError when the Hub cannot say and
        nothing later in that direction is on disk; where something is, ``trouble`` tells why.
        """
        if not period.is_dated:
            raise AtBound(f"{period.title} has no older or newer list; 1 goes back to the days.")
        if period.span is Span.DAY:
            return Period.day(await self._step_day(period.first, direction))
        return self._beside(period, direction)

    async def step_unread(self, period: Period, direction: Direction) -> Period:
        """The next period that has unread papers. Raises as ``step`` does, and StillLooking."""
        fetched = 0
        helps = True
        while True:
            period = await self.step(period, direction)
            if period.span is not Span.DAY and self._may_be_asked_for(period, helps=helps):
                if fetched == MOST_FETCHED:
                    raise StillLooking(
                        f"No unread papers up to {period.title}; press again to look further."
                    )
                fetched += 1
                helps = await self._refresh_if_possible(period)
            if self.unread(period):
                return period
            await asyncio.sleep(0)  # all of this may be on disk, and keys are waiting

    def passed_over(self, start: Period, end: Period) -> list[date]:
        """The days from the one to the other that may have papers which disk does not know."""
        direction: Direction = OLDER if end.first < start.first else NEWER
        edge, far = (start.first, end.last) if direction == OLDER else (start.last, end.first)
        newest = self.peek_newest() or self.today()
        days = between(edge, far - direction * ONE_DAY, direction)
        return [day for day in days if day <= newest and not self.settled(day)]

    def _may_be_asked_for(self, period: Period, *, helps: bool) -> bool:
        """Whether the Hub could tell more about the period.

        Offline, or where it has just failed, it is tried only where disk knows nothing.
        """
        if (self.is_offline or not helps) and self.peek(period):
            return False
        return bool(self.stale_days(period))

    async def _refresh_if_possible(self, period: Period) -> bool:
        """Whether the Hub has told more. Raises HubError where disk knows nothing either."""
        try:
            await self.refresh(period)
        except HubError as error:
            if self.peek(period) is None:
                raise
            self.trouble = error
            return False
        return True

    def _beside(self, period: Period, direction: Direction) -> Period:
        """The next week or month that is not known to be empty; offline, one that is on disk."""
        edge = period.first if direction == OLDER else period.last
        if self.is_offline and (day := self.step_on_disk(edge, direction)):
            return Period.of(period.span, day)
        bound = self.first_day if direction == OLDER else self.today()
        following = period.beside(direction)
        while (bound - edge).days * direction > 0:
            days = self.open_days(following)
            if not all(self.settled(day) and not self.ids(day) for day in days):
                return following
            edge = following.first if direction == OLDER else following.last
            following = following.beside(direction)
        if direction == NEWER:
            bound = self.peek_newest() or bound
        raise AtBound(self._bound_sentence(bound, direction))

    async def _step_day(self, day: date, direction: Direction) -> date:
        if self.is_offline and (on_disk := self.step_on_disk(day, direction)):
            return on_disk
        try:
            return await self._seek(day, direction)
        except HubError as error:
            on_disk = self.step_on_disk(day, direction)
            if on_disk is None:
                raise
            self.trouble = error
            return on_disk

    async def _seek(self, day: date, direction: Direction) -> date:
        """The next day that has papers by all that the Hub and disk say. Raises as ``step``."""
        newest = await self._newest(ask=direction == NEWER)
        day = max(min(day, newest + ONE_DAY), self.first_day - ONE_DAY)
        bound = self.first_day if direction == OLDER else newest
        async for candidate in self._known(day, bound, direction):
            if self.ids(candidate):
                return candidate
        raise AtBound(self._bound_sentence(bound, direction))

    def _bound_sentence(self, bound: date, direction: Direction) -> str:
        if direction == NEWER:
            return self._latest_sentence(bound)
        if bound > FIRST_DAY:
            return f"There is nothing older than {long_day(bound)} here."
        return f"Daily Papers began on {long_day(bound)}; there is nothing older."

    def _latest_sentence(self, latest: date) -> str:
        if self.knows_newest:
            return f"{long_day(latest)} is the latest day with papers."
        if self.is_offline:
            return "No connection to the Hub: no newer day is on disk."
        return f"{long_day(latest)} is the latest day known to have papers."

    @property
    def knows_newest(self) -> bool:
        """Whether the Hub has said lately which day is the latest."""
        entry = self._cache.get(NEWEST_KEY)
        return entry is not None and within(NEWEST_LIFETIME, entry.fetched, self.now())

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
                if not self.settled(candidate):
                    asked += await self._ask(batch[position:])
                yield candidate

    async def _ask(self, days: Sequence[date]) -> int:
        """Refresh the days that may hold papers we do not know of, and say how many those were.

        The first must succeed; the others come along to save a round trip. A day that the Hub
        refuses because it is not open yet has no papers (API.md §1).
        """
        unknown = [day for day in days if not self.settled(day)]
        answers = await asyncio.gather(
            *(self.refresh(Period.day(day)) for day in unknown), return_exceptions=True
        )
        first = answers[0]
        if isinstance(first, BaseException) and not self.not_open_yet(unknown[0], first):
            raise first
        return len(unknown)
