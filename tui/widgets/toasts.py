"""What the program says for a moment, over the corner of the panes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.timer import Timer

SHOWN_S: Final = 5.0


class Toasts(Widget):
    """Shows sentences for a few seconds, and those said under a dialog once it has closed.

    It is one widget that stays: mounting one for every sentence, as Textual does, costs as much
    as all else that a refresh of the list takes.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sentences: list[str] = []
        self._timer: Timer | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is being said, the oldest first."""
        return tuple(self._sentences)

    def say(self, sentence: str, *, warn: bool = False) -> None:
        """Say a sentence beside those that are being said; all of them go together."""
        self._sentences.append(sentence)
        self.set_class(warn or self.has_class("-warning"), "-warning")
        self.refresh(layout=True)
        if self.screen.is_active:
            self.show()

    def show(self) -> None:
        """Show what is being said, from now on for its time."""
        if self._sentences:
            self.display = True
            self._stop()
            self._timer = self.set_timer(SHOWN_S, self.clear)

    def clear(self) -> None:
        """Say nothing any more."""
        self._sentences.clear()
        self.set_class(False, "-warning")
        self.display = False
        self._stop()

    def _stop(self) -> None:
        if self._timer:
            self._timer.stop()
            self._timer = None

    def render(self) -> Content:
        return Content("\n\n").join(map(Content, self._sentences))

    def on_click(self) -> None:
        self.clear()
