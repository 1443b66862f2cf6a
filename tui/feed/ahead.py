"""Reading ahead of the user: slowly, out of the way, and only while the Hub has plenty to give."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, Final

from tui.days import ONE_DAY
from tui.feed.shelf import CLOCK, NEWER, OLDER, Direction, between
from tui.feed.starring import Starring
from tui.hub.errors import BadAnswer, HubError
from tui.periods import Period, Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tui.feed.shelf import Clock, Stores
    from tui.hub.client import Hub
    from tui.hub.settings import HubSettings

LOOK_AHEAD: Final = 2
"""Days with papers that are fetched ahead on either side of the one on screen."""
FURTHEST: Final = 15
"""Days of the calendar that are looked at for them; a longer gap is left to the user's step."""
MOST_SPOILT: Final = 2
"""Days whose lists make no sense that are passed over; with more the Hub itself is in trouble."""
A_MINUTE: Final = 8
"""Requests ahead of the user in any minute, at most."""
MINUTE_S: Final = 60.0

log = logging.getLogger(__name__)


class ReadingAhead(Starring):
    """Fetches what the user is likely to want next, in requests that give way to all others."""

    def __init__(
        self,
        stores: Stores,
        settings: HubSettings,
        connect: Callable[[HubSettings], Hub],
        clock: Clock = CLOCK,
        *,
        reads_ahead: bool = True,
    ) -> None:
        """As Source; ``reads_ahead`` is the user's setting."""
        super().__init__(stores, settings, connect, clock)
        self._reads_ahead = reads_ahead
        self._spent: deque[float] = deque(maxlen=A_MINUTE)

    async def read_ahead(self, period: Period, strip: int) -> None:
        """Fetch two days with papers on either side of a day, then those of the strip.

        Passes over a few lists that make no sense, and stops quietly at any other trouble; waits
        where a minute has had its share of requests, and where the Hub's quota runs low until it
        is renewed.
        """
        if not self._reads_ahead:
            return
        spoilt: set[date] = set()
        try:
            if period.span is Span.DAY:
                await self._ahead(period.first, OLDER, LOOK_AHEAD, spoilt)
                await self._ahead(period.first, NEWER, LOOK_AHEAD, spoilt)
            if newest := self.peek_newest():
                await self._ahead(newest + ONE_DAY, OLDER, strip, spoilt)
        except HubError as trouble:
            log.debug("reading ahead stops: %s", trouble)

    async def _ahead(self, day: date, direction: Direction, many: int, spoilt: set[date]) -> None:
        """Go so many days with papers in that direction, asking for what may be out of date.

        Days whose lists make no sense are added to ``spoilt``, and not asked for again.
        """
        bound = self.first_day if direction == OLDER else self.peek_newest() or self.today()
        for candidate in islice(between(day, bound, direction), FURTHEST):
            if many == 0 or self.is_offline:
                return
            if not self._is_current(candidate) and candidate not in spoilt:
                await self._allowance()
                await self._fetch_ahead(candidate, spoilt)
            many -= bool(self.ids(candidate))

    async def _fetch_ahead(self, day: date, spoilt: set[date]) -> None:
        try:
            await self.refresh(Period.day(day), urgent=False)
        except BadAnswer:
            spoilt.add(day)
            if len(spoilt) > MOST_SPOILT:
                raise

    async def _allowance(self) -> None:
        """Wait until this minute has room for one more request."""
        if len(self._spent) == A_MINUTE:
            await asyncio.sleep(max(0.0, self._spent[0] + MINUTE_S - monotonic()))
        self._spent.append(monotonic())
