"""One paper by its id: from the day it was on, from its own page, or from nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.feed import MONTH, THURSDAY, WEDNESDAY, WEEK, listed, see
from tests.generate import make_day
from tests.hubserver import Fault
from tui.hub.errors import NotFound, Offline
from tui.hub.item import dump_paper
from tui.library import ReadPaper
from tui.periods import TRENDING, Period

if TYPE_CHECKING:
    from tests.feed.conftest import FeedClock, StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed

DAY: Final = Period.day(THURSDAY)
ABSENT: Final = "1706.03762"


def one_of(hub: HubServer) -> str:
    paper_id: str = hub.days[THURSDAY][0]["paper"]["id"]
    return paper_id


@pytest.mark.parametrize("period", [DAY, MONTH, TRENDING], ids=lambda period: period.name)
async def test_a_paper_of_a_list_on_disk(
    period: Period, start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    edition = await feed.refresh(period)
    expected = feed.paper(period, edition.papers[0])
    assert expected is not None
    asked = len(hub.requests)
    again = start()
    assert again.peek_paper(expected.id) == (expected, True)
    assert await again.find_paper(expected.id) == expected
    read = [ReadPaper(expected.id, 0, None)]
    assert await start().recall(read) == {expected.id: expected.headline}
    assert len(hub.requests) == asked


@pytest.mark.parametrize("late", ["2001.00001", "cs/0112017"])
async def test_a_paper_of_any_day_on_disk(
    late: str, start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    hub.days[THURSDAY] = make_day(THURSDAY)
    hub.days[THURSDAY][0]["paper"]["id"] = late
    await see(feed, WEDNESDAY)
    await see(feed, THURSDAY)
    asked = len(hub.requests)
    again = start()
    assert again.peek_paper(late) is None, "only a day that is likely is looked at at once"
    paper = await again.find_paper(late)
    assert again.peek_paper(late) == (paper, True)
    read = [ReadPaper(late, 0, None), ReadPaper(ABSENT, 0, None)]
    assert await start().recall(read) == {late: paper.headline}
    assert len(hub.requests) == asked


async def test_a_paper_of_a_stale_day_is_refreshed_with_its_day(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    await see(feed, THURSDAY)
    clock.pass_by(days=1)
    paper = await feed.find_paper(one_of(hub))
    assert paper.comments is not None
    assert [request.path for request in hub.requests] == ["/api/daily_papers"] * 2
    assert feed.peek_paper(paper.id) == (paper, True)


async def test_a_paper_that_was_trending_days_ago_is_asked_for_again(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    old = (await feed.refresh(TRENDING)).papers[0]
    clock.pass_by(days=1)
    known = feed.peek_paper(old.id)
    assert known
    assert not known[1]
    await feed.find_paper(old.id)
    assert len(hub.requests) == 2


async def test_a_paper_of_an_unseen_day_is_asked_for_by_itself(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    paper = await feed.find_paper(one_of(hub))
    assert paper.title == " ".join(hub.days[THURSDAY][0]["title"].split())
    assert [request.path for request in hub.requests] == [f"/api/papers/{paper.id}"]
    again = start()
    assert again.peek_paper(paper.id) == (paper, True)
    assert await again.find_paper(paper.id) == paper
    assert len(hub.requests) == 1
    clock.pass_by(days=1)
    assert again.peek_paper(paper.id) == (paper, False)
    await again.find_paper(paper.id)
    assert len(hub.requests) > 1


async def test_a_paper_that_left_its_day_is_asked_for_by_itself(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    hub.days[THURSDAY] = make_day(THURSDAY, 3)
    await see(feed, THURSDAY)
    gone = hub.days[THURSDAY][0]
    hub.days[THURSDAY], hub.days[WEDNESDAY] = hub.days[THURSDAY][1:], [gone]
    clock.pass_by(days=1)
    paper_id = gone["paper"]["id"]
    assert (await feed.find_paper(paper_id)).id == paper_id
    assert hub.requests[-1].path == f"/api/papers/{paper_id}"


@pytest.mark.parametrize("period", [DAY, WEEK, TRENDING], ids=lambda period: period.name)
async def test_a_paper_that_left_its_list_can_be_read_on(
    period: Period, start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    edition = await feed.refresh(period)
    gone = next(paper for paper in edition.papers if paper.id in listed(hub, THURSDAY))
    known = feed.paper(period, gone)
    assert known is not None
    hub.days[THURSDAY] = [item for item in hub.days[THURSDAY] if item["paper"]["id"] != gone.id]
    again = start()
    edition = await again.refresh(period, force=True)
    assert gone not in edition.papers
    for one in (again, start()):
        assert one.paper(period, gone) == known
        assert one.peek_paper(gone.id) == (known, False)
        assert await one.to_keep(period, [gone]) == {gone.id: dump_paper(known)}


@pytest.mark.parametrize("paper_id", [ABSENT, "9999.99999", "cs/0112017", "nonsense", ""])
async def test_a_paper_that_nobody_has(paper_id: str, feed: Feed) -> None:
    assert feed.peek_paper(paper_id) is None
    with pytest.raises(NotFound):
        await feed.find_paper(paper_id)


async def test_a_paper_without_the_hub(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    paper = await feed.find_paper(one_of(hub))
    clock.pass_by(days=2)
    hub.fault(Fault.REFUSE)
    again = start()
    with pytest.raises(Offline):
        await again.find_paper(paper.id)
    assert again.peek_paper(paper.id) == (paper, False)
