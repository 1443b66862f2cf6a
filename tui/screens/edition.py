"""One edition on the screen: the panes, the cursor, the header; what every other part builds on."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Container
from textual.screen import Screen

from tui.commands import Pane
from tui.explain import Explicable, sentence, unreadable_marks
from tui.library import LibraryError, Mark
from tui.widgets.day_strip import DAYS, DayStrip
from tui.widgets.key_bar import KeyBar
from tui.widgets.masthead import Masthead, Status
from tui.widgets.paper_list import PaperList, Row
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from textual.app import ComposeResult

    from tui.feed import Feed
    from tui.papers import Edition, Paper
    from tui.services import Services

log = logging.getLogger(__name__)


class EditionScreen(Screen[None]):
    """Shows an edition and owns the cursor, so that the text follows it within one frame."""

    def __init__(self, services: Services, day: date) -> None:
        # The classes of an ordinary window: where they hold, the first frame is styled only once.
        super().__init__(classes="-wide -high")
        self.services = services
        self.feed: Feed = services.feed
        self.day = day
        """The day on screen or on its way there."""
        self.edition: Edition | None = None
        self.papers = PaperList(id="papers")
        self.reader = Reader(id="reader")
        self._masthead = Masthead(id="masthead")
        self._strip = DayStrip(id="day-strip")
        self._key_bar = KeyBar(id="key-bar")
        self._panes = Container(self.papers, self.reader, id="panes")
        self._places: dict[date, str] = {}
        self._busy: dict[object, str] = {}
        self._trouble = ""
        self._acted = False
        """Whether the user has begun with this day, so that no newer one may take its place."""

    def compose(self) -> ComposeResult:
        yield self._masthead
        yield self._strip
        yield self._panes
        yield self._key_bar

    # -- what is shown ------------------------------------------------------------------

    def show_edition(self, edition: Edition) -> None:
        """Show another day, with the cursor where it was left, or on its first unread paper."""
        self._leave()
        self.day = edition.day
        self.edition = edition
        rows = self._rows(edition.papers)
        self.papers.show(rows, _place(rows, self._places.get(edition.day)))
        self._show_around()

    def improve_edition(self, edition: Edition) -> None:
        """Show newer facts about the day on screen; the cursor and the text keep their place."""
        if self.edition is None or self.edition.day != edition.day or not self.edition.papers:
            self.show_edition(edition)
            return
        self.edition = edition.in_order_of(self.edition)
        self.papers.update(self._rows(self.edition.papers))
        self._show_around()

    def show_nothing(self, day: date, note: str) -> None:
        """Empty the panes for a day that is not known yet, and say why."""
        self._leave()
        self.day = day
        self.edition = None
        self.papers.show([])
        self.papers.say(note)
        self._show_around()

    def show_marks(self) -> None:
        """Bring the rows, the header and the strip in line with the library."""
        rows = self._rows([row.paper for row in self.papers.rows])
        changed = {
            index: row
            for index, (row, old) in enumerate(zip(rows, self.papers.rows, strict=True))
            if row != old
        }
        self.papers.change(changed)
        self._show_counts()

    def select(self, index: int) -> None:
        """Put the cursor on a paper and show its text, in one go."""
        if self.papers.move_to(index):
            self._acted = True
            self.reader.show(self.papers.current)

    def _show_around(self) -> None:
        self.reader.show(self.papers.current)
        self._show_counts()

    def _show_counts(self) -> None:
        """Bring the header in line now, and the strip once the list and the text are painted."""
        self.show_status()
        self.call_after_refresh(self._show_strip)

    def on_mount(self) -> None:
        self.feed.on_learned = self._learned

    def _learned(self) -> None:
        self.call_after_refresh(self._show_strip)

    def _show_strip(self) -> None:
        try:
            counts = self.feed.counts(self.day, DAYS)
        except LibraryError as error:
            log.warning("the strip has no counts: %s", error)
            counts = []
        self._strip.show(counts, self.day)

    def show_status(self) -> None:
        """Bring the header in line with what is known; also called as time goes by."""
        edition = self.edition
        self._masthead.show(
            Status(
                day=self.day if edition else None,
                papers=len(self.papers.rows),
                unread=sum(not row.read for row in self.papers.rows),
                unreadable=edition.unreadable if edition else 0,
                age=self.feed.now() - edition.fetched if edition else None,
                busy=next(iter(self._busy.values()), ""),
                trouble=self._trouble or ("offline" if self.feed.settings.offline else ""),
                note="SAMPLE" if self.services.demo else "",
                lacking="" if self.feed.library.writable else "marks off",
            )
        )

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

    def tell(self, text: str, *, warn: bool = False) -> None:
        """Show a sentence for a moment, in place of the one before."""
        self.app.clear_notifications()
        self.notify(text, severity="warning" if warn else "information", markup=False)

    def tell_error(self, error: Explicable) -> None:
        """Show what went wrong, and keep it in the log."""
        log.warning("%s", error)
        self.tell(sentence(error), warn=True)

    def _leave(self) -> None:
        if self.edition and (paper := self.papers.current):
            self._places[self.edition.day] = paper.id

    def _rows(self, papers: Sequence[Paper]) -> list[Row]:
        try:
            marks = self.feed.library.marks([paper.id for paper in papers])
        except LibraryError as error:
            log.warning("the marks cannot be read: %s", error)
            self.tell(unreadable_marks(error), warn=True)
            marks = {row.paper.id: Mark(row.read, row.starred) for row in self.papers.rows}
        found = (marks.get(paper.id, Mark()) for paper in papers)
        return [
            Row(paper, mark.read, mark.starred)
            for paper, mark in zip(papers, found, strict=True)
        ]

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
        self._panes.toggle_class("-zoomed")

    # -- the cursor ---------------------------------------------------------------------

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
        self.reader.toggle_all_authors()

    def action_raw_tex(self) -> None:
        self.reader.toggle_raw()


def _place(rows: Sequence[Row], paper_id: str | None) -> int:
    """Where the cursor was left, else the first unread paper, else the top."""
    left = (index for index, row in enumerate(rows) if row.paper.id == paper_id)
    unread = (index for index, row in enumerate(rows) if not row.read)
    return next(left, next(unread, 0))
