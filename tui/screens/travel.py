"""Going through days: what is on disk shows at once, and the Hub improves it in place."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from textual import work

from tui.days import long_day
from tui.explain import TOKEN_REFUSED, sentence, short
from tui.feed import NEWER, OLDER, AtBound, Direction, StillLooking
from tui.hub.errors import BadRequest, HubError
from tui.library import LibraryError
from tui.page import counted
from tui.screens.edition import EditionScreen
from tui.widgets.day_strip import DAYS

if TYPE_CHECKING:
    from datetime import date

    from tui.papers import Edition
    from tui.services import Services

log = logging.getLogger(__name__)

TRAVEL: Final = "travel"
"""The one group of workers here: whatever the user asks for next takes the place of the last."""
SOUGHT: Final = {OLDER: "looking for an older day…", NEWER: "looking for a newer day…"}


class Travel(EditionScreen):
    """Opens days, steps between them, keeps the one on screen fresh, reads ahead."""

    def __init__(self, services: Services, day: date) -> None:
        super().__init__(services, day)
        self._goal: date | None = None
        """The day on its way; the one on screen stays until it is there."""
        self._steps = 0
        """Steps asked for and not yet taken: older ones are negative."""
        self._journey = 0
        """Counts departures, so that what was put off for one is not done for the next."""
        self._token_told = False

    def begin(self, *, chosen: bool) -> None:
        """Show what disk knows of the first day, and then ask the Hub.

        A day that the user has not chosen gives way to the latest one.
        """
        self._acted = chosen
        self._show_known(self.day)
        # The network's libraries are loaded once the first frame is on the screen.
        self._after_painting(self.day if chosen else None)

    def go_to(self, day: date) -> None:
        """Leave for another day, which may turn out to have no papers."""
        self._depart()
        self._enter(day)

    def _depart(self) -> None:
        """Give up what is under way: the user wants something else."""
        self.workers.cancel_group(self, TRAVEL)
        self._journey += 1
        self._steps = 0
        self._goal = None

    def _enter(self, day: date) -> None:
        self._acted = True
        self._show_known(day)
        self._after_painting(day)

    def _show_known(self, day: date) -> None:
        """Show what disk has of a day; without that the day on screen stays for now."""
        edition = self.feed.peek(day)
        if edition and edition.papers:
            self._goal = None
            self.show_edition(edition)
            return
        self._goal = day
        if self.edition is None:
            self.show_nothing(day, "Fetching the papers…")

    def _after_painting(self, day: date | None) -> None:
        """Ask the Hub for a day, or for the latest one, once what is known has been painted."""
        journey = self._journey

        def ask() -> None:
            if journey != self._journey:
                return
            if day is None:
                self._go_to_newest()
            else:
                self._arrive(day)

        self.call_after_refresh(ask)

    @work(group=TRAVEL, exclusive=True)
    async def _arrive(self, day: date, *, force: bool = False) -> None:
        await self._come_to(day, force=force)

    @work(group=TRAVEL, exclusive=True)
    async def _go_to_newest(self, *, jump: bool = False) -> None:
        """Go on to the latest day unless the user has begun with the one on screen."""
        with self.waiting("looking for the latest day…"):
            try:
                newest = await self.feed.find_newest()
            except HubError as error:
                self._fail(error)
                return
        self._tell_of_token()
        if newest != self.day and self._acted and not jump:
            self.tell(f"{long_day(newest)} is there; press t to go to it.")
            newest = self.day
        elif newest != self.day or self.edition is None:
            self._show_known(newest)
        await self._come_to(newest)

    async def _come_to(self, day: date, *, force: bool = False) -> None:
        """Bring a day up to date and onto the screen, then fetch its neighbours."""
        if await self._fetch(day, force=force):
            await self.feed.read_ahead(self.day, DAYS)

    async def _fetch(self, day: date, *, force: bool) -> bool:
        shown = self.edition if self.day == day else None
        if shown and not force and self.feed.is_fresh(shown):
            self._recover()
            return True
        with self.waiting("refreshing…" if shown else f"fetching {long_day(day)}…"):
            try:
                edition = await self._edition(day, shown, force=force)
            except (HubError, AtBound) as error:
                self._goal = None
                self._fail(error)
                return False
        self._goal = None
        self._recover()
        self._tell_of_token()
        self.improve_edition(edition)
        if edition.day != day:
            self.tell(f"No papers on {long_day(day)}; this is {long_day(edition.day)}.")
        return True

    async def _edition(self, day: date, shown: Edition | None, *, force: bool) -> Edition:
        """The day from the Hub; where it has no papers, the nearest one that has some."""
        try:
            edition = await self.feed.refresh(day, force=force)
        except BadRequest as error:
            if shown or not self.feed.not_open_yet(day, error):
                raise
        else:
            if edition.papers or shown:
                return edition
        try:
            nearest = await self.feed.step(day, OLDER)
        except AtBound:
            nearest = await self.feed.step(day, NEWER)
        return await self.feed.refresh(nearest)

    def _fail(self, error: HubError | AtBound) -> None:
        """Say it in the header, and in a toast, or in the list where that is empty."""
        if isinstance(error, HubError):
            log.warning("%s", error)
            self.set_trouble(short(error))
        if self.papers.rows:
            self.tell(sentence(error), warn=isinstance(error, HubError))
        else:
            self.papers.say(sentence(error))

    def _recover(self) -> None:
        """Take back what was said about a failure that is over."""
        if self._trouble:
            self.app.clear_notifications()
            self.set_trouble("")

    def _tell_of_token(self) -> None:
        if self.feed.token_refused and not self._token_told:
            self._token_told = True
            self.tell(TOKEN_REFUSED, warn=True)

    # -- steps --------------------------------------------------------------------------

    def _step(self, direction: Direction) -> None:
        if self._steps:
            self._steps += direction
            return
        if known := self.feed.next_known(self.day, direction):
            self.go_to(known)
            return
        self._depart()
        self._steps = direction
        self._walk()

    @work(group=TRAVEL, exclusive=True)
    async def _walk(self) -> None:
        """Take the steps asked for, those that come in meanwhile too, then open that day."""
        day = start = self.day
        try:
            while self._steps:
                direction: Direction = OLDER if self._steps < 0 else NEWER
                with self.waiting(SOUGHT[direction]):
                    day = await self.feed.step(day, direction)
                self._steps -= direction
        except (HubError, AtBound) as error:
            self._steps = 0
            self._fail(error)
        if day != start:
            self._enter(day)
            self._tell_of_gap(start, day)

    def _tell_of_gap(self, start: date, end: date) -> None:
        """Say so when a walk without the Hub has passed over days that are not on disk."""
        if missing := self.feed.unseen(start, end):
            days = counted(missing, "day")
            self.tell(f"No connection to the Hub: passed over {days} not on disk.")

    @work(group=TRAVEL, exclusive=True)
    async def _walk_to_unread(self, direction: Direction, *, last: bool) -> None:
        """Open the next day with unread papers, with the cursor on the first or last of them."""
        start = self.day
        try:
            with self.waiting(SOUGHT[direction]):
                day = await self.feed.step_unread(start, direction)
        except StillLooking as error:
            self.tell(str(error))
        except AtBound:
            self.tell(f"No unread papers on {'older' if direction == OLDER else 'newer'} days.")
        except (HubError, LibraryError) as error:
            self.tell_error(error)
        else:
            self._enter(day)
            self._tell_of_gap(start, day)
            if unread := self._unread():
                self.select(unread[-1 if last else 0])

    def _seek_unread(self, direction: Direction, *, last: bool = False) -> None:
        """Leave for the next day with unread papers, unless another one is on its way."""
        if self._goal is None:
            self._depart()
            self._walk_to_unread(direction, last=last)

    def _unread(self) -> list[int]:
        return [index for index, row in enumerate(self.papers.rows) if not row.read]

    # -- actions ------------------------------------------------------------------------

    def action_older_day(self) -> None:
        self._step(OLDER)

    def action_newer_day(self) -> None:
        self._step(NEWER)

    def action_older_unread_day(self) -> None:
        self._seek_unread(OLDER)

    def action_newer_unread_day(self) -> None:
        self._seek_unread(NEWER)

    def action_latest_day(self) -> None:
        self._depart()
        newest = self.feed.peek_newest()
        if newest and newest != self.day:
            self._show_known(newest)
        self._go_to_newest(jump=True)

    def action_next_unread(self) -> None:
        later = [index for index in self._unread() if index > self.papers.cursor]
        if later:
            self.select(later[0])
        else:
            self._seek_unread(OLDER)

    def action_previous_unread(self) -> None:
        earlier = [index for index in self._unread() if index < self.papers.cursor]
        if earlier:
            self.select(earlier[-1])
        else:
            self._seek_unread(NEWER, last=True)

    def action_refresh(self) -> None:
        goal = self._goal
        self._depart()
        if self.edition is None and not self._acted:
            self._go_to_newest()
        else:
            self._arrive(goal or self.day, force=True)

    def action_cancel(self) -> None:
        """Stop what the user waits for; when nothing is under way, do nothing."""
        if not (self.is_waiting or self._steps or self._goal):  # it may only be about to begin
            return
        self._depart()
        if self.papers.rows:
            self.tell("Stopped waiting for the Hub.")
        else:
            self.papers.say("Stopped waiting for the Hub; try again with R.")

    def action_go_to_day(self) -> None:
        from tui.screens.go_to import GoTo

        self.app.push_screen(GoTo(self.feed.today()), self._went)

    def _went(self, day: date | None) -> None:
        if day is not None:
            self.go_to(day)
