"""Marks: a change is on disk before the screen shows it, and every change can be undone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual import on

from tui.commands import Pane
from tui.library import LibraryError
from tui.screens.current import Current
from tui.text.width import fit
from tui.widgets.paper_list import PaperList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.library import Undone
    from tui.widgets.paper_list import Row

TITLE_CELLS: Final = 50
"""Cells of a title in a toast."""


class Marking(Current):
    """Marks papers read and starred, takes it back, and pages through what is unread."""

    async def _mark(
        self,
        ids: Sequence[str],
        label: str,
        *,
        read: bool | None = None,
        starred: bool | None = None,
    ) -> int | None:
        """Change the library, then the screen; how many papers changed, None for a failure."""
        library = self.feed.library
        self._acted = True
        try:
            changed = await asyncio.to_thread(
                library.mark, ids, read=read, starred=starred, label=label
            )
        except LibraryError as error:
            self.tell_error(error)
            return None
        if changed:
            self.show_marks(set(ids))
        return changed

    async def _mark_current_read(self) -> None:
        """Mark what is being read; where no mark can be made, the header says so already."""
        row = self.row
        if row and not row.read and self.feed.library.writable:
            await self._mark([row.paper.id], f"read {_quoted(row)}", read=True)

    async def action_toggle_read(self) -> None:
        if row := self.row:
            label = f"{'unread' if row.read else 'read'} {_quoted(row)}"
            await self._mark([row.paper.id], label, read=not row.read)

    async def action_toggle_star(self) -> None:
        if row := self.row:
            label = f"{'star taken off' if row.starred else 'starred'} {_quoted(row)}"
            await self._mark([row.paper.id], label, starred=not row.starred)

    async def action_read_all(self) -> None:
        ids = [row.paper.id for row in self.papers.rows]
        changed = await self._mark(ids, f"all of {self.period.title} read", read=True)
        if changed:
            self.tell(f"Marked {changed} read; U takes it back.")
        elif changed == 0 and ids:
            self.tell("Everything here is read already.")

    async def action_undo(self) -> None:
        await self._take_back("Undid", "There is nothing to undo.", back=True)

    async def action_redo(self) -> None:
        await self._take_back("Did again", "There is nothing to redo.", back=False)

    async def _take_back(self, done: str, nothing: str, *, back: bool) -> None:
        library = self.feed.library
        try:
            step: Undone | None = await asyncio.to_thread(library.undo if back else library.redo)
        except LibraryError as error:
            self.tell_error(error)
            return
        self.tell(f"{done}: {step.label}." if step else nothing)
        self.show_marks()

    async def action_read_paper(self) -> None:
        if self.row:
            self.focus_pane(Pane.READER)
            await self._mark_current_read()

    async def action_text_page_down(self) -> None:
        """Page the text, which counts as reading it; at its end go on to what is unread.

        Where the text is not on the screen, bring it there: nobody has read it yet.
        """
        if not self.reader.display:
            await self.action_read_paper()
            return
        await self._mark_current_read()
        if self.reader.at_end:
            self.action_next_unread()
        else:
            self.scroll_text(max(1, self.reader.text_height - 1))

    @on(PaperList.Clicked)
    async def _paper_opened(self, event: PaperList.Clicked) -> None:
        if event.twice:
            await self.action_read_paper()


def _quoted(row: Row) -> str:
    return f"“{fit(row.paper.title, TITLE_CELLS)}”"
