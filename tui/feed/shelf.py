"""What is on disk: editions, the days that have papers, and the user's marks beside them."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from tui.days import FIRST_DAY, ONE_DAY, newest_open_day
from tui.feed.memory import TRENDING, Memory, day_list, day_of, left_key, lists_any
from tui.freshness import TRENDING_LIFETIME, is_fresh, within
from tui.hub.errors import BadAnswer
from tui.hub.wire import parse_item, parse_paper
from tui.papers import DayCount, Edition, Headline, Paper
from tui.periods import Period, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from tui.cache import Cache, Entry
    from tui.feed.brief import Brief
    from tui.library import Library
    from tui.observations import Observations

Direction = Literal[-1, 1]
OLDER: Final = -1
NEWER: Final = 1

STRIP_SPAN: Final = timedelta(days=30)
"""How far from each other the ends of the strip may be."""
LISTED_WITHIN: Final = timedelta(days=75)
"""A list day nearly always lies this close to the first of the month in the paper's id (API.md
§2b, age)."""
NEWEST_KEY: Final = "newest"
AT_ONCE: Final = 20
"""Days looked for on disk at a time."""

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The time on this machine's clock; aware, UTC."""
    return datetime.now(UTC)


class Stores(NamedTuple):
    """What a feed keeps on disk; ``observe`` opens the observations, in any thread."""

    cache: Cache
    library: Library
    observe: Callable[[], Observations]


class Clock(NamedTuple):
    """The aware time, the last day that is open at such a time, and the first there is."""

    now: Callable[[], datetime] = utc_now
    open_day: Callable[[datetime], date] = newest_open_day
    first_day: date = FIRST_DAY


CLOCK: Final = Clock()
"""This machine's."""


