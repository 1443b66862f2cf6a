"""Steps to older and newer periods, and to those that have unread papers."""

from __future__ import annotations

import asyncio
from typing import Final

from textual import work

from tui.feed import NEWER, OLDER, AtBound, Direction, StillLooking
from tui.hub.errors import HubError
from tui.library import LibraryError
from tui.periods import Period, Span
from tui.screens.travel import TRAVEL, Travel

UNITS: Final = {Span.DAY: "day", Span.WEEK: "week", Span.MONTH: "month"}


class Stepping(Travel):
    """Takes steps over what disk knows at once, and over the rest as fast as the Hub answers."""

    def _step(self, direction: Direction) -> None:
        if self._steps:
            self._steps += direction
            return
        start = self._start
        if known := self.feed.next_known(start, direction):
            self.go_to(known)
            return
        self._depart()
        self._steps = direction
        self._walk(start)

    @property
    def _start(self) -> Period:
        """Where a step begins: at a week or month on its way already, or at what is on screen."""
        goal = self._goal
        return goal if goal and goal.span in (Span.WEEK, Span.MONTH) else self.period

    @work(group=TRAVEL, exclusive=True)
    async def _walk(self, start: Period) -> None:
        """Take the steps asked for, those that come in meanwhile too, then open that period."""
        period = start
        failure: HubError | AtBound | None = None
        try:
            while self._steps:
                direction: Direction = OLDER if self._steps < 0 else NEWER
                with self.waiting(self._sought(direction)):
                    period = await self.feed.step(period, direction)
                self._steps -= direction
        except (HubError, AtBound) as error:
            self._steps = 0
            failure = error
        if period != self.period:
            self._open(period)
            await self._end_walk(start, period, failure)
            return
        if failure:
            self._fail(failure)
        if not isinstance(failure, HubError):
            self._read_ahead()

    async def _end_walk(
        self, start: Period, end: Period, failure: HubError | AtBound | None = None
    ) -> None:
        """Bring the period that a walk has led to up to date, and say what the walk was like.

        What was passed over is said at once, and again beside a failure.
        """
        if gap := self._gap(start, end):
            self.set_trouble("")  # it is that of the list before; its end would take this back
            self.tell(gap)
        painted = asyncio.Event()
        self.call_after_refresh(painted.set)
        await painted.wait()
        await self._come_to(end)
        if failure:
            self._fail(failure)
        if gap and (failure or self._trouble):
            self.tell(gap, beside=True)

    def _sought(self, direction: Direction) -> str:
        age = "an older" if direction == OLDER else "a newer"
        return f"looking for {age} {self._unit}…"

    @property
    def _unit(self) -> str:
        """What an older or newer one of is looked for."""
        return UNITS.get(self.period.span, "list")

    @work(group=TRAVEL, exclusive=True)
    async def _walk_to_unread(self, direction: Direction, *, last: bool) -> None:
        """Open the next period with unread papers, the cursor on the first or last of them."""
        start = self.period
        try:
            with self.waiting(self._sought(direction)):
                period = await self.feed.step_unread(start, direction)
        except AtBound as error:
            age = "older" if direction == OLDER else "newer"
            none = f"No unread papers in any {age} {self._unit}."
            is_sought = start.is_dated and not isinstance(error, StillLooking)
            self.tell(none if is_sought else str(error))
            self._read_ahead()
        except (HubError, LibraryError) as error:
            self.tell_error(error)
        else:
            self._open(period)
            if unread := self._unread():
                self.select(unread[-1 if last else 0])
            await self._end_walk(start, period)

    def _select_or_seek(self, found: list[int], direction: Direction) -> None:
        """Select the unread paper that was found, or go on to those of other periods."""
        if found:
            self.select(found[0])
        elif self.period.is_dated:
            self._seek_unread(direction, last=direction == NEWER)
        else:
            side = "below" if direction == OLDER else "above"
            self.tell(f"No unread papers {side}; {self.period.title} has no older or newer list.")

    def _seek_unread(self, direction: Direction, *, last: bool = False) -> None:
        """Leave for the next period with unread papers, unless another one is on its way."""
        if self._goal:
            self.tell(f"{self._goal.title} is still on its way; Esc stops waiting for it.")
            return
        self._depart()
        self._walk_to_unread(direction, last=last)

    def _unread(self) -> list[int]:
        return [index for index, row in enumerate(self.papers.rows) if not row.read]

    # -- actions ------------------------------------------------------------------------

    def action_older(self) -> None:
        self._step(OLDER)

    def action_newer(self) -> None:
        self._step(NEWER)

    def action_older_unread(self) -> None:
        self._seek_unread(OLDER)

    def action_newer_unread(self) -> None:
        self._seek_unread(NEWER)

    def action_next_unread(self) -> None:
        later = [index for index in self._unread() if index > self.papers.cursor]
        self._select_or_seek(later[:1], OLDER)

    def action_previous_unread(self) -> None:
        earlier = [index for index in self._unread() if index < self.papers.cursor]
        self._select_or_seek(earlier[-1:], NEWER)
