"""The strip under the header: the last days that have papers, with unread and total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.days import MONTHS, WEEKDAYS
from tui.widgets.line import Piece, PieceLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tui.papers import DayCount

DAYS: Final = 7
"""Days with papers that the strip shows where there is room."""


class DayStrip(PieceLine):
    """A week's backlog at a glance; a click on a day goes there."""

    SEPARATOR = " "

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._counts: Sequence[DayCount] = ()
        self._shown: date | None = None

    def show(self, counts: Sequence[DayCount], shown: date | None) -> None:
        """Show these days, oldest first, with the one on screen picked out if it is among them."""
        if (counts, shown) != (self._counts, self._shown):
            self._counts, self._shown = counts, shown
            self.refresh()

    def pieces(self, cells: int) -> list[Piece]:
        """The month, and the days; those furthest from the one on screen go first."""
        days = [count.day for count in self._counts]
        if not days:
            return []
        shown = self._shown or days[-1]
        middle = min(range(len(days)), key=lambda n: abs(days[n] - shown))
        month = Piece(MONTHS[days[0].month - 1].title(), "$text-muted", len(days))
        return [month] + [
            self._piece(count, rank=2 * abs(middle - n) - (n > middle))
            for n, count in enumerate(self._counts)
        ]

    def _piece(self, count: DayCount, rank: int) -> Piece:
        name = f"{WEEKDAYS[count.day.weekday()].title()} {count.day.day}"
        backlog = f"{count.unread}/{count.total}" if count.unread else f"✓ {count.total}"
        if count.day == self._shown:
            return Piece(f"[{name} {backlog}]", "bold $text-accent", 0, count.day)
        style = "" if count.unread else "$text-muted"
        return Piece(f" {name} {backlog} ", style, rank, count.day)
