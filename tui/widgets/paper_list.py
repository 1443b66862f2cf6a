"""The list of papers: two lines each, painted line by line, so its cost is what is on screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.commands import Pane
from tui.text.reflow import wrap
from tui.widgets.keys import bindings
from tui.widgets.line_view import LineView
from tui.widgets.row import Span, facts_line, title_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events

    from tui.papers import Paper

LINES: Final = 2
"""Lines of one paper."""
CURSOR_BAR: Final = "▌"


class Row(NamedTuple):
    """A paper and how the user has marked it."""

    paper: Paper
    read: bool = False
    starred: bool = False


class PaperList(LineView, can_focus=True, inherit_bindings=False):
    """The papers of the edition on screen, with a cursor that the screen moves."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "paper-list--title",
        "paper-list--title-read",
        "paper-list--facts",
        "paper-list--dot",
        "paper-list--dot-read",
        "paper-list--star",
        "paper-list--bar",
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
        self._rows: list[Row] = []
        self._cursor = 0
        self._note = ""
        self._strips: dict[tuple[int, int], Strip] = {}

    @property
    def rows(self) -> Sequence[Row]:
        """The papers in the order shown."""
        return self._rows

    @property
    def cursor(self) -> int:
        """Index of the paper under the cursor; 0 in an empty list."""
        return self._cursor

    @property
    def current(self) -> Paper | None:
        """The paper under the cursor."""
        return self._rows[self._cursor].paper if self._rows else None

    @property
    def page_size(self) -> int:
        """Papers that fit on the screen, one at least."""
        return max(1, self.scrollable_content_region.height // LINES)

    def show(self, rows: Sequence[Row], cursor: int = 0) -> None:
        """Replace all papers and put the cursor on one, keeping it in view."""
        self._rows = list(rows)
        self._cursor = max(0, min(cursor, len(rows) - 1))
        self._forget()
        self.set_length(LINES * len(rows))
        self._keep_in_view()

    def update(self, rows: Sequence[Row]) -> None:
        """Replace all papers with newer facts about them; the cursor and the view stay."""
        self._rows = list(rows)
        self._forget()
        self.set_length(LINES * len(rows))

    def say(self, note: str) -> None:
        """Show a sentence in place of papers while there are none."""
        self._note = note
        if not self._rows:
            self.refresh()

    def change(self, rows: Mapping[int, Row]) -> None:
        """Replace single rows where they stand."""
        for index, row in rows.items():
            self._rows[index] = row
            for line in range(LINES):
                self._strips.pop((index, line), None)
            self._refresh_row(index)

    def move_to(self, index: int) -> bool:
        """Put the cursor on a paper, or on the nearest one; whether it moved."""
        index = max(0, min(index, len(self._rows) - 1))
        if index == self._cursor:
            return False
        old, self._cursor = self._cursor, index
        self._refresh_row(old)
        self._refresh_row(index)
        self._keep_in_view()
        return True

    # -- painting -----------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if not self._rows:
            return self._note_line(y, width)
        index, line = divmod(y + self.scroll_offset.y, LINES)
        if index >= len(self._rows):
            return Strip.blank(width, self.look("paper-list--note"))
        if index == self._cursor:
            return self._cursor_strip(index, line, width)
        strip = self._strips.get((index, line))
        if strip is None or strip.cell_length != width:
            strip = self._strips[index, line] = self._strip(index, line, width)
        return strip

    def _strip(self, index: int, line: int, width: int, *, partial: bool = False) -> Strip:
        """One line of a paper; ``partial`` leaves the background to what it is laid on."""
        row = self._rows[index]
        spans = (
            facts_line(row.paper, width)
            if line
            else title_line(row.paper, width, read=row.read, starred=row.starred)
        )
        return Strip(
            [
                Segment(span.text, self.look(_class(span, read=row.read), partial=partial))
                for span in spans
            ]
        ).adjust_cell_length(width)

    def _cursor_strip(self, index: int, line: int, width: int) -> Strip:
        bar = Segment(CURSOR_BAR, self.look("paper-list--bar", partial=True))
        rest = self._strip(index, line, width, partial=True).crop(1)
        marked = Strip.join([Strip([bar], 1), rest])
        return marked.apply_style(self.look("paper-list--cursor"))

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
        top = index * LINES - self.scroll_offset.y
        self.refresh(Region(0, top, self.scrollable_content_region.width, LINES))

    def _keep_in_view(self) -> None:
        top, height = self._cursor * LINES, self.scrollable_content_region.height
        if top < self.scroll_offset.y:
            self._scroll(top)
        elif height and top + LINES > self.scroll_offset.y + height:
            self._scroll(top + min(0, LINES - height))

    def _scroll(self, y: int) -> None:
        # Forced: the scrollbar that allows it comes only with the next frame.
        self.scroll_to(y=y, animate=False, force=True)

    def on_resize(self) -> None:
        self._forget()
        self._keep_in_view()

    # -- the mouse ------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        index = (event.y + self.scroll_offset.y) // LINES
        if index < len(self._rows):
            self.post_message(self.Clicked(index, twice=event.chain == 2))


def _class(span: Span, *, read: bool) -> str:
    """The component class of a span."""
    dimmed = read and span.kind in ("title", "dot")
    return f"paper-list--{span.kind}{'-read' if dimmed else ''}"
