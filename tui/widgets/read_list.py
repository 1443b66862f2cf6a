"""The papers of a day with the times at which they were read, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from tui.text.latex import to_unicode
from tui.text.width import cell_width, fit
from tui.widgets.line_view import LineView
from tui.widgets.paper_list import CURSOR_BAR

if TYPE_CHECKING:
    from collections.abc import Sequence


class Entry(NamedTuple):
    """A paper that was read; TeX in its title is shown as Unicode."""

    time: str
    title: str


class ReadList(LineView, can_focus=False, inherit_bindings=False):
    """Shows entries, one of which may be chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "read-list--title",
        "read-list--chosen",
        "read-list--time",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()
        self._chosen: int | None = None

    def show(self, entries: Sequence[Entry], chosen: int | None) -> None:
        """Show other entries, or the same with another one chosen, and that in view."""
        self._entries = entries
        self._chosen = chosen
        self.set_length(len(entries))
        self._keep_in_view()

    def page(self, pages: int) -> None:
        """Scroll so many pages down."""
        height = max(1, self.scrollable_content_region.height - 1)
        self.jump_to(max(0, min(self.scroll_offset.y + pages * height, self.max_scroll_y)))

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        if index >= len(self._entries):
            return Strip.blank(width, self.look("read-list--title"))
        entry, is_chosen = self._entries[index], index == self._chosen
        before = f"{CURSOR_BAR if is_chosen else ' '}{entry.time}  "
        title = fit(to_unicode(entry.title), width - cell_width(before))
        look = self.look(f"read-list--{'chosen' if is_chosen else 'title'}")
        segments = [Segment(before, self.look("read-list--time")), Segment(title, look)]
        return Strip(segments).adjust_cell_length(width, self.look("read-list--title"))

    def on_resize(self) -> None:
        self._keep_in_view()

    def _keep_in_view(self) -> None:
        """Scroll no further than it takes to see the chosen entry."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if self._chosen is None or not height or top <= self._chosen < top + height:
            return
        self.jump_to(self._chosen if self._chosen < top else self._chosen - height + 1)
