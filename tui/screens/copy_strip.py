"""The strip of choices after the copy key: one more key says what to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.widgets import Static

from tui.commands import COPY, Pane, following
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

KEY_STYLE: Final = "bold $text-accent"


class CopyStrip(Dialog[str]):
    """Shows what can be copied and gives the id of the chosen command."""

    # Bindings work for a key that was typed before the strip was there to be sent it.
    BINDINGS: ClassVar[list[BindingType]] = [
        (key, f"choose('{command.id}')", command.label)
        for command in following(COPY)
        for key in command.keys(Pane.LIST)
    ]

    def compose(self) -> ComposeResult:
        parts: list[str | tuple[str, str]] = [("Copy", "bold")]
        for command in following(COPY):
            parts += _choice(command.keys(Pane.LIST)[0], command.label)
        yield Static(Content.assemble(*parts, *_choice("q", "cancel")), id="copy-strip")

    def action_choose(self, command_id: str) -> None:
        self.close(command_id)

    def on_key(self, event: events.Key) -> None:
        """Close at a key that stands for nothing."""
        if all(event.key not in command.keys(Pane.LIST) for command in following(COPY)):
            event.stop()
            self.close()


def _choice(key: str, label: str) -> list[str | tuple[str, str]]:
    """A key and its words, so that no line breaks between them."""
    words = f" {label}".replace(" ", "\N{NO-BREAK SPACE}")
    return ["  ", (key, KEY_STYLE), words]
