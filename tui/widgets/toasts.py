"""What the program says for a moment, over the corner of the panes."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.timer import Timer

SHOWN_S: Final = 5.0
GLANCE_S: Final = 0.5
"""What was shown no longer than that has not been seen."""


class Toast(NamedTuple):
    """Something said; ``warn`` when it is about trouble."""

    sentence: str
    warn: bool


class Toasts(Widget):
    """Shows sentences for a few seconds; those said under a dialog wait until it has closed.

    It is one widget that stays: mounting one for every sentence, as Textual does, costs as much
    as all else that a refresh of the list takes.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: list[Toast] = []
        self._waiting: list[Toast] = []
        self._late: list[Toast] = []
        """What has waited, of what is shown."""
        self._shown_at = 0.0
        self._timer: Timer | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is being said, the oldest first, and what waits to be."""
        return tuple(toast.sentence for toast in (*self._shown, *self._waiting))

    def say(self, sentence: str, *, warn: bool = False, beside: bool = False) -> None:
        """Say a sentence in place of those before it, or ``beside`` them.

        In place of what waits only where it has to wait as well: that was never seen.
        """
        said = self._shown if self._is_in_view else self._waiting
        if not beside:
            said.clear()
        said.append(Toast(sentence, warn))
        self.show()

    def show(self) -> None:
        """Show what is being said and what has waited, from now on for the same time."""
        if self._is_in_view and (self._shown or self._waiting):
            self._shown = [*self._waiting, *self._shown]
            if self._waiting:
                self._late, self._waiting, self._shown_at = self._waiting, [], monotonic()
            self.set_class(any(toast.warn for toast in self._shown), "-warning")
            self.display = True
            self.refresh(layout=True)
            self._stop()
            self._timer = self.set_timer(SHOWN_S, self._hide)

    def make_way(self) -> None:
        """Say no more of what is shown, as a dialog opens; what had only just come waits again."""
        if monotonic() - self._shown_at < GLANCE_S:
            self._waiting[:0] = [toast for toast in self._late if toast in self._shown]
        self._hide()

    def _hide(self) -> None:
        self._shown.clear()
        self.display = False
        self._stop()

    def clear(self) -> None:
        """Say nothing any more, nor what waits: it is over."""
        self._waiting.clear()
        self._hide()

    @property
    def _is_in_view(self) -> bool:
        return self.is_attached and self.screen.is_active

    def _stop(self) -> None:
        if self._timer:
            self._timer.stop()
            self._timer = None

    def render(self) -> Content:
        return Content("\n\n").join(Content(toast.sentence) for toast in self._shown)

    def on_click(self) -> None:
        self._hide()
