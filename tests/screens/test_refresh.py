"""What happens to the screen when the Hub knows better, is slow, or is not there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.generate import Item, make_day
from tests.hubserver import Fault, HubServer
from tests.screens.session import LATEST, Home, Session, running
from tests.screens.visits import without_reading_ahead

SMALL = (80, 24)
"""A window in which there is less to paint."""
NEXT = date(2026, 8, 22)
SUNDAY = date(2026, 8, 23)
MONDAY = date(2026, 8, 24)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    without_reading_ahead(monkeypatch)


def upvoted(item: Item, upvotes: int) -> Item:
    """The item with other upvotes, which is what the list is sorted by."""
    return item | {"paper": item["paper"] | {"upvotes": upvotes}}


def grown(items: list[Item]) -> list[Item]:
    return [*make_day(LATEST, 35)[29:], *items]


def shrunk(items: list[Item]) -> list[Item]:
    return items[:5] + items[20:]


def reordered(items: list[Item]) -> list[Item]:
    return [upvoted(item, votes) for votes, item in enumerate(items, start=77_000)]


def in_view(session: Session) -> list[str]:
    """The ids of the papers in view."""
    return [session.ids[index] for index in session.papers.in_view]


async def test_a_refresh_keeps_cursor_and_places(reader_home: Home, hub: HubServer) -> None:
    async with running(reader_home, size=(120, 12)) as session:
        await session.press(*["j"] * 14, "tab", "j", "j")
        before, current, seen = session.ids, session.current.paper.id, in_view(session)
        for change, told, known in (
            (reordered, "29 changed.", 29), (grown, "6 new papers.", 35), (shrunk, "15 left.", 35)
        ):  # fmt: skip
            hub.days[LATEST] = change(list(hub.days[LATEST]))
            await session.press("R")
            await session.settle()
            assert session.toasts == [told]
            assert [paper for paper in session.ids if paper in before] == before, told
            assert session.current.paper.id == current, told
            assert in_view(session) == seen, told
            assert session.reader.scroll_offset.y == 2, told
            assert len(session.ids) == known, told


@pytest.mark.torture
async def test_papers_that_leave_the_list_can_still_be_read(
    reader_home: Home, hub: HubServer
) -> None:
    async with running(reader_home, size=(120, 12)) as session:
        feed, leaving = session.screen.feed, session.ids[1:4]
        known = [feed.paper(session.screen.period, row.paper) for row in session.rows[1:4]]
        await session.press("j", "tab", "j", "j")
        top = session.reader.render_line(0).text
        for gone in (leaving[:2], leaving):
            hub.days[LATEST] = [
                item for item in hub.days[LATEST] if item["paper"]["id"] not in gone
            ]
            await session.press("R")
            await session.settle()
        assert [row.gone for row in session.rows[:5]] == [False, True, True, True, False]
        assert session.reader.scroll_offset.y == 2
        assert session.reader.render_line(0).text == top
        for paper in known:
            assert session.screen.paper == paper
            await session.press("J")


async def test_newer_figures_stand_where_the_old_ones_did_until_the_next_visit(
    reader_home: Home, hub: HubServer
) -> None:
    async with running(reader_home, size=SMALL) as session:
        old = session.ids
        first = next(item for item in hub.days[LATEST] if item["paper"]["id"] == old[0])
        others = [item for item in hub.days[LATEST] if item is not first]
        hub.days[LATEST] = reordered([first, *others])
        await session.press("R")
        await session.settle()
        assert "▲77k" in session.lines[3]
        assert "77,000 upvotes" in session.text
        assert session.ids == old
    async with running(reader_home, size=SMALL) as session:
        assert session.ids == [item["paper"]["id"] for item in hub.days[LATEST]][::-1]
        assert session.ids != old


async def test_a_slow_hub_on_the_first_start(new_home: Home, hub: HubServer) -> None:
    hub.fault(Fault.HANG)
    async with running(new_home, size=SMALL, settle=False) as session:
        await session.shows("Fetching the papers…")
        await session.shows("looking for the latest day…")
        await session.press("j", "h", "r", "?")
        await session.shows("Type to filter")
        await session.press("escape")
        hub.heal()
        await session.settle()
        assert len(session.rows) == len(hub.days[session.day])


async def test_a_slow_hub_on_a_later_start(reader_home: Home, hub: HubServer) -> None:
    reader_home.now += timedelta(hours=3)
    hub.fault(Fault.HANG)
    async with running(reader_home, size=SMALL, settle=False) as session:
        await session.shows("29 papers · 29 unread · 3 h ago")
        await session.press("j", "s")
        assert session.papers.cursor == 1
        assert session.current.starred
        hub.heal()
        await session.settle()
        assert session.papers.cursor == 1
        assert session.current.starred
        assert session.header.endswith("unread · just now")


async def open_with_a_newer_day(session: Session, hub: HubServer) -> None:
    await session.shows("looking for the latest day…")
    hub.days[NEXT], hub.today = make_day(NEXT, 4), NEXT
    hub.heal()
    await session.settle()


async def test_a_newer_day_comes_up_by_itself_while_nothing_was_done(
    reader_home: Home, hub: HubServer
) -> None:
    reader_home.now += timedelta(days=1)
    reader_home.today = NEXT
    hub.fault(Fault.HANG)
    async with running(reader_home, size=SMALL, settle=False) as session:
        await session.shows("Fri 21 Aug 2026")
        await open_with_a_newer_day(session, hub)
        assert session.header.startswith("Sat 22 Aug 2026 · 4 papers")


async def test_a_newer_day_waits_while_the_user_is_at_work(
    reader_home: Home, hub: HubServer
) -> None:
    reader_home.now += timedelta(days=1)
    reader_home.today = NEXT
    hub.days[LATEST] = reordered(list(hub.days[LATEST]))
    hub.fault(Fault.HANG)
    async with running(reader_home, size=SMALL, settle=False) as session:
        await session.shows("Fri 21 Aug 2026")
        await session.press("r")
        await open_with_a_newer_day(session, hub)
        assert session.day == LATEST
        assert session.toasts == ["Sat 22 Aug 2026 is there; press t to go to it.", "29 changed."]
        await session.press("t")
        await session.settle()
        assert session.day == NEXT


async def test_a_newer_day_is_looked_for_every_ten_minutes_though_the_latest_list_is_fresh(
    reader_home: Home, hub: HubServer
) -> None:
    def goes_by(today: date, **span: float) -> None:
        reader_home.now += timedelta(**span)
        reader_home.today = today
        session.screen.look_around()

    async with running(reader_home, size=SMALL) as session:
        goes_by(SUNDAY, hours=56)
        await session.settle()
        assert session.header.endswith("just now")
        for minutes, requests in ((9, 0), (2, 2), (9, 0), (2, 2)):
            asked = len(hub.requests)
            goes_by(SUNDAY, minutes=minutes)
            await session.settle()
            session.screen.look_around()
            await session.settle()
            assert len(hub.requests) - asked == requests
        hub.days[MONDAY], hub.today = make_day(MONDAY, 4), MONDAY
        goes_by(MONDAY, minutes=11)
        await session.settle()
        assert session.toasts == ["Mon 24 Aug 2026 is there; press t to go to it."]
        assert session.day == LATEST
        asked = len(hub.requests)
        goes_by(MONDAY, minutes=11)
        await session.settle()
        assert len(hub.requests) == asked


async def test_a_newer_day_that_r_finds_is_told_of_once(reader_home: Home, hub: HubServer) -> None:
    async with running(reader_home, size=SMALL) as session:
        reader_home.now += timedelta(days=3)
        reader_home.today = hub.today = MONDAY
        hub.days[MONDAY] = make_day(MONDAY, 4)
        hub.days[LATEST] = reordered(list(hub.days[LATEST]))
        await session.press("R")
        await session.settle()
        assert session.day == LATEST
        assert session.toasts == ["Mon 24 Aug 2026 is there; press t to go to it.", "29 changed."]
        await session.press("R")
        await session.settle()
        session.screen.look_around()
        await session.settle()
        assert session.toasts == []


async def test_without_a_connection_the_header_says_how_old_the_papers_are(
    reader_home: Home, hub: HubServer
) -> None:
    reader_home.now += timedelta(hours=3)
    hub.fault(Fault.REFUSE)
    async with running(reader_home, size=SMALL) as session:
        assert session.header.endswith("· offline, data from 3 h ago")
        assert len(session.rows) == 29
        assert session.toasts[0].startswith("No connection to the Hub (")
        hub.heal()
        await session.press("R")
        await session.settle()
        assert session.header.endswith("· 29 unread · just now")


async def test_no_connection_at_first_and_then_a_paper_that_cannot_be_read(
    new_home: Home, hub: HubServer
) -> None:
    hub.fault(Fault.REFUSE)
    async with running(new_home, size=SMALL) as session:
        assert session.header == "Daily Papers · offline"
        await session.shows("No connection to the Hub (")
        hub.heal()
        hub.fault(Fault.ONE_MALFORMED)
        await session.press("R")
        await session.settle()
        assert len(session.rows) == 29
        assert "29 papers · 29 unread · 1 paper could not be read" in session.header


async def test_a_refused_token_is_said_once_and_what_changed_beside_it(
    reader_home: Home, hub: HubServer
) -> None:
    reader_home.now += timedelta(days=1)
    reader_home.today = hub.today = NEXT
    reader_home.settings = type(reader_home.settings)(endpoint=hub.url, token="hf_wrong")
    hub.days[LATEST] = reordered(list(hub.days[LATEST]))
    hub.fault(Fault.STATUS_401, when=lambda request: "authorization" in request.headers)
    async with running(reader_home, size=SMALL) as session:
        assert session.toasts == [
            "The Hub refused your token, so it is asked without one; check HF_TOKEN.",
            "29 changed.",
        ]
        assert len(session.rows) == 29
        await session.press("R")
        await session.settle()
        assert session.toasts == []
