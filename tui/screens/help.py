"""The keys of both panes, straight from the command table; typing filters them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from tui.commands import COMMANDS, Command, Pane, keys_text
from tui.screens.dialog import Dialog
from tui.text.reflow import wrap
from tui.text.width import cell_width, pad

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size

KEY_CELLS: Final = 18
"""The column of keys; where the window has no two of them, words go below their keys."""
INDENT: Final = 2
GAP: Final = "   "
TITLES: Final = {Pane.LIST: "In the list", Pane.READER: "In the text"}
NOTHING: Final = "Nothing matches."
GLYPHS: Final = (
    ("● unread", "· read", "★ starred", "x selected", "+ new", "- left the list"),
    ("n note", "#tag", "» has something you watch for", "Tue 18 13/45: 13 of 45 unread"),
    ("▲ upvotes", "✎ comments", "gh GitHub stars", "+41 since you last looked"),
)


class Help(Dialog[None]):
    """Lists the keys of the pane in use first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("down", "scroll(1)", "Down"),
        ("up", "scroll(-1)", "Up"),
        ("pagedown", "scroll(10)", "Page down"),
        ("pageup", "scroll(-10)", "Page up"),
    ]

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self._keys = KeyTable(pane)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Input(placeholder="Type to filter; Enter or Esc closes", id="help-filter")
            with VerticalScroll(id="help-scroll", can_focus=False):
                yield self._keys

    def on_input_changed(self, event: Input.Changed) -> None:
        self._keys.filter(event.value.strip().lower())

    def on_input_submitted(self) -> None:
        self.close()

    def action_scroll(self, lines: int) -> None:
        self.query_one("#help-scroll").scroll_relative(y=lines, animate=False, immediate=True)


class KeyTable(Widget):
    """Keys and what they do, wrapped so that no word comes to stand among the keys."""

    def __init__(self, pane: Pane) -> None:
        super().__init__(id="help-keys")
        other = Pane.READER if pane is Pane.LIST else Pane.LIST
        self._panes = (pane, other)
        self._wanted = ""

    def filter(self, wanted: str) -> None:
        """Show only the rows in which this is written."""
        self._wanted = wanted
        self.refresh(layout=True)

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def _lines(self, cells: int) -> list[Content]:
        """The rows of both panes, and what the glyphs of the list mean."""
        lines: list[Content] = []
        for pane in self._panes:
            if rows := [row for row in _rows(pane) if self._wanted in " ".join(row).lower()]:
                lines.append(Content.styled(TITLES[pane], "bold $text-accent"))
                lines += [line for row in rows for line in _row_lines(*row, cells)]
                lines.append(Content())
        glyphs = [line for items in GLYPHS for line in _filled(items, cells)]
        return [
            *(lines or [Content(NOTHING), Content()]),
            *(Content.styled(line, "$text-muted") for line in glyphs),
        ]


def _row_lines(keys: str, words: str, cells: int) -> Iterator[Content]:
    """Keys and words beside them, or below them where there is no room for two columns."""
    is_beside = cells >= 2 * KEY_CELLS
    indent = KEY_CELLS if is_beside else INDENT
    first, *rest = wrap(words, cells - indent)
    if is_beside:
        yield Content.assemble((pad(keys, KEY_CELLS), "bold"), first)
    else:
        yield Content.styled(keys, "bold")
        rest = [first, *rest]
    for line in rest:
        yield Content(" " * indent + line)


def _filled(items: Sequence[str], cells: int) -> list[str]:
    """The items in their order, as many on a line as fit in so many cells."""
    lines: list[str] = []
    for item in items:
        longer = GAP.join([*lines[-1:], item])
        if lines and cell_width(longer) <= cells:
            lines[-1] = longer
        else:
            lines.append(item)
    return lines


def _rows(pane: Pane) -> list[tuple[str, str]]:
    return [(keys_text(command, pane), command.help) for command in _in(pane)]


def _in(pane: Pane) -> list[Command]:
    return [command for command in COMMANDS if command.keys(pane)]
