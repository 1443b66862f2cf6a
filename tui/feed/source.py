"""The shelf, and the Hub to fill it from: one question at a time, its answer kept on disk."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from tui.cache import Entry
from tui.days import ONE_DAY
from tui.feed.memory import (
    TRENDING,
    Arrival,
    arrival,
    brief_key,
    day_list,
    day_of,
    departed,
    nonsense,
)
from tui.feed.reaching import Reaching
from tui.feed.shelf import NEWEST_KEY, paper_key, stored_day
from tui.feed.split import by_day
from tui.freshness import NEWEST_LIFETIME, within
from tui.hub.errors import BadAnswer, BadRequest, HubError, NotFound
from tui.hub.wire import parse_items, parse_paper
from tui.papers import Edition, Paper
from tui.periods import Period, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from tui.feed.shelf import Clock, Stores
    from tui.hub.client import Answer, Hub
    from tui.hub.settings import HubSettings

FEW: Final = 3
"""Days of a week or month that are asked for one by one rather than all in one go."""

log = logging.getLogger(__name__)


class Source(Reaching):
    """Asks the Hub for what disk does not know or is out of date, never twice at once."""

    def __init__(
        self,
        stores: Stores,
        settings: HubSettings,
        connect: Callable[[HubSettings], Hub],
        clock: Clock,
    ) -> None:
        """``connect`` makes the Hub client; it is called in a thread when it is first needed."""
        super().__init__(stores, settings, connect, clock)
        self._keeping: set[asyncio.Task[None]] = set()
        """What stores an answer that has come."""
        self.on_learned: Callable[[], None] = lambda: None
        """Called whenever it became known which papers a day has, whoever asked."""

    async def refresh(self, period: Period, *, force: bool = False, urgent: bool = True) -> Edition:
        """The edition as the Hub has it now, or as it is on disk when that is fresh.

        With ``force`` the latest day is not believed to be the latest either.
        Raises HubError; what was known stays known then.
        """
        if period.span is Span.DAY or period.span is Span.TRENDING:
            known = self.peek(period)
            if force and period.is_dated and period.first == self.peek_newest():
                await self._ask_latest(period, urgent=urgent)
            elif force or known is None or not self.is_fresh(known):
                await self._ask_list(period, urgent=urgent)
        else:
            days = self.open_days(period) if force else self.stale_days(period)
            await self._ask_days(period, days, urgent=urgent)
        return self.peek(period) or Edition(period, (), self.now())

    async def fill(self, month: Period) -> None:
        """Learn of the days of the month that disk does not know. Raises HubError."""
        unknown = [day for day in self.open_days(month) if self.ids(day) is None]
        await self._ask_days(month, unknown, urgent=True)

    async def find_newest(self, *, urgent: bool = True) -> date:
        """The latest day that has papers, asked of the Hub unless that was done lately.

        Today's own list is asked for beside the undated one, which may lag behind it.
        Raises HubError, and NotFound when the Hub has no papers at all.
        """
        entry = self._cache.get(NEWEST_KEY)
        known = stored_day(entry) if entry else None
        if entry and known and within(NEWEST_LIFETIME, entry.fetched, self.now()):
            return known
        newest: date = await self._in_flight.ask(NEWEST_KEY, self._ask_newest, urgent=urgent)
        return newest

    async def seek_lost(self, paper_ids: Iterable[str]) -> None:
        """Look on all days on disk for those of the papers that ``peek_paper`` does not know."""
        if lost := [each for each in paper_ids if self.peek_paper(each) is None]:
            await asyncio.to_thread(self.seek, lost)

    async def find_paper(self, paper_id: str) -> Paper:
        """One paper by id: from disk while fresh, else from the Hub. Raises HubError."""
        await self.seek_lost([paper_id])
        known = self.peek_paper(paper_id)
        if known and known[1]:
            return known[0]
        if known and known[0].day:
            await self.refresh(Period.day(known[0].day))
            again = self.peek_paper(paper_id)
            if again and again[1]:
                return again[0]

        async def ask(*, urgent: bool) -> Paper:
            return await self._fetch_paper(paper_id, urgent=urgent)

        paper: Paper = await self._in_flight.ask(paper_key(paper_id), ask, urgent=True)
        return paper

    async def close(self) -> None:
        """Cancel what runs and close the connections."""
        await self._in_flight.close()
        for task in self._keeping:
            task.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)
        if self._hub is not None:
            await self._hub.aclose()
        self._cache.close()
        if self._observations:
            self._observations.close()

    def not_open_yet(self, day: date, error: BaseException) -> bool:
        """Whether the Hub refused a day only because its list has not begun."""
        if not isinstance(error, BadRequest):
            return False
        newest = self.peek_newest()
        return day >= self.today() - ONE_DAY or (newest is not None and day > newest)

    # -- what is asked ------------------------------------------------------------------

    async def _ask_days(self, period: Period, days: list[date], *, urgent: bool) -> None:
        """Ask for these days of a week or month, in as few requests as it takes."""
        if period.query and len(days) > FEW:
            await self._ask_list(period, urgent=urgent)
        else:
            await self._ask_each(days, urgent=urgent)

    async def _ask_each(self, days: list[date], *, urgent: bool) -> None:
        """Ask for days one by one; what goes wrong with one is told once all are through."""
        answers = await asyncio.gather(
            *(self._ask_list(Period.day(day), urgent=urgent) for day in days),
            return_exceptions=True,
        )
        for day, answer in zip(days, answers, strict=True):
            if isinstance(answer, BaseException) and not self.not_open_yet(day, answer):
                raise answer

    async def _ask_latest(self, latest: Period, *, urgent: bool) -> None:
        """Ask for the latest day, and for today's list where that is another one."""
        asked = dict.fromkeys((latest, Period.day(self.today())))
        answers = await asyncio.gather(
            *(self._ask_list(day, urgent=urgent) for day in asked), return_exceptions=True
        )
        if isinstance(answers[0], BaseException):
            raise answers[0]

    async def _ask_list(self, period: Period, *, urgent: bool) -> None:
        async def ask(*, urgent: bool) -> None:
            if period.span is Span.DAY or period.span is Span.TRENDING:
                await self._fetch_list(period, urgent=urgent)
            else:
                await self._fetch_days(period, urgent=urgent)

        await self._in_flight.ask(period.query or period.title, ask, urgent=urgent)

    async def _ask_newest(self, *, urgent: bool) -> date:
        today = self.today()
        asked = self.now()
        listed, current = await asyncio.gather(
            self._fetch_latest_listed(urgent=urgent),
            self.refresh(Period.day(today), urgent=urgent),
            return_exceptions=True,
        )
        newest = today
        if isinstance(listed, BaseException):
            if not (isinstance(current, Edition) and current.papers):
                raise listed
        elif isinstance(current, Edition):
            newest = max(today, listed) if current.papers else listed
        elif self.not_open_yet(today, current):
            newest = listed
        else:
            raise current
        known = self.peek_newest()
        if known and newest < known and await self._still_has_papers(known, urgent=urgent):
            newest = known
        entry = Entry(_written(newest), asked, None)
        await asyncio.to_thread(self._cache.put_all, {NEWEST_KEY: entry}, now=self.now())
        return newest

    async def _still_has_papers(self, day: date, *, urgent: bool) -> bool:
        """Whether a day that had papers has some by its own list: the undated one may lag."""
        try:
            return bool((await self.refresh(Period.day(day), urgent=urgent)).papers)
        except HubError as error:
            return not isinstance(error, BadRequest)

    async def _fetch_latest_listed(self, *, urgent: bool) -> date:
        """The latest list day among the papers of the undated list, which is newest first.

        A day that cannot have begun is a fault in one paper, and would be a bound to walk to;
        where it is so with every paper, our clock is wrong.
        """
        answer = await self._from_hub(lambda hub: hub.newest(urgent=urgent))
        papers, unreadable = await asyncio.to_thread(parse_items, answer.body)
        if unreadable and not papers:
            raise nonsense()
        latest = self.today() + ONE_DAY
        days = [paper.day for paper in papers if paper.day]
        if not days:
            raise NotFound("no papers are listed", path="/api/daily_papers")
        begun = [day for day in days if day <= latest]
        return max(begun or days)

    # -- what comes ---------------------------------------------------------------------

    async def _fetch_list(self, period: Period, *, urgent: bool) -> None:
        """Ask for a day or for what is trending, and keep the answer."""
        name = day_list(period.first) if period.is_dated else TRENDING
        asked = self.now()
        known = await asyncio.to_thread(self._cache.get, name) if self.peek(period) else None
        validator = known.validator if known else None
        answer = await self._from_hub(lambda hub: hub.papers(period, validator, urgent=urgent))
        if answer is None and await self._renew(name, asked):
            return
        current = answer or known
        if current is None:
            raise _unfounded()
        came = await asyncio.to_thread(arrival, name, current.body, asked, current.validator)
        await self._keep({name: came}, asked)

    async def _renew(self, name: str, asked: datetime) -> bool:
        """Whether what is on disk, which the Hub has confirmed, could be marked as current."""
        keys = name, brief_key(name)
        if await asyncio.to_thread(self._cache.touch, keys, asked, now=self.now()):
            self._memory.renew(name, asked)
            return True
        return False

    async def _fetch_days(self, period: Period, *, urgent: bool) -> None:
        """Ask for a week or a month, and keep the answer day by day.

        The days on which it leaves something open are asked for by themselves.
        """
        asked = self.now()
        answer = await self._from_hub(lambda hub: hub.papers(period, urgent=urgent))
        if answer is None:
            raise _unfounded()
        came, is_whole = await asyncio.to_thread(_arrivals, answer, self.open_days(period), asked)
        sure = {day: each for day, each in came.items() if self._is_believed(day, each, is_whole)}
        await self._keep({day_list(day): each for day, each in sure.items()}, asked)
        unsure = [day for day in came if day not in sure and not self._is_known_since(asked, day)]
        await self._ask_each(unsure, urgent=urgent)

    def _is_believed(self, day: date, came: Arrival, is_whole: bool) -> bool:
        """Whether the list of a day, cut out of that of many, need not be asked for by itself.

        The list of many days may lag behind that of one, and loses a paper where the votes change
        between two of its pages; those that name no day may be of any.
        """
        known = self.ids(day)
        return is_whole if known is None else set(known) <= set(came.brief.ids)

    def _is_known_since(self, asked: datetime, day: date) -> bool:
        """Whether the day was asked for by itself while the answer was on its way."""
        brief = self._of(day)
        return brief is not None and asked < brief.fetched <= self.now()

    async def _keep(self, came: dict[str, Arrival], asked: datetime) -> None:
        """Store lists and learn of them, to the end even where nobody waits for it any more.

        The thread that stores them could not be stopped, and nobody would be told.
        """
        task = asyncio.create_task(self._store(came, asked))
        self._keeping.add(task)
        task.add_done_callback(self._keeping.discard)
        await asyncio.shield(task)

    async def _store(self, came: dict[str, Arrival], asked: datetime) -> None:
        # First: a list on disk without its observation would be shown with the counts before it.
        headlines = [line for each in came.values() for line in each.brief.headlines]
        await self._record(headlines, asked)
        entries = {key: entry for each in came.values() for key, entry in each.entries.items()}
        entries |= self._newer(came)
        before = {name: self._memory.brief(name) for name in came}
        now, version = self.now(), self._cache.version()

        def store() -> frozenset[str] | None:
            return self._cache.put_all(entries | departed(self._cache, before, came), now=now)

        overtaken = await asyncio.to_thread(store)
        for name, each in came.items():
            self._memory.keep(name, each, overtaken, version)
        if any(old is None or old.ids != came[name].brief.ids for name, old in before.items()):
            self.on_learned()

    def _newer(self, came: dict[str, Arrival]) -> dict[str, Entry]:
        """What to store of the newest day, where papers of a later one have come.

        It keeps its age: that there is none later still was not asked.
        """
        entry = self._cache.get(NEWEST_KEY)
        known = stored_day(entry) if entry else None
        if entry is None or known is None:
            return {}
        days = [day_of(name) for name, each in came.items() if each.brief.headlines]
        newest = max((day for day in days if day and day <= self.today()), default=known)
        return {NEWEST_KEY: entry._replace(body=_written(newest))} if newest > known else {}

    async def _fetch_paper(self, paper_id: str, *, urgent: bool) -> Paper:
        asked = self.now()
        answer = await self._from_hub(lambda hub: hub.paper(paper_id, urgent=urgent))
        paper = await asyncio.to_thread(parse_paper, answer.body)
        entry = Entry(answer.body, asked, answer.validator)
        await asyncio.to_thread(self._cache.put_all, {paper_key(paper_id): entry})
        return paper


def _written(day: date) -> bytes:
    """As ``stored_day`` reads it."""
    return day.isoformat().encode()


def _unfounded() -> BadAnswer:
    return BadAnswer("unchanged, but nothing was known", path="/api/daily_papers")


def _arrivals(
    answer: Answer, days: list[date], asked: datetime
) -> tuple[dict[date, Arrival], bool]:
    """The days of an answer, without those that make no sense at all, and whether each of its
    papers names its day; raises BadAnswer.
    """
    came = {}
    lists, is_whole = by_day(answer.pages, days)
    for day, body in lists.items():
        try:
            came[day] = arrival(day_list(day), body, asked, None)
        except BadAnswer as trouble:
            log.warning("the list of %s cannot be read: %s", day, trouble.detail)
    return came, is_whole
