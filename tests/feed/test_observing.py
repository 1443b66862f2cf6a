"""What papers gain from one visit to the next, across windows and runs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from tests.feed import MONDAY, MONTH, THURSDAY
from tests.generate import make_item
from tests.hubserver import Fault
from tui.hub.errors import Unwell
from tui.papers import Gain
from tui.periods import TRENDING, Period

if TYPE_CHECKING:
    from pathlib import Path

    from tests.feed.conftest import FeedClock, StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed

DAY: Final = Period.day(THURSDAY)
PAPER: Final = "2608.20001"


def set_counts(hub: HubServer, upvotes: int, comments: int = 2, repo: str | None = None) -> None:
    """Have the Hub give these counts for the paper, and the same for another one as always."""
    hub.days[THURSDAY] = [
        make_item(1, THURSDAY, upvotes=upvotes, numComments=comments, githubRepo=repo),
        make_item(2, THURSDAY, upvotes=0),
    ]  # fmt: skip


async def test_what_a_paper_gained_since_the_last_visit(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    set_counts(hub, 10)
    edition = await feed.refresh(DAY)
    assert feed.never_seen(edition.papers) == {PAPER, "2608.20002"}
    assert feed.gains(edition.papers) == {}
    await feed.look(edition.papers)
    assert feed.never_seen(edition.papers) == set()
    clock.pass_by(hours=2)
    set_counts(hub, 51, 5, "https://github.com/a/b")
    for one in (feed, start()):
        edition = await one.refresh(DAY)
        await one.observe()
        assert one.gains(edition.papers) == {PAPER: Gain(41, 3, True)}
        assert one.gains(edition.papers[:2]) == {edition.papers[0].id: Gain(41, 3, True)}


async def test_every_answer_is_an_observation(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    periods = (DAY, MONTH, TRENDING, DAY)
    for upvotes, period in zip((10, 20, 30, 40), periods, strict=True):
        set_counts(hub, upvotes)
        await feed.refresh(period, force=True)
        clock.pass_by(hours=1)
    [paper] = [line for line in (await feed.refresh(DAY)).papers if line.id == PAPER]
    assert feed.rates([paper]) == {PAPER: 10.0}
    again = start()
    await again.observe()
    assert again.rates([paper]) == {PAPER: 10.0}


async def test_nothing_is_known_before_the_observations_are_open(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    set_counts(hub, 10)
    edition = await feed.refresh(DAY)
    await feed.look(edition.papers)
    again = start()
    known = again.peek(DAY)
    assert known is not None
    assert (again.gains(known.papers), again.rates(known.papers)) == ({}, {})
    assert again.never_seen(known.papers) == set()
    await again.observe()
    assert again.never_seen(known.papers) == set()


async def test_a_304_and_an_error_are_no_observations(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    set_counts(hub, 10)
    edition = await feed.refresh(DAY)
    clock.pass_by(hours=1)
    await feed.refresh(DAY)
    assert hub.requests[-1].status == 304
    hub.fault(Fault.STATUS_500)
    clock.pass_by(hours=1)
    with pytest.raises(Unwell):
        await feed.refresh(DAY)
    assert feed.rates(edition.papers) == {}


async def test_observations_that_cannot_be_kept_stop_nothing(
    start: StartFeed, hub: HubServer, clock: FeedClock, tmp_path: Path
) -> None:
    (tmp_path / "observations.db").mkdir()
    feed = start()
    set_counts(hub, 10)
    edition = await feed.refresh(DAY)
    await feed.look(edition.papers)
    clock.time += timedelta(hours=2)
    set_counts(hub, 12)
    edition = await feed.refresh(DAY)
    assert feed.gains(edition.papers) == {PAPER: Gain(2, 0, False)}
    assert (await feed.refresh(Period.day(MONDAY))).papers
