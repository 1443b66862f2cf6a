"""What a paper has gained since the user last saw it."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from tests.observations import DAY, HOUR, MINUTE, NOW, A, B, paper, unseen
from tui.observations import Observations
from tui.papers import Gain

if TYPE_CHECKING:
    from pathlib import Path

    from tui.papers import Headline


def test_a_paper_never_looked_at_has_no_gain(observations: Observations) -> None:
    observations.record([paper(3)], NOW)
    assert observations.gains([paper(9)], NOW + HOUR) == {}


def test_what_changed_since_the_visit_before_is_the_gain(observations: Observations) -> None:
    observations.look([paper(3, 1)], NOW)
    assert observations.gains([paper(44, 4, repo=True)], NOW + HOUR) == {A: Gain(41, 3, True)}


def test_looking_does_not_take_the_gain_away(observations: Observations) -> None:
    observations.look([paper(3)], NOW)
    for minute in (60, 80, 105):
        observations.look([paper(10)], NOW + minute * MINUTE)
        assert observations.gains([paper(10)], NOW + minute * MINUTE) == {A: Gain(7)}


def test_what_changes_during_a_visit_adds_to_its_gain(observations: Observations) -> None:
    observations.look([paper(3)], NOW)
    observations.look([paper(10)], NOW + HOUR)
    assert observations.gains([paper(12)], NOW + HOUR + MINUTE) == {A: Gain(9)}


def test_the_next_visit_counts_from_the_end_of_this_one(observations: Observations) -> None:
    for minute, upvotes in ((0, 3), (60, 10), (75, 12)):
        observations.look([paper(upvotes)], NOW + minute * MINUTE)
    assert observations.gains([paper(20)], NOW + 105 * MINUTE) == {A: Gain(8)}


def test_a_visit_ends_half_an_hour_after_its_last_look(observations: Observations) -> None:
    observations.look([paper(3)], NOW)
    observations.look([paper(10)], NOW + HOUR)
    end = NOW + HOUR + 30 * MINUTE
    assert observations.gains([paper(10)], end - timedelta(microseconds=1)) == {A: Gain(7)}
    assert observations.gains([paper(10)], end) == {}


def test_the_first_visit_counts_from_its_first_look(observations: Observations) -> None:
    observations.look([paper(3)], NOW)
    assert observations.gains([paper(3)], NOW) == {}
    observations.look([paper(5)], NOW + MINUTE)
    assert observations.gains([paper(5)], NOW + MINUTE) == {A: Gain(2)}


@pytest.mark.parametrize(
    ("before", "after", "gain"),
    [
        (paper(5, 5), paper(3, 1), Gain(-2, -4)),
        (paper(comments=None), paper(comments=4), None),
        (paper(comments=4), paper(comments=None), None),
        (paper(1, None), paper(2, None), Gain(1)),
        (paper(repo=True), paper(repo=True), None),
        (paper(repo=True), paper(), None),
        (paper(repo=True), paper(1), Gain(1)),
    ],
)
def test_counts_that_fall_or_are_left_out(
    before: Headline, after: Headline, gain: Gain | None, observations: Observations
) -> None:
    observations.look([before], NOW)
    assert observations.gains([after], NOW + HOUR) == ({} if gain is None else {A: gain})


def test_a_clock_set_back_goes_on_with_the_visit(observations: Observations) -> None:
    observations.look([paper(3)], NOW)
    observations.look([paper(10)], NOW + HOUR)
    for time in (NOW - 1000 * HOUR, NOW - 1000 * HOUR + MINUTE):
        assert observations.gains([paper(10)], time) == {A: Gain(7)}
        observations.look([paper(10)], time)
    assert observations.gains([paper(10)], time) == {A: Gain(7)}


def test_the_zone_that_a_time_is_told_in_does_not_matter(observations: Observations) -> None:
    observations.look([paper(3)], NOW.astimezone(timezone(timedelta(hours=14))))
    west = timezone(timedelta(hours=-11))
    assert observations.gains([paper(4)], (NOW + 30 * MINUTE).astimezone(west)) == {A: Gain(1)}


def test_what_was_never_looked_at_is_unseen(observations: Observations) -> None:
    observations.record([paper(), paper(name=B)], NOW)
    assert unseen(observations, [paper(), paper(name=B)]) == {A, B}
    observations.look([paper()], NOW)
    assert unseen(observations, [paper(), paper(name=B)]) == {B}


def test_newcomers_are_unseen_papers_of_days_that_were_looked_at(
    observations: Observations,
) -> None:
    seen, newcomer, other = paper(name=A, day=DAY), paper(name=B, day=DAY), paper(name="C")
    observations.look([seen], NOW, {DAY})
    elsewhere = paper(name="D", day=DAY - 24 * HOUR)
    assert observations.newcomers([seen, newcomer, other, elsewhere]) == {B}
    observations.look([newcomer], NOW)
    assert observations.newcomers([seen, newcomer]) == set()


def test_a_paper_seen_elsewhere_does_not_make_its_day_looked_at(
    observations: Observations,
) -> None:
    observations.look([paper(day=DAY)], NOW)
    assert observations.newcomers([paper(day=DAY), paper(name=B, day=DAY)]) == set()


def test_days_looked_at_outlive_the_run(path: Path) -> None:
    with closing(Observations.open(path)) as first:
        first.look([paper(day=DAY)], NOW, {DAY})
    with closing(Observations.open(path)) as second:
        assert second.newcomers([paper(name=B, day=DAY)]) == {B}


def test_the_newest_counts_are_those_observed_since_the_list_was_fetched(
    observations: Observations,
) -> None:
    old = paper(38, 1)
    assert observations.newest([old], NOW) == [old]
    observations.record([paper(78, 4, repo=True)], NOW + HOUR)
    assert observations.newest([old, paper(name=B)], NOW) == [
        paper(78, 4, repo=True), paper(name=B),
    ]  # fmt: skip
    assert observations.newest([old], NOW + HOUR) == [old]
    observations.record([paper(70)], NOW + 2 * HOUR)
    assert observations.newest([old], NOW) == [paper(70, 1)]
    assert observations.newest([paper(38, None)], NOW) == [paper(70, None)]


def test_no_papers_are_no_trouble(observations: Observations) -> None:
    observations.record([], NOW)
    observations.look([], NOW)
    assert observations.gains([], NOW) == {}
    assert unseen(observations, []) == set()
    assert observations.newcomers([]) == set()
    assert observations.newest([], NOW) == []
    assert observations.rates([]) == {}


def test_looks_outlive_the_run(path: Path) -> None:
    with closing(Observations.open(path)) as first:
        first.look([paper(3)], NOW)
    with closing(Observations.open(path)) as second:
        assert second.gains([paper(4)], NOW + HOUR) == {A: Gain(1)}
        assert unseen(second, [paper()]) == set()
