"""Going from period to period: what is on disk shows at once, and the Hub improves it in place."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from textual import work

from tui.days import long_day
from tui.explain import TOKEN_REFUSED, sentence, short
from tui.feed import NEWER, OLDER, AtBound
from tui.hub.errors import HubError, Offline
from tui.library import LibraryError
from tui.page import counted
from tui.periods import Period, Span
from tui.screens.looking import Looking
from tui.widgets.day_strip import DAYS

if TYPE_CHECKING:
    from tui.papers import Edition
    from tui.services import Services

Failure = HubError | AtBound | LibraryError

log = logging.getLogger(__name__)

TRAVEL: Final = "travel"
"""The one group of workers here: whatever the user asks for next takes the place of the last."""
AHEAD: Final = "ahead"
"""The group of reading ahead, which ends when the user sets off."""
SETTLE_S: Final = 0.15
"""A list that is on disk stays on screen this long before the Hub is asked: flipping is free."""


class Travel(Looking):
    """Opens periods, brings the one on screen up to date, reads ahead."""

    def __init__(self, services: Services, period: Period) -> None:
        super().__init__(services, period)
        self._failed: Period | None = None
        """The period that could not be had, and that R asks for again."""
        self._goal: Period | None = None
        """The period on its way; the one on screen stays until it is there."""
        self._steps = 0
        """Steps asked for and not yet taken: older ones are negative."""
        self._journey = 0
        """Counts departures, so that what was put off for one is not done for the next."""
        self._token_told = False
        self._stars_completed = False
        """Whether what disk knows of starred papers was kept with them in this run."""

    def begin(self, *, chosen: bool) -> None:
        """Show what disk knows of the first period, and then ask the Hub.

        A day that the user has not chosen gives way to the latest one.
        """
        self._acted = chosen
        self._show_known(self.period)
        # The network's libraries are loaded once the first frame is on the screen.
        self._after_painting(self.period if chosen else None)

    def go_to(self, period: Period) -> None:
        """Leave for another period, which may turn out to have no papers."""
        self._depart()
        self._open(period)
        self._after_painting(period)

    def _depart(self) -> None:
        """Give up what is under way: the user wants something else."""
        self.workers.cancel_group(self, TRAVEL)
        self.workers.cancel_group(self, AHEAD)
        self._journey += 1
        self._steps = 0
        self._goal = self._failed = None

    def _open(self, period: Period) -> None:
        """Show what disk has of a period that the user has asked for."""
        self._acted = True
        self._show_known(period)

    def _show_known(self, period: Period) -> None:
        """Show what disk has of a period; without that the one on screen stays for now."""
        edition = self.feed.peek(period)
        if edition and edition.papers:
            self._goal = None
            self.show_edition(edition)
            return
        self._goal = period
        if self.edition is None:
            self.show_nothing(period, "Fetching the papers…")

    def _after_painting(self, period: Period | None) -> None:
        """Ask the Hub for a period, or for the latest day, once what is known has been painted."""
        journey = self._journey

        def ask() -> None:
            if journey != self._journey:
                return
            if period is None:
                self._go_to_newest()
            else:
                self._arrive(period)

        self.call_after_refresh(ask)

    @work(group=TRAVEL, exclusive=True)
    async def _arrive(self, period: Period, *, force: bool = False) -> None:
        await self._come_to(period, force=force)

    @work(group=TRAVEL, exclusive=True)
    async def _go_to_newest(self, *, jump: bool = False) -> None:
        """Go on to the latest day unless the user has begun with the list on screen."""
        with self.waiting("looking for the latest day…"):
            try:
                newest = Period.day(await self.feed.find_newest())
            except HubError as error:
                self._goal = None
                self._fail(error)
                return
        self._tell_of_token()
        if newest != self.period and self._acted and not jump:
            newest = self.period
        elif newest != self.period or self.edition is None:
            self._show_known(newest)
        await self._come_to(newest)

    async def _come_to(self, period: Period, *, force: bool = False) -> None:
        """Bring a period up to date and onto the screen, then fetch its neighbours."""
        if await self._fetch(period, force=force):
            self._read_ahead()

    @work(group=AHEAD, exclusive=True)
    async def _read_ahead(self) -> None:
        if self.period.is_own or not self._stars_completed:
            await self.feed.complete_stars(ask=self.period.is_own)
            self._stars_completed = True
        await self.feed.read_ahead(self.period, DAYS)

    async def _fetch(self, period: Period, *, force: bool) -> bool:
        """Whether the period is on screen and as fresh as it can be."""
        shown = self.edition if self.period == period else None
        if shown and not force:
            is_out_of_reach = self.feed.is_offline and not period.is_own
            if is_out_of_reach or self.feed.is_fresh(shown):
                self._goal = None
                if not self.feed.is_offline:
                    self._recover()
                self._catch_up(shown)
                return True
            await asyncio.sleep(SETTLE_S)
        with self.waiting("refreshing…" if shown else f"fetching {period.title}…"):
            try:
                edition = await self._edition(period, shown, force=force)
            except (HubError, AtBound, LibraryError) as error:
                self._goal = None
                self._fail(error, None if shown else period)
                return False
        self._goal = None
        if period.is_own or not self.feed.is_offline:
            self._recover()
        self._tell_of_token()
        self.improve_edition(edition)
        if edition.period != period:
            none = f"No papers on {period.title}; this is {edition.period.title}."
            self.tell(" ".join(filter(None, (none, self._gap(period, edition.period)))))
        return True

    def _catch_up(self, shown: Edition) -> None:
        """Show what has come since, whoever asked: looking for the latest day asks for today."""
        known = self.feed.peek(shown.period)
        if known and known != shown:
            self.improve_edition(known)

    async def _edition(self, period: Period, shown: Edition | None, *, force: bool) -> Edition:
        """The period from the Hub; where a day has no papers, the nearest one that has some."""
        try:
            edition = await self.feed.refresh(period, force=force)
        except HubError as error:
            if shown or not self._has_none(period, error):
                raise
        else:
            if edition.papers or shown or period.span is not Span.DAY:
                return edition
        return await self._nearest(period)

    def _has_none(self, period: Period, error: HubError) -> bool:
        """Whether a day has no papers by all that can be told while it is refused like that."""
        if isinstance(error, Offline):
            return period.span is Span.DAY and self.feed.ids(period.first) == ()
        return self.feed.not_open_yet(period.first, error)

    async def _nearest(self, day: Period) -> Edition:
        """The day with papers that is nearest to one without, rather an older one."""
        try:
            nearest = await self.feed.step(day, OLDER)
        except (AtBound, Offline):
            nearest = await self.feed.step(day, NEWER)
        known = self.feed.peek(nearest) if self.feed.is_offline else None
        return known or await self.feed.refresh(nearest)

    def _fail(self, error: Failure, wanted: Period | None = None) -> None:
        """Say it in the header, and in a toast, or in the list where nothing is shown yet.

        Where ``wanted`` cannot be had, and another list stays, the toast names it.
        """
        self._failed = wanted
        if isinstance(error, HubError):
            log.warning("%s", error)
            self.set_trouble(short(error))
        if self.edition is None:
            self.papers.say(sentence(error))
            return
        is_out_of_reach = self.feed.is_offline and not (wanted and wanted.is_own)
        is_unknown = wanted and is_out_of_reach and self.feed.peek(wanted) is None
        lacking = f"{wanted.title} is not on disk. " if wanted and is_unknown else ""
        self.tell(lacking + sentence(error), warn=not isinstance(error, AtBound))

    def _recover(self) -> None:
        """Take back what was said about a failure that is over.

        R goes on asking for a list that the Hub itself, which is in reach, could not give.
        """
        if self._trouble == short(Offline()):
            self._failed = None
        if self._trouble:
            self.toasts.clear()
            self.set_trouble("")

    def _tell_of_token(self) -> None:
        if self.feed.token_refused and not self._token_told:
            self._token_told = True
            self.tell(TOKEN_REFUSED, warn=True)

    def _gap(self, start: Period, end: Period) -> str:
        """What a walk has passed over because it could not be had, as a sentence."""
        if self.feed.is_offline:
            first, last = sorted((start, end), key=lambda period: period.first)
            missing = self.feed.unseen(first.last, last.first)
            days = counted(missing, "day")
            return f"No connection to the Hub: passed over {days} not on disk." if missing else ""
        passed, trouble = self.feed.passed_over(start, end), self.feed.trouble
        if not (passed and trouble):
            return ""
        what_happened = sentence(trouble).partition(";")[0].rstrip(".")
        others = f" and {counted(len(passed) - 1, 'more day')}" if passed[1:] else ""
        return f"{what_happened}: passed over {long_day(passed[0])}{others}."

    # -- actions ------------------------------------------------------------------------

    def action_latest_day(self) -> None:
        self._depart()
        newest = self.feed.peek_newest()
        if newest and Period.day(newest) != self.period:
            self._show_known(Period.day(newest))
        self._go_to_newest(jump=True)

    def action_refresh(self) -> None:
        goal = self._goal or self._failed
        self._depart()
        if self.edition is None and not self._acted:
            self._go_to_newest()
        else:
            self._arrive(goal or self.period, force=True)

    @property
    def is_under_way(self) -> bool:
        """Whether the user waits for something, which may only be about to begin."""
        return bool(self.is_waiting or self._steps or self._goal)

    def action_cancel(self) -> None:
        """Stop what the user waits for; when nothing is under way, do nothing."""
        if not self.is_under_way:
            return
        self._depart()
        if self.edition:
            self.tell("Stopped waiting for the Hub.")
        else:
            self.papers.say("Stopped waiting for the Hub; try again with R.")
