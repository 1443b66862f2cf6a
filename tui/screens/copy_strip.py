"""The strip of choices after the copy key: one more key says what to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui.commands import COPY, Pane, following
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class CopyStrip(Dialog[str]):
    """Shows what can be copied and gives the id of the chosen command."""

    def compose(self) -> ComposeResult:
        parts: list[str | tuple[str, str]] = [("Copy ", "bold")]
        for command in following(COPY):
            parts += [(f" {command.keys(Pane.LIST)[0]}", "bold $text-accent"), f" {command.label} "]
        yield Static(Content.assemble(*parts, ("  q", "bold $text-accent"), " cancel"), id="copy-strip")

    def on_key(self, event: events.Key) -> None:
        """Take the next key, whatever it is: one that stands for nothing closes the strip."""
        event.stop()
        chosen = (c.id for c in following(COPY) if event.key in c.keys(Pane.LIST))
        self.dismiss(next(chosen, None))
