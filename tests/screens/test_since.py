"""What has changed since the user last looked: gains, newcomers, and what is rising."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from tests.generate import make_day, make_item
from tests.hubserver import Fault, HubServer
from tests.screens.session import LATEST, Home, Session, running
from tests.screens.visits import (
    dismiss,
    fetch,
    go_to,
    list_lines,
    painting,
    paper_id,
    press,
    settled,
    visit,
    with_figures,
    without_reading_ahead,
)
from tui.library import Library
from tui.papers import Gain
from tui.periods import TRENDING, Period, Span
from tui.screens import looking
from tui.screens.looking import LOOK_EVERY

if TYPE_CHECKING:
    from tests.generate import Item

DAY = Period.day(LATEST)
OLD = Period.day(date(2026, 5, 6))
WEDNESDAY = Period.day(date(2026, 8, 19))
THURSDAY = Period.day(date(2026, 8, 20))
WEEK = Period.of(Span.WEEK, LATEST)
VISIT = timedelta(minutes=31)
"""So much later another visit begins."""


@pytest.fixture(autouse=True)
def _days(hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first three papers of either day are sure to be these."""
    without_reading_ahead(monkeypatch)
    for day in (LATEST, OLD.first):
        hub.days[day] = [
            make_item(
                number, day, upvotes=900 - number, numComments=5, githubRepo=None, githubStars=None
            )
            for number in range(9)
        ]


def later(items: list[Item], upvotes: int = 941, comments: int = 8) -> list[Item]:
    """The first paper has gained, and has a repository now."""
    first = with_figures(
        items[0], upvotes=upvotes, numComments=comments,
        githubRepo="https://github.com/heron/late",
    )  # fmt: skip
    return [first, *items[1:]]


def gains(session: Session) -> dict[str, Gain]:
    return {row.paper.id: row.gain for row in session.rows if any(row.gain)}


async def look(home: Home, *periods: Period) -> None:
    """What ``visit`` leaves behind, without the screen."""
    feed = home.services().feed
    await feed.find_newest()
    for period in periods:
        edition = await feed.refresh(period)
        await feed.observe()
        await feed.look(edition)
    await feed.close()
    feed.library.close()


async def test_gains_show_in_the_list_and_in_the_text(new_home: Home, hub: HubServer) -> None:
    await look(new_home, DAY)
    new_home.now += VISIT
    first, second, *others = later(list(hub.days[LATEST]))
    found = with_figures(second, githubRepo="https://github.com/heron/found")
    hub.days[LATEST] = [first, found, *others]
    async with running(new_home, size=(180, 40)) as session:
        await press(session, "R")
        await dismiss(session)
        assert list_lines(session)[1].split()[1:6] == ["▲941", "+41", "✎8", "+3", "gh"]
        assert "941 upvotes (+41)" in session.text
        assert "8 comments (+3)" in session.text
        assert gains(session) == {
            session.ids[0]: Gain(41, 3, repo=True), session.ids[1]: Gain(repo=True),
        }  # fmt: skip
        await press(session, "j")
        assert "gh new" in list_lines(session)[3]
        assert "a repository has appeared since you last looked" in session.text


async def test_gains_show_in_the_first_paint_without_the_hub(
    new_home: Home, hub: HubServer
) -> None:
    await look(new_home, DAY)
    new_home.now += VISIT
    hub.days[LATEST] = later(list(hub.days[LATEST]))
    await fetch(new_home, DAY)
    hub.fault(Fault.HANG)
    async with running(new_home, settle=False) as session:
        await session.until(lambda: bool(gains(session)))
        assert gains(session) == {session.ids[0]: Gain(41, 3, repo=True)}
        assert "(+41)" in session.text


async def test_gains_are_counted_from_the_last_visit_until_this_one_ends(
    new_home: Home, hub: HubServer
) -> None:
    await visit(new_home, DAY)
    items = list(hub.days[LATEST])
    new_home.now += VISIT
    hub.days[LATEST] = later(items)
    async with running(new_home) as session:
        shown = {session.ids[0]: Gain(41, 3, repo=True)}
        assert gains(session) == shown
        await press(session, "h")
        new_home.now += timedelta(minutes=11)
        await press(session, "l")
        assert gains(session) == shown
        hub.days[LATEST] = later(items, 950)
        await press(session, "R")
        assert gains(session) == {session.ids[0]: Gain(50, 3, repo=True)}
    async with running(new_home) as session:
        await settled(session)
        assert gains(session) == {session.ids[0]: Gain(50, 3, repo=True)}
    new_home.now += VISIT
    async with running(new_home) as session:
        assert gains(session) == {}


async def test_gains_show_in_a_week_as_in_the_day(new_home: Home, hub: HubServer) -> None:
    await look(new_home, DAY)
    new_home.now += VISIT
    hub.days[LATEST] = later(list(hub.days[LATEST]))
    async with running(new_home, period=WEEK) as session:
        await settled(session)
        assert gains(session) == {paper_id(hub.days[LATEST][0]): Gain(41, 3, repo=True)}
        assert "+41" in list_lines(session)[2]


