"""When the user read: papers by day, streaks, and what that comes to in words.

Days are those of the user's time zone, and weeks begin on Monday.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from tui.days import ONE_DAY
from tui.page import counted, shown_tag
from tui.periods import Period, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.library import Library, Totals

WEEKS: Final = 53
"""Weeks of a year as it is shown, the present one with them."""
WEEK: Final = 7  # days
MOST_TAGS: Final = 50
"""Tags that are named; the rest is counted."""


class Streaks(NamedTuple):
    """Days in a row on which something was read."""

    current: int
    """Up to today, or to yesterday where nothing was read today yet."""
    longest: int


class ReadingHistory:
    """How many papers were read on each day up to today."""

    def __init__(self, per_day: Mapping[date, int], today: date) -> None:
        """``per_day`` holds the days on which something was read, oldest first."""
        self.per_day = per_day
        self.today = today

    @classmethod
    def of(cls, times: Sequence[int], today: date) -> Self:
        """The history that the times of reading make: milliseconds since 1970, UTC, in order.

        What a clock that was ahead has dated after today is left out.
        """
        until = bisect_left(times, day_ms(today + ONE_DAY))
        return cls(dict(_by_day(times, until)), today)

    def on(self, day: date) -> int:
        """Papers read on a day."""
        return self.per_day.get(day, 0)

    @property
    def this_week(self) -> int:
        """Papers read since Monday."""
        return sum(map(self.on, Period.of(Span.WEEK, self.today).days))

    @property
    def first_day(self) -> date:
        """The Monday with which the year begins that ends with this week."""
        return Period.of(Span.WEEK, self.today).first - (WEEKS - 1) * WEEK * ONE_DAY

    @cached_property
    def year(self) -> dict[date, int]:
        """Papers read on every day from ``first_day`` to today."""
        days = (self.today - self.first_day).days + 1
        return {day: self.on(day) for day in (self.first_day + n * ONE_DAY for n in range(days))}

    @cached_property
    def streaks(self) -> Streaks:
        """The streak that lasts, and the longest of all time."""
        longest = run = 0
        before = date.min
        for day in self.per_day:
            run = run + 1 if day - before == ONE_DAY else 1
            longest, before = max(longest, run), day
        return Streaks(run if self.today - before <= ONE_DAY else 0, longest)


class Stats(NamedTuple):
    """What the library has come to."""

    history: ReadingHistory
    totals: Totals
    tags: Sequence[tuple[str, int]]
    """Every tag in use with how many papers have it, most used first."""


def read_stats(library: Library, now: datetime) -> Stats:
    """What the library has come to at the aware time ``now``; slow where it is large.

    Raises LibraryError.
    """
    history = ReadingHistory.of(library.read_times(), local_time(now).date())
    return Stats(history, library.totals(), library.tags())


def local_time(time: datetime) -> datetime:
    """The aware time as the clocks of the user show it."""
    return time.astimezone()


def time_of(ms: int) -> datetime:
    """The user's own time so many milliseconds after the beginning of 1970, UTC."""
    return local_time(datetime.fromtimestamp(ms / 1000, UTC))


def day_ms(day: date) -> int:
    """When a day of the user begins: milliseconds since 1970, UTC."""
    return int(datetime.combine(day, time.min).timestamp() * 1000)


def _by_day(times: Sequence[int], until: int) -> Iterator[tuple[date, int]]:
    """The days of the first ``until`` times, and how many times are on each."""
    start = 0
    while start < until:
        day = time_of(times[start]).date()
        end = bisect_left(times, day_ms(day + ONE_DAY), start + 1, until)
        yield day, end - start
        start = end


def reading_sentence(history: ReadingHistory) -> str:
    """``Read 41 papers this week, 7 today.``"""
    week, today = history.this_week, history.on(history.today)
    if not week:
        return "Read no papers this week yet."
    return f"Read {counted(week, 'paper')} this week, {f'{today:,}' if today else 'none'} today."


def streak_sentence(history: ReadingHistory) -> str:
    """``5 days in a row; the longest streak was 12 days.``; empty where nothing was ever read."""
    current, longest = history.streaks
    if not longest:
        return ""
    if not current:
        return f"No streak now; the longest was {counted(longest, 'day')}."
    if current == longest:
        return f"{counted(current, 'day')} in a row: no streak was longer."
    return f"{counted(current, 'day')} in a row; the longest streak was {counted(longest, 'day')}."


def totals_sentence(totals: Totals) -> str:
    """``1,204 papers read, 83 starred, 12 with a note, 40 tagged.``"""
    return (f"{counted(totals.read, 'paper')} read, {totals.starred:,} starred, "
            f"{totals.noted:,} with a note, {totals.tagged:,} tagged.")  # fmt: skip


def tags_sentence(tags: Sequence[tuple[str, int]]) -> str:
    """``Tags: moe 12, to read 9.``, safe to print; empty for none."""
    if not tags:
        return ""
    named = ", ".join(f"{shown_tag(tag)} {papers:,}" for tag, papers in tags[:MOST_TAGS])
    more = f" and {len(tags) - MOST_TAGS:,} more" if len(tags) > MOST_TAGS else ""
    return f"Tags: {named}{more}."
