"""The reader: one paper's page, wrapped once for its width and painted line by line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from rich.style import Style as Look
from textual.message import Message
from textual.strip import Strip

from tui.commands import Pane
from tui.page import FIRST_AUTHORS, NOTHING_OWN, Kind, Line, Options, Own, link_starts, page
from tui.papers import NO_GAIN
from tui.text.highlights import NO_HIGHLIGHTS
from tui.text.links import hyperlink_target
from tui.text.width import cell_width
from tui.widgets.keys import bindings
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events

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
LAID_OVER: Final = ("marked", "hint")
HYPERLINKS_KEPT: Final = 256


@lru_cache(maxsize=HYPERLINKS_KEPT)
def hyperlink(look: Look, address: str) -> Look:
    """A look that makes a terminal link to the address (OSC 8).

    Kept, as each new one is another link to the terminal, even where it leads to the same address.
    """
    return look + Look(link=hyperlink_target(address))


class Reader(LineView, can_focus=True, inherit_bindings=False):
    """Shows a paper; remembers for each paper how far it was scrolled."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"reader--{name}" for name in (*KINDS, *STYLES, *LAID_OVER)
    }
    BINDINGS = bindings(Pane.READER)

    @dataclass
    class Scrolled(Message):
        """The user turned the wheel over the text."""

    @dataclass
    class LinkClicked(Message):
        """The user clicked a link."""

        address: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.highlights = NO_HIGHLIGHTS
        """What is marked; to be set before a paper is shown."""
        self.has_hyperlinks = False
        """Whether the terminal is told where links lead."""
        self._hints: Mapping[str, str] = {}
        self._paper: Paper | None = None
        self._gain = NO_GAIN
        self._own = NOTHING_OWN
        self._options = Options()
        self._lines: list[Line] = []
        self._strips: dict[int, Strip] = {}
        """Of the lines that were painted, by their numbers."""
        self._parts: dict[str, float] = {}
        """How much of a paper's text was above the screen when it was left."""
        self._settled = (0, 0, 0.0)
        """A place, so many lines, and the part above it that was asked for."""

    @property
    def at_end(self) -> bool:
        """Whether the last line is in view."""
        return self.scroll_offset.y >= self.max_scroll_y

    @property
    def text_height(self) -> int:
        """Lines that fit on the screen."""
        return self.scrollable_content_region.height

    def show(self, paper: Paper | None, gain: Gain = NO_GAIN, own: Own = NOTHING_OWN) -> None:
        """Show a paper where its reader left it, or nothing.

        Newer facts about the paper on screen leave its abstract on the very same lines, but where
        the title is at the top and nobody is in the text: then that stays.
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
        is_held = place or (self._is_being_read and own == self._own)
        self._paper, self._gain, self._own = paper, gain, own
        self._lay_out()
        if is_held and before is not None and self._abstract is not None:
            self.jump_to(place + self._abstract - before)

    @property
    def _is_being_read(self) -> bool:
        """Whether the user is in the text and has the abstract in view."""
        abstract, top = self._abstract, self.scroll_offset.y
        return self.has_focus and abstract is not None and abstract < top + self.text_height

    @property
    def _abstract(self) -> int | None:
        """The line on which the abstract begins."""
        kinds = (line[0].kind if line else None for line in self._lines)
        return next((number for number, kind in enumerate(kinds) if kind == "text"), None)

    def toggle_all_authors(self) -> bool:
        """Show every author, or the first ten again; whether there are more than those."""
        self._options = self._options._replace(all_authors=not self._options.all_authors)
        self._lay_out()
        return self._paper is not None and len(self._paper.authors) > FIRST_AUTHORS

    def toggle_raw(self) -> bool:
        """Show TeX as it was typed, or as Unicode again; whether it is as typed now."""
        self._options = self._options._replace(raw=not self._options.raw)
        self._lay_out()
        return self._options.raw

    @property
    def links_in_view(self) -> list[str]:
        """The addresses of the links on the screen from the top down, each once."""
        return list(dict.fromkeys(start.address for start in link_starts(self._in_view)))

    @property
    def _in_view(self) -> list[Line]:
        top = self.scroll_offset.y
        return self._lines[top : top + self.text_height]

    def show_hints(self, hints: Mapping[str, str]) -> None:
        """Show a label over the beginning of each link whose address has one."""
        self._hints = hints
        self.refresh()

    def scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines at once, down when positive."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        self._lines = []
        self._strips.clear()
        if self._paper and width:
            self._lines = page(
                self._paper, width, self._options, self._gain, self._own, self.highlights
            )
        self.set_length(len(self._lines))

    def on_resize(self) -> None:
        """Wrap for the new width, with the same part of the text at the top."""
        self._keep_place()
        self._lay_out()
        self._find_place()

    def _keep_place(self) -> None:
        if self._paper is not None and self._lines:
            self._parts[self._paper.id] = self._part_above

    def _find_place(self) -> None:
        part = self._parts.get(self._paper.id, 0.0) if self._paper else 0.0
        self.jump_to(round(part * len(self._lines)))
        self._settled = self.scroll_offset.y, len(self._lines), part

    @property
    def _part_above(self) -> float:
        """How much of the text is above the screen.

        Where nobody has scrolled since, what was asked for: a text that fits has nothing above.
        """
        place, lines, part = self._settled
        is_settled = self.scroll_offset.y == min(place, self.max_scroll_y)
        if is_settled and len(self._lines) == lines:
            return part
        return self.scroll_offset.y / len(self._lines)

    def on_mouse_scroll_down(self) -> None:
        self.post_message(self.Scrolled())

    def on_mouse_scroll_up(self) -> None:
        self.post_message(self.Scrolled())

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self) if event.chain == 1 else None
        if at and (address := self._address_at(at.x, at.y)):
            self.post_message(self.LinkClicked(address))

    def _address_at(self, x: int, y: int) -> str:
        """The address of the link at a place on the screen; "" where there is none."""
        for span in self._in_view[y] if y < len(self._in_view) else ():
            if x < (width := cell_width(span.text)):
                return span.address
            x -= width
        return ""

    def render_line(self, y: int) -> Strip:
        number = min(y + self.scroll_offset.y, len(self._lines))
        strip = self._strips.get(number)
        if strip is None:
            strip = self._strips[number] = self._strip(number)
        return self._with_hints(strip, y) if self._hints else strip

    def _strip(self, number: int) -> Strip:
        """A line, or with the number of the one behind the last an empty one."""
        width, ground = self.scrollable_content_region.width, self.look("reader--text")
        if number == len(self._lines):
            return Strip.blank(width, ground)
        segments = [Segment(span.text, self._look(span)) for span in self._lines[number]]
        return Strip(segments).adjust_cell_length(width, ground)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def _with_hints(self, strip: Strip, y: int) -> Strip:
        look = self.look("reader--hint")
        for start in link_starts(self._in_view):
            label = self._hints.get(start.address)
            if label and start.line == y:
                at = max(0, min(start.column, strip.cell_length - len(label)))
                over = Strip([Segment(label, look)], len(label))
                strip = Strip.join([strip.crop(0, at), over, strip.crop(at + len(label))])
        return strip

    def _look(self, span: Span) -> Look:
        look = self.look(f"reader--{span.kind}")
        if span.style != "plain":
            look += self.look(f"reader--{span.style}", partial=True)
        if span.address:
            look += self.look("reader--link", partial=True)
        if span.marked:
            look += self.look("reader--marked", partial=True)
        return hyperlink(look, span.address) if span.address and self.has_hyperlinks else look
