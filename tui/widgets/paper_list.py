"""The list of papers, painted line by line, so that its cost is what is on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, product
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.commands import Pane
from tui.text.highlights import NO_HIGHLIGHTS
from tui.text.reflow import wrap
from tui.widgets.keys import bindings
from tui.widgets.line_view import LineView
from tui.widgets.row import Row, Span, facts_line, heading_line, title_line
from tui.widgets.stack import FACTS, HEADING, PAPER_LINES, TITLE, Stack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.style import Style
    from textual import events

    from tui.papers import Headline

__all__ = ["PaperList", "Row"]

CURSOR_BAR: Final = "▌"
LINES: Final = (HEADING, TITLE, FACTS)
MOST_KEPT: Final = 300
"""Lines kept as they were painted, more than any window has."""


class PaperList(LineView, can_focus=True, inherit_bindings=False):
    """The papers of one list under their headings, with a cursor that the screen moves."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "paper-list--title",
        "paper-list--title-read",
        "paper-list--title-gone",
        "paper-list--heading",
        "paper-list--facts",
        "paper-list--gain",
        "paper-list--new",
        "paper-list--gone",
        "paper-list--dot",
        "paper-list--dot-read",
        "paper-list--star",
        "paper-list--bar",
        "paper-list--selected",
        "paper-list--noted",
        "paper-list--tags",
        "paper-list--watched",
        "paper-list--marked",
        "paper-list--cursor",
        "paper-list--note",
    }
    BINDINGS = bindings(Pane.LIST)

    @dataclass
    class Clicked(Message):
        """The user clicked a paper; ``twice`` to read it."""

        index: int
        twice: bool

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.highlights = NO_HIGHLIGHTS
        """What is marked; to be set before a list is shown."""
        self._rows: list[Row] = []
        self._stack = Stack()
        self._cursor = 0
        self._note = ""
        self._strips: dict[tuple[int, int, bool], Strip] = {}
        """By index, line, and whether that is under the cursor."""

    @property
    def rows(self) -> Sequence[Row]:
        """The papers in the order shown."""
        return self._rows

    @property
    def cursor(self) -> int:
        """Index of the paper under the cursor; 0 in an empty list."""
        return self._cursor

    @property
    def current(self) -> Headline | None:
        """The paper under the cursor."""
        return self._rows[self._cursor].paper if self._rows else None

    @property
    def page_size(self) -> int:
        """Papers that fit on the screen, one at least, beside the headings around the cursor."""
        lines = self.scrollable_content_region.height
        papers = lines // PAPER_LINES
        around = self._rows[max(0, self._cursor - papers) : self._cursor + papers + 1]
        return max(1, (lines - sum(bool(row.heading) for row in around)) // PAPER_LINES)

    @property
    def in_view(self) -> range:
        """Indexes of the rows that are on the screen at least in part."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if not height:
            return range(0)
        last = self._stack.row_at(top + height - 1)
        return range(self._stack.row_at(top), min(last + 1, len(self._rows)))

    def show(self, rows: Sequence[Row], cursor: int = 0) -> None:
        """Show another list with the cursor on one of its papers, and that in view."""
        self._put(rows, cursor)
        self._keep_in_view()

    def update(self, rows: Sequence[Row]) -> None:
        """Show newer facts about the same list; the cursor keeps its paper.

        The paper under the cursor keeps its line on the screen as well, or where it is out of view
        the first one in view does, whatever has come or gone above.
        """
        places = {row.paper.id: index for index, row in enumerate(rows)}
        view = self.in_view
        first = self._cursor if self._cursor in view or not view else view.start
        cursor, held = self._survivor(self._cursor, places), self._survivor(first, places)
        if cursor is None or held is None:
            self.show(rows)
            return
        left = cursor != self._cursor
        line = self._stack.title(held) - self.scroll_offset.y
        cursor, held = (places[self._rows[index].paper.id] for index in (cursor, held))
        self._put(rows, cursor)
        self.jump_to(self._stack.title(held) - line)
        if left:
            self._keep_in_view()

    def say(self, note: str) -> None:
        """Show a sentence in place of papers while there are none."""
        self._note = note
        if not self._rows:
            self.refresh()

    def change(self, rows: Mapping[int, Row]) -> None:
        """Replace single rows where they stand."""
        for index, row in rows.items():
            self._rows[index] = row
            for line, is_under_cursor in product(LINES, (False, True)):
                self._strips.pop((index, line, is_under_cursor), None)
            self._refresh_row(index)

    def move_to(self, index: int) -> bool:
        """Put the cursor on a paper, or on the nearest one; whether it moved."""
        index = max(0, min(index, len(self._rows) - 1))
        if index == self._cursor:
            return False
        old, self._cursor = self._cursor, index
        for line in LINES:
            self._strips.pop((old, line, True), None)
        self._refresh_row(old)
        self._refresh_row(index)
        self._keep_in_view()
        return True

    # -- painting -----------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if not self._rows:
            return self._note_line(y, width)
        y += self.scroll_offset.y
        if y >= self._stack.length:
            return Strip.blank(width, self.look("paper-list--note"))
        index = self._stack.row_at(y)
        line = y - self._stack.title(index)
        is_under_cursor = index == self._cursor and line != HEADING
        key = index, line, is_under_cursor
        strip = self._strips.get(key)
        if strip is None or strip.cell_length != width:
            if len(self._strips) >= MOST_KEPT:
                self._strips.clear()
            paint = self._cursor_strip if is_under_cursor else self._strip
            strip = self._strips[key] = paint(index, line, width)
        return strip

    def _strip(self, index: int, line: int, width: int, *, partial: bool = False) -> Strip:
        """One line of a row; ``partial`` leaves the background to what it is laid on."""
        row = self._rows[index]
        segments = [
            Segment(span.text, self._look(span, row, partial=partial))
            for span in self._spans(row, line, width)
        ]
        return Strip(segments).adjust_cell_length(width)

    def _spans(self, row: Row, line: int, width: int) -> list[Span]:
        if line == HEADING:
            return heading_line(row, width)
        paint = title_line if line == TITLE else facts_line
        return paint(row, width, self.highlights)

    def _look(self, span: Span, row: Row, *, partial: bool) -> Style:
        look = self.look(_class(span, row), partial=partial)
        return look + self.look("paper-list--marked", partial=True) if span.marked else look

    def _cursor_strip(self, index: int, line: int, width: int) -> Strip:
        """A line under the cursor, with its bar; what says that the row is selected stays."""
        strip = self._strip(index, line, width, partial=True)
        if line != TITLE or not self._rows[index].selected:
            bar = Segment(CURSOR_BAR, self.look("paper-list--bar", partial=True))
            strip = Strip.join([Strip([bar], 1), strip.crop(1)])
        return strip.apply_style(self.look("paper-list--cursor"))

    def _note_line(self, y: int, width: int) -> Strip:
        lines = ["", *wrap(self._note, max(1, width - 4))]
        text = f"  {lines[y]}" if y < len(lines) else ""
        style = self.look("paper-list--note")
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._forget()

    def _forget(self) -> None:
        self._strips.clear()
        self.refresh()

    def _refresh_row(self, index: int) -> None:
        top = self._stack.title(index) - self.scroll_offset.y
        self.refresh(Region(0, top, self.scrollable_content_region.width, PAPER_LINES))

    def _put(self, rows: Sequence[Row], cursor: int) -> None:
        self._rows = list(rows)
        self._stack = Stack(bool(row.heading) for row in rows)
        self._cursor = max(0, min(cursor, len(rows) - 1))
        self._forget()
        self.set_length(self._stack.length)

    def _survivor(self, index: int, places: Mapping[str, int]) -> int | None:
        """The row itself if it has a place, else the next one behind that has, else before."""
        nearest = chain(range(index, len(self._rows)), range(index - 1, -1, -1))
        return next((near for near in nearest if self._rows[near].paper.id in places), None)

    def _keep_in_view(self) -> None:
        """Scroll no further than it takes to see the cursor, and its heading if both fit."""
        height = self.scrollable_content_region.height
        if not self._rows:
            return
        top, end = self._stack.top(self._cursor), self._stack.end(self._cursor)
        if end - top > height:
            top = end - PAPER_LINES
        if top < self.scroll_offset.y:
            self.jump_to(top)
        elif height and end > self.scroll_offset.y + height:
            self.jump_to(min(top, end - height))

    def on_resize(self) -> None:
        self._forget()
        self._keep_in_view()

    # -- the mouse ------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        index = self._stack.row_at(event.y + self.scroll_offset.y)
        if index < len(self._rows):
            self.post_message(self.Clicked(index, twice=event.chain == 2))


def _class(span: Span, row: Row) -> str:
    """The component class of a span."""
    look: str = span.kind
    if row.gone and look == "title":
        look = "title-gone"
    elif (row.read or row.gone) and look in ("title", "dot"):
        look += "-read"
    return f"paper-list--{look}"
