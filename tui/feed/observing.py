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
    from tui.papers import Edition, Gain, Headline


class Observing(Shelf):
    """A shelf that knows how counts have changed, once its observations are open."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        super().__init__(stores.cache, stores.library, clock)
        self._observe = stores.observe
        self._observations: Observations | None = None
        self._observing = asyncio.Lock()

    @property
    def is_observing(self) -> bool:
        """Whether the observations are open, so that what they tell is told."""
        return self._observations is not None

    async def observe(self) -> Observations:
        """The observations, opened now if they are not yet; the first frame does without."""
        async with self._observing:
            if self._observations is None:
                self._observations = await asyncio.to_thread(self._observe)
        return self._observations

    def gains(self, headlines: Sequence[Headline]) -> dict[str, Gain]:
        """What they have gained since the user last looked, by id, where it is anything."""
        return self._observations.gains(headlines, self.now()) if self._observations else {}

    def newcomers(self, headlines: Sequence[Headline]) -> set[str]:
        """The ids of those never seen that came to a day's list after the user had seen it."""
        return self._observations.newcomers(headlines) if self._observations else set()

    def newest(self, edition: Edition) -> Sequence[Headline]:
        """The papers with the newest counts that are known, from whichever list."""
        if self._observations is None or edition.period.is_own:
            return edition.papers
        return self._observations.newest(edition.papers, edition.fetched)

    def rates(self, headlines: Sequence[Headline]) -> dict[str, float]:
        """Upvotes gained per hour, by id, as far as that was observed."""
        ids = [headline.id for headline in headlines]
        return self._observations.rates(ids) if self._observations else {}

    async def look(self, edition: Edition) -> None:
        """Note that the user has this list before their eyes, with the newest counts."""
        observations = await self.observe()
        days = {paper.day for paper in edition.papers if paper.day and edition.period.is_dated}

        def look() -> None:
            observations.look(self.newest(edition), self.now(), days)

        await asyncio.to_thread(look)

    async def _record(self, headlines: Sequence[Headline], asked: datetime) -> None:
        observations = await self.observe()
        await asyncio.to_thread(observations.record, headlines, asked, self.now())
