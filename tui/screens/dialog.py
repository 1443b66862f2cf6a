"""What every dialog shares: it floats over the panes, and its Esc has a plain twin."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.screen import ModalScreen

from tui.screens.sheets import sheets

if TYPE_CHECKING:
    from textual.binding import BindingType

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A dialog that Esc closes without a result."""

    CSS_PATH = sheets("dialogs", "library")  # read when the first dialog opens
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "close", "Close")]

    def close(self, result: Result | None = None) -> None:
        """Close with a result, once: a key typed ahead may ask for it again."""
        if self.is_current:
            self.dismiss(result)

    def action_close(self) -> None:
        self.close()
