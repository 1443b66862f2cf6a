"""Papers of which only the id is known, as the library has them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.feed.shelf import Clock, Shelf
from tui.feed.starring import Starring
from tui.feed.stars import kept_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.library import ReadPaper
    from tui.papers import Headline, Paper


class Recalling(Starring):
    """Finds papers in whatever list they were."""

    async def recall(self, papers: Sequence[ReadPaper]) -> dict[str, Headline]:
        """Those of the papers that disk knows, by their ids."""
        clock = Clock(self.now, self._open_day, self.first_day)
        # A shelf of its own, because the memory of a shelf is for one thread.
        return await asyncio.to_thread(_recalled, Shelf(self._cache, self.library, clock), papers)


def _recalled(shelf: Shelf, papers: Sequence[ReadPaper]) -> dict[str, Headline]:
    found = {
        each.paper: kept_paper(each.paper, each.kept) or _listed(shelf, each.paper)
        for each in papers
    }
    return {paper_id: paper.headline for paper_id, paper in found.items() if paper}


def _listed(shelf: Shelf, paper_id: str) -> Paper | None:
    known = shelf.peek_paper(paper_id)
    return known[0] if known else None
