"""Marks: a change is on disk before the screen shows it, and every change can be undone."""

from __future__ import annotations

import asyncio
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from textual import on

from tui.commands import Pane
from tui.library import LibraryError
from tui.order import Choice
from tui.page import counted
from tui.screens.current import Current
from tui.screens.panes import NO_PAPER
from tui.screens.selecting import Selecting
from tui.text.width import fit
from tui.widgets.paper_list import PaperList

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from tui.library import Undone
    from tui.papers import Headline
    from tui.widgets.paper_list import Row

TITLE_CELLS: Final = 50
"""Cells of a title in a toast."""
NO_TAGS: Final[Mapping[str, bool]] = MappingProxyType({})


class Marking(Current, Selecting):
    """Marks papers read and starred, takes it back, and pages through what is unread."""

    async def _mark(
        self,
        ids: Sequence[str],
        label: str,
        *,
        read: bool | None = None,
        starred: bool | None = None,
        tags: Mapping[str, bool] = NO_TAGS,
    ) -> int | None:
        """Mark papers, or say why not; how many have changed, None for a failure.

        What is known of a paper is kept with its star.
        """
        self._acted = True
        kept = await self.feed.to_keep(self.period, self._headlines(ids)) if starred else {}
        mark = partial(
            self.feed.library.mark, ids, read=read, starred=starred, tags=tags, kept=kept,
            label=label,
        )  # fmt: skip
        try:
            return await self._change(ids, mark)
        except LibraryError as error:
            self.tell_error(error)
            return None

    def _headlines(self, ids: Collection[str]) -> list[Headline]:
        wanted = set(ids)
        return [row.paper for row in self.papers.rows if row.paper.id in wanted]

    async def _change(self, ids: Collection[str], change: Callable[[], int]) -> int:
        """Change the library, then the screen; how many papers have changed.

        Raises LibraryError, and then nothing has changed.
        """
        self._acted = True
        changed = await asyncio.to_thread(change)
        if changed:
            self.show_marks(set(ids))
        return changed

    async def _mark_current_read(self) -> None:
        """Mark what is being read; where no mark can be made, the header says so already."""
        row = self.row
        if row and not row.read and self.feed.library.writable:
            await self._mark([row.paper.id], f"read {subject([row])}", read=True)

    async def action_toggle_read(self) -> None:
        """Mark the chosen papers read, or unread again where all of them are read."""
        rows = self.chosen_rows
        if unread := [row for row in rows if not row.read]:
            await self._mark_chosen(unread, "read", read=True)
        else:
            await self._mark_chosen(rows, "unread", read=False)

    async def action_toggle_star(self) -> None:
        """Star the chosen papers, or take the stars off where all of them have one."""
        rows = self.chosen_rows
        if unstarred := [row for row in rows if not row.starred]:
            await self._mark_chosen(unstarred, "starred", starred=True)
        else:
            await self._mark_chosen(rows, "star taken off", starred=False)

    async def _mark_chosen(
        self,
        rows: Sequence[Row],
        deed: str,
        *,
        read: bool | None = None,
        starred: bool | None = None,
        tags: Mapping[str, bool] = NO_TAGS,
    ) -> None:
        """Mark the papers of these rows as one step; say how many, unless it is a single one."""
        if not rows:
            self.tell(NO_PAPER)
            return
        label = f"{deed} {subject(rows)}"
        ids = [row.paper.id for row in rows]
        changed = await self._mark(ids, label, read=read, starred=starred, tags=tags)
        if changed and len(rows) > 1:
            self.tell(f"{label[0].upper()}{label[1:]}; U takes it back.")

    async def action_read_all(self) -> None:
        ids = [row.paper.id for row in self.papers.rows]
        label = f"all of {self.period.title} read"
        if self.choice is not Choice.ALL:
            unread = sum(not row.read for row in self.papers.rows)
            label = f"read {counted(unread, 'paper')} of {self.period.title}"
        changed = await self._mark(ids, label, read=True)
        if changed:
            self.tell(f"Marked {changed} read; U takes it back.")
        elif changed == 0:
            self.tell("Everything here is read already." if ids else NO_PAPER)

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
        else:
            self.tell(NO_PAPER)

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


def subject(rows: Sequence[Row]) -> str:
    """What a step was done to: the title of the one paper, or how many they are."""
    if len(rows) > 1:
        return counted(len(rows), "paper")
    return f"“{fit(rows[0].paper.title, TITLE_CELLS)}”"
