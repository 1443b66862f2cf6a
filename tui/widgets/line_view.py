"""A scrolling view painted line by line, at the cost of the lines that are on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.color import Color
    from textual.geometry import Region

BORDERS: Final = {"solid": "│─", "heavy": "┃━"}
"""The character at the side and the one on top, by the sheets' name of a border."""


class Edges(NamedTuple):
    """What is around the text of a view."""

    top: list[Segment]
    """A cell of each line above the text."""
    left: list[Segment]
    right: list[Segment]
    ground: Color


class LineView(ScrollView, can_focus=True, inherit_bindings=False):
    """Subclasses paint lines; the sheets keep its scroll bar in place at any length.

    The sheets may have padding at its sides, and a border of BORDERS on its left or on top.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._looks: dict[tuple[str, bool], Style] = {}
        self._edges: Edges | None = None
        self._whole: dict[int, tuple[Strip, Strip]] = {}
        """By line of the screen: its text, and that between the edges."""

    def set_length(self, lines: int) -> None:
        """Have so many lines to scroll over.

        Setting ``virtual_size`` itself would lay out and paint the whole screen once more.
        """
        self.set_reactive(Widget.virtual_size, Size(0, lines))
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = lines
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False)
        self.refresh()

    def jump_to(self, line: int) -> None:
        """Have ``line`` at the top, or as near to it as there are lines."""
        # Forced: the scrollbar that allows it comes only with the next frame.
        self.scroll_to(y=line, animate=False, force=True)

    def look(self, name: str, *, partial: bool = False) -> Style:
        """The style of a component class; ``partial`` leaves out what is behind it.

        Kept until the sheets say otherwise: Textual works it out again for every refresh.
        """
        style = self._looks.get((name, partial))
        if style is None:
            style = self.get_component_rich_style(name, partial=partial)
            self._looks[name, partial] = style
        return style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looks.clear()
        self._whole.clear()
        self._edges = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the view, edges included.

        Textual's own way works the edges out for each line anew, at the price of the line itself,
        and has each line cut at the scroll bar once more.
        """
        edges = self._edges = self._edges or self._find_edges()
        strips = [self._line(y, edges) for y in crop.line_range]
        for each in self.get_line_filters():
            strips = [strip.apply_filter(each, edges.ground) for strip in strips]
        if crop.column_span != (0, self.region.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _find_edges(self) -> Edges:
        _, ground = self.background_colors
        behind = Style(bgcolor=ground.rich_color)
        padding = self.styles.padding

        def border(edge: tuple[str, Color], side: int) -> list[Segment]:
            kind, colour = edge
            look = Style(color=(ground + colour).rich_color, bgcolor=ground.rich_color)
            return [Segment(BORDERS[kind][side], look)] if kind else []

        def blank(cells: int) -> list[Segment]:
            return [Segment(" " * cells, behind)] if cells else []

        left = border(self.styles.border_left, 0) + blank(padding.left)
        return Edges(border(self.styles.border_top, 1), left, blank(padding.right), ground)

    def _line(self, y: int, edges: Edges) -> Strip:
        y -= len(edges.top)
        if y < 0:
            [(char, look, _)] = edges.top
            return Strip([Segment(char * self.region.width, look)], self.region.width)
        text = self.render_line(y)
        if not edges.left and not edges.right:
            return text
        known = self._whole.get(y)
        if known is None or known[0] is not text:
            known = self._whole[y] = text, Strip([*edges.left, *text, *edges.right])
        return known[1]
