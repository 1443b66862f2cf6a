"""The strip of choices after a key that needs a second one: what to copy, how to sort."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.widget import Widget

from tui.commands import COPY, SORT, Pane, following
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size

KEY_STYLE: Final = "bold $text-accent"
GAP: Final = "  "


def _bindings(prefix: str) -> list[BindingType]:
    """The keys that may follow; they work also for a key that was typed ahead of the strip."""
    return [
        (key, f"choose('{command.id}')", command.label)
        for command in following(prefix)
        for key in command.keys(Pane.LIST)
    ]


class ChoiceStrip(Dialog[str]):
    """Shows what may follow a key and gives the id of the chosen command."""

    PREFIX: ClassVar[str]
    TITLE_WORD: ClassVar[str]

    def compose(self) -> ComposeResult:
        yield Choices(self.PREFIX, self.TITLE_WORD)

    def action_choose(self, command_id: str) -> None:
        self.close(command_id)

    def on_key(self, event: events.Key) -> None:
        """Close at a key that stands for nothing."""
        if all(event.key not in command.keys(Pane.LIST) for command in following(self.PREFIX)):
            event.stop()
            self.close()


class CopyStrip(ChoiceStrip):
    """What to copy."""

    PREFIX = COPY
    TITLE_WORD = "Copy"
    BINDINGS = _bindings(COPY)


class SortStrip(ChoiceStrip):
    """How to sort."""

    PREFIX = SORT
    TITLE_WORD = "Sort"
    BINDINGS = _bindings(SORT)


class Choices(Widget):
    """The choices, wrapped so that no line breaks between a key and its words."""

    def __init__(self, prefix: str, title: str) -> None:
        super().__init__(id="choices")
        self._prefix = prefix
        self._title = title

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def _lines(self, cells: int) -> list[Content]:
        """The choices in their order, as many on a line as fit in so many cells."""
        lines = [Content.styled(self._title, "bold")]
        for key, label in self._choices():
            choice = Content.assemble((key, KEY_STYLE), f" {label}")
            longer = Content(GAP).join([lines[-1], choice])
            if longer.cell_length <= cells:
                lines[-1] = longer
            else:
                lines.append(choice)
        return lines

    def _choices(self) -> Iterator[tuple[str, str]]:
        for command in following(self._prefix):
            yield command.keys(Pane.LIST)[0], command.label
        yield "q", "cancel"
