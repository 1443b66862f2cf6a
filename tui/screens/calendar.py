"""The calendar: a month of days with their backlog, or the name of a period to type."""

from __future__ import annotations

import asyncio
from math import ceil
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.days import ONE_DAY, DayError
from tui.explain import sentence
from tui.hub.errors import HubError
from tui.periods import Period, Span, parse_period
from tui.screens.dialog import Dialog
from tui.screens.typed import TypedLine, typed_keys
from tui.widgets.month_grid import MonthGrid, View

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.papers import DayCount

SETTLE_S: Final = 0.25
"""A month that stays in view for this long is asked for, so that paging through asks nothing."""
TICK_S: Final = 1.0
"""How often a countdown runs on."""
ASK: Final = "ask"
"""The group of the one worker: the month in view takes the place of the last."""
ON_GRID: Final = {"move", "turn", "today", "go", "edit", "close"}
"""Actions whose keys are text while a name is typed."""
PLACEHOLDER: Final = "21 aug, 2026-w34; / for mon, w34"
KEYS_HINT: Final = (
    "Enter day · w week · m month · t today · q back · PgUp PgDn month · "
    "/ types words like mon or w34"
)
LINE_HINT: Final = "Enter goes there · Esc back to the days · fri, -3, w34, aug 2026, trending"
AGAIN: Final = "come back to this month to try again"


