"""Going through days: what is on disk shows at once, and the Hub improves it in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import work

from tui.days import long_day
from tui.explain import TOKEN_REFUSED, sentence, short
from tui.feed import NEWER, OLDER, AtBound, Direction
from tui.hub.errors import BadRequest, HubError
from tui.screens.edition import EditionScreen
from tui.widgets.day_strip import DAYS

if TYPE_CHECKING:
    from datetime import date

    from tui.papers import Edition

SOUGHT: Final = {OLDER: "looking for an older day…", NEWER: "looking for a newer day…"}


class Travel(EditionScreen):
    """Opens days, steps between them, keeps the one on screen fresh, reads ahead."""

    _steps = 0
    """Steps asked for and not yet taken: older ones are negative."""

    def begin(self, *, chosen: bool) -> None:
        """Show what disk knows of the first day, and then ask the Hub.

        A day that the user has not chosen gives way to the latest one.
        """
        edition = self.feed.peek(self.day)
        if edition and edition.papers:
            self.show_edition(edition)
        else:
            self.show_nothing(self.day, "Fetching the papers…")
        # The network's libraries are loaded once the first frame is on the screen.
        self.call_after_refresh(self._arrive if chosen else self._find_newest)

    def go_to(self, day: date) -> None:
        """Leave for another day, which may turn out to have no papers."""
        self.workers.cancel_group(self, "walk")
        self._open(day)

    def _open(self, day: date) -> None:
        self._acted = True
        edition = self.feed.peek(day)
        if edition and edition.papers:
            self.show_edition(edition)
        else:
            self.show_nothing(day, f"Fetching {long_day(day)}…")
        # What is known is painted before anything else is done.
        self.call_after_refresh(self._arrive)

    @work(group="arrive", exclusive=True)
    async def _arrive(self, *, force: bool = False) -> None:
        """Bring the day on screen up to date, then fetch its neighbours."""
        if await self._bring_up_to_date(force=force):
            await self.feed.read_ahead(self.day, DAYS)
            self._show_counts()

    @work(group="arrive", exclusive=True)
    async def _find_newest(self, *, jump: bool = False) -> None:
        """Go on to the latest day unless the user has begun with the one on screen."""
        self.set_busy("newest", "looking for the latest day…")
        try:
            newest = await self.feed.find_newest()
        except HubError as error:
            self._fail(error)
            return
        finally:
            self.set_busy("newest")
        self._tell_of_token()
        if newest != self.day or self.edition is None:
            if self._acted and not jump:
                self.tell(f"{long_day(newest)} is there; press t to go to it.")
            else:
                self._show_or_wait(newest)
        if await self._bring_up_to_date():
            await self.feed.read_ahead(self.day, DAYS)
            self._show_counts()

    def _show_or_wait(self, day: date) -> None:
        edition = self.feed.peek(day)
        if edition:
            self.show_edition(edition)
        else:
            self.show_nothing(day, f"Fetching {long_day(day)}…")

    async def _bring_up_to_date(self, *, force: bool = False) -> bool:
        """Refresh the day on screen; a day without papers leads to the nearest that has some."""
        day = self.day
        if self.edition and not force and self.feed.is_fresh(self.edition):
            self.set_trouble("")
            return True
        self.set_busy("refresh", "refreshing…")
        try:
            edition = await self._edition(day, force=force)
        except (HubError, AtBound) as error:
            self._fail(error)
            return False
        finally:
            self.set_busy("refresh")
        self._trouble = ""
        self._tell_of_token()
        self.improve_edition(edition)
        return True

    async def _edition(self, day: date, *, force: bool) -> Edition:
        try:
            edition = await self.feed.refresh(day, force=force)
        except BadRequest as error:
            if self.papers.rows or not self.feed.not_open_yet(day, error):
                raise
        else:
            if edition.papers or self.papers.rows:
                return edition
        return await self._nearest(day)

    async def _nearest(self, empty: date) -> Edition:
        try:
            day = await self.feed.step(empty, OLDER)
        except AtBound:
            day = await self.feed.step(empty, NEWER)
        self.tell(f"No papers on {long_day(empty)}; this is {long_day(day)}.")
        return await self.feed.refresh(day)

    def _fail(self, error: HubError | AtBound) -> None:
        """Say it in the header, in a toast, and in the list where that is empty."""
        if isinstance(error, HubError):
            self.set_trouble(short(error))
        self.papers.say(sentence(error))
        self.tell_error(error)

    def _tell_of_token(self) -> None:
        if self.feed.token_refused and not self._token_told:
            self._token_told = True
            self.tell(TOKEN_REFUSED, warn=True)

    _token_told = False

    # -- steps --------------------------------------------------------------------------

    def _step(self, direction: Direction) -> None:
        known = None if self._steps else self.feed.next_known(self.day, direction)
        if known:
            self.go_to(known)
            return
        waiting = self._steps != 0
        self._steps += direction
        if not waiting:
            self._walk()

    @work(group="walk", exclusive=True)
    async def _walk(self) -> None:
        """Take the steps asked for, those that come in meanwhile too, then open that day."""
        day = start = self.day
        try:
            while self._steps:
                direction: Direction = OLDER if self._steps < 0 else NEWER
                self.set_busy("walk", SOUGHT[direction])
                day = await self.feed.step(day, direction)
                self._steps -= direction
        except (HubError, AtBound) as error:
            self.tell_error(error)
        finally:
            self._steps = 0
            self.set_busy("walk")
        if day != start:
            self._open(day)

    @work(group="walk", exclusive=True)
    async def _walk_to_unread(self, direction: Direction, *, last: bool = False) -> None:
        """Open the next day with unread papers, with the cursor on the first or last of them."""
        self._steps = 0
        self.set_busy("walk", SOUGHT[direction])
        try:
            day = await self.feed.step_unread(self.day, direction)
        except AtBound:
            self.tell(f"No unread papers on {'older' if direction == OLDER else 'newer'} days.")
            return
        except HubError as error:
            self.tell_error(error)
            return
        finally:
            self.set_busy("walk")
        self._open(day)
        unread = self._unread()
        if unread:
            self.select(unread[-1 if last else 0])

    def _unread(self) -> list[int]:
        return [index for index, row in enumerate(self.papers.rows) if not row.read]

    def action_older_day(self) -> None:
        self._step(OLDER)

    def action_newer_day(self) -> None:
        self._step(NEWER)

    def action_older_unread_day(self) -> None:
        self._walk_to_unread(OLDER)

    def action_newer_unread_day(self) -> None:
        self._walk_to_unread(NEWER)

    def action_latest_day(self) -> None:
        self.workers.cancel_group(self, "walk")
        newest = self.feed.peek_newest()
        if newest and newest != self.day:
            self._show_or_wait(newest)
        self._find_newest(jump=True)

    def action_next_unread(self) -> None:
        later = [index for index in self._unread() if index > self.papers.cursor]
        if later:
            self.select(later[0])
        else:
            self._walk_to_unread(OLDER)

    def action_previous_unread(self) -> None:
        earlier = [index for index in self._unread() if index < self.papers.cursor]
        if earlier:
            self.select(earlier[-1])
        else:
            self._walk_to_unread(NEWER, last=True)

    def action_refresh(self) -> None:
        self._arrive(force=True)

    def action_cancel(self) -> None:
        """Stop what the user waits for."""
        for group in ("walk", "arrive"):
            self.workers.cancel_group(self, group)
        self.papers.say("Stopped waiting for the Hub; try again with R.")

    def action_go_to_day(self) -> None:
        from tui.screens.go_to import GoTo

        self.app.push_screen(GoTo(self.feed.today()), self._went)

    def _went(self, day: date | None) -> None:
        if day is not None:
            self.go_to(day)
