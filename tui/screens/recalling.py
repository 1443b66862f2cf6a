"""What the user has read, day by day, and the way back to any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.order import Choice
from tui.periods import Period
from tui.screens.views import Views

if TYPE_CHECKING:
    from tui.papers import Headline


class Recalling(Views):
    """Opens the library screen, and goes to the paper that was chosen there."""

    async def action_history(self) -> None:
        from tui.screens.library_screen import LibraryScreen

        paper = self.papers.current
        if paper and self.period.is_own:
            paper = paper._replace(day=None)  # that of its star
        await self.app.push_screen(LibraryScreen(self.feed, paper), self._go_back_to)

    def _go_back_to(self, paper: Headline | None) -> None:
        if paper is None or paper.day is None:
            return
        self.choice = Choice.ALL  # what was read is not among the unread
        self.rearrange()
        period = Period.day(paper.day)
        if period == self.period:
            ids = [row.paper.id for row in self.papers.rows]
            self.select(ids.index(paper.id) if paper.id in ids else self.papers.cursor)
        else:
            self._places[period] = paper.id
        self.go_to(period)
