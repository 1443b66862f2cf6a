"""A scrolling view painted line by line, at the cost of the lines that are on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget

if TYPE_CHECKING:
    from rich.style import Style


class LineView(ScrollView, can_focus=True, inherit_bindings=False):
    """Subclasses paint lines; the sheets keep its scroll bar in place at any length."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._looks: dict[tuple[str, bool], Style] = {}

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
