"""What every dialog shares: it floats over the panes, and its Esc has a plain twin."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.screen import ModalScreen

if TYPE_CHECKING:
    from textual.binding import BindingType

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A dialog that Esc closes without a result."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "close", "Close")]

    def action_close(self) -> None:
        self.dismiss()
