"""The calendar of Daily Papers: which days exist and how people name them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

FIRST_DAY: Final = date(2023, 5, 4)
"""The first day with papers (API.md §1)."""
ONE_DAY: Final = timedelta(days=1)
OPENING: Final = timedelta(hours=2, minutes=30)
"""The next day's list opens this long before midnight in New York (API.md §1)."""
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def long_day(day: date) -> str:
    """``Fri 21 Aug 2026``, the same in every locale."""
    return f"{WEEKDAYS[day.weekday()].title()} {day.day} {MONTHS[day.month - 1].title()} {day.year}"


class DayError(ValueError):
    """A text that names no day of the archive; the message is a sentence for the user."""


def newest_open_day(now: datetime) -> date:
    """The last day whose list is open at the aware time ``now`` (API.md §1).

    It is the date in New York, and the day after from 21:30 there.
    """
    from zoneinfo import ZoneInfo

    local = now.astimezone(ZoneInfo("America/New_York")).replace(tzinfo=None)
    return (local + OPENING).date()


def parse_day(text: str, today: date) -> date:
    """The day that a user typed: ``2026-08-21``, ``-3``, ``fri``, ``21 aug``, ``today``.

    A weekday is the latest one before or on ``today``; a day and month without a year likewise.
    Raises DayError with a sentence when the text names no day between the first and today.
    """
    words = text.strip().lower()
    day = _relative(words, today) or _weekday(words, today) or _month_and_day(words, today)
    if day is None:
        day = _iso(words)
    if day is None:
        raise DayError(
            f"“{text.strip()[:40]}” is not a day; type one like 2026-08-21, -3, fri or 21 aug."
        )
    if day > today:
        raise DayError(f"{day} has no papers yet; the latest day is {today}.")
    if day < FIRST_DAY:
        raise DayError(f"Daily Papers began on {FIRST_DAY}; there is nothing on {day}.")
    return day


def _relative(words: str, today: date) -> date | None:
    if words in ("today", "yesterday"):
        return today - ONE_DAY * (words == "yesterday")
    if re.fullmatch(r"-\d{1,5}", words):
        return _back(today, int(words[1:]))
    return None


def _back(today: date, days: int) -> date:
    try:
        return today - timedelta(days=days)
    except OverflowError:
        return date.min


def _weekday(words: str, today: date) -> date | None:
    if len(words) < 3 or not words.isalpha():
        return None
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for number, name in enumerate(names):
        if name.startswith(words):
            return today - timedelta(days=(today.weekday() - number) % 7)
    return None


def _month_and_day(words: str, today: date) -> date | None:
    match = re.fullmatch(r"(\d{1,2}) ([a-z]{3,9})(?: (\d{4}))?", words, re.ASCII)
    if match is None or match[2][:3] not in MONTHS:
        return None
    month, number = MONTHS.index(match[2][:3]) + 1, int(match[1])
    if match[3]:
        return _date(int(match[3]), month, number)
    this_year = _date(today.year, month, number)
    if this_year is not None and this_year > today:
        return _date(today.year - 1, month, number)
    return this_year


def _iso(words: str) -> date | None:
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", words, re.ASCII)
    return _date(*map(int, match.groups())) if match else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
