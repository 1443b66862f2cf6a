"""Every recorded day, from the Hub's answer to what the feed tells about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import RECORDED_TODAY
from tests.feed import shown
from tests.recordings import needs_recordings, recorded_days, recorded_items
from tui.feed import NEWER, OLDER
from tui.feed.ahead import A_MINUTE
from tui.periods import Period, Span

if TYPE_CHECKING:
    from datetime import date

    from tests.feed.conftest import FeedClock, StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed
    from tui.papers import Paper

pytestmark = needs_recordings

STRIP = 7
"""Days in the strip."""


@pytest.fixture
async def recorded(start: StartFeed, recorded_hub: HubServer, clock: FeedClock) -> Feed:
    clock.today = RECORDED_TODAY
    return start(endpoint=recorded_hub.url)


MONTHS = sorted({f"{day:%Y-%m}" for day in recorded_days()})


@pytest.mark.parametrize(
    "month",
    [
        pytest.param(month, marks=[] if month in MONTHS[::6] else pytest.mark.torture)
        for month in MONTHS
    ],
)
async def test_every_day_of_a_month(month: str, recorded: Feed) -> None:
    days = [day for day in recorded_days() if f"{day:%Y-%m}" == month]
    for day in days:
        await check(day, recorded)
    whole = recorded.peek(Period.of(Span.MONTH, days[0]))
    assert set(shown(whole)) == {
        item["paper"]["id"] for day in days for item in recorded_items(day)
    }


async def check(day: date, feed: Feed) -> None:
    edition = await feed.refresh(Period.day(day))
    items = {item["paper"]["id"]: item for item in recorded_items(day)}
    assert edition.unreadable == 0
    assert set(shown(edition)) == set(items)
    for paper in feed.papers(edition):
        agree(paper, items[paper.id])
    upvotes = [paper.upvotes for paper in edition.papers]
    assert upvotes == sorted(upvotes, reverse=True)
    assert feed.peek(edition.period) == edition


def agree(paper: Paper, item: dict[str, object]) -> None:
    wire = item["paper"]
    assert isinstance(wire, dict)
    shown = [author["name"] for author in wire["authors"] if not author.get("hidden")]
    assert len(paper.authors) == len(shown)
    assert paper.title.split() == wire["title"].split()
    assert paper.abstract.split() == wire["summary"].split()
    assert paper.upvotes == wire["upvotes"]
    assert paper.comments == item["numComments"]
    assert (paper.ai_summary is None) == ("ai_summary" not in wire)


@pytest.mark.parametrize("span", [Span.WEEK, Span.MONTH])
async def test_a_period_in_one_go_is_what_its_days_are_one_by_one(
    span: Span, start: StartFeed, recorded: Feed
) -> None:
    period = Period.of(span, recorded_days()[-1])
    edition = await recorded.refresh(period)
    assert not edition.missing
    days = [day for day in recorded_days() if period.holds(day)]
    for day in days:
        known = recorded.peek(Period.day(day))
        assert set(shown(known)) == {item["paper"]["id"] for item in recorded_items(day)}


async def test_back_over_the_weekend_and_forward_again(recorded: Feed) -> None:
    days = recorded_days()
    assert await recorded.find_newest() == days[-1]
    week = [days[-1]]
    while week[-1] > days[-6]:
        week.append((await recorded.step(Period.day(week[-1]), OLDER)).first)
    assert week == days[:-7:-1]
    forward = [week[-1]]
    while forward[-1] < days[-1]:
        forward.append((await recorded.step(Period.day(forward[-1]), NEWER)).first)
    assert forward == week[::-1]


async def test_a_cold_start_and_a_walk_are_cheap(recorded: Feed, recorded_hub: HubServer) -> None:
    before = len(recorded_hub.requests)
    newest = Period.day(await recorded.find_newest())
    assert (await recorded.refresh(newest)).papers
    assert len(recorded_hub.requests) - before <= 4
    await recorded.read_ahead(newest, STRIP)
    assert len(recorded_hub.requests) - before <= 12 - (12 - 4 - A_MINUTE)
    await recorded.fill(Period.of(Span.MONTH, newest.first))
    asked = len(recorded_hub.requests)
    day = newest
    while (older := await recorded.step(day, OLDER)).first.day > 3:
        day = older
        assert (await recorded.refresh(day)).papers
    assert len(recorded_hub.requests) == asked
