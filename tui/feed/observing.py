"""What the papers have gained since the user last looked, beside what is on the shelf."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.feed.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tui.feed.shelf import Clock, Stores
    from tui.observations import Observations
    from tui.papers import Gain, Headline


class Observing(Shelf):
    """A shelf that knows how counts have changed, once its observations are open."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        super().__init__(stores.cache, stores.library, clock)
        self._observe = stores.observe
        self._observations: Observations | None = None
        self._observing = asyncio.Lock()

    async def observe(self) -> Observations:
        """The observations, opened now if they are not yet; the first frame does without."""
        async with self._observing:
            if self._observations is None:
                self._observations = await asyncio.to_thread(self._observe)
        return self._observations

    def gains(self, headlines: Sequence[Headline]) -> dict[str, Gain]:
        """What they have gained since the user last looked, by id, where it is anything."""
        return self._observations.gains(headlines, self.now()) if self._observations else {}

    def never_seen(self, headlines: Sequence[Headline]) -> set[str]:
        """The ids of those that the user has never seen."""
        return self._observations.unseen(headlines) if self._observations else set()

    def rates(self, headlines: Sequence[Headline]) -> dict[str, float]:
        """Upvotes gained per hour, by id, as far as that was observed."""
        ids = [headline.id for headline in headlines]
        return self._observations.rates(ids) if self._observations else {}

    async def look(self, headlines: Sequence[Headline]) -> None:
        """Note that the user has these counts before their eyes."""
        observations = await self.observe()
        await asyncio.to_thread(observations.look, headlines, self.now())

    async def _record(self, headlines: Sequence[Headline], asked: datetime) -> None:
        observations = await self.observe()
        await asyncio.to_thread(observations.record, headlines, asked)
