"""What of a day is on disk, and when the Hub is asked for it again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import TODAY
from tests.feed import MONDAY, SATURDAY, THURSDAY, WEDNESDAY, listed, see, shown
from tests.generate import make_day, make_item
from tests.hubserver import HubServer
from tui.days import ONE_DAY
from tui.feed import NEWER
from tui.hub.errors import BadAnswer
from tui.periods import Period, Span

if TYPE_CHECKING:
    from pathlib import Path

    from tests.feed.conftest import FeedClock, StartFeed
    from tui.feed import Feed

DAY: Final = Period.day(THURSDAY)
INSTANT: Final = timedelta(microseconds=1)
MINUTES, HOURS, A_WEEK = timedelta(minutes=10), timedelta(hours=6), timedelta(days=7)


async def test_a_day_is_on_disk_once_it_was_seen(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    assert feed.peek(DAY) is None
    assert feed.ids(THURSDAY) is None
    edition = await feed.refresh(DAY)
    assert set(shown(edition)) == listed(hub, THURSDAY)
    assert [paper.upvotes for paper in edition.papers] == sorted(
        (item["paper"]["upvotes"] for item in hub.days[THURSDAY]), reverse=True
    )
    again = start()
    assert feed.peek(DAY) == again.peek(DAY) == edition
    assert again.ids(THURSDAY) == tuple(shown(edition))
    assert len(hub.requests) == 1


async def test_a_headline_leads_to_all_that_is_known_of_its_paper(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    edition = await feed.refresh(DAY)
    for one in (feed, start()):
        papers = one.papers(edition)
        assert tuple(paper.headline for paper in papers) == edition.papers
        assert all(paper.abstract for paper in papers)
    assert len(hub.requests) == 1


@pytest.mark.parametrize(
    ("age", "lifetime"),
    [
        *((1, MINUTES), (7, HOURS), (30, A_WEEK)),
        *(
            pytest.param(*first, marks=pytest.mark.torture)
            for first in ((0, MINUTES), (2, HOURS), (8, A_WEEK))
        ),
    ],
)
async def test_a_day_is_asked_for_again_once_its_time_is_over(
    age: int, lifetime: timedelta, start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    day = Period.day(TODAY - age * ONE_DAY)
    edition = await feed.refresh(day)
    clock.time += lifetime - INSTANT
    assert feed.is_fresh(edition)
    for one in (feed, start()):
        assert await one.refresh(day) == edition
    assert len(hub.requests) == 1
    clock.time += INSTANT
    assert not feed.is_fresh(edition)
    assert (await start().refresh(day)).fetched == clock.time
    assert len(hub.requests) == 2


async def test_what_was_seen_while_it_was_young_is_asked_for_once_more_when_it_is_old(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    clock.today = None
    wednesday, thursday = Period.day(WEDNESDAY), Period.day(THURSDAY)
    hub.days[WEDNESDAY], hub.days[THURSDAY] = make_day(WEDNESDAY, 5), []
    await see(feed, WEDNESDAY, THURSDAY)
    hub.days[WEDNESDAY], hub.days[THURSDAY] = make_day(WEDNESDAY, 8), make_day(THURSDAY, 8)
    clock.pass_by(days=35)
    hub.today = feed.today()
    assert feed.stale_days(Period.of(Span.WEEK, THURSDAY))[2:4] == [WEDNESDAY, THURSDAY]
    assert not feed.settled(THURSDAY)
    assert await feed.step(wednesday, NEWER) == thursday
    assert len((await feed.refresh(wednesday)).papers) == 8
    assert len((await feed.refresh(thursday)).papers) == 8
    asked = len(hub.requests)
    clock.pass_by(days=3000)
    await see(feed, WEDNESDAY, THURSDAY)
    assert len(hub.requests) == asked


async def test_a_day_of_long_ago_is_asked_for_once(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    old = Period.day(TODAY - 31 * ONE_DAY)
    edition = await feed.refresh(old)
    clock.pass_by(days=3000)
    assert await feed.refresh(old) == edition
    await feed.refresh(old, force=True)
    assert len(hub.requests) == 2


async def test_the_age_of_a_list_grows_as_its_day_gets_older(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    await feed.refresh(DAY)
    clock.pass_by(hours=5)
    clock.today = THURSDAY + 2 * ONE_DAY
    await feed.refresh(DAY)
    assert len(hub.requests) == 1


@pytest.mark.parametrize("young", [TODAY, THURSDAY])
async def test_an_empty_answer_on_a_young_weekday_is_not_final(
    young: date, start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    papers, hub.days[young] = hub.days[young], []
    await feed.refresh(Period.day(young))
    assert (feed.ids(young), feed.settled(young)) == ((), True)
    hub.days[young] = papers
    clock.pass_by(minutes=10)
    assert not feed.settled(young)
    assert set(shown(await start().refresh(Period.day(young)))) == listed(hub, young)


async def test_an_empty_day_is_known_to_be_empty(feed: Feed) -> None:
    edition = await feed.refresh(Period.day(SATURDAY))
    assert (edition.papers, feed.ids(SATURDAY)) == ((), ())


async def test_a_304_renews_the_age_of_list_and_headlines(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    first = await feed.refresh(DAY)
    clock.pass_by(minutes=10)
    again = start()
    second = await again.refresh(DAY)
    assert [request.status for request in hub.requests] == [200, 304]
    assert (second.papers, second.fetched) == (first.papers, clock.time)
    for one in (feed, again, start()):
        assert one.peek(DAY) == second
        assert len(one.papers(second)) == len(second.papers)
        assert await one.refresh(DAY) == second
    assert len(hub.requests) == 2


async def test_a_hub_without_validators_is_asked_all_the_same(
    start: StartFeed, hub: HubServer, clock: FeedClock
) -> None:
    with HubServer(hub.days, today=TODAY, validates=False) as other:
        feed = start(endpoint=other.url)
        first = await feed.refresh(DAY)
        clock.pass_by(minutes=10)
        second = await feed.refresh(DAY)
        assert [request.status for request in other.requests] == [200, 200]
        assert (second.papers, second.fetched) == (first.papers, clock.time)
        await feed.close()


async def test_a_list_that_changed_replaces_the_old_one(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    for count in (3, 5, 2):
        hub.days[THURSDAY] = make_day(THURSDAY, count)
        clock.pass_by(minutes=10)
        assert len((await feed.refresh(DAY)).papers) == count
        assert len(start().ids(THURSDAY) or ()) == count


async def test_a_forced_refresh_asks_in_any_case(feed: Feed, hub: HubServer) -> None:
    await feed.refresh(DAY)
    await feed.refresh(DAY, force=True)
    assert [request.status for request in hub.requests] == [200, 304]


async def test_whoever_listens_hears_of_every_list_that_changed(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    heard: list[tuple[str, ...] | None] = []
    feed.on_learned = lambda: heard.append(feed.ids(THURSDAY))
    hub.days[THURSDAY] = make_day(THURSDAY, 3)
    await feed.refresh(DAY)
    assert heard == [feed.ids(THURSDAY)]
    await feed.refresh(DAY, force=True)
    assert len(heard) == 1
    hub.days[THURSDAY] = make_day(THURSDAY, 2)
    clock.pass_by(minutes=10)
    await feed.refresh(DAY)
    assert [len(ids or ()) for ids in heard] == [3, 2]


async def test_unreadable_papers_are_counted(start: StartFeed, feed: Feed, hub: HubServer) -> None:
    hub.days[THURSDAY] = [
        make_item(0, THURSDAY), make_item(1, THURSDAY, id="no id"), make_item(2, THURSDAY),
    ]  # fmt: skip
    edition = await feed.refresh(DAY)
    assert (len(edition.papers), edition.unreadable) == (2, 1)
    assert start().peek(DAY) == edition


async def test_a_list_without_one_readable_paper_replaces_nothing(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    edition = await feed.refresh(DAY)
    hub.days[THURSDAY] = [make_item(n, THURSDAY, id="no id") for n in range(3)]
    with pytest.raises(BadAnswer):
        await feed.refresh(DAY, force=True)
    for one in (feed, start()):
        assert one.peek(DAY) == edition


async def test_a_day_longer_than_a_page_is_whole(feed: Feed, hub: HubServer) -> None:
    hub.days[THURSDAY] = make_day(THURSDAY, 230)
    assert len((await feed.refresh(DAY)).papers) == 230


async def test_more_answers_than_memory_holds(feed: Feed, hub: HubServer) -> None:
    days = [date(2026, 4, 1) + n * ONE_DAY for n in range(30)]
    for day in days:
        hub.days[day] = [make_item(0, day)]
    await see(feed, *days)
    for day in days:
        edition = feed.peek(Period.day(day))
        assert edition is not None
        [paper] = feed.papers(edition)
        assert paper.day == day
    assert len(hub.requests) == len(days)


async def test_a_cache_damaged_while_the_program_runs(
    start: StartFeed, feed: Feed, tmp_path: Path
) -> None:
    edition = await feed.refresh(DAY)
    for file in (tmp_path / "http").iterdir():
        file.write_bytes(b"\0" * 8192)
    assert feed.peek(DAY) == edition
    await feed.refresh(Period.day(MONDAY))
    await feed.refresh(DAY, force=True)
    assert feed.library.marks(["2608.00001"])
    again = start()
    assert (await again.refresh(DAY)).papers == edition.papers
