"""Highlights: what the user watches for, marked in the list and in the text."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from tui.screens.edition import EditionScreen
from tui.text.highlights import Highlights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.papers import Edition, Headline
    from tui.periods import Period
    from tui.services import Services


class Watching(EditionScreen):
    """Marks the rows of papers that have what the user watches for, also in what no row shows."""

    def __init__(self, services: Services, period: Period) -> None:
        super().__init__(services, period)
        own = services.settings
        self._highlights = Highlights(own.words, own.authors, own.organizations)
        self.papers.highlights = self.reader.highlights = self._highlights

    def show_edition(self, edition: Edition) -> None:
        super().show_edition(edition)
        self._watch()

    def improve_edition(self, edition: Edition) -> None:
        super().improve_edition(edition)
        self._watch()

    def _watch(self) -> None:
        if self._highlights and self.edition:
            self._look_through(self.edition.papers)

    @work(group="watch", exclusive=True)
    async def _look_through(self, papers: Sequence[Headline]) -> None:
        """Look at what is known of each paper, and let keys be handled in between."""
        for paper in papers:
            await asyncio.sleep(0)
            if paper.id not in self._watched and self._highlights.watches(self.known(paper)):
                self._watched.add(paper.id)
        self._show_watched()

    def _show_watched(self) -> None:
        changed = {
            index: row._replace(watched=True)
            for index, row in enumerate(self.papers.rows)
            if row.paper.id in self._watched and not row.watched
        }
        self.papers.change(changed)
