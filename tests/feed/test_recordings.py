"""Every recorded day, from the Hub's answer to what the feed tells about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import RECORDED_TODAY
from tests.recordings import needs_recordings, recorded_days, recorded_items
from tui.feed import NEWER, OLDER

if TYPE_CHECKING:
    from datetime import date

    from tests.feed.conftest import Clock, StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed
    from tui.papers import Paper

pytestmark = needs_recordings


@pytest.fixture
async def recorded(start: StartFeed, recorded_hub: HubServer, clock: Clock) -> Feed:
    clock.today = RECORDED_TODAY
    return start(endpoint=recorded_hub.url)


@pytest.mark.parametrize("month", sorted({f"{day:%Y-%m}" for day in recorded_days()}))
async def test_every_day_of_a_month(month: str, recorded: Feed) -> None:
    for day in recorded_days():
        if f"{day:%Y-%m}" == month:
            await check(day, recorded)


async def check(day: date, feed: Feed) -> None:
    edition = await feed.refresh(day)
    items = {item["paper"]["id"]: item for item in recorded_items(day)}
    assert edition.unreadable == 0
    assert {paper.id for paper in edition.papers} == set(items)
    for paper in edition.papers:
        agree(paper, items[paper.id])
    upvotes = [paper.upvotes for paper in edition.papers]
    assert upvotes == sorted(upvotes, reverse=True)
    assert feed.peek(day) == edition


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


async def test_back_over_the_weekend_and_forward_again(recorded: Feed) -> None:
    days = recorded_days()
    assert await recorded.find_newest() == days[-1]
    week = [days[-1]]
    while week[-1] > days[-6]:
        week.append(await recorded.step(week[-1], OLDER))
    assert week == days[:-7:-1]
    forward = [week[-1]]
    while forward[-1] < days[-1]:
        forward.append(await recorded.step(forward[-1], NEWER))
    assert forward == week[::-1]