async def test_a_day_that_was_never_looked_at_has_no_newcomers(new_home: Home) -> None:
    await look(new_home, DAY)
    async with running(new_home, period=WEEK) as session:
        await settled(session)
        assert len({row.paper.day for row in session.rows}) == 5
        assert not any(row.new for row in session.rows)


async def test_a_paper_seen_in_another_list_makes_no_newcomers_of_the_rest_of_its_day(
    new_home: Home,
) -> None:
    async with running(new_home, period=TRENDING) as session:
        trending = set(session.ids)
        await go_to(session, WEDNESDAY.name)
        await settled(session)
        assert 0 < len(trending & set(session.ids)) < len(session.ids)
        assert not any(row.new for row in session.rows)
        await press(session, "2")
        assert not any(row.new for row in session.rows)


async def test_a_list_on_disk_shows_the_counts_that_are_known_from_a_newer_one(
    new_home: Home, hub: HubServer
) -> None:
    await fetch(new_home, WEDNESDAY)
    new_home.now += timedelta(minutes=2)
    hub.days[WEDNESDAY.first] = [
        with_figures(item, upvotes=item["paper"]["upvotes"] + 4000)
        for item in hub.days[WEDNESDAY.first]
    ]
    await look(new_home, TRENDING)
    new_home.now += VISIT
    hub.fault(Fault.HANG)
    async with running(new_home, period=WEDNESDAY, settle=False) as session:
        await session.until(lambda: any(row.paper.upvotes > 4000 for row in session.rows))
        at_first = {row.paper.id: row.paper.upvotes for row in session.rows}
        assert gains(session) == {}
        await session.shows(f"{session.current.paper.upvotes:,} upvotes")
        await session.press("4")
        await session.until(lambda: session.screen.period == TRENDING and bool(session.rows))
        trending = {row.paper.id: row.paper.upvotes for row in session.rows}
        assert gains(session) == {}
        await go_to(session, WEDNESDAY.name)
        await session.until(lambda: session.screen.period == WEDNESDAY and bool(session.rows))
        assert gains(session) == {}
        counts = {row.paper.id: row.paper.upvotes for row in session.rows}
        assert counts == at_first
        both = counts.keys() & trending.keys()
        assert both
        assert {counts[each] for each in both} == {trending[each] for each in both}


async def test_a_day_that_begins_while_its_week_is_on_screen_is_news(
    new_home: Home, hub: HubServer
) -> None:
    new_home.today = hub.today = LATEST - timedelta(days=1)
    friday = hub.days.pop(LATEST)
    async with running(new_home, period=WEEK) as session:
        before = set(session.ids)
        new_home.today = hub.today = LATEST
        new_home.now += timedelta(days=1)
        hub.days[LATEST] = friday
        await press(session, "R")
        came = set(session.ids) - before
        assert came == {paper_id(item) for item in friday}
        assert {row.paper.id for row in session.rows if row.new} == came
        assert session.toasts == ["9 new papers."]


async def test_counts_that_become_known_beside_a_list_are_told_when_it_shows_them(
    new_home: Home, hub: HubServer
) -> None:
    async with running(new_home, period=DAY) as session:
        before = list_lines(session)
        hub.days[LATEST] = [with_figures(item, upvotes=990) for item in hub.days[LATEST]]
        new_home.now += timedelta(minutes=1)
        await fetch(new_home, TRENDING)
        new_home.now += LOOK_EVERY
        session.screen.look_around()
        await session.settle()
        assert list_lines(session) == before
        await press(session, "R")
        assert session.toasts == ["9 changed."]


async def test_a_day_that_comes_to_disk_just_as_its_week_is_shown_is_no_news(
    new_home: Home,
) -> None:
    await fetch(new_home, DAY)
    async with running(new_home, period=DAY) as session:
        feed = session.screen.feed
        known = feed.peek(WEEK)
        assert known
        await fetch(new_home, WEDNESDAY)
        session.screen.show_edition(known)
        whole = feed.peek(WEEK)
        assert whole
        assert len(whole.missing) == len(known.missing) - 1
        session.screen.improve_edition(whole)
        await session.until(lambda: len(session.rows) == len(whole.papers))
        assert not any(row.new for row in session.rows)
        assert session.toasts == []


async def test_the_first_look_at_a_paper_gains_nothing_and_cannot_tell_what_is_rising(
    new_home: Home,
) -> None:
    await fetch(new_home, DAY)
    async with running(new_home) as session:
        before = session.ids
        await press(session, "R", "2", "1")
        assert gains(session) == {}
        assert not any(row.new for row in session.rows)
        await press(session, "S", "r")
        assert session.ids == before
        assert session.toasts == [
            "Upvotes have to be seen twice, ten minutes apart, to tell what is rising."
        ]


