"""Papers of which only the id is known, as the library has them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.feed.starring import Starring
from tui.feed.stars import kept_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.feed.shelf import Shelf
    from tui.library import ReadPaper
    from tui.papers import Headline


class Recalling(Starring):
    """Finds papers in whatever list they were."""

    async def recall(self, papers: Sequence[ReadPaper]) -> dict[str, Headline]:
        """Those of the papers that disk knows, by their ids."""
        return await asyncio.to_thread(_recalled, self._shelf_for_thread(), papers)


def _recalled(shelf: Shelf, papers: Sequence[ReadPaper]) -> dict[str, Headline]:
    kept = {each.paper: kept_paper(each.paper, each.kept) for each in papers}
    found = kept | shelf.find(paper_id for paper_id, paper in kept.items() if paper is None)
    return {paper_id: paper.headline for paper_id, paper in found.items() if paper}
