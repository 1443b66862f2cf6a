"""The keys of both panes, straight from the command table; typing filters them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from tui.commands import COMMANDS, Command, Pane, keys_text
from tui.screens.dialog import Dialog
from tui.text.width import pad

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

KEY_CELLS = 18
TITLES = {Pane.LIST: "In the list", Pane.READER: "In the text"}
GLYPHS = (
    "● unread   · read   ★ starred   x selected   + new   - left the list\n"
    "n note   #tag   » has something you watch for   Tue 18 13/45: 13 of 45 unread\n"
    "▲ upvotes   ✎ comments   gh GitHub stars   +41 since you last looked"
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
        other = Pane.READER if pane is Pane.LIST else Pane.LIST
        self._panes = (pane, other)
        self._keys = Static(id="help-keys")

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Input(placeholder="Type to filter; Enter or Esc closes", id="help-filter")
            with VerticalScroll(id="help-scroll", can_focus=False):
                yield self._keys

    def on_mount(self) -> None:
        self._keys.update(self._table(""))

    def on_input_changed(self, event: Input.Changed) -> None:
        self._keys.update(self._table(event.value.strip().lower()))

    def on_input_submitted(self) -> None:
        self.close()

    def action_scroll(self, lines: int) -> None:
        self.query_one("#help-scroll").scroll_relative(y=lines, animate=False, immediate=True)

    def _table(self, wanted: str) -> Content:
        parts: list[str | tuple[str, str]] = []
        for pane in self._panes:
            rows = [row for row in _rows(pane) if wanted in " ".join(row).lower()]
            if rows:
                parts.append((f"{TITLES[pane]}\n", "bold $text-accent"))
            for keys, text in rows:
                parts += [(pad(keys, KEY_CELLS), "bold"), f"{text}\n"]
            parts.append("\n" if rows else "")
        return Content.assemble(*parts, (GLYPHS, "$text-muted"))


def _rows(pane: Pane) -> list[tuple[str, str]]:
    return [(keys_text(command, pane), command.help) for command in _in(pane)]


def _in(pane: Pane) -> list[Command]:
    return [command for command in COMMANDS if command.keys(pane)]