class Calendar(Dialog[Period]):
    """Gives the period that the user chose in a month or named; nothing when they did neither.

    Push it with ``await``: keys typed meanwhile then find it mounted.
    """

    AUTO_FOCUS = "MonthGrid, TypedLine"
    # Every key is bound here, not in a widget, for those that are typed ahead. While a name is
    # typed the first binding of a key is not possible, and the second one counts.
    BINDINGS: ClassVar[list[BindingType]] = [
        ("left,h", "move(-1)", "Day before"),
        ("right,l", "move(1)", "Day after"),
        ("up,k", "move(-7)", "Week before"),
        ("down,j", "move(7)", "Week after"),
        ("pageup,[,{", "turn(-1)", "Older month"),
        ("pagedown,],}", "turn(1)", "Newer month"),
        ("t", "today", "Today"),
        ("enter", "go('day')", "Go to the day"),
        ("w", "go('week')", "Go to the week"),
        ("m", "go('month')", "Go to the month"),
        ("/", "edit", "Type"),
        ("q", "close", "Close"),
        ("escape", "back", "Back"),
        ("up,down", "leave", "Back to the days"),
        ("enter", "take", "Go there"),
        *typed_keys(),
    ]

    def __init__(
        self,
        shown: date,
        today: date,
        first_day: date,
        known: Callable[[Period], Mapping[date, DayCount | None]],
        fill: Callable[[Period], Awaitable[None]],
        pause_left: Callable[[], float],
    ) -> None:
        """Begin with the cursor on ``shown``.

        ``known`` says what disk has of a month: a count for each of its days from ``first_day``
        to ``today``, None for those that are not known. ``fill`` asks the Hub for a month, so
        that more is known after it; it raises HubError. ``pause_left`` says for how many seconds
        the Hub wants to be left alone first.
        """
        super().__init__()
        self._today = today
        self._first_day = first_day
        self._known = known
        self._ask_hub = fill
        self._pause_left = pause_left
        self._cursor = self._reachable(shown)
        self._counts: Mapping[date, DayCount | None] = {}
        self._complaint = ""
        """What is wrong with the name that was typed."""
        self._refused = ""
        """That name."""
        self._awaited: Period | None = None
        """The month that the Hub is asked for."""
        self._trouble = ""
        """Why the month could not be had."""
        self._grid = MonthGrid(id="calendar-grid")
        self._line = TypedLine(placeholder=PLACEHOLDER, select_on_focus=False, id="calendar-line")
        self._hint = Static(id="calendar-hint")

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield self._grid
            yield self._line
            yield self._hint

    def on_mount(self) -> None:
        self._open_month()
        self.set_interval(TICK_S, self._count_down)

    # -- the days -----------------------------------------------------------------------

    @property
    def _month(self) -> Period:
        return Period.of(Span.MONTH, self._cursor)

    def _reachable(self, day: date) -> date:
        return min(max(day, self._first_day), self._today)

    def _move_to(self, day: date) -> None:
        """Put the cursor on a day, or on the nearest one that there is."""
        month = self._month
        self._cursor = self._reachable(day)
        if self._month == month:
            self._show_days()
        else:
            self._open_month()

    def _open_month(self) -> None:
        """Show what disk knows of the month, and ask for the rest if the user stays."""
        self.workers.cancel_group(self, ASK)
        self.learn()
        self._tell()
        if None in self._counts.values():
            self._ask(self._month)

    def learn(self) -> None:
        """Show what is known by now."""
        self._counts = self._known(self._month)
        self._show_days()

    def _show_days(self) -> None:
        self._grid.show(View(self._month, self._counts, self._cursor, self._today))

    @work(group=ASK, exclusive=True)
    async def _ask(self, month: Period) -> None:
        await asyncio.sleep(SETTLE_S)
        self._tell(awaited=month)
        try:
            await self._ask_hub(month)
        except HubError as error:
            self._tell(sentence(error, AGAIN))
        else:
            self._tell()
        self.learn()

    def on_days_view_clicked(self, event: MonthGrid.Clicked) -> None:
        self.close(Period.day(event.day))

    # -- the hint -----------------------------------------------------------------------

    def _tell(self, trouble: str = "", *, awaited: Period | None = None) -> None:
        self._trouble, self._awaited = trouble, awaited
        self._show_hint()

    def _count_down(self) -> None:
        if self._awaited:
            self._show_hint()

    @property
    def _news(self) -> str:
        """How asking for the month goes."""
        if self._awaited is None:
            return self._trouble
        seconds = ceil(self._pause_left())
        pause = f"the Hub asks for a pause, {seconds} s" if seconds else ""
        return pause or f"asking for {self._awaited.title}…"

    def _show_hint(self) -> None:
        said = (self._typing and self._complaint) or self._news
        self._hint.set_class(bool(said), "-said")
        self._hint.update(Content(said or (LINE_HINT if self._typing else KEYS_HINT)))

    def on_descendant_focus(self) -> None:
        self._show_hint()

    # -- the line -----------------------------------------------------------------------

    @property
    def _typing(self) -> bool:
        return self.focused is self._line

    def on_input_changed(self) -> None:
        if self._line.value != self._refused:
            self._complaint = self._refused = ""
        self._show_hint()

    # -- actions ------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (self._typing and action in ON_GRID)

    def action_move(self, days: int) -> None:
        self._move_to(self._cursor + days * ONE_DAY)

    def action_turn(self, direction: int) -> None:
        month = self._month.beside(direction)
        self._move_to(month.first.replace(day=min(self._cursor.day, month.last.day)))

    def action_today(self) -> None:
        self._move_to(self._today)

    def action_go(self, span: str) -> None:
        self.close(Period.of(Span(span), self._cursor))

    def action_edit(self) -> None:
        self.set_focus(self._line)

    def action_type(self, character: str) -> None:
        """Add a character to the name; on the grid what can begin one does."""
        if not self._typing:
            if not (character.isalnum() or character == "-"):
                return
            self._line.clear()
            self.action_edit()
        self._line.take(character)

    def action_take(self) -> None:
        """Go to what the name names; where none was typed, to the day under the cursor."""
        if not self._line.value.strip():
            self.action_go(Span.DAY.value)
            return
        try:
            self.close(parse_period(self._line.value, self._today))
        except DayError as error:
            self._refused, self._complaint = self._line.value, str(error)
            self._show_hint()

    def action_leave(self) -> None:
        """Go back to the days, where there is room for them."""
        self.set_focus(self._grid if self._grid.focusable else None)
        self._show_hint()

    def action_back(self) -> None:
        """Leave a name that was begun, or close."""
        if self._typing and self._line.value:
            self.action_leave()
        else:
            self.close()
