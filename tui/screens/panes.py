"""The panes, the cursor and what is said around them; what every other part builds on."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.containers import Container
from textual.screen import Screen

from tui.commands import Pane
from tui.explain import Explicable, sentence
from tui.widgets.day_strip import DayStrip
from tui.widgets.key_bar import KeyBar
from tui.widgets.masthead import Masthead
from tui.widgets.paper_list import PaperList
from tui.widgets.reader import Reader
from tui.widgets.toasts import Toasts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

NO_PAPER: Final = "There is no paper here."
ONE_FITS: Final = "Only one pane fits into this window; Tab turns to the other."
ALL_AUTHORS: Final = "Every author is shown already."

log = logging.getLogger(__name__)


class Ground(Container):
    """What both panes stand on; they cover all of it."""

    BLANK: ClassVar[bool] = True
    """Not worked out line by line for every frame, which is no small part of what one takes."""


class Panes(Screen[None]):
    """The list and the text; owns the cursor, so that the text follows it within one frame."""

    BLANK: ClassVar[bool] = True

    def __init__(self) -> None:
        # The classes of an ordinary window: where they hold, the first frame is styled only once.
        super().__init__(classes="-wide -high")
        self.papers = PaperList(id="papers")
        self.reader = Reader(id="reader")
        self._masthead = Masthead(id="masthead")
        self._strip = DayStrip(id="day-strip")
        self._key_bar = KeyBar(id="key-bar")
        self.toasts = Toasts(id="toasts")
        self._panes = Ground(self.papers, self.reader, self.toasts, id="panes")
        self._busy: dict[object, str] = {}
        self._trouble = ""
        self._acted = False
        """Whether the user has begun with this list, so that no newer one may take its place."""

    def compose(self) -> ComposeResult:
        yield self._masthead
        yield self._strip
        yield self._panes
        yield self._key_bar

    # -- what is said -------------------------------------------------------------------

    def show_status(self) -> None:
        """Bring the header in line with what is known; also called as time goes by."""
        raise NotImplementedError

    def show_paper(self) -> None:
        """Show the text of the paper under the cursor."""
        raise NotImplementedError

    @contextmanager
    def waiting(self, text: str) -> Iterator[None]:
        """Say in the header what is under way for as long as it is."""
        token = object()
        self._busy[token] = text
        self.show_status()
        try:
            yield
        finally:
            del self._busy[token]
            self.show_status()

    @property
    def is_waiting(self) -> bool:
        """Whether something is under way that the header speaks of."""
        return bool(self._busy)

    def set_trouble(self, trouble: str) -> None:
        """Say in the header why the screen is not up to date, or with "" that it is."""
        self._trouble = trouble
        self.show_status()

    def tell(self, text: str, *, warn: bool = False, beside: bool = False) -> None:
        """Show a sentence for a moment, in place of those before it.

        With ``beside`` these stay: what nobody has asked for must not hide what matters more.
        """
        self.toasts.say(text, warn=warn, beside=beside)

    def on_screen_suspend(self) -> None:
        self.toasts.make_way()

    def on_screen_resume(self) -> None:
        self.toasts.show()

    def tell_error(self, error: Explicable) -> None:
        """Show what went wrong, and keep it in the log."""
        log.warning("%s", error)
        self.tell(sentence(error), warn=True)

    # -- panes --------------------------------------------------------------------------

    def focus_pane(self, pane: Pane) -> None:
        """Give a pane the keys; where only one pane fits, it is the one that shows."""
        self._acted = True
        self._panes.set_class(pane is Pane.READER, "-reading")
        # At once: the next key, which may be waiting already, is for this pane.
        self.set_focus(self.reader if pane is Pane.READER else self.papers)
        self._key_bar.show(pane)

    @property
    def pane(self) -> Pane:
        """The pane that has the keys."""
        return Pane.READER if self.focused is self.reader else Pane.LIST

    def on_descendant_focus(self) -> None:
        if self.focused in (self.papers, self.reader):
            self._panes.set_class(self.pane is Pane.READER, "-reading")
            self._key_bar.show(self.pane)

    def action_other_pane(self) -> None:
        self.focus_pane(Pane.LIST if self.pane is Pane.READER else Pane.READER)

    def action_zoom(self) -> None:
        """Show one pane, or both again; say so where the window has no room for both."""
        is_alone = self._panes.has_class("-zoomed") or not self._has_both
        self._panes.set_class(not is_alone, "-zoomed")
        if is_alone:
            self.call_after_refresh(self._tell_of_room)

    def _tell_of_room(self) -> None:
        if not self._has_both and not self._panes.has_class("-zoomed"):
            self.tell(ONE_FITS)

    @property
    def _has_both(self) -> bool:
        """Whether both panes are on the screen."""
        return self.papers.display and self.reader.display

    # -- the cursor ---------------------------------------------------------------------

    def select(self, index: int) -> None:
        """Put the cursor on a paper and show its text, in one go."""
        if self.papers.move_to(index):
            self._acted = True
            self.show_paper()

    def action_next_paper(self) -> None:
        self.select(self.papers.cursor + 1)

    def action_previous_paper(self) -> None:
        self.select(self.papers.cursor - 1)

    def action_first_paper(self) -> None:
        self.select(0)

    def action_last_paper(self) -> None:
        self.select(len(self.papers.rows) - 1)

    def action_list_down(self) -> None:
        self.select(self.papers.cursor + self.papers.page_size)

    def action_list_up(self) -> None:
        self.select(self.papers.cursor - self.papers.page_size)

    def action_half_list_down(self) -> None:
        self.select(self.papers.cursor + max(1, self.papers.page_size // 2))

    def action_half_list_up(self) -> None:
        self.select(self.papers.cursor - max(1, self.papers.page_size // 2))

    @on(PaperList.Clicked)
    def _paper_clicked(self, event: PaperList.Clicked) -> None:
        self.select(event.index)

    # -- the text -----------------------------------------------------------------------

    def scroll_text(self, lines: int) -> None:
        """Scroll the text, down when positive."""
        self._acted = True
        self.reader.scroll_lines(lines)

    def action_text_down(self) -> None:
        self.scroll_text(1)

    def action_text_up(self) -> None:
        self.scroll_text(-1)

    def action_text_half_down(self) -> None:
        self.scroll_text(max(1, self.reader.text_height // 2))

    def action_text_half_up(self) -> None:
        self.scroll_text(-max(1, self.reader.text_height // 2))

    def action_text_page_up(self) -> None:
        self.scroll_text(-max(1, self.reader.text_height - 1))

    def action_text_top(self) -> None:
        self.reader.scroll_to(y=0, animate=False)

    def action_text_bottom(self) -> None:
        self.reader.scroll_to(y=self.reader.max_scroll_y, animate=False)

    def action_all_authors(self) -> None:
        if self.papers.current is None:
            self.tell(NO_PAPER)
        elif not self.reader.toggle_all_authors():
            self.tell(ALL_AUTHORS)

    def action_raw_tex(self) -> None:
        """Show TeX the other way from now on, and say so: many texts have none."""
        self.tell(f"TeX is shown {'as typed' if self.reader.toggle_raw() else 'as Unicode'}.")

    @on(Reader.Scrolled)
    def _text_scrolled(self) -> None:
        self._acted = True
