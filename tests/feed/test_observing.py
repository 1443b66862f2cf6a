"""What papers gain from one visit to the next, across windows and runs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from tests.feed import MONDAY, MONTH, THURSDAY, WEEK
from tests.generate import make_item
from tests.hubserver import Fault
from tui.hub.errors import Unwell
from tui.papers import Gain
from tui.periods import TRENDING, Period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from tests.feed.conftest import FeedClock, StartFeed
    from tests.hubserver import HubServer
    from tui.cache import Entry
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
    assert feed.gains(edition.papers) == {}
    await feed.look(edition)
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


async def test_counts_are_the_newest_from_whichever_list(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    set_counts(hub, 38)
    day = await feed.refresh(DAY)
    clock.pass_by(hours=1)
    set_counts(hub, 78, 4)
    trending = await feed.refresh(TRENDING)
    await feed.look(trending)
    clock.pass_by(hours=1)
    [paper] = [each for each in feed.newest(day) if each.id == PAPER]
    assert (paper.upvotes, paper.comments) == (78, 4)
    assert feed.gains(feed.newest(day)) == {}
    await feed.look(day)
    clock.pass_by(hours=1)
    again = start()
    await again.observe()
    assert again.gains(trending.papers) == {}


async def test_a_list_is_never_on_disk_before_its_counts_are(
    start: StartFeed,
    feed: Feed,
    hub: HubServer,
    clock: FeedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = start()
    await other.observe()
    await feed.refresh(Period.day(MONDAY))
    clock.pass_by(hours=1)
    set_counts(hub, 10)
    await feed.refresh(DAY)
    clock.pass_by(hours=1)
    set_counts(hub, 51)
    put_all = feed._cache.put_all
    seen: list[int] = []

    def watched(
        entries: Mapping[str, Entry], *, now: datetime | None = None
    ) -> frozenset[str] | None:
        kept = put_all(entries, now=now)
        week = other.peek(WEEK)
        assert week is not None
        seen.extend(each.upvotes for each in other.newest(week) if each.id == PAPER)
        return kept

    monkeypatch.setattr(feed._cache, "put_all", watched)
    await feed.refresh(DAY)
    assert seen == [51]


async def test_looking_at_trending_is_not_looking_at_the_days_of_its_papers(
    feed: Feed, hub: HubServer
) -> None:
    set_counts(hub, 10)
    await feed.look(await feed.refresh(TRENDING))
    hub.days[THURSDAY].append(make_item(3, THURSDAY))
    edition = await feed.refresh(DAY)
    assert feed.newcomers(edition.papers) == set()
    await feed.look(edition)
    hub.days[THURSDAY].append(make_item(4, THURSDAY))
    edition = await feed.refresh(DAY, force=True)
    assert feed.newcomers(edition.papers) == {"2608.20004"}


async def test_what_was_observed_by_a_clock_that_was_ahead_says_nothing_of_what_is_rising(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    clock.time += timedelta(days=2)
    set_counts(hub, 10)
    await feed.refresh(DAY)
    clock.time -= timedelta(days=2)
    for upvotes in (20, 30, 40):
        set_counts(hub, upvotes)
        edition = await feed.refresh(DAY, force=True)
        clock.pass_by(hours=1)
    [paper] = [each for each in edition.papers if each.id == PAPER]
    assert feed.rates([paper]) == {PAPER: 10.0}


async def test_nothing_is_known_before_the_observations_are_open(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    set_counts(hub, 10)
    edition = await feed.refresh(DAY)
    await feed.look(edition)
    again = start()
    known = again.peek(DAY)
    assert known is not None
    assert (again.gains(known.papers), again.rates(known.papers)) == ({}, {})
    set_counts(hub, 10)
    hub.days[THURSDAY].append(make_item(3, THURSDAY))
    edition = await feed.refresh(DAY, force=True)
    assert again.newcomers(edition.papers) == set()
    await again.observe()
    assert again.newcomers(edition.papers) == {"2608.20003"}


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
    await feed.look(edition)
    clock.time += timedelta(hours=2)
    set_counts(hub, 12)
    edition = await feed.refresh(DAY)
    assert feed.gains(edition.papers) == {PAPER: Gain(2, 0, False)}
    assert (await feed.refresh(Period.day(MONDAY))).papers
