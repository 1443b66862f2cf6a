"""What a list covers: a day, an ISO week, a month, or what is trending."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Final, NamedTuple, Self

from tui.days import MONTH_NAMES, MONTHS, ONE_DAY, long_day

LAST_WEEK_ASKABLE: Final = 52
"""The Hub's schema refuses week 53 (API.md §1)."""


class Span(Enum):
    """How much a period covers."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TRENDING = "trending"


class Period(NamedTuple):
    """A day, an ISO week or a month by its first day; trending, which has no days."""

    span: Span
    first: date

    @classmethod
    def of(cls, span: Span, day: date) -> Self:
        """The period of that span which holds ``day``."""
        match span:
            case Span.DAY:
                return cls(span, day)
            case Span.WEEK:
                return cls(span, day - day.weekday() * ONE_DAY)
            case Span.MONTH:
                return cls(span, day.replace(day=1))
            case Span.TRENDING:
                return cls(span, date.min)

    @classmethod
    def day(cls, day: date) -> Self:
        """That day alone."""
        return cls(Span.DAY, day)

    @property
    def last(self) -> date:
        """The last day; of trending the same as the first."""
        if self.span is Span.WEEK:
            return self.first + 6 * ONE_DAY
        if self.span is Span.MONTH:
            return (self.first + 31 * ONE_DAY).replace(day=1) - ONE_DAY
        return self.first

    @property
    def days(self) -> list[date]:
        """Every day of it, oldest first; none of trending."""
        if self.span is Span.TRENDING:
            return []
        return [self.first + n * ONE_DAY for n in range((self.last - self.first).days + 1)]

    @property
    def is_dated(self) -> bool:
        """Whether it has days, and so an older and a newer neighbour."""
        return self.span is not Span.TRENDING

    def holds(self, day: date) -> bool:
        """Whether ``day`` is one of its days."""
        return self.is_dated and self.first <= day <= self.last

    def beside(self, direction: int) -> Period:
        """The next older (-1) or newer (1) period of the same span."""
        edge = self.first if direction < 0 else self.last
        return Period.of(self.span, edge + direction * ONE_DAY)

    @property
    def title(self) -> str:
        """``Fri 21 Aug 2026``, ``Week 34 · 17–23 Aug 2026``, ``August 2026``, ``Trending``."""
        match self.span:
            case Span.DAY:
                return long_day(self.first)
            case Span.WEEK:
                return f"Week {self.first.isocalendar().week} · {_from_to(self.first, self.last)}"
            case Span.MONTH:
                return month_title(self.first)
            case Span.TRENDING:
                return "Trending"

    @property
    def query(self) -> str | None:
        """What the Hub's list is asked with (API.md §1), None where it would refuse."""
        match self.span:
            case Span.DAY:
                return f"date={self.first}"
            case Span.WEEK:
                year, week, _ = self.first.isocalendar()
                return f"week={year}-W{week:02}" if week <= LAST_WEEK_ASKABLE else None
            case Span.MONTH:
                return f"month={self.first:%Y-%m}"
            case Span.TRENDING:
                return "sort=trending"


TRENDING: Final = Period.of(Span.TRENDING, date.min)


def month_title(day: date) -> str:
    """``August 2026``."""
    return f"{MONTH_NAMES[day.month - 1].title()} {day.year}"


def _from_to(first: date, last: date) -> str:
    """``17–23 Aug 2026``, and both months or years where they differ."""
    end = f"{last.day} {MONTHS[last.month - 1].title()} {last.year}"
    if first.year != last.year:
        return f"{first.day} {MONTHS[first.month - 1].title()} {first.year} – {end}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1].title()} – {end}"
    return f"{first.day}–{end}"
