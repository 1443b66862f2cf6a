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
    assert is_fresh_now(day, NOW)
    assert is_fresh_now(day, NOW - span + INSTANT)
    assert not is_fresh_now(day, NOW - span)


def is_fresh_now(day: date, fetched: datetime) -> bool:
    """Whether the list is fresh, where each day opens at midnight."""
    return is_fresh(day, fetched, asked_on=fetched.date(), today=TODAY, now=NOW)


def test_a_list_that_was_asked_for_late_stays_fresh_for_ever() -> None:
    day = TODAY - timedelta(days=3000)
    assert lifetime(day, TODAY) is None
    assert is_fresh_now(day, NOW - timedelta(days=3000 - 31))


@pytest.mark.parametrize("age", [0, 1, 2, 7, 8, 30])
def test_a_list_that_was_asked_for_early_never_becomes_final(age: int) -> None:
    day = TODAY - timedelta(days=38)
    assert not is_fresh_now(day, NOW - timedelta(days=38 - age))


def test_a_list_keeps_its_lifetime_when_its_day_becomes_old_meanwhile() -> None:
    day = TODAY - timedelta(days=31)
    assert is_fresh_now(day, NOW - timedelta(days=6))
    assert is_fresh_now(day, NOW - timedelta(days=1))
    assert not is_fresh_now(day, NOW - timedelta(days=7))


@pytest.mark.parametrize(("age", "span"), LIFETIMES)
def test_an_answer_from_the_future_is_stale(age: int, span: timedelta) -> None:
    day = TODAY - timedelta(days=age)
    assert not is_fresh_now(day, NOW + INSTANT)
    assert not is_fresh_now(day, NOW + timedelta(days=400))


def test_what_is_young_enough() -> None:
    assert within(MINUTES, NOW, NOW)
    assert within(MINUTES, NOW - MINUTES + INSTANT, NOW)
    assert not within(MINUTES, NOW - MINUTES, NOW)
    assert not within(MINUTES, NOW + INSTANT, NOW)


def test_a_day_of_long_ago_is_fresh_whatever_the_clock_said_when_it_was_fetched() -> None:
    day = TODAY - timedelta(days=31)
    assert is_fresh_now(day, NOW + timedelta(days=400))
