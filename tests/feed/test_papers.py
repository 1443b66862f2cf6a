"""One paper by its id: from the day it was on, from its own page, or from nowhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.generate import make_day
from tests.hubserver import Fault
from tui.hub.errors import NotFound, Offline

if TYPE_CHECKING:
    from tests.feed.conftest import Clock, StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed

DAY = date(2026, 8, 20)
ABSENT = "1706.03762"


def one_of(hub: HubServer, day: date = DAY) -> str:
    paper_id: str = hub.days[day][0]["paper"]["id"]
    return paper_id


async def test_a_paper_of_a_day_on_disk(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    edition = await feed.refresh(DAY)
    expected = edition.papers[0]
    again = start()
    assert again.peek_paper(expected.id) == (expected, True)
    assert await again.paper(expected.id) == expected
    assert len(hub.requests) == 1


async def test_a_paper_of_a_stale_day_is_refreshed_with_its_day(
    feed: Feed, hub: HubServer, clock: Clock
) -> None:
    await feed.refresh(DAY)
    clock.pass_by(days=1)
    paper = await feed.paper(one_of(hub))
    assert paper.comments is not None
    assert [request.path for request in hub.requests] == ["/api/daily_papers"] * 2
    assert feed.peek_paper(paper.id) == (paper, True)


async def test_a_paper_of_an_unseen_day_is_asked_for_by_itself(
    start: StartFeed, feed: Feed, hub: HubServer, clock: Clock
) -> None:
    paper = await feed.paper(one_of(hub))
    assert paper.title == " ".join(hub.days[DAY][0]["title"].split())
    assert [request.path for request in hub.requests] == [f"/api/papers/{paper.id}"]
    again = start()
    assert again.peek_paper(paper.id) == (paper, True)
    assert await again.paper(paper.id) == paper
    assert len(hub.requests) == 1
    clock.pass_by(days=1)
    assert again.peek_paper(paper.id) == (paper, False)
    await again.paper(paper.id)
    assert len(hub.requests) > 1


async def test_a_paper_that_left_its_day_is_asked_for_by_itself(
    feed: Feed, hub: HubServer, clock: Clock
) -> None:
    hub.days[DAY] = make_day(DAY, 3)
    await feed.refresh(DAY)
    gone = hub.days[DAY][0]
    hub.days[DAY] = hub.days[DAY][1:]
    hub.days[date(2026, 8, 19)] = [gone]
    clock.pass_by(days=1)
    assert (await feed.paper(gone["paper"]["id"])).id == gone["paper"]["id"]


@pytest.mark.parametrize("paper_id", [ABSENT, "9999.99999", "cs/0112017", "nonsense", ""])
async def test_a_paper_that_nobody_has(paper_id: str, feed: Feed) -> None:
    assert feed.peek_paper(paper_id) is None
    with pytest.raises(NotFound):
        await feed.paper(paper_id)


async def test_a_paper_without_the_hub(
    start: StartFeed, feed: Feed, hub: HubServer, clock: Clock
) -> None:
    paper = await feed.paper(one_of(hub))
    clock.pass_by(days=2)
    hub.fault(Fault.REFUSE)
    again = start()
    with pytest.raises(Offline):
        await again.paper(paper.id)
    assert again.peek_paper(paper.id) == (paper, False)
