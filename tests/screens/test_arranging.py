"""Sorting: every order, the cursor on its paper, for every list until another one is chosen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.generate import make_item
from tests.screens.session import LATEST, Home, Session, running
from tests.screens.visits import list_lines, paper_id, press, with_figures, without_reading_ahead
from tui.periods import Period, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.hubserver import HubServer
    from tui.papers import Headline

THURSDAY: Final = date(2026, 8, 20)
WEEK: Final = Period.of(Span.WEEK, LATEST)
TITLES: Final = ("Cranes", "avocets", "Egrets", "Bitterns", "dunlins")
ORDERS: Final[dict[str, tuple[str, Callable[[Headline], Any]]]] = {
    "u": ("by upvotes", lambda paper: -paper.upvotes),
    "c": ("by comments", lambda paper: -(paper.comments or 0)),
    "a": ("by arXiv date", lambda paper: -(paper.published or date.min).toordinal()),
    "t": ("by title", lambda paper: paper.title.casefold()),
}
"""The key after S: how the header calls the order, and what a smaller one of comes first."""


@pytest.fixture(autouse=True)
def _days(hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two days of five papers, each of which is in another place in every order."""
    without_reading_ahead(monkeypatch)
    for day in (THURSDAY, LATEST):
        hub.days[day] = [
            make_item(
                number, day, title=title, upvotes=50 - number, numComments=(number * 2) % 5,
                publishedAt=f"2026-08-{10 + (number * 3) % 5}T00:00:00.000Z",
            )
            for number, title in enumerate(TITLES)
        ]  # fmt: skip


def facts(session: Session) -> list[Any]:
    return [row.paper for row in session.rows]


async def test_every_order_is_another_one_and_holds_for_the_next_list_too(new_home: Home) -> None:
    async with running(new_home) as session:
        orders = set()
        for (key, (name, rank)), step in zip(ORDERS.items(), "hlhl", strict=True):
            for keys in (("S", key), (step,)):
                await press(session, *keys)
                assert facts(session) == sorted(facts(session), key=rank), key
                assert f"2026 · {name} · 5 papers · " in session.header
                orders.add((session.day, tuple(session.ids)))
        assert len(orders) == 2 * len(ORDERS)


async def test_the_cursor_stays_on_its_paper(new_home: Home) -> None:
    async with running(new_home) as session:
        await press(session, "S", "t", "j", "j", "j")
        current, text = session.current.paper, session.reader.region
        for key in (*ORDERS, "h", "r"):
            await press(session, "S", key)
            assert (key, session.current.paper) == (key, current)
            assert any(current.title in line[text.x :] for line in session.lines), key
            place = session.ids.index(current.id)
            assert list_lines(session)[2 * place].startswith("▌"), key


async def test_the_hubs_order_comes_back_and_is_not_mentioned(new_home: Home) -> None:
    async with running(new_home) as session:
        before, header = session.ids, session.header
        await press(session, "S", "escape")
        assert (session.ids, session.header) == (before, header)
        assert session.papers.has_focus
        await press(session, "S", "t")
        assert session.ids != before
        await press(session, "S", "h")
        assert session.ids == before
        assert session.header == header
        assert session.toasts == ["Sorted as on the Hub."]


async def test_the_days_of_a_week_are_sorted_each_for_itself_and_trending_as_a_whole(
    new_home: Home,
) -> None:
    async with running(new_home, period=WEEK) as session:
        days = [row.paper.day for row in session.rows]
        headings = [row.heading for row in session.rows if row.heading]
        await press(session, "S", "t")
        assert [row.paper.day for row in session.rows] == days
        assert [row.heading for row in session.rows if row.heading] == headings
        assert [row.paper.title for row in session.rows][:5] == sorted(TITLES, key=str.casefold)
        await press(session, "m")
        sought = sorted(facts(session), key=ORDERS["t"][1])
        assert [paper.title for paper in facts(session)] == [paper.title for paper in sought]
        await press(session, "4")
        titles = [paper.title.casefold() for paper in facts(session)]
        assert titles == sorted(titles)
        await press(session, "S", "h")
        before = session.ids
        await press(session, "S", "u")
        assert session.ids != before
        assert facts(session) == sorted(facts(session), key=ORDERS["u"][1])
        assert "Trending · by upvotes · " in session.header
        await press(session, "S", "h")
        assert session.ids == before


async def test_a_refresh_leaves_a_sorted_list_as_it_stands(new_home: Home, hub: HubServer) -> None:
    async with running(new_home) as session:
        await press(session, "S", "c")
        before = session.ids
        hub.days[LATEST] = [
            with_figures(item, numComments=number) for number, item in enumerate(hub.days[LATEST])
        ]
        await press(session, "R")
        assert session.ids == before
        await press(session, "S", "c")
        assert facts(session) == sorted(facts(session), key=ORDERS["c"][1])


@pytest.mark.parametrize(
    "period",
    [Period.day(LATEST), pytest.param(WEEK, marks=pytest.mark.torture)],
    ids=lambda each: each.name,
)
async def test_a_paper_that_left_stays_greyed_in_any_order_and_the_cursor_on_it(
    new_home: Home, hub: HubServer, period: Period
) -> None:
    async with running(new_home, period=period) as session:
        await press(session, "j")
        left, everything = session.current.paper.id, set(session.ids)
        hub.days[LATEST] = [item for item in hub.days[LATEST] if paper_id(item) != left]
        await press(session, "R")
        assert session.current.gone
        for keys in ("St", "Su", "m", "v", "Sh"):
            await press(session, *keys)
            assert (keys, session.current.paper.id) == (keys, left)
            assert (keys, set(session.ids)) == (keys, everything)
            assert [row.paper.id for row in session.rows if row.gone] == [left]
        await press(session, "v", "v")
        assert set(session.ids) == everything
        await press(session, "h", "l")
        assert left not in session.ids
