"""Text that is typed ahead: keys pressed before a dialog is there reach its field in their order.

Such a key is sent to what had the focus when it came, and only bindings are looked up in what is
on the screen now. So a dialog binds every character, and its field leaves them to the bindings.
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final

from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

TYPED: Final = string.ascii_letters + string.digits + string.punctuation + " "
"""Characters that go through bindings."""
KEY_NAMES: Final = {",": "comma", " ": "space"}
"""Of the characters that cannot stand for themselves in a binding."""


def typed_keys() -> list[BindingType]:
    """Bindings of every character to the dialog's ``action_type``."""
    return [(KEY_NAMES.get(char, char), f"type({char!r})", "Type") for char in TYPED]


class TypedLine(Input):
    """A line whose characters come through the dialog's bindings, and Enter as well: what is typed
    after it would overtake a message."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "submit"

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return False

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in TYPED:
            event.prevent_default()

    def take(self, character: str) -> None:
        """Put a character where the cursor is."""
        self.replace(character, *self.selection)


class TypedArea(TextArea):
    """Lines whose characters and ends come through the dialog's bindings."""

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        return False

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter" or (event.character and event.character in TYPED):
            event.prevent_default()

    def take(self, character: str) -> None:
        """Put a character, or a line end, where the cursor is."""
        self.replace(character, *self.selection, maintain_selection_offset=False)
