from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.days import ONE_DAY
from tui.library import Library, Totals
from tui.reading_history import (
    MOST_TAGS,
    ReadingHistory,
    Streaks,
    day_ms,
    read_stats,
    reading_sentence,
    streak_sentence,
    tags_sentence,
    time_of,
    totals_sentence,
)

if TYPE_CHECKING:
    from pathlib import Path

TODAY: Final = date(2026, 8, 21)
"""A Friday."""
MANY: Final = 1000
"""Above the number of papers of any day here."""


def ms(text: str) -> int:
    """An ISO time, with its offset from UTC, in milliseconds."""
    return int(datetime.fromisoformat(text).timestamp() * 1000)


def use_zone(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("TZ", name)
    time.tzset()


def read_back(*days: int) -> ReadingHistory:
    """The history of somebody who read a paper so many days ago, each."""
    return ReadingHistory({TODAY - back * ONE_DAY: 1 for back in sorted(days, reverse=True)}, TODAY)


@pytest.mark.parametrize(
    ("zone", "per_day"),
    [
        ("UTC", {20: 1, 21: 2}),
        ("America/Los_Angeles", {20: 2, 21: 1}),
        ("Pacific/Auckland", {21: 3}),
    ],
)
def test_days_are_those_of_the_user(
    monkeypatch: pytest.MonkeyPatch, zone: str, per_day: dict[int, int]
) -> None:
    use_zone(monkeypatch, zone)
    times = [ms(f"2026-08-{at}+00:00") for at in ("20T23:59", "21T00:00", "21T11:30")]
    history = ReadingHistory.of(times, TODAY)
    assert history.per_day == {date(2026, 8, day): count for day, count in per_day.items()}


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/Sao_Paulo", date(2018, 11, 4), 23),  # it began at one o'clock
        ("America/Havana", date(2026, 11, 1), 25),  # its first hour came twice
        ("Europe/Berlin", date(2026, 8, 21), 24),
    ],
)
def test_days_are_as_long_as_the_clocks_make_them(
    monkeypatch: pytest.MonkeyPatch, zone: str, day: date, hours: int
) -> None:
    use_zone(monkeypatch, zone)
    times = [day_ms(day) - 1, day_ms(day), day_ms(day + ONE_DAY) - 1, day_ms(day + ONE_DAY)]
    assert times[2] + 1 - times[1] == hours * 3_600_000
    per_day = ReadingHistory.of(times, day + ONE_DAY).per_day
    assert per_day == {day - ONE_DAY: 1, day: 2, day + ONE_DAY: 1}
    assert time_of(times[1]).date() == day


@given(
    st.lists(st.integers(0, day_ms(TODAY + 3 * ONE_DAY)), max_size=30).map(sorted),
)
def test_every_time_until_today_counts_once(times: list[int]) -> None:
    history = ReadingHistory.of(times, TODAY)
    naive: dict[date, int] = {}
    for each in times:
        day = datetime.fromtimestamp(each / 1000, UTC).date()
        if day <= TODAY:
            naive[day] = naive.get(day, 0) + 1
    assert history.per_day == naive
    assert list(history.per_day) == sorted(history.per_day)


def test_the_last_day_that_can_be_is_no_trouble() -> None:
    history = ReadingHistory.of([0, 253_402_214_400_000], TODAY)
    assert history.per_day == {date(1970, 1, 1): 1}


@pytest.mark.parametrize(
    ("days", "streaks"),
    [
        ((), Streaks(0, 0)),
        ((0,), Streaks(1, 1)),
        ((1,), Streaks(1, 1)),
        ((2,), Streaks(0, 1)),
        ((0, 1, 2), Streaks(3, 3)),
        ((1, 2, 4, 5, 6, 7), Streaks(2, 4)),
        ((0, 2, 3), Streaks(1, 2)),
        ((2, 3, 4, 9), Streaks(0, 3)),
    ],
)
def test_streaks(days: tuple[int, ...], streaks: Streaks) -> None:
    assert read_back(*days).streaks == streaks


def test_the_week_begins_on_monday() -> None:
    history = ReadingHistory({TODAY - n * ONE_DAY: 10**n for n in (5, 4, 3, 0)}, TODAY)
    assert history.this_week == 11_001


def test_the_year_ends_with_today_and_begins_on_a_monday() -> None:
    year = read_back(0, 368, 369).year
    days = list(year)
    assert (days[0], days[-1]) == (date(2025, 8, 18), TODAY)
    assert days[0].weekday() == 0
    assert sum(year.values()) == 2
    assert [later - day for day, later in pairwise(days)] == [ONE_DAY] * 368


@pytest.mark.parametrize(
    ("per_day", "words"),
    [
        ({}, "Read no papers this week yet."),
        ({TODAY - 7 * ONE_DAY: 9}, "Read no papers this week yet."),
        ({TODAY - ONE_DAY: 1}, "Read 1 paper this week, none today."),
        ({TODAY - ONE_DAY: 34, TODAY: 7}, "Read 41 papers this week, 7 today."),
        ({TODAY: 1200}, "Read 1,200 papers this week, 1,200 today."),
    ],
)
def test_reading_in_words(per_day: dict[date, int], words: str) -> None:
    assert reading_sentence(ReadingHistory(per_day, TODAY)) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), ""),
        ((0, 1, 5, 6, 7), "2 days in a row; the longest streak was 3 days."),
        ((0, 1), "2 days in a row: no streak was longer."),
        ((0,), "1 day in a row: no streak was longer."),
        ((3, 4), "No streak now; the longest was 2 days."),
    ],
)
def test_streaks_in_words(days: tuple[int, ...], words: str) -> None:
    assert streak_sentence(read_back(*days)) == words


def test_totals_in_words() -> None:
    words = "1,204 papers read, 83 starred, 0 with a note, 40 tagged."
    assert totals_sentence(Totals(1204, 83, 0, 40)) == words


def test_tags_in_words() -> None:
    assert tags_sentence([]) == ""
    assert tags_sentence([("to read", 1200), ("\x1b[31mmoe\n", 2)]) == "Tags: to read 1,200, moe 2."
    many = tags_sentence([(f"t{number}", 1) for number in range(MOST_TAGS + 3)])
    assert many.endswith(f"t{MOST_TAGS - 1} 1 and 3 more.")


def test_what_a_library_has_come_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_zone(monkeypatch, "Asia/Tokyo")
    now = datetime(2026, 8, 21, 16, 0, tzinfo=UTC)  # the 22nd there
    clock = iter([now - timedelta(hours=2), now, now, now])
    with closing(Library.open(tmp_path / "library.db", now=lambda: next(clock, now))) as library:
        library.mark(["2608.00001"], read=True)
        library.mark(["2608.00002"], read=True, tags={"moe": True})
        stats = read_stats(library, now)
    assert stats.history.today == date(2026, 8, 22)
    assert sum(stats.history.per_day.values()) == 2
    assert stats.totals == Totals(2, 0, 0, 1)
    assert stats.tags == [("moe", 1)]
