"""Go to a date: type one, in any of the ways people name days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.days import DayError, parse_day
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult

HINT = "2026-08-21, 21 aug, fri, -3 or today. Enter goes there, Esc or an empty line goes back."


class GoTo(Dialog["date"]):
    """Asks for a day and gives it; nothing when the user changed their mind."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._answer = Static(Content(HINT), id="go-to-answer")

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Content("Go to a date"), classes="box-title")
            yield Input(placeholder=self._today.isoformat(), id="go-to-day")
            yield self._answer

    def on_input_changed(self) -> None:
        self._answer.update(Content(HINT))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if not event.value.strip():
            self.close()
            return
        try:
            self.close(parse_day(event.value, self._today))
        except DayError as error:
            self._answer.update(Content(str(error)))
