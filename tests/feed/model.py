"""The rules of freshness and of periods once more, as plainly as they can be said: dicts and days.

It knows what the Hub has, what was stored of it and when, and tells what a feed has to show and
how often it has to ask.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from tui.days import newest_open_day
from tui.periods import Period, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

FOREVER = timedelta.max
DAY = timedelta(days=1)
TRIES = 3
FEW = 3


class Trouble(Enum):
    """What may go wrong with every answer of one refresh; the value is how often it is tried."""

    NONE = 1
    NO_NETWORK = 0
    UNWELL = TRIES
    WEB_PAGE = 1.1
    CUT_OFF = 1.2
    ONE_MALFORMED = 1.3

    @property
    def requests(self) -> int:
        return int(self.value)


class Line(NamedTuple):
    """A paper in a list: its id, its upvotes, and the day that it names."""

    id: str
    upvotes: int
    day: date


class Stored(NamedTuple):
    """A list on disk: best first, with the time of the question and what was unreadable."""

    lines: tuple[Line, ...]
    fetched: datetime
    unreadable: int = 0


class View(NamedTuple):
    """What is shown of a period."""

    lines: tuple[Line, ...]
    fetched: datetime
    unreadable: int
    missing: int


class Told(NamedTuple):
    """What a refresh came to: requests that the Hub saw, and whether the user hears of trouble."""

    requests: int
    fails: bool


def lifetime(day: date, today: date) -> timedelta:
    """API.md §1 and §6."""
    age = (today - day).days
    if age <= 1:
        return timedelta(minutes=10)
    if age <= 7:
        return timedelta(hours=6)
    return timedelta(days=7) if age <= 30 else FOREVER


def best_first(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: -line.upvotes)


def once_each(lines: list[Line]) -> list[Line]:
    first: dict[str, Line] = {}
    for line in lines:
        first.setdefault(line.id, line)
    return list(first.values())


def ids(lines: Iterable[Line]) -> set[str]:
    return {line.id for line in lines}


@dataclass
class Model:
    """The Hub's lists up to its own ``today``, the machine's clock, and the disk."""

    now: datetime
    hub_today: date
    hub: dict[date, list[Line]] = field(default_factory=dict)
    disk: dict[Period, Stored] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return newest_open_day(self.now)

    def open_days(self, period: Period) -> list[date]:
        if period.span is Span.DAY:
            return period.days
        return [day for day in period.days if day <= self.today]

    def view(self, period: Period) -> View | None:
        if period.span in (Span.DAY, Span.TRENDING):
            stored = self.disk.get(period)
            return stored and View(*stored, missing=0)
        days = self.open_days(period)
        known = [self.disk[Period.day(day)] for day in days if Period.day(day) in self.disk]
        if not known:
            return None
        lines = once_each([line for stored in reversed(known) for line in stored.lines])
        return View(
            tuple(best_first(lines)),
            min(stored.fetched for stored in known),
            sum(stored.unreadable for stored in known),
            len(days) - len(known),
        )

    def is_stale(self, one: Period) -> bool:
        """Whether a day's list, or what is trending, has to be asked for."""
        stored = self.disk.get(one)
        if stored is None:
            return True
        span = lifetime(one.first, self.today) if one.is_dated else timedelta(minutes=10)
        if span is FOREVER:
            span = lifetime(one.first, newest_open_day(stored.fetched))
        return span is not FOREVER and not timedelta(0) <= self.now - stored.fetched < span

    def refresh(self, period: Period, *, force: bool, trouble: Trouble) -> Told:
        """Change the disk as a refresh does."""
        if period.span in (Span.DAY, Span.TRENDING):
            if force or self.is_stale(period):
                return self._ask_one(period, trouble)
            return Told(0, False)
        days = [Period.day(day) for day in self.open_days(period)]
        stale = [day for day in days if force or self.is_stale(day)]
        if period.query and len(stale) > FEW:
            return self._ask_all(period, trouble)
        return self._ask_each(stale, trouble)

    def _ask_each(self, days: list[Period], trouble: Trouble) -> Told:
        told = [(day.first, self._ask_one(day, trouble)) for day in days]
        fails = any(each.fails and not self._may_be_early(day, trouble) for day, each in told)
        return Told(sum(each.requests for _, each in told), fails)

    def _may_be_early(self, day: date, trouble: Trouble) -> bool:
        """Whether the Hub has refused a day that our clock takes for open, or nearly so."""
        refused = trouble in (Trouble.NONE, Trouble.CUT_OFF, Trouble.ONE_MALFORMED)
        return refused and day > self.hub_today and day >= self.today - DAY

    def _ask_one(self, one: Period, trouble: Trouble) -> Told:
        lines = self._ranked(one)
        malformed = trouble is Trouble.ONE_MALFORMED
        refused = one.is_dated and one.first > self.hub_today
        if (
            trouble not in (Trouble.NONE, Trouble.ONE_MALFORMED)
            or refused
            or (malformed and not lines)
        ):
            return Told(trouble.requests, True)
        if one.is_dated:
            lines = [line._replace(day=one.first) for line in lines]
        self._store(one, lines, unreadable=int(malformed))
        return Told(1, False)

    def _ask_all(self, period: Period, trouble: Trouble) -> Told:
        newest_first = sorted((day for day in self.hub if period.holds(day)), reverse=True)
        items = best_first(
            [line for day in newest_first if day <= self.hub_today for line in self.hub[day]]
        )
        malformed = trouble is Trouble.ONE_MALFORMED
        if trouble not in (Trouble.NONE, Trouble.ONE_MALFORMED) or (malformed and not items):
            return Told(trouble.requests, True)
        unsure = []
        for day in map(Period.day, self.open_days(period)):
            lines = once_each([line for line in items if line.day == day.first])
            known = self.disk.get(day)
            if ids(known.lines) <= ids(lines) if known else not malformed:
                self._store(day, lines)
            else:
                unsure.append(day)
        told = self._ask_each(unsure, trouble)
        return Told(1 + told.requests, told.fails)

    def _ranked(self, one: Period) -> list[Line]:
        if one.is_dated:
            return best_first(self.hub.get(one.first, []))
        listed = [
            line
            for day in sorted(self.hub, reverse=True) if day <= self.hub_today
            for line in self.hub[day]
        ]  # fmt: skip
        return once_each(sorted(listed, key=lambda line: line.id[::-1]))

    def _store(self, one: Period, lines: list[Line], unreadable: int = 0) -> None:
        """Keep it: an answer that takes no time is the newest, wherever the clock has been."""
        self.disk[one] = Stored(tuple(lines), self.now, unreadable)