async def test_papers_that_came_between_two_visits_are_marked(
    new_home: Home, hub: HubServer
) -> None:
    await look(new_home, DAY)
    new_home.now += VISIT
    newcomer = with_figures(make_day(LATEST, 10)[9], upvotes=9000)
    hub.days[LATEST] = [*hub.days[LATEST], newcomer]
    await fetch(new_home, DAY)
    async with running(new_home) as session:
        await settled(session)
        assert [row.paper.id for row in session.rows if row.new] == [paper_id(newcomer)]
        assert list_lines(session)[1].startswith("▌+")
        await press(session, "h", "l")
        assert [row.paper.id for row in session.rows if row.new] == [paper_id(newcomer)]
    new_home.now += VISIT
    async with running(new_home) as session:
        assert not any(row.new for row in session.rows)


async def observe_twice(home: Home, hub: HubServer, period: Period) -> list[str]:
    """Fetch a day, and again when some papers have gained; the ids, fastest first."""
    items = list(hub.days[period.first])
    await fetch(home, DAY, period)
    home.now += timedelta(hours=2)
    feed = home.services().feed
    gained = {3: 50, 7: 30, 5: 10}
    hub.days[period.first] = [
        with_figures(item, upvotes=item["paper"]["upvotes"] + gained.get(number, 0))
        for number, item in enumerate(items)
    ]
    await feed.refresh(period, force=True)
    await feed.close()
    feed.library.close()
    return [paper_id(items[number]) for number in gained]


@pytest.mark.parametrize(
    "period", [DAY, pytest.param(OLD, marks=pytest.mark.torture)], ids=lambda each: each.name
)
async def test_what_is_rising_is_known_without_the_hub(
    new_home: Home, hub: HubServer, period: Period
) -> None:
    rising = await observe_twice(new_home, hub, period)
    hub.fault(Fault.REFUSE)
    async with running(new_home, period=period) as session:
        await press(session, "S", "r")
        assert session.ids[:3] == rising
        assert session.toasts == ["Sorted by upvotes gained per hour."]
        assert " · by rising · " in session.header


async def test_what_is_rising_in_a_week_merged(new_home: Home, hub: HubServer) -> None:
    rising = await observe_twice(new_home, hub, DAY)
    async with running(new_home, period=WEEK) as session:
        await press(session, "m", "S", "r")
        assert session.ids[:3] == rising


async def test_an_old_day_gone_to_shows_what_it_gained(new_home: Home, hub: HubServer) -> None:
    await look(new_home, DAY, OLD)
    new_home.now += timedelta(days=3)
    new_home.today += timedelta(days=3)
    hub.today = new_home.today
    hub.days[OLD.first] = later(list(hub.days[OLD.first]))
    async with running(new_home) as session:
        await go_to(session, OLD.name)
        await press(session, "R")
        shown = {session.ids[0]: Gain(41, 3, repo=True)}
        assert gains(session) == shown
        for _ in range(4):
            new_home.now += timedelta(minutes=10)
            session.screen.look_around()
            await settled(session)
        await press(session, "R")
        assert gains(session) == shown


async def test_papers_that_a_filter_hides_are_not_looked_at(new_home: Home, hub: HubServer) -> None:
    await look(new_home, DAY)
    new_home.now += VISIT
    hub.days[LATEST] = later(list(hub.days[LATEST]))
    starred, first = paper_id(hub.days[THURSDAY.first][0]), paper_id(hub.days[LATEST][0])
    with closing(Library.open(new_home.library)) as library:
        library.mark([starred], starred=True)
    async with running(new_home, period=WEDNESDAY) as session:
        await press(session, "v", "v")
        for day, shown in (THURSDAY, [starred]), (DAY, []):
            await go_to(session, day.name)
            await settled(session)
            assert session.ids == shown
    new_home.now += VISIT
    async with running(new_home, period=THURSDAY) as session:
        assert not any(row.new for row in session.rows)
        await press(session, "v", "v", "l")
        assert session.ids == []
        await press(session, "v")
        assert gains(session) == {first: Gain(41, 3, repo=True)}
    new_home.now += VISIT
    async with running(new_home) as session:
        assert gains(session) == {}


async def test_lists_that_are_flipped_past_are_not_looked_at(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = (THURSDAY, WEDNESDAY)
    await look(new_home, DAY, *days)
    new_home.now += timedelta(days=1)
    for day in days:
        hub.days[day.first] = later(list(hub.days[day.first]), 9999)
    await fetch(new_home, DAY, *days)
    a_moment_is_over = asyncio.Event()

    async def moment(_: float) -> None:
        await a_moment_is_over.wait()

    async with running(new_home) as session:
        monkeypatch.setattr(looking, "asyncio", SimpleNamespace(sleep=moment))
        await session.rush("h", "h")
        await painting(session)
        assert session.screen.period == WEDNESDAY
        a_moment_is_over.set()
        await settled(session)
    new_home.now += VISIT
    async with running(new_home, period=THURSDAY) as session:
        assert session.current.gain.upvotes > 0
        await press(session, "h")
        assert gains(session) == {}
