"""How fast a paper gains upvotes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.observations import HOUR, MINUTE, NOW, A, B, paper
from tui.observations import Observations

if TYPE_CHECKING:
    from pathlib import Path


def told(observations: Observations, *said: tuple[timedelta, int]) -> float | None:
    """The rate once the Hub said these upvotes, at these times after NOW."""
    for time, upvotes in said:
        observations.record([paper(upvotes)], NOW + time)
    return observations.rates([A]).get(A)


def test_a_rate_is_upvotes_per_hour(observations: Observations) -> None:
    assert told(observations, (0 * HOUR, 3), (30 * MINUTE, 23)) == 40


def test_a_rate_may_be_negative(observations: Observations) -> None:
    assert told(observations, (0 * HOUR, 3), (2 * HOUR, 1)) == -1


def test_one_observation_gives_no_rate(observations: Observations) -> None:
    assert told(observations, (0 * HOUR, 3)) is None


def test_a_paper_that_stands_still_rises_no_more(observations: Observations) -> None:
    assert told(observations, (0 * HOUR, 3), (1 * HOUR, 13)) == 10
    assert told(observations, (5 * HOUR, 13)) == 2
    assert told(observations, (26 * HOUR, 13)) == 0


def test_observations_less_than_ten_minutes_apart_give_no_rate(observations: Observations) -> None:
    almost = 10 * MINUTE - timedelta(microseconds=1)
    assert told(observations, (0 * HOUR, 3), (almost, 4)) is None
    assert told(observations, (10 * MINUTE, 5)) == 12


def test_the_last_day_counts(observations: Observations) -> None:
    assert told(observations, (0 * HOUR, 0), (1 * HOUR, 100), (24 * HOUR, 120)) == 5
    assert told(observations, (25 * HOUR, 124)) == 1


def test_where_the_last_day_has_nothing_the_observation_before_counts(
    observations: Observations,
) -> None:
    assert told(observations, (0 * HOUR, 0), (1 * HOUR, 100), (51 * HOUR, 200)) == 2


def test_an_older_answer_that_comes_late_takes_its_place(observations: Observations) -> None:
    assert told(observations, (2 * HOUR, 9), (0 * HOUR, 3)) == 3
    assert told(observations, (1 * HOUR, 4)) == 3


def test_only_those_asked_for_are_told(observations: Observations) -> None:
    for name in (A, B):
        observations.record([paper(1, name=name)], NOW)
        observations.record([paper(2, name=name)], NOW + HOUR)
    assert observations.rates([B, "2608.99999", B]) == {B: 1}


def test_rates_outlive_the_run(path: Path) -> None:
    with closing(Observations.open(path)) as first:
        told(first, (0 * HOUR, 0), (1 * HOUR, 7))
    with closing(Observations.open(path)) as second:
        assert second.rates([A]) == {A: 7}


def test_no_more_is_kept_than_rates_need(observations: Observations, path: Path) -> None:
    told(observations, *((hour * HOUR, hour) for hour in range(100)))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM observations").fetchone() == (25,)
    told(observations, (500 * HOUR, 500))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM observations").fetchone() == (2,)


def test_within_the_hour_only_the_first_and_the_latest_are_kept(
    observations: Observations, path: Path
) -> None:
    assert told(observations, *((minute * MINUTE, minute) for minute in range(0, 51, 10))) == 60
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM observations").fetchone() == (2,)


def test_what_was_observed_while_the_clock_was_ahead_is_forgotten(
    observations: Observations,
) -> None:
    observations.record([paper(3)], NOW + 48 * HOUR)
    for hour in range(3):
        now = NOW + hour * HOUR
        observations.record([paper(10 * hour)], now, now)
    assert observations.rates([A]) == {A: 10}


def test_only_the_papers_that_are_recorded_are_rid_of_what_lies_ahead(
    observations: Observations,
) -> None:
    for hour in (0, 1):
        observations.record([paper(hour, name=B)], NOW + hour * HOUR)
    observations.record([paper(3)], NOW, NOW)
    assert observations.rates([B]) == {B: 1}
