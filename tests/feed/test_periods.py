"""Weeks, months and what is trending: built from days, filled in as few requests as it takes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import TODAY
from tests.feed import (
    FRIDAY,
    MONDAY,
    MONTH,
    SATURDAY,
    THURSDAY,
    WEDNESDAY,
    WEEK,
    listed,
    queries,
    see,
    shown,
    withhold,
)
from tests.generate import make_day, make_item
from tests.hubserver import Fault
from tui.days import ONE_DAY
from tui.feed import NEWER, OLDER, AtBound, StillLooking
from tui.feed.source import FEW
from tui.hub.errors import Offline
from tui.periods import TRENDING, Period, Span, parse_period

if TYPE_CHECKING:
    from tests.feed.conftest import FeedClock, StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed

TUESDAY: Final = date(2026, 8, 18)
LAST_WEEK: Final = Period.of(Span.WEEK, FRIDAY)
WEEK_53: Final = Period.of(Span.WEEK, date(2026, 12, 31))


async def test_a_week_is_what_is_known_of_its_days(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    assert feed.peek(WEEK) is None
    await see(feed, THURSDAY)
    clock.pass_by(minutes=3)
    await see(feed, MONDAY)
    edition = start().peek(WEEK)
    assert edition is not None
    assert edition == feed.peek(WEEK)
    assert set(shown(edition)) == listed(hub, MONDAY, THURSDAY)
    upvotes = [paper.upvotes for paper in edition.papers]
    assert upvotes == sorted(upvotes, reverse=True)
    assert edition.fetched == datetime(2026, 8, 21, 12, tzinfo=UTC)
    assert edition.missing == {*WEEK.days[:5]} - {MONDAY, THURSDAY}
    assert {paper.day for paper in edition.papers} == {MONDAY, THURSDAY}
    assert all(feed.paper(WEEK, headline) for headline in edition.papers)


async def test_a_paper_on_two_days_is_listed_once_with_its_latest_day(
    feed: Feed, hub: HubServer
) -> None:
    hub.days[MONDAY] = [make_item(7, MONDAY, upvotes=3), make_item(0, MONDAY)]
    hub.days[THURSDAY] = [make_item(7, MONDAY, upvotes=5), make_item(0, THURSDAY)]
    await see(feed, MONDAY, THURSDAY)
    edition = feed.peek(WEEK)
    assert edition is not None
    [twice] = [paper for paper in edition.papers if paper.id == "2608.17007"]
    assert (len(edition.papers), twice.day, twice.upvotes) == (3, THURSDAY, 5)


async def test_equals_stand_newest_day_first(feed: Feed, hub: HubServer) -> None:
    for day in (MONDAY, THURSDAY):
        hub.days[day] = [make_item(number, day, upvotes=4) for number in (2, 1)]
    await see(feed, THURSDAY, MONDAY)
    assert shown(feed.peek(WEEK)) == ["2608.20002", "2608.20001", "2608.17002", "2608.17001"]


@pytest.mark.parametrize(("period", "pages"), [(WEEK, 2), (MONTH, 3)], ids=["week", "month"])
async def test_an_unseen_period_is_one_question_page_by_page(
    period: Period, pages: int, start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    for day in list(hub.days):
        hub.days[day] = make_day(day, 25)
    edition = await feed.refresh(period)
    assert queries(hub) == [period.query] * pages
    days = [day for day in hub.days if period.holds(day)]
    assert set(shown(edition)) == listed(hub, *days)
    assert (len(edition.missing), len(edition.papers)) == (0, 25 * len(days))
    again = start()
    for day in feed.open_days(period):
        known = again.peek(Period.day(day))
        assert known is not None
        assert set(shown(known)) == (listed(hub, day) if day in days else set())
        assert len(again.papers(known)) == len(known.papers)
    assert await again.refresh(period) == edition
    assert len(hub.requests) == pages


async def test_few_days_are_asked_for_one_by_one(feed: Feed, hub: HubServer) -> None:
    await see(feed, MONDAY, TODAY)
    edition = await feed.refresh(WEEK)
    assert sorted(queries(hub, 2)) == [f"date=2026-08-{day}" for day in (18, 19, 20)]
    assert len(feed.open_days(WEEK)) - 2 == FEW
    assert (len(edition.missing), set(shown(edition))) == (
        0, listed(hub, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, TODAY),
    )  # fmt: skip


async def test_one_day_more_is_asked_for_in_one_go(feed: Feed, hub: HubServer) -> None:
    await see(feed, TODAY)
    await feed.refresh(WEEK)
    assert set(queries(hub, 1)) == {"week=2026-W34"}


async def test_days_that_are_fresh_are_left_as_they_are(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    await feed.refresh(LAST_WEEK)
    await feed.refresh(WEEK)
    asked = len(hub.requests)
    clock.pass_by(minutes=10)
    await feed.refresh(WEEK)
    assert sorted(queries(hub, asked)) == ["date=2026-08-20", "date=2026-08-21"]
    await feed.refresh(LAST_WEEK)
    assert len(hub.requests) == asked + 2
    await feed.refresh(WEEK, force=True)
    assert set(queries(hub, asked + 2)) == {"week=2026-W34"}


async def test_week_53_is_asked_for_by_its_days(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    hub.today = clock.today = date(2027, 1, 10)
    clock.time = datetime(2027, 1, 10, 12, tzinfo=UTC)
    for day in WEEK_53.days[:5]:
        hub.days[day] = make_day(day, 3)
    assert parse_period("2026-w53", clock.today) == WEEK_53
    edition = await feed.refresh(WEEK_53)
    assert sorted(queries(hub)) == [f"date={day}" for day in WEEK_53.days]
    assert set(shown(edition)) == listed(hub, *WEEK_53.days[:5])
    assert not edition.missing


async def test_a_paper_on_both_pages_is_listed_once(feed: Feed, hub: HubServer) -> None:
    twice = make_item(999, MONDAY)
    for day in WEEK.days[:5]:
        hub.days[day] = make_day(day, 30)
    hub.days[TODAY] = [twice, *make_day(TODAY, 29)]
    hub.days[MONDAY] = [*make_day(MONDAY, 29), twice]
    edition = await feed.refresh(WEEK)
    assert len(hub.requests) == 2
    assert shown(edition).count("2608.17999") == 1
    assert len(edition.papers) == 149
    assert shown(feed.peek(Period.day(MONDAY))).count("2608.17999") == 1


async def test_papers_of_foreign_days_are_left_out(feed: Feed, hub: HubServer) -> None:
    hub.days[THURSDAY] = [make_item(0, THURSDAY), make_item(1, FRIDAY), make_item(2, MONDAY)]
    await see(feed, FRIDAY)
    friday = feed.ids(FRIDAY)
    edition = await feed.refresh(WEEK)
    assert feed.ids(THURSDAY) == ("2608.20000",)
    assert "2608.17002" in shown(edition)
    assert "2608.14001" not in shown(edition)
    assert feed.ids(FRIDAY) == friday


async def test_days_of_which_a_month_lacks_papers_are_asked_for_by_themselves(
    start: StartFeed, feed: Feed, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.days[THURSDAY] = make_day(THURSDAY, 8)
    await see(feed, WEDNESDAY, THURSDAY, TODAY)
    withhold(monkeypatch, [*hub.days[TODAY], hub.days[WEDNESDAY][0]])
    hub.days[THURSDAY] = [*make_day(THURSDAY, 7), make_item(99, THURSDAY)]
    edition = await feed.refresh(MONTH)
    assert sorted(set(queries(hub, 3))) == [
        "date=2026-08-19", "date=2026-08-20", "date=2026-08-21", "month=2026-08",
    ]  # fmt: skip
    for day in (WEDNESDAY, THURSDAY, TODAY):
        assert set(feed.ids(day) or ()) == set(start().ids(day) or ()) == listed(hub, day)
        assert listed(hub, day) <= set(shown(edition))


async def test_a_week_that_lags_behind_all_its_days_is_not_asked_for_again_and_again(
    feed: Feed, hub: HubServer, clock: FeedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await see(feed, *WEEK.days[:5])
    known = feed.peek(WEEK)
    assert known is not None
    withhold(monkeypatch, [item for day in WEEK.days[:5] for item in hub.days[day]])
    clock.pass_by(hours=7)
    edition = await feed.refresh(WEEK)
    assert (edition.papers, edition.fetched) == (known.papers, clock.time)
    assert feed.is_fresh(edition)


async def test_days_confirmed_to_be_empty_are_fresh_again(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    for day in list(hub.days):
        hub.days[day] = [make_item(0, day)] if day.day % 3 else []
    await feed.refresh(MONTH)
    clock.pass_by(days=8)
    await feed.refresh(MONTH)
    asked = len(hub.requests)
    await feed.refresh(MONTH)
    assert len(hub.requests) == asked == 2


async def test_today_may_be_refused_in_a_week_that_is_known_otherwise(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    clock.today = TODAY + ONE_DAY
    await see(feed, *WEEK.days[:5])
    edition = await feed.refresh(WEEK)
    assert queries(hub, 5) == ["date=2026-08-22"]
    assert (len(edition.missing), len(edition.papers)) == (1, len(listed(hub, *WEEK.days[:5])))


async def test_what_is_trending_is_as_the_hub_ranks_it_for_ten_minutes(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    assert feed.peek(TRENDING) is None
    edition = await feed.refresh(TRENDING)
    assert shown(edition) == sorted(shown(edition), key=lambda paper_id: paper_id[::-1])
    assert len(set(shown(edition)) & listed(hub, *hub.days)) == len(edition.papers) == 100
    assert len(feed.papers(edition)) == 100
    clock.pass_by(minutes=9, seconds=59)
    assert await start().refresh(TRENDING) == start().peek(TRENDING) == edition
    assert queries(hub) == ["sort=trending"]
    clock.pass_by(seconds=1)
    assert (await feed.refresh(TRENDING)).fetched == clock.time
    assert [request.status for request in hub.requests] == [200, 304]


async def test_trending_has_no_neighbours(feed: Feed) -> None:
    with pytest.raises(AtBound, match="Trending has no older or newer list"):
        await feed.step(TRENDING, OLDER)
    assert feed.next_known(TRENDING, NEWER) is None


@pytest.mark.parametrize("span", [Span.WEEK, Span.MONTH])
async def test_steps_by_week_and_month_ask_nobody(span: Span, feed: Feed, hub: HubServer) -> None:
    now = Period.of(span, TODAY)
    assert await feed.step(now, OLDER) == now.beside(OLDER)
    assert await feed.step(now.beside(OLDER), NEWER) == now
    with pytest.raises(AtBound):
        await feed.step(now, NEWER)
    first = Period.of(span, feed.first_day)
    with pytest.raises(AtBound, match="Daily Papers began on Thu 4 May 2023"):
        await feed.step(first, OLDER)
    assert hub.requests == []


async def test_the_newest_week_is_where_the_latest_papers_are(
    feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    clock.today = hub.today = TODAY + 2 * ONE_DAY
    await feed.find_newest()
    with pytest.raises(AtBound, match="Fri 21 Aug 2026 is the latest day with papers"):
        await feed.step(WEEK, NEWER)


async def test_a_week_known_to_be_empty_is_passed_over(feed: Feed, hub: HubServer) -> None:
    for day in LAST_WEEK.days:
        hub.days[day] = []
    await feed.refresh(LAST_WEEK)
    assert await feed.step(WEEK, OLDER) == LAST_WEEK.beside(OLDER)
    assert await feed.step(LAST_WEEK.beside(OLDER), NEWER) == WEEK


async def test_the_next_week_with_something_unread(feed: Feed, hub: HubServer) -> None:
    feed.library.mark(sorted(listed(hub, *LAST_WEEK.days[:5])), read=True)
    before = LAST_WEEK.beside(OLDER)
    hub.days[before.first] = make_day(before.first, 2)
    assert await feed.step_unread(WEEK, OLDER) == before
    with pytest.raises(StillLooking, match="press again to look further"):
        await feed.step_unread(before, OLDER)


async def test_offline_steps_lead_to_the_weeks_on_disk(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    july = date(2026, 7, 7)
    hub.days[july] = make_day(july, 2)
    await see(feed, july, SATURDAY, TODAY)
    hub.fault(Fault.REFUSE)
    with pytest.raises(Offline):
        await feed.refresh(MONTH)
    assert await feed.step(WEEK, OLDER) == Period.of(Span.WEEK, july)
    assert await feed.step(Period.of(Span.WEEK, july), NEWER) == WEEK
    assert shown(feed.peek(MONTH)) == shown(feed.peek(Period.day(TODAY)))