class Shelf:
    """Everything that can be answered at once, without the network; nothing here waits."""

    def __init__(self, cache: Cache, library: Library, clock: Clock = CLOCK) -> None:
        self.library = library
        self.now = clock.now
        self.first_day = clock.first_day
        self.skew = timedelta(0)
        """How far this machine's clock is behind the Hub's."""
        self._open_day = clock.open_day
        self._cache = cache
        self._memory = Memory(cache)
        self._found: dict[str, date] = {}
        """The days of papers that are on none of their likely days, as far as they were sought."""

    def today(self) -> date:
        """The newest day that is open, by the Hub's clock where that is known.

        It is none before a day that has papers, however far this machine's clock is behind.
        """
        by_clock = self._open_day(self.now() + self.skew)
        return max(by_clock, self.peek_newest() or by_clock)

    def disk_version(self) -> int:
        """A number that changes when anything is stored, in whichever window."""
        return self._cache.version()

    # -- editions -----------------------------------------------------------------------

    def peek(self, period: Period) -> Edition | None:
        """The edition as last seen; of a week or month, what was seen of it; None for nothing."""
        if period.span is Span.DAY or period.span is Span.TRENDING:
            brief = self._list(period)
            return brief and Edition(period, brief.headlines, brief.fetched, brief.unreadable)
        days = self.open_days(period)
        known = {day: brief for day in reversed(days) if (brief := self._of(day))}
        missing = frozenset(days) - known.keys()
        return _union(period, known.values(), missing) if known else None

    def paper(self, period: Period, headline: Headline) -> Paper | None:
        """All that is known of a paper in an edition, None where disk has lost it."""
        day = headline.day if period.is_dated else None
        found = self._memory.paper(day_list(day) if day else TRENDING, headline.id)
        if found is None and (elsewhere := self.peek_paper(headline.id)):
            return elsewhere[0]
        return found

    def is_fresh(self, edition: Edition) -> bool:
        """Whether nothing of the edition need be asked for again yet."""
        if edition.period.is_dated:
            return not self.stale_days(edition.period)
        return within(TRENDING_LIFETIME, edition.fetched, self.now())

    def stale_days(self, period: Period) -> list[date]:
        """The open days of the period that are unknown or out of date."""
        return [day for day in self.open_days(period) if not self._is_current(day)]

    def open_days(self, period: Period) -> list[date]:
        """The days of the period that can have papers; of a day itself, that day in any case."""
        if period.span is Span.DAY:
            return period.days
        today = self.today()
        return [day for day in period.days if self.first_day <= day <= today]

    def peek_newest(self) -> date | None:
        """The latest day known to have papers, from disk."""
        entry = self._cache.get(NEWEST_KEY)
        return stored_day(entry) if entry else None

    def first_to_show(self) -> date:
        """The latest day with papers as far as disk knows one, else the newest day."""
        newest = self.peek_newest()
        return newest or self.step_on_disk(self.today() + ONE_DAY, OLDER) or self.today()

    def ids(self, day: date) -> tuple[str, ...] | None:
        """The ids of a day's papers, () for a day known to have none, None for an unseen day."""
        brief = self._of(day)
        return brief.ids if brief else None

    def _list(self, period: Period) -> Brief | None:
        """The one list that a day, or trending, consists of."""
        return self._of(period.first) if period.is_dated else self._memory.brief(TRENDING)

    def _of(self, day: date) -> Brief | None:
        return self._memory.brief(day_list(day))

    def _is_current(self, day: date) -> bool:
        brief = self._of(day)
        return brief is not None and is_fresh(
            day,
            brief.fetched,
            asked_on=self._open_day(brief.fetched + self.skew),
            today=self.today(),
            now=self.now(),
        )

    # -- counts -------------------------------------------------------------------------

    def strip(self, day: date, most: int) -> list[DayCount]:
        """The last days with papers, oldest first, as far as disk knows them; ``most`` at most.

        Where ``day`` is not one of them, the days around it instead.
        """
        latest = self._with_papers(self.peek_newest() or day, OLDER, most)
        if day in latest or not self.ids(day):
            return self.count(reversed(latest))
        newer = self._with_papers(day + ONE_DAY, NEWER, most // 2)
        older = self._with_papers(day, OLDER, most - len(newer))
        return self.count([*reversed(older), *newer])

    def calendar(self, month: Period) -> dict[date, DayCount | None]:
        """Each open day of the month with its counts, None for a day that was never seen."""
        days = self.open_days(month)
        counts = {count.day: count for count in self.count(day for day in days if self._of(day))}
        return {day: counts.get(day) for day in days}

    def count(self, days: Iterable[date]) -> list[DayCount]:
        """Total and unread of each known day, in the order given, with one query."""
        ids = {day: self.ids(day) or () for day in days}
        marks = self.library.marks([paper for papers in ids.values() for paper in papers])
        read = {paper for paper, mark in marks.items() if mark.read}
        return [
            DayCount(day, len(papers), len(papers) - sum(paper in read for paper in papers))
            for day, papers in ids.items()
        ]

    def unread(self, period: Period) -> int:
        """How many papers of the period are unread, as far as disk knows it."""
        edition = self.peek(period)
        marks = self.library.marks([paper.id for paper in edition.papers]) if edition else {}
        return sum(not mark.read for mark in marks.values())

    def _with_papers(self, start: date, direction: Direction, most: int) -> list[date]:
        """The days known to have papers from ``start`` on, none further than ``STRIP_SPAN``."""
        span = (start + direction * n * ONE_DAY for n in range(STRIP_SPAN.days))
        known = (day for day in span if day >= self.first_day and self.ids(day))
        return list(islice(known, most))

    # -- neighbours ---------------------------------------------------------------------

    def step_on_disk(self, day: date, direction: Direction) -> date | None:
        """The next day with papers among those on disk, skipping what was never seen."""
        bound = self.first_day if direction == OLDER else self.today()
        return next((later for later in self._seen(day, bound, direction) if self.ids(later)), None)

    def unseen(self, one: date, other: date) -> int:
        """How many days between the two disk knows nothing of."""
        low, high = min(one, other), max(one, other)
        between_them = max(0, (high - low).days - 1)
        return between_them - sum(1 for _ in self._seen(low, high - ONE_DAY, NEWER))

    def next_known(self, period: Period, direction: Direction) -> Period | None:
        """The next day with papers when disk knows every day up to it; None for what is unsure."""
        if period.span is not Span.DAY:
            return None
        bound = self.first_day if direction == OLDER else self.peek_newest() or self.today()
        for later in between(period.first, bound, direction):
            ids = self.ids(later)
            if ids is None or (not ids and not self.settled(later)):
                return None
            if ids:
                return Period.day(later)
        return None

    def settled(self, day: date) -> bool:
        """Whether disk can say if this day has papers: it has some, or is fresh and has none."""
        return bool(self.ids(day)) or self._is_current(day)

    def _seen(self, day: date, bound: date, direction: Direction) -> Iterator[date]:
        """The days on disk after ``day`` in that direction up to and with the bound."""
        position = day + direction * ONE_DAY
        while (bound - position).days * direction >= 0:
            low, high = sorted((day_list(position), day_list(bound)))
            days = list(filter(None, map(day_of, self._cache.keys(low, high, direction, AT_ONCE))))
            yield from days
            if len(days) < AT_ONCE:
                return
            position = days[-1] + direction * ONE_DAY

    # -- papers -------------------------------------------------------------------------

    def papers(self, edition: Edition) -> list[Paper]:
        """The edition's papers with all that is known of them, without those that disk lost."""
        found = (self.paper(edition.period, headline) for headline in edition.papers)
        return [paper for paper in found if paper]

    def peek_paper(self, paper_id: str) -> tuple[Paper, bool] | None:
        """A paper from the lists or papers on disk, and whether that answer is fresh.

        One that has left its list is never fresh. Days on which the paper is not likely to be
        count only once it was sought.
        """
        for day in self._days_of(paper_id):
            if paper_id in (self.ids(day) or ()):
                paper = self._memory.paper(day_list(day), paper_id)
                if paper:
                    return paper, self._is_current(day)
        if known := self._paper_at(paper_key(paper_id), parse_paper):
            return known
        trending = self._memory.brief(TRENDING)
        if trending and paper_id in trending.ids:
            paper = self._memory.paper(TRENDING, paper_id)
            if paper:
                return paper, within(ONE_DAY, trending.fetched, self.now())
        left = self._paper_at(left_key(paper_id), parse_item)
        return (left[0], False) if left else None

    def find(self, paper_ids: Iterable[str]) -> dict[str, Paper]:
        """Those of the papers that are on disk, on whatever day; slow with years of days."""
        found = {each: self.peek_paper(each) for each in paper_ids}
        lost = [each for each, known in found.items() if known is None]
        self.seek(lost)
        found |= {each: self.peek_paper(each) for each in self._found.keys() & lost}
        return {each: known[0] for each, known in found.items() if known}

    def seek(self, paper_ids: Iterable[str]) -> None:
        """Look for papers on all days on disk, the newest first, in any thread.

        ``peek_paper`` knows those that are found.
        """
        lost = set(paper_ids)
        days = self._seen(self.today() + ONE_DAY, self.first_day, OLDER) if lost else ()
        for day in days:
            here = lists_any(self._cache, day_list(day), lost)
            self._found |= dict.fromkeys(here, day)
            lost -= here
            if not lost:
                return

    def _days_of(self, paper_id: str) -> Iterator[date]:
        """The days on which the paper may have been listed, likeliest first."""
        yield from _likely_days(paper_id, self.today())
        if found := self._found.get(paper_id):
            yield found

    def _paper_at(self, key: str, read: Callable[[bytes], Paper]) -> tuple[Paper, bool] | None:
        """The one paper stored there, and whether that is of the last day."""
        entry = self._cache.get(key)
        try:
            return (read(entry.body), within(ONE_DAY, entry.fetched, self.now())) if entry else None
        except BadAnswer:
            return None


def paper_key(paper_id: str) -> str:
    """Where the answer for one paper is kept."""
    return f"paper/{paper_id}"


def stored_day(entry: Entry) -> date | None:
    try:
        return date.fromisoformat(entry.body.decode("ascii"))
    except ValueError:
        return None


def between(day: date, bound: date, direction: Direction) -> Iterator[date]:
    """The days after ``day`` in that direction up to and with the bound."""
    return (day + direction * n * ONE_DAY for n in range(1, (bound - day).days * direction + 1))


def _union(period: Period, briefs: Collection[Brief], missing: frozenset[date]) -> Edition:
    """The edition of several days' lists, newest first; a paper on two of them is listed once."""
    once: dict[str, Headline] = {}
    for brief in briefs:
        for headline in brief.headlines:
            once.setdefault(headline.id, headline)
    return Edition(
        period,
        tuple(sorted(once.values(), key=lambda headline: -headline.upvotes)),
        min(brief.fetched for brief in briefs),
        sum(brief.unreadable for brief in briefs),
        missing,
    )


def _likely_days(paper_id: str, today: date) -> Iterator[date]:
    """The days on which an arXiv id (YYMM.number) may have been listed, likeliest first."""
    try:
        start = date(2000 + int(paper_id[:2]), int(paper_id[2:4]), 1)
    except ValueError:
        return iter(())
    span = min(today, start + LISTED_WITHIN) - start
    return (start + n * ONE_DAY for n in range(span.days + 1))
