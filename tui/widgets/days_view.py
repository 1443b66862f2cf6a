"""Days drawn as lines; a click on one of them is reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from textual import events
    from textual.geometry import Offset

V = TypeVar("V")


class DaysView(Widget, Generic[V]):
    """Shows the days of a view of type ``V``, one of them picked out."""

    @dataclass
    class Clicked(Message):
        """The user clicked a day."""

        day: date

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view: V | None = None
        self._pressed: date | None = None
        """The day under the pointer when its button went down."""

    def show(self, view: V) -> None:
        """Show these days."""
        self._view = view
        self.refresh()

    def render(self) -> Content:
        return Content() if self._view is None else Content("\n").join(self.draw(self._view))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        # Taking the focus may move the days before the button is up again.
        offset = event.get_content_offset(self)
        self._pressed = self.day_at(self._view, offset) if self._view and offset else None

    def on_click(self) -> None:
        if self._pressed:
            self.post_message(self.Clicked(self._pressed))

    def draw(self, view: V) -> Iterable[Content]:
        """The lines, as many and as wide as there is room for."""
        raise NotImplementedError

    def day_at(self, view: V, offset: Offset) -> date | None:
        """The day that is drawn there, if it is one that can be opened."""
        raise NotImplementedError
