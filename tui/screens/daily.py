"""The screen of the program: every part of it together, and what concerns the whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from textual import on

from tui.commands import Pane
from tui.explain import sentence, unreadable_marks
from tui.library import LibraryBusy, LibraryDamaged, LibraryError
from tui.periods import Period
from tui.screens.arranging import Arranging
from tui.screens.handing_over import HandingOver
from tui.screens.marking import Marking
from tui.services import start_afresh
from tui.widgets.line import PieceLine

if TYPE_CHECKING:
    from tui.services import Services

PALETTE_ROWS: Final = 10
"""The palette has no room for its list in fewer rows."""


class DailyScreen(Marking, Arranging, HandingOver):
    """Reads Daily Papers day by day, or by week and month."""

    AUTO_FOCUS = "#papers"

    def __init__(self, services: Services, period: Period | None = None) -> None:
        # The time zone that today needs is loaded only where disk knows no day.
        feed = services.feed
        super().__init__(services, period or Period.day(feed.peek_newest() or feed.today()))
        self._is_chosen = period is not None

    def on_mount(self) -> None:
        self.begin(chosen=self._is_chosen)
        troubles = filter(None, (self.services.cache_trouble, self.services.marks_trouble))
        if told := " ".join(troubles):
            self.tell(told, warn=True)
        self._tell_of_library()

    def _tell_of_library(self) -> None:
        error = self.services.library_error
        if isinstance(error, LibraryDamaged):
            from tui.screens.notices import DamagedLibrary

            self.app.push_screen(DamagedLibrary(error.path), self._start_afresh)
        elif error:
            why = unreadable_marks(error) if isinstance(error, LibraryBusy) else sentence(error)
            self.tell(f"{why} In this run no mark can be made.", warn=True)

    def _start_afresh(self, agreed: bool | None) -> None:
        error = self.services.library_error
        if not agreed or error is None:
            return
        try:
            aside = start_afresh(self.feed, error.path)
        except LibraryError as trouble:
            self.tell_error(trouble)
            return
        self.tell(f"A fresh library is in use; the damaged one is {aside}.")
        self.show_marks()

    @on(PieceLine.Clicked)
    async def _piece_clicked(self, event: PieceLine.Clicked) -> None:
        if isinstance(event.target, date):
            self.go_to(Period.day(event.target))
        else:
            await self.run_action(event.target)

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
