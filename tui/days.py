"""The calendar of Daily Papers: which days exist and how people name them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

from tui.text.sanitize import clean_line

FIRST_DAY: Final = date(2023, 5, 4)
"""The first day with papers (API.md §1)."""
ONE_DAY: Final = timedelta(days=1)
OPENING: Final = timedelta(hours=2, minutes=30)
"""The next day's list opens this long before midnight in New York (API.md §1)."""
DAY_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH_NAMES: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
SHORTEST_NAME: Final = 3
"""Letters of a weekday or a month that are enough to name it."""
WEEKDAYS: Final = tuple(name[:SHORTEST_NAME] for name in DAY_NAMES)
MONTHS: Final = tuple(name[:SHORTEST_NAME] for name in MONTH_NAMES)
LEAP_YEARS_APART: Final = 8
"""Years between two leap days, at most."""
MAX_QUOTED: Final = 40  # characters


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

    try:
        local = now.astimezone(ZoneInfo("America/New_York")).replace(tzinfo=None)
        return (local + OPENING).date()
    except OverflowError:  # the first or the last day of all that there are
        return now.date()


def parse_day(text: str, today: date) -> date:
    """The day that a user typed: ``2026-08-21``, ``-3``, ``fri``, ``21 aug``, ``today``.

    A weekday is the latest one before or on ``today``; a day and month without a year likewise.
    Raises DayError with a sentence when the text names no day between the first and today.
    """
    day = named_day(text.strip().lower(), today)
    if day is None:
        raise not_understood(text, "is not a day; type one like 2026-08-21, -3, fri or 21 aug.")
    check_begun(long_day(day), day, today)
    check_late_enough(long_day(day), day)
    return day


def named_day(words: str, today: date) -> date | None:
    """The day that stripped lower-case words name, wherever it lies; None when they name none."""
    day = _relative(words, today) or _weekday(words, today) or _month_and_day(words, today)
    return day or _iso(words)


def not_understood(text: str, what: str) -> DayError:
    """The error that repeats a text, safe to print and cut, and says what it is not."""
    return DayError(f"“{clean_line(text, MAX_QUOTED)}” {what}")


def check_begun(name: str, first: date, today: date) -> None:
    """Raise DayError when what begins on ``first`` has not begun."""
    if first > today:
        raise DayError(f"{name} is still to come.")


def check_late_enough(name: str, last: date) -> None:
    """Raise DayError when what ends on ``last`` ended before there were papers."""
    if last < FIRST_DAY:
        raise DayError(f"Daily Papers began on {long_day(FIRST_DAY)}; {name} was before that.")


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
    number = named(words, DAY_NAMES)
    return None if number is None else today - (today.weekday() - number) % 7 * ONE_DAY


def _month_and_day(words: str, today: date) -> date | None:
    match = re.fullmatch(r"(\d{1,2}) ([a-z]+)(?: (\d{4}))?", words, re.ASCII)
    month = named(match[2], MONTH_NAMES) if match else None
    if match is None or month is None:
        return None
    if match[3]:
        return date_of(int(match[3]), month + 1, int(match[1]))
    years = range(today.year, today.year - LEAP_YEARS_APART - 1, -1)
    days = (date_of(year, month + 1, int(match[1])) for year in years)
    return next((day for day in days if day and day <= today), None)


def named(word: str, names: tuple[str, ...]) -> int | None:
    """The number of the name that begins with the word, from 0."""
    if len(word) < SHORTEST_NAME:
        return None
    return next((number for number, name in enumerate(names) if name.startswith(word)), None)


def _iso(words: str) -> date | None:
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", words, re.ASCII)
    return date_of(*map(int, match.groups())) if match else None


def date_of(year: int, month: int, day: int) -> date | None:
    """That date, None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
