"""What the user has had before their eyes, and what was gained since."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tui.papers import NO_GAIN, Edition
from tui.periods import TRENDING
from tui.screens.edition import EditionScreen

if TYPE_CHECKING:
    from datetime import datetime

    from tui.periods import Period
    from tui.services import Services

LOOK_AFTER_S: Final = 1.0
"""A list that stays on screen this long is looked at; flipping past it is no look."""
LOOK_EVERY: Final = timedelta(minutes=5)
"""So often it is noted again, or a look would end while the list is on screen."""


class Looking(EditionScreen):
    """Notes which lists are looked at, and shows what their papers have gained."""

    def __init__(self, services: Services, period: Period) -> None:
        super().__init__(services, period)
        self._looked: datetime | None = None
        """When the list on screen was last said to be looked at."""

    def _shown(self) -> None:
        self._look()

    def _look(self) -> None:
        """Note, once this is painted, that the user has these counts before their eyes."""
        edition = self.edition
        self._looked = self.feed.now()
        if edition and not edition.period.is_own:
            self.call_after_refresh(lambda: self.run_worker(self._note_look(edition), group="look"))

    def _look_on(self) -> None:
        """Note from time to time that the list is still on screen."""
        if self._looked and self.feed.now() - self._looked >= LOOK_EVERY:
            self._look()

    async def _note_look(self, edition: Edition) -> None:
        """Show what was gained where that was not known yet, then note the look, if it is one."""
        await self.feed.observe()
        if self._is_bare and self.edition and self.edition.papers is edition.papers:
            self._take(edition)
            self._new |= self._newcomers(edition)
            self._show_gains()
        await asyncio.sleep(LOOK_AFTER_S)
        if self.edition is edition:
            await self.feed.look(self._seen(edition))

    def _seen(self, edition: Edition) -> Edition:
        """What of this list is shown; where some is hidden, the user has seen no day's whole list.

        Such a part is noted as papers of Trending are, which stand for no day.
        """
        shown = {row.paper.id for row in self.papers.rows}
        papers = tuple(paper for paper in edition.papers if paper.id in shown)
        is_whole = len(papers) == len(edition.papers)
        return edition if is_whole else Edition(TRENDING, papers, edition.fetched)

    def _show_gains(self) -> None:
        newest = {paper.id: paper for paper in self._papers}
        changed = {}
        for index, row in enumerate(self.papers.rows):
            now = newest.get(row.paper.id, row.paper)
            told = row._replace(
                paper=now._replace(day=row.paper.day),
                gain=self._gains.get(now.id, NO_GAIN),
                new=now.id in self._new,
            )
            if told != row:
                changed[index] = told
        if changed:
            self.papers.change(changed)
            self.show_paper()
