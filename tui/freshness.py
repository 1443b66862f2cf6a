"""How long an answer may be trusted before it is asked for again.

API.md §1: a list grows until the day after, votes and comments change for ever, and an empty
weekday younger than two days is not final. API.md §6 suggests the figures.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

NEWEST_LIFETIME: Final = timedelta(minutes=10)
"""Which day is the newest may change at any time."""

TRENDING_LIFETIME: Final = timedelta(minutes=10)
"""The ranking is of this moment."""

LIFETIMES: Final = (
    (1, timedelta(minutes=10)),
    (7, timedelta(hours=6)),
    (30, timedelta(days=7)),
)
"""Age of the day in days, at most, and how long its list stays fresh.

What is asked for of an older day stays for ever.
"""


def lifetime(day: date, today: date) -> timedelta | None:
    """How long the list of ``day`` stays fresh that is asked for ``today``, None for ever."""
    age = (today - day).days
    return next((span for most, span in LIFETIMES if age <= most), None)


def within(span: timedelta, fetched: datetime, now: datetime) -> bool:
    """Whether what was fetched then is younger than ``span``; never when it lies in the future."""
    return timedelta(0) <= now - fetched < span


def is_fresh(day: date, fetched: datetime, *, asked_on: date, today: date, now: datetime) -> bool:
    """Whether a list fetched then, when ``asked_on`` was the newest day, still counts as current.

    One that was asked for while its day was young never becomes final by growing old. A fetch
    that lies in the future means that a clock was set back: such an answer is stale.
    """
    span = lifetime(day, today) or lifetime(day, asked_on)
    return span is None or within(span, fetched, now)
