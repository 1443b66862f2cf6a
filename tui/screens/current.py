"""As time goes by: the list on screen is renewed by itself, and ages and countdowns run on."""

from __future__ import annotations

import logging
import random
from time import monotonic
from typing import TYPE_CHECKING, Final

from textual import work

from tui.explain import short
from tui.hub.errors import HubError
from tui.library import LibraryError
from tui.periods import Period
from tui.screens.travel import TRAVEL, Failure
from tui.screens.views import Views

if TYPE_CHECKING:
    from tui.papers import Edition
    from tui.services import Services

TICK_S: Final = 1.0
"""How often the header and the disk are looked at."""
RETRY_S: Final = 15.0
"""The Hub is asked again so long after it could not be reached, then after twice as long."""
LONGEST_RETRY_S: Final = 120.0
FROM_LIBRARY: Final = "Read again from your library; the Hub has no part in this list."

log = logging.getLogger(__name__)


class Current(Views):
    """Keeps what is on screen the best that is known, without being asked and without a word."""

    def __init__(self, services: Services, period: Period) -> None:
        super().__init__(services, period)
        self._disk = 0
        """The state of the disk that is on screen."""
        self._library = self._library_version()
        """The state of the library that is on screen, but for what was changed here."""
        self._retry_s = RETRY_S
        self._retry_at = 0.0
        """When the Hub may be asked again, by the monotonic clock."""
        self._followed: Period | None = None
        """The latest day that the user knows of, having seen it or been told."""

    def on_mount(self) -> None:
        self.set_interval(TICK_S, self.look_around)

    def look_around(self) -> None:
        """Bring the screen in line with the time, the disk and, where it is due, the Hub."""
        self.show_status()
        if self._disk != (disk := self.feed.disk_version()):
            if self._disk and self.feed.is_offline:
                self._retry_at = 0.0  # whoever stored that has reached the Hub
            self._disk = disk
            self._show_what_others_fetched()
        self._show_what_others_marked()
        self._look_on()
        if self._is_idle:
            if not self._trouble:
                self._tell_of_newer_day()
            if self._is_due:
                self._begin_again()

    def _show_what_others_fetched(self) -> None:
        known = self.feed.peek(self.period)
        if known and known != self.edition and (known.papers or self.edition):
            self.improve_edition(known)
        else:
            self._learned()  # of the other days

    def _show_what_others_marked(self) -> None:
        if self._library != (version := self._library_version()):
            self._library = version
            self.show_marks()

    def _library_version(self) -> int | None:
        """A number that others change with every mark, None where the library cannot say."""
        try:
            return self.feed.library.version()
        except LibraryError as error:
            log.debug("the library cannot be looked at: %s", error)
            return None

    @property
    def _is_idle(self) -> bool:
        at_work = any(worker.group == TRAVEL for worker in self.workers if worker.node is self)
        is_out_of_reach = self.feed.settings.offline and not self.period.is_own
        return not (at_work or self._goal or self._steps or is_out_of_reach)

    @property
    def _is_due(self) -> bool:
        """Whether there is something to ask for, and the last failure is long enough ago."""
        if monotonic() < self._retry_at:
            return False
        if self.period.is_own:
            return self.edition is not None and not self.feed.is_fresh(self.edition)
        if self.edition is None or self.feed.is_offline or self._trouble:
            return True
        return not self.feed.is_fresh(self.edition) or self._may_be_followed

    @property
    def _may_be_followed(self) -> bool:
        """Whether the latest day is on screen, and a newer one may have begun since it was asked.

        Its own list stays fresh for hours over a weekend, in which the next day begins.
        """
        is_latest = self.period == self._latest()
        return is_latest and self.period.last < self.feed.today() and not self.feed.knows_newest

    def _begin_again(self) -> None:
        """Ask once more for what could not be had, or quietly for what may have changed."""
        if self.edition is not None:
            self._renew()
        elif self._acted:
            self._arrive(self.period)
        else:
            self._go_to_newest()

    @work(group=TRAVEL, exclusive=True)
    async def _renew(self) -> None:
        """Ask for the list on screen in the background, and for a newer day beside the latest."""
        force = self.feed.is_offline or bool(self._trouble)
        try:
            if self.period == self._latest():
                await self.feed.find_newest(urgent=False)
            edition = await self.feed.refresh(self.period, force=force, urgent=False)
        except HubError as error:
            log.info("not renewed: %s", error)
            self.set_trouble(short(error))
            self._back_off()
            return
        except LibraryError as error:
            log.warning("the marks cannot be read: %s", error)
            self._back_off()
            return
        self._recover()
        self.improve_edition(edition)
        if not edition.period.is_own and self._is_due:
            self._back_off()  # there is no newer one yet
        self._read_ahead()

    def _fail(self, error: Failure, wanted: Period | None = None) -> None:
        super()._fail(error, wanted)
        if isinstance(error, HubError) and not self.period.is_own:
            self._back_off()

    def show_edition(self, edition: Edition) -> None:
        super().show_edition(edition)
        if edition.period == self._latest():
            self._followed = edition.period
        if edition.period.is_own:
            self._retry_at = 0.0  # the Hub, which was to be left alone, has no part in it

    def improve_edition(self, edition: Edition) -> None:
        if edition.period == self.period:
            self._tell_of_newer_day()
        super().improve_edition(edition)

    def _recover(self) -> None:
        super()._recover()
        self._retry_s, self._retry_at = RETRY_S, 0.0

    def action_refresh(self) -> None:
        """Ask anew, which makes what was said before old."""
        self.toasts.clear()
        if self.period.is_own and not (self._goal or self._failed):
            self.tell(FROM_LIBRARY)
        super().action_refresh()

    def action_cancel(self) -> None:
        if self.is_under_way:
            self._back_off()  # or what was stopped would begin again by itself at once
        super().action_cancel()

    def _back_off(self) -> None:
        """Put the next try off, each time for twice as long, and never all windows at once."""
        self._retry_at = monotonic() + self._retry_s * random.uniform(0.8, 1.2)
        self._retry_s = min(2 * self._retry_s, LONGEST_RETRY_S)

    def _latest(self) -> Period | None:
        newest = self.feed.peek_newest()
        return Period.day(newest) if newest else None

    def _tell_of_newer_day(self) -> None:
        """Say once that there is a newer day than the one on screen, which was the latest."""
        latest = self._latest()
        if latest == self.period:
            self._followed = latest
        elif latest and self._followed == self.period:
            self._followed = latest
            self.tell(f"{latest.title} is there; press t to go to it.")
