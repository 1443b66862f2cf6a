"""Whatever is seen, answered, broken and set back: what is shown equals a plain model."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.conftest import UNLIMITED
from tests.feed.model import Line, Model, Trouble, View
from tests.generate import make_item
from tests.hubserver import Fault, HubServer
from tui.cache import Cache
from tui.days import newest_open_day
from tui.feed import Clock, Feed, Stores
from tui.hub.client import Hub
from tui.hub.errors import HubError
from tui.hub.settings import HubSettings
from tui.library import Library
from tui.observations import Observations
from tui.periods import TRENDING, Period, Span

START: Final = datetime(2026, 12, 30, 12, tzinfo=UTC)
HUB_TODAY: Final = date(2026, 12, 31)
DAYS: Final = [date(2026, 12, day) for day in (7, 22, 25, 28, 29, 30, 31)] + [date(2027, 1, 1)]
PERIODS: Final = [
    *map(Period.day, DAYS),
    Period.of(Span.WEEK, date(2026, 12, 22)),
    Period.of(Span.WEEK, date(2026, 12, 30)),  # the 53rd, which the Hub does not know
    Period.of(Span.MONTH, date(2026, 12, 1)),
    Period.of(Span.MONTH, date(2027, 1, 1)),
    TRENDING,
]
FAULTS: Final = {
    Trouble.NO_NETWORK: Fault.REFUSE,
    Trouble.UNWELL: Fault.STATUS_500,
    Trouble.WEB_PAGE: Fault.HTML,
    Trouble.CUT_OFF: Fault.CUT_JSON,
    Trouble.ONE_MALFORMED: Fault.ONE_MALFORMED,
}
STEPS: Final = [
    timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1),
    timedelta(days=7), timedelta(days=30), timedelta(minutes=-5), timedelta(minutes=-10),
    timedelta(hours=-7), timedelta(days=-2), timedelta(days=-31),
]  # fmt: skip
MOMENT: Final = timedelta(seconds=1, microseconds=1)
"""Between two deeds, so that no two answers are of the same time."""
WINDOWS: Final = 2

days = st.sampled_from(DAYS)
papers = st.lists(
    st.tuples(st.sampled_from([None, *DAYS[1:4]]), st.integers(0, 4), st.integers(0, 3)),
    max_size=4,
    unique_by=lambda paper: paper[:2],
)
"""On which day's account a paper stands in a list, None for the day itself; number; upvotes."""


class AnyOrder(RuleBasedStateMachine):
    """Two windows on one disk, over the loopback Hub."""

    def __init__(self, hub: HubServer, runner: asyncio.Runner, library: Library) -> None:
        super().__init__()
        self.hub, self.runner, self.library = hub, runner, library
        self.directory = TemporaryDirectory()
        self.model = Model(START, HUB_TODAY)
        hub.days.clear()
        self.windows = [self.open() for _ in range(WINDOWS)]

    def open(self) -> Feed:
        folder = Path(self.directory.name)
        return Feed(
            Stores(
                Cache.open(folder / "http"),
                self.library,
                lambda: Observations.open(folder / "observations.db"),
            ),
            HubSettings(endpoint=self.hub.url),
            Hub,
            Clock(now=lambda: self.model.now, open_day=newest_open_day),
        )

    @initialize(lists=st.dictionaries(days, papers, min_size=4))
    def begin(self, lists: dict[date, list[tuple[date | None, int, int]]]) -> None:
        for day, given in lists.items():
            self.list_papers(day, given)

    @rule(day=days, given=papers)
    def list_papers(self, day: date, given: list[tuple[date | None, int, int]]) -> None:
        homes = {(home or day, number): upvotes for home, number, upvotes in given}
        self.hub.days[day] = [
            make_item(number, home, upvotes=upvotes) for (home, number), upvotes in homes.items()
        ]
        self.model.hub[day] = [
            Line(f"{home:%y%m.%d}{number:03}", upvotes, home)
            for (home, number), upvotes in homes.items()
        ]

    @rule(step=st.sampled_from(STEPS))
    def set_clock(self, step: timedelta) -> None:
        self.model.now += step

    @rule(
        window=st.integers(0, WINDOWS - 1),
        period=st.sampled_from(PERIODS),
        force=st.booleans(),
        trouble=st.sampled_from([Trouble.NONE, Trouble.NONE, Trouble.NONE, *Trouble]),
    )
    def see(self, window: int, period: Period, force: bool, trouble: Trouble) -> None:
        self.model.now += MOMENT
        expected = self.model.refresh(period, force=force, trouble=trouble)
        before = len(self.hub.requests)
        if trouble in FAULTS:
            self.hub.fault(FAULTS[trouble])
        failed = False
        try:
            self.runner.run(self.windows[window].refresh(period, force=force))
        except HubError:
            failed = True
        finally:
            self.hub.heal()
        asked = [(request.target, request.status) for request in self.hub.requests[before:]]
        assert (len(asked), failed) == expected, asked

    @rule(window=st.integers(0, WINDOWS - 1))
    def restart(self, window: int) -> None:
        self.runner.run(self.windows[window].close())
        self.windows[window] = self.open()

    @invariant()
    def what_is_shown_is_what_the_model_says(self) -> None:
        for feed in self.windows:
            for period in PERIODS:
                assert shown(feed, period) == self.model.view(period), period.name
                for day in self.model.open_days(period):
                    stale = self.model.is_stale(Period.day(day))
                    assert (day in feed.stale_days(period)) == stale

    def teardown(self) -> None:
        for feed in self.windows:
            self.runner.run(feed.close())
        self.directory.cleanup()


def shown(feed: Feed, period: Period) -> View | None:
    edition = feed.peek(period)
    if edition is None:
        return None
    lines = tuple(Line(paper.id, paper.upvotes, paper.day or date.min) for paper in edition.papers)
    assert len(feed.papers(edition)) == len(lines)
    return View(lines, edition.fetched, edition.unreadable, len(edition.missing))


@pytest.mark.parametrize(
    ("examples", "steps"),
    [
        pytest.param(6, 10, id="quick"),
        pytest.param(100, 40, id="long", marks=[pytest.mark.torture, pytest.mark.timeout(900)]),
    ],
)
def test_whatever_happens_a_feed_shows_what_the_rules_say(
    examples: int, steps: int, tmp_path: Path
) -> None:
    often = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    with (
        HubServer({}, today=HUB_TODAY, quota=UNLIMITED) as hub,
        asyncio.Runner() as runner,
        closing(Library.open(tmp_path / "library.db")) as library,
    ):

        class Here(AnyOrder):
            def __init__(self) -> None:
                super().__init__(hub, runner, library)

        run_state_machine_as_test(Here, settings=often)
