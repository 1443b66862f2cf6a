"""How long a day's list is trusted: each boundary, from both sides."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tui.freshness import is_fresh, lifetime, within

TODAY = date(2026, 8, 21)
NOW = datetime(2026, 8, 21, 12, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)

MINUTES = timedelta(minutes=10)
HOURS = timedelta(hours=6)
WEEK = timedelta(days=7)

LIFETIMES = [
    (-1, MINUTES),  # a day that opened while the program's date lagged
    (0, MINUTES),
    (1, MINUTES),
    (2, HOURS),
    (7, HOURS),
    (8, WEEK),
    (30, WEEK),
]


@pytest.mark.parametrize(("age", "span"), LIFETIMES)
def test_a_list_is_fresh_for_its_lifetime_and_no_longer(age: int, span: timedelta) -> None:
    day = TODAY - timedelta(days=age)
    assert lifetime(day, TODAY) == span
    assert is_fresh(day, NOW, today=TODAY, now=NOW)
    assert is_fresh(day, NOW - span + INSTANT, today=TODAY, now=NOW)
    assert not is_fresh(day, NOW - span, today=TODAY, now=NOW)


def test_old_days_stay_fresh_for_ever() -> None:
    day = TODAY - timedelta(days=31)
    assert lifetime(day, TODAY) is None
    assert is_fresh(day, NOW - timedelta(days=3000), today=TODAY, now=NOW)


@pytest.mark.parametrize(("age", "span"), LIFETIMES)
def test_an_answer_from_the_future_is_stale(age: int, span: timedelta) -> None:
    day = TODAY - timedelta(days=age)
    assert not is_fresh(day, NOW + INSTANT, today=TODAY, now=NOW)
    assert not is_fresh(day, NOW + timedelta(days=400), today=TODAY, now=NOW)


def test_what_is_young_enough() -> None:
    assert within(MINUTES, NOW, NOW)
    assert within(MINUTES, NOW - MINUTES + INSTANT, NOW)
    assert not within(MINUTES, NOW - MINUTES, NOW)
    assert not within(MINUTES, NOW + INSTANT, NOW)


def test_a_day_of_long_ago_is_fresh_whatever_the_clock_said_when_it_was_fetched() -> None:
    day = TODAY - timedelta(days=31)
    assert is_fresh(day, NOW + timedelta(days=400), today=TODAY, now=NOW)
