"""Any sequence of looks and answers in two windows on any clock equals a plain model."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests import often
from tests.observations import HOUR, MINUTE, NOW, A, B, paper, unseen
from tui.observations import Observations
from tui.papers import Gain

if TYPE_CHECKING:
    from datetime import datetime

    from tui.papers import Headline

NAMES: Final = [A, B, "x'); DROP TABLE looks; --", '“é"\\\n']
VISIT, DAY, MIN_SPAN = 30 * MINUTE, 24 * HOUR, 10 * MINUTE
Counts = tuple[int, int | None, bool]

windows = st.sampled_from([0, 1])
times = st.builds(
    lambda steps, days, edge: NOW + steps * MIN_SPAN + days * DAY + timedelta(microseconds=edge),
    st.integers(0, 12),
    st.sampled_from([0, 0, 0, 1, 2, -700_000]),
    st.sampled_from([0, 0, -1, 1]),
)
headlines = st.lists(
    st.builds(
        lambda name, upvotes, comments, repo: paper(upvotes, comments, repo, name=name),
        st.sampled_from(NAMES),
        st.integers(0, 5),
        st.sampled_from([None, 0, 2]),
        st.booleans(),
    ),
    max_size=5,
)


class Look(NamedTuple):
    at: datetime
    last: Counts
    before: Counts

    def baseline(self, at: datetime) -> Counts:
        return self.last if at - self.at >= VISIT else self.before


def counts(headline: Headline) -> Counts:
    return headline.upvotes, headline.comments, headline.has_repo


def gain(before: Counts, now: Counts) -> Gain:
    compared = before[1] is not None and now[1] is not None
    return Gain(
        now[0] - before[0],
        (now[1] or 0) - (before[1] or 0) if compared else 0,
        now[2] and not before[2],
    )


def thin(said: dict[datetime, Counts], at: datetime) -> None:
    """Once a latest one has come, forget the one before where it ends less than an hour."""
    if at != max(said):
        return
    times = sorted(said)
    if len(times) > 2 and times[-2] - times[-3] < HOUR:
        del said[times[-2]]


def prune(said: dict[datetime, Counts]) -> None:
    """Forget what no rate is taken from any more: all before the last day but one."""
    times = sorted(said)
    for at in times[:-2]:
        if at < min(times[-1] - DAY, times[-2]):
            del said[at]


def rate(said: dict[datetime, Counts]) -> float | None:
    """By every observation that is kept."""
    latest = max(said)
    lately = [at for at in said if latest - DAY <= at < latest]
    earlier = [at for at in said if at < latest - DAY]
    if not lately and not earlier:
        return None
    start = min(lately) if lately else max(earlier)
    if latest - start < MIN_SPAN:
        return None
    hours = (latest - start) // timedelta(microseconds=1) / 3_600_000_000
    return (said[latest][0] - said[start][0]) / hours


class AnyOrder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.directory = TemporaryDirectory()
        self.path = Path(self.directory.name) / "observations.db"
        self.windows = [Observations.open(self.path), Observations.open(self.path)]
        self.looks: dict[str, Look] = {}
        self.said: dict[str, dict[datetime, Counts]] = {}

    @rule(window=windows, answer=headlines, at=times)
    def record(self, window: int, answer: list[Headline], at: datetime) -> None:
        self.windows[window].record(answer, at)
        for each in answer:
            said = self.said.setdefault(each.id, {})
            said[at] = (each.upvotes, each.comments or 0, each.has_repo)
        for name in {each.id for each in answer}:
            thin(self.said[name], at)
            prune(self.said[name])

    @rule(window=windows, shown=headlines, at=times)
    def look(self, window: int, shown: list[Headline], at: datetime) -> None:
        self.windows[window].look(shown, at)
        for each in shown:
            now = counts(each)
            look = self.looks.get(each.id, Look(at, now, now))
            self.looks[each.id] = Look(at, now, look.baseline(at))

    @rule(window=windows, at=times, upvotes=st.integers(0, 5), repo=st.booleans())
    def compare(self, window: int, at: datetime, upvotes: int, repo: bool) -> None:
        shown = [paper(upvotes, 1, repo, name=name) for name in NAMES]
        looked = {each.id: each for each in shown if each.id in self.looks}
        gains = {
            name: gain(self.looks[name].baseline(at), counts(each)) for name, each in looked.items()
        }
        told = self.windows[window].gains(shown, at)
        assert told == {name: each for name, each in gains.items() if each != Gain()}

    @rule(window=windows, fetched=times)
    def bring_up_to_date(self, window: int, fetched: datetime) -> None:
        newest = {
            name: said[max(said)] for name, said in self.said.items() if max(said) > fetched
        }  # fmt: skip
        told = self.windows[window].newest([paper(9, 0, name=name) for name in NAMES], fetched)
        assert [counts(each) for each in told] == [
            newest.get(name, (9, 0, False)) for name in NAMES
        ]

    @rule(window=windows)
    def restart(self, window: int) -> None:
        self.windows[window].close()
        self.windows[window] = Observations.open(self.path)

    @invariant()
    def both_windows_know_the_rates(self) -> None:
        rates = {name: rate(said) for name, said in self.said.items()}
        known = {name: each for name, each in rates.items() if each is not None}
        for window in self.windows:
            told = window.rates(NAMES)
            assert told.keys() == known.keys()
            assert all(abs(told[name] - known[name]) <= 1e-9 * abs(known[name]) for name in told)

    @invariant()
    def both_windows_know_what_is_unseen(self) -> None:
        for window in self.windows:
            found = unseen(window, [paper(name=name) for name in NAMES])
            assert found == set(NAMES) - self.looks.keys()

    def teardown(self) -> None:
        for window in self.windows:
            window.close()
        self.directory.cleanup()


@often.examples(quick=12, long=40)
def test_whatever_is_seen_in_any_order_equals_the_model(examples: int) -> None:
    limits = settings(max_examples=examples, stateful_step_count=30)
    run_state_machine_as_test(AnyOrder, settings=limits)
