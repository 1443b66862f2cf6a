"""What a list covers: a day, an ISO week, a month, what is trending, what is starred."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import Final, NamedTuple, Self

from tui.days import (
    MONTH_NAMES,
    MONTHS,
    ONE_DAY,
    check_begun,
    check_late_enough,
    date_of,
    long_day,
    named,
    named_day,
    not_understood,
)

LAST_WEEK_ASKABLE: Final = 52
"""The Hub's schema refuses week 53 (API.md §1)."""
LONG_YEARS_APART: Final = 7
"""ISO years between two that have a week 53, at most."""


class Span(Enum):
    """How much a period covers."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TRENDING = "trending"
    STARRED = "starred"


class Period(NamedTuple):
    """A day, an ISO week or a month by its first day; trending and starred, which have no days."""

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
            case Span.TRENDING | Span.STARRED:
                return cls(span, date.min)

    @classmethod
    def day(cls, day: date) -> Self:
        """That day alone."""
        return cls(Span.DAY, day)

    @property
    def last(self) -> date:
        """The last day; the same as the first where there are no days."""
        if self.span is Span.WEEK:
            return self.first + min(6 * ONE_DAY, date.max - self.first)
        if self.span is Span.MONTH:
            return (self.first + 31 * ONE_DAY).replace(day=1) - ONE_DAY
        return self.first

    @property
    def days(self) -> list[date]:
        """Every day of it, oldest first; none of trending and starred."""
        if not self.is_dated:
            return []
        return [self.first + n * ONE_DAY for n in range((self.last - self.first).days + 1)]

    @property
    def is_dated(self) -> bool:
        """Whether it has days, and so an older and a newer neighbour."""
        return self.span not in (Span.TRENDING, Span.STARRED)

    @property
    def is_own(self) -> bool:
        """Whether it is made of the user's own marks, so that the Hub is not asked for it."""
        return self.span is Span.STARRED

    @property
    def has_headings(self) -> bool:
        """Whether its papers can stand under the headings of days."""
        return self.span in (Span.WEEK, Span.MONTH, Span.STARRED)

    def holds(self, day: date) -> bool:
        """Whether ``day`` is one of its days."""
        return self.is_dated and self.first <= day <= self.last

    def beside(self, direction: int) -> Period:
        """The next older (-1) or newer (1) period of the same span."""
        edge = self.first if direction < 0 else self.last
        return Period.of(self.span, edge + direction * ONE_DAY)

    @property
    def title(self) -> str:
        """``Fri 21 Aug 2026``, ``Week 34 · 17–23 Aug 2026``, ``August 2026``, ``Starred``."""
        match self.span:
            case Span.DAY:
                return long_day(self.first)
            case Span.WEEK:
                return f"Week {self.first.isocalendar().week} · {_from_to(self.first, self.last)}"
            case Span.MONTH:
                return month_title(self.first)
            case Span.TRENDING | Span.STARRED:
                return self.name.title()

    @property
    def name(self) -> str:
        """``2026-08-21``, ``2026-W34``, ``2026-08``, ``starred``: short, and sure to be read."""
        match self.span:
            case Span.DAY:
                return self.first.isoformat()
            case Span.WEEK:
                year, week, _ = self.first.isocalendar()
                return f"{year:04}-W{week:02}"
            case Span.MONTH:
                return self.first.isoformat()[:7]
            case Span.TRENDING | Span.STARRED:
                return str(self.span.value)

    @property
    def query(self) -> str | None:
        """What the Hub's list is asked with (API.md §1), None where it would refuse."""
        match self.span:
            case Span.DAY:
                return f"date={self.name}"
            case Span.WEEK:
                askable = self.first.isocalendar().week <= LAST_WEEK_ASKABLE
                return f"week={self.name}" if askable else None
            case Span.MONTH:
                return f"month={self.name}"
            case Span.TRENDING:
                return "sort=trending"
            case Span.STARRED:
                return None


TRENDING: Final = Period.of(Span.TRENDING, date.min)
STARRED: Final = Period.of(Span.STARRED, date.min)
UNDATED: Final = {period.name: period for period in (TRENDING, STARRED)}


def parse_period(text: str, today: date) -> Period:
    """The period that a user typed: a day as ``parse_day`` reads it, ``w34``, ``2026-w34``,
    ``week 34``, ``2026-08``, ``aug``, ``august 2026``, ``trending``, ``starred``.

    A week or a month without a year is the latest one that has begun.
    Raises DayError with a sentence when the text names none, one before there were papers, or
    one that has not begun.
    """
    words = text.strip().lower()
    period = UNDATED.get(words) or _week(words, today) or _month(words, today) or _day(words, today)
    if period is None:
        raise not_understood(
            text, "is no day, week or month; type one like fri, 2026-08-21, w34 or aug 2026."
        )
    if period.is_dated:
        check_begun(period.title, period.first, today)
        check_late_enough(period.title, period.last)
    return period


def _day(words: str, today: date) -> Period | None:
    day = named_day(words, today)
    return None if day is None else Period.day(day)


def _week(words: str, today: date) -> Period | None:
    match = re.fullmatch(r"(?:(\d{4})-)?(?:w|week )(\d{1,2})", words, re.ASCII)
    if match is None:
        return None
    week = int(match[2])
    if match[1]:
        monday = _monday(int(match[1]), week)
    else:
        latest = today.isocalendar().year
        mondays = (_monday(latest - back, week) for back in range(LONG_YEARS_APART + 1))
        monday = next((monday for monday in mondays if monday and monday <= today), None)
    return Period(Span.WEEK, monday) if monday else None


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _month(words: str, today: date) -> Period | None:
    if match := re.fullmatch(r"(\d{4})-(\d{2})", words, re.ASCII):
        first = date_of(int(match[1]), int(match[2]), 1)
    else:
        first = _named_month(words, today)
    return Period(Span.MONTH, first) if first else None


def _named_month(words: str, today: date) -> date | None:
    match = re.fullmatch(r"([a-z]+)(?: (\d{4}))?", words, re.ASCII)
    number = named(match[1], MONTH_NAMES) if match else None
    if match is None or number is None:
        return None
    month = number + 1
    year = int(match[2]) if match[2] else today.year - (month > today.month)
    return date_of(year, month, 1)


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
