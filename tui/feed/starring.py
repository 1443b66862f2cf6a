"""The reading list: starred papers are kept whole, so that they outlive the cache."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from tui.feed.shelf import Clock, Shelf, paper_key
from tui.feed.source import Source
from tui.feed.stars import Stars, kept_paper, read_stars
from tui.hub.errors import HubError, NotFound
from tui.hub.item import dump_paper
from tui.library import LibraryError
from tui.papers import Edition, is_paper_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.papers import Headline, Paper
    from tui.periods import Period

MOST_COMPLETED: Final = 8
"""Papers of the reading list that the Hub is asked for at a time."""
NO_CHANGE: Final = -1
"""In place of the library's last change: the list is to be read again."""

log = logging.getLogger(__name__)


class Starring(Source):
    """Answers for the user's own list of starred papers as for any other."""

    _stars: Stars | None = None
    _unknown: frozenset[str] = frozenset()
    """Starred papers that the Hub does not know."""

    def peek(self, period: Period) -> Edition | None:
        if not period.is_own:
            return super().peek(period)
        return self._stars and Edition(period, self._stars.headlines, self._stars.fetched)

    def paper(self, period: Period, headline: Headline) -> Paper | None:
        kept = self._stars.paper(headline) if period.is_own and self._stars else None
        return kept or super().paper(period, headline)

    def peek_paper(self, paper_id: str) -> tuple[Paper, bool] | None:
        """As Shelf; what is kept with a star stands in for what the cache has lost."""
        if known := super().peek_paper(paper_id):
            return known
        kept = self._kept_with_star(paper_id)
        return (kept, False) if kept else None

    def is_fresh(self, edition: Edition) -> bool:
        if not edition.period.is_own:
            return super().is_fresh(edition)
        try:
            return self._stars is not None and self._stars.change == self.library.last_star
        except LibraryError as error:
            log.debug("the stars cannot be looked at: %s", error)
            return False

    async def refresh(self, period: Period, *, force: bool = False, urgent: bool = True) -> Edition:
        """As Source; what is starred comes from the library. Raises LibraryError too."""
        if not period.is_own:
            return await super().refresh(period, force=force, urgent=urgent)
        self._stars = await asyncio.to_thread(
            read_stars, self._shelf_for_thread(), self._cache, self._stars
        )
        return Edition(period, self._stars.headlines, self._stars.fetched)

    async def to_keep(self, period: Period, headlines: Iterable[Headline]) -> dict[str, str]:
        """What to store with a star, by paper, as far as disk knows these papers of a period."""
        found = {}
        for headline in headlines:
            if paper := self.paper(period, headline):
                found[headline.id] = dump_paper(paper)
            await asyncio.sleep(0)  # each may be in another answer, and keys are waiting
        return found

    async def complete_stars(self, *, ask: bool = True) -> None:
        """Keep the starred papers of which nothing is kept yet: from disk, else from the Hub where
        that is to be asked.

        What cannot be kept is known to the list itself until the program ends.
        """
        try:
            lacking = await self._lacking()
            found = await self._completed(lacking, ask=ask) if lacking else {}
            if found and self.library.writable:
                kept = {paper_id: dump_paper(paper) for paper_id, paper in found.items()}
                await asyncio.to_thread(self.library.keep, kept)
        except LibraryError as error:
            log.warning("the starred papers are not complete: %s", error)
            return
        if (stars := self._stars) and found.keys() - stars.found.keys():
            self._stars = stars._replace(found={**stars.found, **found}, change=NO_CHANGE)

    async def _lacking(self) -> Sequence[str]:
        """The starred papers of which nothing usable is kept. Raises LibraryError."""
        if self._stars:
            return self._stars.lacking
        return list(filter(is_paper_id, await asyncio.to_thread(self.library.bare_stars)))

    async def _completed(self, lacking: Sequence[str], *, ask: bool) -> dict[str, Paper]:
        """Those of the papers that disk knows, and a few of the others as the Hub has them."""
        found = await asyncio.to_thread(self._shelf_for_thread().find, lacking)
        if ask:
            lost = [each for each in lacking if each not in found and each not in self._unknown]
            asked = lost[:MOST_COMPLETED]
            answers = await asyncio.gather(*map(self._asked, asked))
            found |= {each: paper for each, paper in zip(asked, answers, strict=True) if paper}
        return found

    def _shelf_for_thread(self) -> Shelf:
        """A shelf of its own, because the memory of a shelf is for one thread."""
        return Shelf(self._cache, self.library, Clock(self.now, self._open_day, self.first_day))

    def _kept_with_star(self, paper_id: str) -> Paper | None:
        """The paper as the library has kept it, None too where the library cannot say."""
        try:
            [json] = self.library.kept([paper_id])
        except LibraryError as error:
            log.debug("what is kept cannot be looked at: %s", error)
            return None
        return kept_paper(paper_id, json)

    async def _asked(self, paper_id: str) -> Paper | None:
        """The paper from the Hub, None where it cannot be had."""

        async def ask(*, urgent: bool) -> Paper:
            return await self._fetch_paper(paper_id, urgent=urgent)

        try:
            paper: Paper = await self._in_flight.ask(paper_key(paper_id), ask, urgent=False)
        except NotFound:
            self._unknown |= {paper_id}
            return None
        except HubError as trouble:
            log.debug("not completed: %s", trouble)
            return None
        return paper
