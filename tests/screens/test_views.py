"""Days, weeks, months and what is trending: the same papers, marks and keys in each view."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.generate import make_day, make_days, make_item
from tests.hubserver import Fault, HubServer
from tests.screens.session import LATEST, Home, Session, running
from tests.screens.visits import fetch, go_to, list_lines, paper_id, press, without_reading_ahead
from tui.days import long_day
from tui.hub.settings import HubSettings
from tui.page import counted
from tui.periods import TRENDING, Period, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = Period.day(LATEST)
WEEK = Period.of(Span.WEEK, LATEST)
MONTH = Period.of(Span.MONTH, LATEST)
BEFORE = WEEK.beside(-1)
WEDNESDAY = date(2026, 8, 19)
JULY = date(2026, 7, 31)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    without_reading_ahead(monkeypatch)


def days(session: Session) -> list[date | None]:
    """The day of each paper in the list, each once for all papers that follow each other."""
    listed = [row.paper.day for row in session.rows]
    return [day for place, day in enumerate(listed) if not place or listed[place - 1] != day]


def headings(session: Session) -> list[str]:
    return [row.heading for row in session.rows if row.heading]


def listed(hub: HubServer, period: Period) -> set[str]:
    """The papers that the Hub has for a period."""
    return {paper_id(item) for day in period.days for item in hub.days.get(day, [])}


async def test_days_stand_under_their_headings_newest_first(new_home: Home, hub: HubServer) -> None:
    async with running(new_home) as session:
        for key, period in (("2", WEEK), ("3", MONTH)):
            await press(session, key)
            known = [day for day in reversed(period.days) if hub.days.get(day)]
            assert (key, days(session)) == (key, known)
            assert headings(session) == [
                f"{long_day(day)} · {counted(len(hub.days[day]), 'paper')}" for day in known
            ]
            assert set(session.ids) == listed(hub, period), key
            assert session.header.startswith(f"{period.title} · {len(session.ids)} papers")
            heading = f" {long_day(LATEST)} · 29 papers ───"
            assert list_lines(session)[0].startswith(heading), key


async def test_one_key_merges_a_week_by_upvotes_and_back_and_its_own_key_does_nothing(
    new_home: Home, hub: HubServer
) -> None:
    async with running(new_home, period=WEEK) as session:
        await press(session, "j", "j")
        await session.rest()
        screen, asked = session.text, len(hub.requests)
        await press(session, "2")
        assert session.text == screen
        assert len(hub.requests) == asked
        grouped, current = session.ids, session.current.paper
        await press(session, "m")
        upvotes = [row.paper.upvotes for row in session.rows]
        assert upvotes == sorted(upvotes, reverse=True)
        assert headings(session) == []
        assert sorted(session.ids) == sorted(grouped)
        assert session.current.paper == current
        await press(session, "3")
        assert headings(session) == []
        await press(session, "2", "m")
        assert session.ids == grouped
        assert len(headings(session)) == 5


async def test_a_month_is_built_of_the_days_on_disk_first(new_home: Home, hub: HubServer) -> None:
    await fetch(new_home, DAY, Period.day(WEDNESDAY))
    hub.fault(Fault.HANG)
    async with running(new_home, period=MONTH, settle=False) as session:
        await session.shows("19 days not on disk")
        assert days(session) == [LATEST, WEDNESDAY]
        await session.shows("refreshing…")
        hub.heal()
        await session.settle()
        assert "not on disk" not in session.header
        assert set(session.ids) == listed(hub, MONTH)


async def test_a_month_never_seen_is_one_question(new_home: Home, hub: HubServer) -> None:
    await fetch(new_home, DAY)
    async with running(new_home) as session:
        hub.requests.clear()
        await press(session, "3")
        assert [request.query.get("month") for request in hub.requests] == ["2026-08"] * 3
        assert {request.query.get("p", "0") for request in hub.requests} == {"0", "1", "2"}
        hub.requests.clear()
        await press(session, "2", "1", "h", "h", "3")
        assert hub.requests == []


async def test_older_and_newer_step_by_the_view(new_home: Home, hub: HubServer) -> None:
    hub.days[JULY] = make_day(JULY, 3)
    async with running(new_home) as session:
        for key in "23":
            await press(session, key)
            start = session.screen.period
            await press(session, "h")
            assert session.screen.period == start.beside(-1)
            assert set(session.ids) == listed(hub, start.beside(-1)), key
            await press(session, "l")
            assert session.screen.period == start
            session.screen.toasts.clear()
            await press(session, "l")
            assert session.screen.period == start
            assert session.toasts == [f"{long_day(LATEST)} is the latest day with papers."]


@pytest.fixture
def new_year(tmp_path: Path) -> Iterator[tuple[HubServer, Home]]:
    """A Hub on the first days of 2027, when the week 53 of 2026 has just ended."""
    first, last = date(2026, 12, 21), date(2027, 1, 8)
    with HubServer(make_days(first, last), today=last) as hub:
        settings = HubSettings(endpoint=hub.url)
        yield (
            hub,
            Home(tmp_path, settings=settings, now=datetime(2027, 1, 8, 15, tzinfo=UTC), today=last),
        )


async def test_week_53_is_built_of_its_days(new_year: tuple[HubServer, Home]) -> None:
    hub, home = new_year
    async with running(home) as session:
        await press(session, "2", "h")
        last = Period.of(Span.WEEK, date(2026, 12, 31))
        assert session.screen.period == last
        assert session.header.startswith("Week 53 · ")
        assert set(session.ids) == listed(hub, last)
        assert days(session) == [day for day in reversed(last.days) if day.weekday() < 5]
        assert not any("W53" in request.target for request in hub.requests)
        await press(session, "h")
        assert session.header.startswith("Week 52 · ")
        await press(session, "l", "l")
        assert session.header.startswith("Week 1 · ")
        await go_to(session, "2026-w53")
        await session.settle()
        assert session.screen.period == last


async def test_trending_keeps_the_hubs_order_has_no_steps_and_says_when_it_was_taken(
    new_home: Home, hub: HubServer
) -> None:
    everything = [item for day in sorted(hub.days, reverse=True) for item in hub.days[day]]
    ranked = sorted(map(paper_id, everything[:200]), key=lambda paper: paper[::-1])[:100]
    async with running(new_home) as session:
        await press(session, "4")
        assert session.ids == ranked
        assert session.header == "Trending · 100 papers · 100 unread · taken just now"
        new_home.now += timedelta(minutes=7)
        await press(session, "1", "4")
        assert session.header.endswith("· taken 7 min ago")
        before = list_lines(session)
        for key in "hl":
            session.screen.toasts.clear()
            await press(session, key)
            assert session.toasts == [
                "Trending has no older or newer list; 1 goes back to the days."
            ]
            assert (key, list_lines(session)) == (key, before)
    hub.fault(Fault.REFUSE)
    new_home.now += timedelta(hours=2)
    async with running(new_home, period=TRENDING) as session:
        assert session.ids == ranked
        assert session.header.endswith("· offline, data from 2 h ago")


async def test_a_view_keeps_the_paper_under_the_cursor_and_trending_the_way_back(
    new_home: Home,
) -> None:
    async with running(new_home, day=WEDNESDAY) as session:
        await press(session, "j", "j", "j")
        current = session.current.paper.id
        for key, period in (("2", WEEK), ("3", MONTH), ("1", Period.day(WEDNESDAY)), ("3", MONTH)):
            await press(session, key)
            assert session.screen.period == period
            assert session.current.paper.id == current
            assert any(line.startswith("▌") for line in list_lines(session))
        await press(session, "G")
        oldest = session.current.paper
        await press(session, "2", "1")
        assert session.screen.period == Period.day(oldest.day or LATEST)
        assert session.current.paper.id == oldest.id
        week = Period.of(Span.WEEK, session.day)
        await press(session, "4", "j", "1")
        assert session.screen.period == Period.day(oldest.day or LATEST)
        assert session.current.paper.id == oldest.id
        await press(session, "4", "2")
        assert session.screen.period == week


async def test_marks_are_the_same_in_every_view_and_a_month_read_is_one_step_to_take_back(
    new_home: Home,
) -> None:
    async with running(new_home) as session:
        await press(session, "enter", "escape", "j", "s")
        read, starred = session.ids[:2]
        for key in "2341":
            await press(session, key)
            marks = {row.paper.id: (row.read, row.starred) for row in session.rows}
            assert marks.pop(read, (True, False)) == (True, False)
            assert marks.pop(starred, (False, True)) == (False, True)
            assert set(marks.values()) == {(False, False)}
            unread = sum(not row.read for row in session.rows)
            assert f"· {unread} unread ·" in session.header
        await press(session, "3", "U", "U", "1")
        assert not any(row.read or row.starred for row in session.rows)
        await press(session, "g", "r")
        session.screen.toasts.clear()
        await press(session, "3", "A")
        assert " · 0 unread · " in session.header
        assert session.toasts == ["Marked 227 read; U takes it back."]
        await press(session, "1")
        assert all(row.read for row in session.rows)
        session.screen.toasts.clear()
        await press(session, "3", "U")
        assert " · 227 unread · " in session.header
        assert session.toasts == ["Undid: all of August 2026 read."]
        await press(session, "1")
        assert [row.read for row in session.rows] == [True] + [False] * 28


async def test_the_next_unread_paper_is_in_the_older_month(new_home: Home, hub: HubServer) -> None:
    hub.days[JULY] = make_day(JULY, 3)
    async with running(new_home, period=MONTH) as session:
        await press(session, "A", "n")
        assert session.header.startswith("July 2026 · 3 papers")
        assert session.papers.cursor == 0
        await press(session, "j", "r", "k", "n")
        assert session.papers.cursor == 2
        await press(session, "g", "p")
        assert session.toasts == ["No unread papers in any newer month."]


async def test_weeks_with_unread_papers_and_those_without(new_home: Home, hub: HubServer) -> None:
    third = BEFORE.beside(-1)
    hub.days[third.first] = [make_item(0, third.first)]
    async with running(new_home, period=WEEK) as session:
        await press(session, "h", "A", "l", "{")
        assert session.screen.period == third
        await press(session, "}")
        assert session.screen.period == WEEK
        await press(session, "}")
        assert session.screen.period == WEEK
        assert session.toasts == ["No unread papers in any newer week."]


async def test_lists_without_neighbours_say_so_to_the_keys_for_unread_papers(
    new_home: Home,
) -> None:
    async with running(new_home) as session:
        for key, title in (("4", "Trending"), ("5", "Starred")):
            await press(session, key)
            none = f"{title} has no older or newer list; 1 goes back to the days."
            for step in "{}":
                await press(session, "G", step)
                assert (step, session.toasts) == (step, [none])
            for end, step, side in (("G", "n", "below"), ("g", "p", "above")):
                await press(session, end, step)
                beside = f"No unread papers {side}; {title} has no older or newer list."
                assert (step, session.toasts) == (step, [beside])


async def test_keys_count_while_a_view_never_seen_is_on_its_way(
    new_home: Home, hub: HubServer
) -> None:
    async with running(new_home) as session:
        hub.fault(Fault.HANG)
        await session.press("4")
        await session.shows("fetching Trending…")
        assert session.header.startswith(long_day(LATEST))
        await session.press("j", "r")
        assert session.rows[1].read
        hub.heal()
        await session.settle()
        assert session.header.startswith("Trending")
        await press(session, "2")
        hub.fault(Fault.HANG)
        await session.press("h", "h", "h")
        hub.heal()
        await session.until(lambda: session.header.startswith("Week 31"))


async def test_the_strip_has_the_last_days_of_a_month_where_nobody_knows_the_newest(
    new_home: Home,
) -> None:
    feed = new_home.services().feed
    await feed.refresh(MONTH)
    await feed.close()
    feed.library.close()
    later = replace(new_home, settings=HubSettings(offline=True), today=date(2027, 2, 1))
    async with running(later, period=MONTH) as session:
        await session.until(lambda: "Fri 21 29/29" in session.lines[1])
