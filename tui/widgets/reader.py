"""The reader: one paper's page, wrapped once for its width and painted line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tui.commands import Pane
from tui.page import NOTHING_OWN, Kind, Line, Options, Own, page
from tui.papers import NO_GAIN
from tui.widgets.keys import bindings
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from rich.style import Style as Look

    from tui.page import Span
    from tui.papers import Gain, Paper
    from tui.text.emphasis import Style

KINDS: tuple[Kind, ...] = (
    "title",
    "authors",
    "facts",
    "tags",
    "note",
    "label",
    "summary",
    "text",
    "keywords",
    "link",
    "alert",
)
STYLES: tuple[Style, ...] = ("bold", "italic", "code")


class Reader(LineView, can_focus=True, inherit_bindings=False):
    """Shows a paper; remembers for each paper how far it was scrolled."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"reader--{name}" for name in (*KINDS, *STYLES)}
    BINDINGS = bindings(Pane.READER)

    @dataclass
    class Scrolled(Message):
        """The user turned the wheel over the text."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._paper: Paper | None = None
        self._gain = NO_GAIN
        self._own = NOTHING_OWN
        self._options = Options()
        self._lines: list[Line] = []
        self._positions: dict[str, int] = {}

    @property
    def at_end(self) -> bool:
        """Whether the last line is in view."""
        return self.scroll_offset.y >= self.max_scroll_y

    @property
    def text_height(self) -> int:
        """Lines that fit on the screen."""
        return self.scrollable_content_region.height

    def show(
        self, paper: Paper | None, gain: Gain = NO_GAIN, own: Own = NOTHING_OWN
    ) -> None:
        """Show a paper where its reader left it, or nothing.

        Newer facts about the paper on screen leave its abstract on the very same lines.
        """
        if paper and self._paper and paper.id == self._paper.id:
            self._improve(paper, gain, own)
            return
        self._keep_place()
        self._options = self._options._replace(all_authors=False)
        self._paper, self._gain, self._own = paper, gain, own
        self._lay_out()
        self._find_place()

    def _improve(self, paper: Paper, gain: Gain, own: Own) -> None:
        if (paper, gain, own) == (self._paper, self._gain, self._own):
            return
        before, place = self._abstract, self.scroll_offset.y
        self._paper, self._gain, self._own = paper, gain, own
        self._lay_out()
        if place and before is not None and self._abstract is not None:
            self.jump_to(place + self._abstract - before)

    @property
    def _abstract(self) -> int | None:
        """The line on which the abstract begins."""
        kinds = (line[0].kind if line else None for line in self._lines)
        return next((number for number, kind in enumerate(kinds) if kind == "text"), None)

    def toggle_all_authors(self) -> None:
        """Show every author, or the first ten again."""
        self._options = self._options._replace(all_authors=not self._options.all_authors)
        self._lay_out()

    def toggle_raw(self) -> None:
        """Show TeX as it was typed, or as Unicode again."""
        self._options = self._options._replace(raw=not self._options.raw)
        self._lay_out()

    def scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines at once, down when positive."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        self._lines = []
        if self._paper and width:
            self._lines = page(self._paper, width, self._options, self._gain, self._own)
        self.set_length(len(self._lines))

    def on_resize(self) -> None:
        """Wrap for the new width, with the same part of the text at the top."""
        part = self.scroll_offset.y / len(self._lines) if self._lines else None
        self._lay_out()
        if part is None:
            self._find_place()
        else:
            self.scroll_to(y=round(part * len(self._lines)), animate=False)

    def _keep_place(self) -> None:
        if self._paper is not None and self._lines:
            self._positions[self._paper.id] = self.scroll_offset.y

    def _find_place(self) -> None:
        self.jump_to(self._positions.get(self._paper.id, 0) if self._paper else 0)

    def on_mouse_scroll_down(self) -> None:
        self.post_message(self.Scrolled())

    def on_mouse_scroll_up(self) -> None:
        self.post_message(self.Scrolled())

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return Strip.blank(width, self.look("reader--text"))
        segments = [
            Segment(span.text, self._look(span)) for span in self._lines[number]
        ]
        ground = self.look("reader--text")
        return Strip(segments).adjust_cell_length(width, ground)

    def _look(self, span: Span) -> Look:
        look = self.look(f"reader--{span.kind}")
        if span.style == "plain":
            return look
        return look + self.look(f"reader--{span.style}", partial=True)
