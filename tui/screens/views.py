"""Days, weeks, months, what is trending, what is starred: changing between them; the calendar."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tui.library import LibraryError
from tui.periods import Period, Span
from tui.screens.stepping import Stepping

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tui.papers import DayCount
    from tui.screens.calendar import Calendar
    from tui.services import Services

log = logging.getLogger(__name__)


class Views(Stepping):
    """Shows the period of another span around what is on screen, or one from the calendar."""

    def __init__(self, services: Services, period: Period) -> None:
        super().__init__(services, period)
        self._last_day: date | None = None
        """The day to go back to from a list without days."""
        self._calendar: Calendar | None = None
        """The one that is open."""

    def action_view_day(self) -> None:
        self._view(Span.DAY)

    def action_view_week(self) -> None:
        self._view(Span.WEEK)

    def action_view_month(self) -> None:
        self._view(Span.MONTH)

    def action_view_trending(self) -> None:
        self._view(Span.TRENDING)

    def action_view_starred(self) -> None:
        self._view(Span.STARRED)

    def _view(self, span: Span) -> None:
        """Show the day, week or month around the paper under the cursor, or an undated list."""
        if span is (self._goal or self.period).span:
            return
        if self.period.span is Span.DAY:
            self._last_day = self.period.first
        period = Period.of(span, self._day_in_view())
        if not period.is_dated:
            self.go_to(period)
            return
        paper = self.papers.current
        if paper and paper.day and period.holds(paper.day):
            self._places[period] = paper.id
        self.go_to(period)

    def _day_in_view(self) -> date:
        """The day that stands for what is on screen."""
        paper = self.papers.current
        if self.period.span is Span.DAY:
            return self.period.first
        if self.period.is_dated:
            return paper.day if paper and paper.day else min(self.period.last, self.feed.today())
        return self._last_day or self.feed.first_to_show()

    async def action_go_to_date(self) -> None:
        from tui.screens.calendar import Calendar

        feed = self.feed
        self._calendar = Calendar(
            self._day_in_view(),
            feed.today(),
            feed.first_day,
            self._counts,
            feed.fill,
            lambda: feed.pause_left,
        )
        await self.app.push_screen(self._calendar, self._went)

    def _show_strip(self) -> None:
        super()._show_strip()
        if self._calendar:
            self._calendar.learn()

    def _counts(self, month: Period) -> Mapping[date, DayCount | None]:
        """What disk knows of a month; nothing where the library cannot be read."""
        try:
            return self.feed.calendar(month)
        except LibraryError as error:
            log.warning("the calendar has no counts: %s", error)
            return dict.fromkeys(self.feed.open_days(month))

    def _went(self, period: Period | None) -> None:
        self._calendar = None
        if period is not None:
            self.go_to(period)
