"""The screen of the program: every part of it together, and what concerns the whole."""

from __future__ import annotations

import asyncio
import logging
from datetime import date
from typing import TYPE_CHECKING, Final

from textual import on, work

from tui.commands import Pane
from tui.explain import sentence, started_afresh, unreadable_marks, without_backup
from tui.library import LibraryBusy, LibraryDamaged, LibraryError, copies
from tui.periods import Period
from tui.screens.arranging import Arranging
from tui.screens.citing import Citing
from tui.screens.hints import Hinting
from tui.screens.noting import Noting
from tui.screens.recalling import Recalling
from tui.screens.sharing import Sharing
from tui.screens.tagging import Tagging
from tui.screens.watching import Watching
from tui.services import back_up, start_afresh
from tui.widgets.line import PieceLine

if TYPE_CHECKING:
    from pathlib import Path

    from tui.services import Services

PALETTE_ROWS: Final = 10
"""The palette has no room for its list in fewer rows."""
BACKUP_AFTER_S: Final = 3.0
"""When the start is over, and before the day's marks are many."""
BACKUP_EVERY_S: Final = 3600.0
"""How often a program that stays open looks whether another day has begun."""
LIBRARY: Final = "library"
"""The group of workers that do what takes the library a while."""

log = logging.getLogger(__name__)


class DailyScreen(Noting, Tagging, Arranging, Citing, Hinting, Recalling, Watching, Sharing):
    """Reads Daily Papers day by day, or by week and month."""

    AUTO_FOCUS = "#papers"

    def __init__(self, services: Services, period: Period | None = None) -> None:
        # The time zone that today needs is loaded only where disk knows no latest day.
        super().__init__(services, period or Period.day(services.feed.first_to_show()))
        self._is_chosen = period is not None
        self._told_of_backup = False

    def on_mount(self) -> None:
        self.begin(chosen=self._is_chosen)
        known = self.services
        troubles = (known.cache_trouble, known.marks_trouble, known.library_lost)
        if told := " ".join(filter(None, troubles)):
            self.tell(told, warn=True)
        self._tell_of_library()
        if not self.services.demo:
            self.set_timer(BACKUP_AFTER_S, self._back_up)
            self.set_interval(BACKUP_EVERY_S, self._back_up)

    def _tell_of_library(self) -> None:
        error = self.services.library_error
        if isinstance(error, LibraryDamaged):
            from tui.screens.notices import DamagedLibrary

            self.app.push_screen(DamagedLibrary(error.path), self._decided)
        elif error:
            why = unreadable_marks(error) if isinstance(error, LibraryBusy) else sentence(error)
            self.tell(f"{why} In this run no mark can be made.", warn=True)

    def _decided(self, afresh: bool | None) -> None:
        if afresh and self.services.library_error:
            self._start_afresh(self.services.library_error.path)

    @work(group=LIBRARY)
    async def _start_afresh(self, path: Path) -> None:
        try:
            recovered = await start_afresh(self.feed, path)
        except LibraryError as trouble:
            self.tell_error(trouble)
            return
        self.tell(started_afresh(recovered, has_copies=bool(copies(path))))
        self.show_marks()

    @work(group=LIBRARY)
    async def _back_up(self) -> None:
        """Copy the library where that is due; a failure is told once."""
        try:
            await asyncio.to_thread(back_up, self.feed.library)
        except LibraryError as error:
            log.warning("no backup was made: %s", error)
            if not self._told_of_backup:
                self.tell(without_backup(error), warn=True)
            self._told_of_backup = True

    @on(PieceLine.Clicked)
    async def _piece_clicked(self, event: PieceLine.Clicked) -> None:
        if isinstance(event.target, date):
            self.go_to(Period.day(event.target))
        else:
            await self.run_action(event.target)

    def action_cancel(self) -> None:
        """Stop what the user waits for; where there is nothing of the kind, clear the selection."""
        if self.is_under_way:
            super().action_cancel()
        else:
            self.action_clear_selection()

    def action_back(self) -> None:
        self.focus_pane(Pane.LIST)

    def action_help(self) -> None:
        from tui.screens.help import Help

        self.app.push_screen(Help(self.pane))

    def action_palette(self) -> None:
        from tui.screens.palette import Palette

        if self.size.height < PALETTE_ROWS:
            self.tell("Enlarge the window for the palette; the keys work without it.")
        else:
            self.app.push_screen(Palette())

    async def action_quit(self) -> None:
        await self.app.action_quit()
