"""What is on disk: editions, the days that have papers, and the user's marks beside them."""

from __future__ import annotations

import logging
from collections import OrderedDict
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from tui.days import FIRST_DAY, ONE_DAY
from tui.freshness import is_fresh, lifetime
from tui.hub.errors import BadAnswer
from tui.hub.wire import parse_items, parse_paper
from tui.papers import DayCount, Edition, Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tui.cache import Cache, Entry
    from tui.library import Library

Direction = Literal[-1, 1]
OLDER: Final = -1
NEWER: Final = 1

EDITIONS_IN_MEMORY: Final = 40
STRIP_SPAN: Final = timedelta(days=30)
"""How far from each other the ends of the strip may be."""
LISTED_WITHIN: Final = timedelta(days=75)
"""A list day lies this close to the first of the month in the paper's id (API.md §2b, age)."""
NEWEST_KEY: Final = "newest"

log = logging.getLogger(__name__)


class Shelf:
    """Everything that can be answered at once, without the network; nothing here waits."""

    def __init__(
        self,
        cache: Cache,
        library: Library,
        *,
        today: Callable[[], date],
        now: Callable[[], datetime],
        first_day: date = FIRST_DAY,
    ) -> None:
        """The archive goes from ``first_day`` to ``today``; ``now`` is the aware time."""
        self.library = library
        self.today = today
        self.now = now
        self.first_day = first_day
        self._cache = cache
        self._editions: OrderedDict[date, Edition] = OrderedDict()
        self._ids: dict[date, tuple[str, ...] | None] = {}

    def peek(self, day: date) -> Edition | None:
        """The edition as last seen, from memory or disk; None when it was never seen."""
        edition = self._editions.get(day) or self.read(day)
        if edition is not None:
            self._remember(edition)
        return edition

    def read(self, day: date) -> Edition | None:
        """The edition as it is on disk, for any thread to ask."""
        entry = self._cache.get(day_key(day))
        return _edition(day, entry) if entry else None

    def is_fresh(self, edition: Edition) -> bool:
        """Whether the edition need not be asked for again yet."""
        return is_fresh(edition.day, edition.fetched, today=self.today(), now=self.now())

    def peek_newest(self) -> date | None:
        """The latest day known to have papers, from disk."""
        entry = self._cache.get(NEWEST_KEY)
        return stored_day(entry) if entry else None

    def peek_ids(self, day: date) -> tuple[str, ...] | None:
        """The ids of a day's papers, () for a day known to have none, None for an unseen day."""
        if day not in self._ids:
            entry = self._cache.get(ids_key(day))
            text = entry.body.decode("ascii", "replace") if entry else None
            self._ids[day] = None if text is None else tuple(text.split())
        return self._ids[day]

    def unseen(self, one: date, other: date) -> int:
        """How many days between the two disk knows nothing of."""
        between_them = between(min(one, other), max(one, other) - ONE_DAY, NEWER)
        return sum(self.peek_ids(day) is None for day in between_them)

    def counts(self, day: date, most: int) -> list[DayCount]:
        """The last days with papers, oldest first, as far as disk knows them; ``most`` at most.

        Where ``day`` is not one of them, the days around it instead.
        """
        latest = self._with_papers(self.peek_newest() or day, OLDER, most)
        if day in latest or not self.peek_ids(day):
            return self.count(reversed(latest))
        newer = self._with_papers(day + ONE_DAY, NEWER, most // 2)
        older = self._with_papers(day, OLDER, most - len(newer))
        return self.count([*reversed(older), *newer])

    def _with_papers(self, start: date, direction: Direction, most: int) -> list[date]:
        """The days known to have papers from ``start`` on, none further than ``STRIP_SPAN``."""
        span = (start + direction * n * ONE_DAY for n in range(STRIP_SPAN.days))
        known = (day for day in span if day >= self.first_day and self.peek_ids(day))
        return list(islice(known, most))

    def count(self, days: Iterable[date]) -> list[DayCount]:
        """Total and unread of each known day, in the order given, with one query."""
        ids = {day: self.peek_ids(day) or () for day in days}
        marks = self.library.marks([paper for papers in ids.values() for paper in papers])
        read = {paper for paper, mark in marks.items() if mark.read}
        return [
            DayCount(day, len(papers), len(papers) - sum(paper in read for paper in papers))
            for day, papers in ids.items()
        ]

    def peek_paper(self, paper_id: str) -> tuple[Paper, bool] | None:
        """A paper from the days or papers on disk, and whether that answer is fresh."""
        for day in _likely_days(paper_id, self.today()):
            if paper_id in (self.peek_ids(day) or ()) and (edition := self.peek(day)):
                found = next((paper for paper in edition.papers if paper.id == paper_id), None)
                if found:
                    return found, self.is_fresh(edition)
        entry = self._cache.get(paper_key(paper_id))
        if entry is None:
            return None
        try:
            return parse_paper(entry.body), timedelta(0) <= self.now() - entry.fetched < ONE_DAY
        except BadAnswer:
            return None

    def step_on_disk(self, day: date, direction: Direction) -> date | None:
        """The next day with papers among those on disk, skipping what was never seen."""
        bound = self.first_day if direction == OLDER else self.today()
        return next(
            (later for later in between(day, bound, direction) if self.peek_ids(later)), None
        )

    def next_known(self, day: date, direction: Direction) -> date | None:
        """The next day with papers when disk knows every day up to it, else None."""
        bound = self.first_day if direction == OLDER else self.peek_newest() or self.today()
        for later in between(day, bound, direction):
            ids = self.peek_ids(later)
            if ids is None or (not ids and not self._settled(later)):
                return None
            if ids:
                return later
        return None

    def _settled(self, day: date) -> bool:
        """Whether disk can say if this day has papers: it has some, or is fresh and has none."""
        ids = self.peek_ids(day)
        if ids is None:
            return False
        if ids or lifetime(day, self.today()) is None:
            return True
        edition = self.peek(day)
        return edition is not None and self.is_fresh(edition)

    def _remember(self, edition: Edition) -> None:
        self._editions[edition.day] = edition
        self._editions.move_to_end(edition.day)
        while len(self._editions) > EDITIONS_IN_MEMORY:
            self._editions.popitem(last=False)


def day_key(day: date) -> str:
    return f"day/{day}"


def ids_key(day: date) -> str:
    return f"ids/{day}"


def paper_key(paper_id: str) -> str:
    return f"paper/{paper_id}"


def _edition(day: date, entry: Entry) -> Edition | None:
    try:
        papers, unreadable = parse_items(entry.body)
    except BadAnswer as trouble:
        log.warning("the cached list of %s cannot be read: %s", day, trouble.detail)
        return None
    return Edition(day, papers, entry.fetched, unreadable)


def stored_day(entry: Entry) -> date | None:
    try:
        return date.fromisoformat(entry.body.decode("ascii"))
    except ValueError:
        return None


def between(day: date, bound: date, direction: Direction) -> Iterator[date]:
    """The days after ``day`` in that direction up to and with the bound."""
    return (day + direction * n * ONE_DAY for n in range(1, (bound - day).days * direction + 1))


def _likely_days(paper_id: str, today: date) -> Iterator[date]:
    """The days on which an arXiv id (YYMM.number) may have been listed, likeliest first."""
    try:
        start = date(2000 + int(paper_id[:2]), int(paper_id[2:4]), 1)
    except ValueError:
        return iter(())
    span = min(today, start + LISTED_WITHIN) - start
    return (start + n * ONE_DAY for n in range(span.days + 1))
