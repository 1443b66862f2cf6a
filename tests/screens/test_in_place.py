"""A list seen before is painted from disk, and what is newer comes in without moving a thing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.generate import Item, make_day
from tests.hubserver import Fault, HubServer
from tests.screens.session import LATEST, Home, running
from tests.screens.visits import (
    dismiss,
    fetch,
    list_lines,
    paper_id,
    press,
    text_lines,
    titles,
    visit,
    with_figures,
    without_reading_ahead,
)
from tui.periods import TRENDING, Period, Span

DAY = Period.day(LATEST)
THURSDAY = date(2026, 8, 20)
WEEK = Period.of(Span.WEEK, LATEST)
MONTH = Period.of(Span.MONTH, LATEST)
LOW = (120, 14)
"""A window with six papers in view."""


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    without_reading_ahead(monkeypatch)


def grown(items: list[Item]) -> list[Item]:
    """With papers that have more upvotes than all others."""
    return [*(with_figures(item, upvotes=9000) for item in make_day(LATEST, 35)[29:]), *items]


def shrunk(items: list[Item]) -> list[Item]:
    """Without a third of the papers, some above the cursor and some below."""
    return [item for number, item in enumerate(items) if number % 3]


def reordered(items: list[Item]) -> list[Item]:
    return [with_figures(item, upvotes=votes) for votes, item in enumerate(items)]


def interspersed(items: list[Item]) -> list[Item]:
    """With a paper right below each of the old ones."""
    more = make_day(LATEST, 2 * len(items))[len(items) :]
    pairs = zip(more, items, strict=True)
    return [*items, *(with_figures(new, upvotes=old["paper"]["upvotes"]) for new, old in pairs)]


def all_at_once(items: list[Item]) -> list[Item]:
    return grown(reordered(shrunk(items)))


@pytest.mark.parametrize(
    "period",
    [
        pytest.param(period, marks=[] if period in (DAY, TRENDING) else pytest.mark.torture)
        for period in (DAY, WEEK, MONTH, TRENDING)
    ],
    ids=lambda each: each.name,
)
async def test_what_was_seen_is_painted_while_the_hub_says_nothing(
    new_home: Home, hub: HubServer, period: Period
) -> None:
    await fetch(new_home, DAY, period)
    new_home.now += timedelta(hours=3)
    hub.fault(Fault.HANG)
    async with running(new_home, period=period, settle=False) as session:
        await session.handled()
        assert period.title in session.header
        assert "3 h ago" in session.header
        assert session.rows
        assert "Fetching" not in session.text


async def test_a_list_gone_to_is_painted_while_the_hub_says_nothing(
    new_home: Home, hub: HubServer
) -> None:
    await fetch(new_home, DAY, MONTH, TRENDING)
    new_home.now += timedelta(hours=7)
    async with running(new_home) as session:
        hub.fault(Fault.HANG)
        for name in ("2026-08-20", "2026-w34", "2026-08", "trending"):
            await session.rush("D", "/", *name, "enter")
            assert session.screen.period.name.lower() == name
            assert session.screen.edition == session.screen.feed.peek(session.screen.period)
            assert session.rows, name


@pytest.mark.parametrize("period", [DAY, WEEK], ids=lambda each: each.name)
async def test_a_refresh_moves_nothing(new_home: Home, hub: HubServer, period: Period) -> None:
    items = list(hub.days[LATEST])
    async with running(new_home, period=period, size=LOW) as session:
        await session.rush(*["j"] * 10, "tab", *["j"] * 10)
        assert session.reader.scroll_offset.y == 10
        current, seen, text = session.current.paper.id, titles(session), text_lines(session)[-5:]
        for change in (grown, shrunk, reordered, interspersed, all_at_once):
            before = session.ids
            hub.days[LATEST] = change(items)
            await press(session, "R")
            await dismiss(session)
            name = change.__name__
            assert (name, titles(session)) == (name, seen)
            assert (name, session.current.paper.id) == (name, current)
            assert (name, text_lines(session)[-5:]) == (name, text)
            assert [each for each in session.ids if each in before] == before, name
            assert session.screen.edition is not None
            assert {paper.id for paper in session.screen.edition.papers} <= set(session.ids), name


async def test_the_text_stays_where_lines_come_above_it(new_home: Home, hub: HubServer) -> None:
    items = [with_figures(item, ai_summary=None) for item in hub.days[LATEST]]
    hub.days[LATEST] = items
    async with running(new_home, size=LOW) as session:
        await session.press("tab", *["j"] * 10)
        before = text_lines(session)
        hub.days[LATEST] = [with_figures(item, ai_summary="A summary.") for item in items]
        await press(session, "R")
        await dismiss(session)
        assert session.reader.scroll_offset.y > 10
        assert text_lines(session) == before
        await session.press("g")
        assert "AI summary" in session.text


async def test_newcomers_are_marked_and_leavers_greyed_until_the_list_is_come_back_to(
    new_home: Home, hub: HubServer
) -> None:
    items = sorted(hub.days[LATEST], key=lambda item: -item["paper"]["upvotes"])
    leaver, newcomer = items[1], with_figures(make_day(LATEST, 30)[29], upvotes=9000)
    async with running(new_home) as session:
        hub.days[LATEST] = [newcomer, items[0], *items[2:]]
        await press(session, "R", "R", "g")
        marks = {row.paper.id: (row.new, row.gone) for row in session.rows}
        assert marks.pop(paper_id(newcomer)) == (True, False)
        assert marks.pop(paper_id(leaver)) == (False, True)
        assert set(marks.values()) == {(False, False)}
        facts = list_lines(session)[1:8:2]
        assert [line[1] for line in facts] == ["+", " ", "-", " "]
        assert ["left the list" in line for line in facts] == [False, False, True, False]
        await press(session, "h", "l")
        left = [paper_id(item) for item in [newcomer, items[0], *items[2:]]]
        assert session.ids == left
        assert [row.paper.id for row in session.rows if row.new] == left[:1]
    async with running(new_home) as session:
        assert session.ids == left
        assert not any(row.new or row.gone for row in session.rows)


async def test_what_a_refresh_brought_is_said_in_one_sentence_and_nothing_where_nothing_changed(
    new_home: Home, hub: HubServer
) -> None:
    await visit(new_home, DAY)
    async with running(new_home) as session:
        assert not any(row.new or row.gone or any(row.gain) for row in session.rows)
        for key in "241":
            await press(session, key)
            asked, before = len(hub.requests), list_lines(session)
            await press(session, "R")
            assert len(hub.requests) > asked
            assert (key, session.toasts) == (key, [])
            assert (key, list_lines(session)) == (key, before)
        items = list(hub.days[LATEST])
        more = [with_figures(item, upvotes=10_000 + n) for n, item in enumerate(items[:7])]
        hub.days[LATEST] = [*make_day(LATEST, 32)[29:], *more, *items[7:-1]]
        await press(session, "R")
        assert session.toasts == ["3 new papers, 7 changed, 1 left."]


async def test_a_paper_that_moved_in_a_week_stays_under_the_day_it_is_seen_under(
    new_home: Home, hub: HubServer
) -> None:
    async with running(new_home, period=WEEK, size=LOW) as session:
        moved = hub.days[LATEST][3]
        seen = titles(session)
        hub.days[LATEST] = [item for item in hub.days[LATEST] if item is not moved]
        hub.days[THURSDAY] = [
            *hub.days[THURSDAY],
            with_figures(moved, submittedOnDailyAt=f"{THURSDAY}T00:00:00.000Z"),
        ]
        before = session.ids
        await press(session, "R")
        assert session.ids == before
        assert [line for line in titles(session) if "papers" not in line] == [
            line for line in seen if "papers" not in line
        ]
        assert not any(row.gone for row in session.rows)
        session.screen.select(session.ids.index(paper_id(moved)))
        await session.handled()
        assert "not on disk" not in session.text


async def test_a_heading_counts_what_is_listed_and_not_what_has_left(
    new_home: Home, hub: HubServer
) -> None:
    async with running(new_home, period=WEEK) as session:
        hub.days[LATEST] = hub.days[LATEST][2:]
        await press(session, "R")
        assert sum(row.gone for row in session.rows) == 2
        assert "116 papers" in session.header
        assert session.rows[0].heading == "Fri 21 Aug 2026 · 27 papers"


async def test_the_text_of_a_paper_that_leaves_stays_and_can_be_come_back_to(
    new_home: Home, hub: HubServer
) -> None:
    async with running(new_home, size=LOW) as session:
        await session.press("j", "tab", *["j"] * 10)
        read, text = session.current.paper.id, text_lines(session)
        hub.days[LATEST] = [item for item in hub.days[LATEST] if paper_id(item) != read]
        await press(session, "R")
        await dismiss(session)
        assert session.current.gone
        assert text_lines(session) == text
        await press(session, "J", "K")
        assert text_lines(session) == text


async def test_a_day_that_comes_into_a_week_comes_in_whole_and_below_its_heading(
    new_home: Home, hub: HubServer
) -> None:
    tuesday = Period.day(date(2026, 8, 18))
    await fetch(new_home, DAY, tuesday)
    hub.fault(Fault.HANG, when=lambda request: "2026-08-19" in request.target)
    async with running(new_home, period=WEEK, settle=False) as session:
        await session.shows("3 days not on disk")
        await session.shows("refreshing…")
        assert {row.paper.day for row in session.rows} == {LATEST, tuesday.first}
        seen = titles(session)
        hub.heal()
        await session.settle()
        days = [row.paper.day for row in session.rows]
        assert days == sorted(days, key=lambda day: day or LATEST, reverse=True)
        assert len(set(days)) == 5
        assert titles(session) == seen
        assert session.toasts == []
        assert not any(row.new for row in session.rows)
