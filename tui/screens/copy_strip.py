"""The strip of choices after the copy key: one more key says what to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.widget import Widget

from tui.commands import COPY, Pane, following
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size

KEY_STYLE: Final = "bold $text-accent"
GAP: Final = "  "


class CopyStrip(Dialog[str]):
    """Shows what can be copied and gives the id of the chosen command."""

    # Bindings work for a key that was typed before the strip was there to be sent it.
    BINDINGS: ClassVar[list[BindingType]] = [
        (key, f"choose('{command.id}')", command.label)
        for command in following(COPY)
        for key in command.keys(Pane.LIST)
    ]

    def compose(self) -> ComposeResult:
        yield Choices(id="copy-strip")

    def action_choose(self, command_id: str) -> None:
        self.close(command_id)

    def on_key(self, event: events.Key) -> None:
        """Close at a key that stands for nothing."""
        if all(event.key not in command.keys(Pane.LIST) for command in following(COPY)):
            event.stop()
            self.close()


class Choices(Widget):
    """What can be copied, wrapped so that no line breaks between a key and its words."""

    def render(self) -> Content:
        return Content("\n").join(_lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(_lines(width))


def _lines(cells: int) -> list[Content]:
    """The choices in their order, as many on a line as fit in so many cells."""
    lines = [Content.styled("Copy", "bold")]
    for key, label in _choices():
        choice = Content.assemble((key, KEY_STYLE), f" {label}")
        longer = Content(GAP).join([lines[-1], choice])
        if longer.cell_length <= cells:
            lines[-1] = longer
        else:
            lines.append(choice)
    return lines


def _choices() -> Iterator[tuple[str, str]]:
    for command in following(COPY):
        yield command.keys(Pane.LIST)[0], command.label
    yield "q", "cancel"
