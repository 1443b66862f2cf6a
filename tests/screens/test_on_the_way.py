"""A day on its way: the one on screen stays until then, and only the last wish counts."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.generate import make_day
from tests.hubserver import Fault, HubServer
from tests.screens.session import LATEST, Home, Session, running
from tests.screens.visits import fetch, press, without_reading_ahead
from tui.days import long_day
from tui.library import Library
from tui.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.hubserver.wire import Request
    from tui.papers import Edition

SMALL = (80, 24)
"""A window in which there is less to paint."""
OLD = date(2026, 7, 1)
OTHER = date(2026, 7, 8)
THIRD = date(2026, 7, 15)
JUNE = date(2026, 6, 30)
WEDNESDAY = date(2026, 8, 19)
THURSDAY = date(2026, 8, 20)
FRIDAY_BEFORE = date(2026, 8, 14)


@pytest.fixture(autouse=True)
def _days_long_past(hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    without_reading_ahead(monkeypatch)
    for count, day in enumerate((OLD, OTHER, THIRD), start=5):
        hub.days[day] = make_day(day, count)


def of(day: date) -> Callable[[Request], bool]:
    """Whether a request is for that day's list."""
    return lambda request: request.query.get("date") == day.isoformat()


def before(day: date) -> Callable[[Request], bool]:
    """Whether a request is for the list of an older day."""
    return lambda request: request.query.get("date", "9") < day.isoformat()


async def goes_to(session: Session, day: date) -> None:
    """Go to a day as the calendar does, which while it is open may fetch other days too."""
    session.screen.go_to(Period.day(day))
    await session.handled()


async def is_on_its_way(session: Session, hub: HubServer, day: date) -> None:
    """Go to a day of which the Hub says nothing, and wait until it is asked."""
    hub.fault(Fault.HANG, when=of(day))
    await goes_to(session, day)
    await session.shows(f"fetching {long_day(day)}…")
    await session.until(lambda: any(map(of(day), hub.requests)))


async def test_the_day_on_screen_stays_until_the_last_one_wished_for_is_there(
    reader_home: Home, hub: HubServer
) -> None:
    async with running(reader_home, size=SMALL) as session:
        await session.rest()
        screen = session.text
        await session.press("escape")  # nothing is under way
        assert session.toasts == []
        assert session.text == screen
        await is_on_its_way(session, hub, OLD)
        assert session.header.startswith(long_day(LATEST))
        assert len(session.rows) == 29
        hub.heal()
        await session.settle()
        assert session.header.startswith(f"{long_day(OLD)} · 5 papers")
        await session.shows("[Wed 1 5/5]")
        assert session.lines[1].strip().startswith("Jul ")
        assert "Fri 21" not in session.lines[1]
        await is_on_its_way(session, hub, OTHER)
        await goes_to(session, THIRD)
        await session.until(lambda: session.day == THIRD)
        hub.heal()
        await session.settle()
        assert session.day == THIRD
        assert session.header.startswith(f"{long_day(THIRD)} · 7 papers")


async def test_a_refresh_that_ends_as_the_user_leaves(
    reader_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(reader_home, size=SMALL) as session:
        answered, gate, refresh = asyncio.Event(), asyncio.Event(), session.screen.feed.refresh

        async def slow(period: Period, *, force: bool = False, urgent: bool = True) -> Edition:
            edition = await refresh(period, force=force, urgent=urgent)
            if force:
                answered.set()
                await gate.wait()
            return edition

        monkeypatch.setattr(session.screen.feed, "refresh", slow)
        await session.press("R")
        await answered.wait()
        gate.set()
        session.screen.action_older()
        await session.settle()
        assert session.day == date(2026, 8, 20)


async def test_escape_and_another_day_give_up_a_walk(reader_home: Home, hub: HubServer) -> None:
    hub.days[JUNE] = make_day(JUNE, 2)
    hub.fault(Fault.HANG, when=before(OLD))
    async with running(reader_home, size=SMALL, day=OLD, settle=False) as session:
        await session.until(lambda: session.screen.edition is not None)
        await session.press("h")
        await session.shows("looking for an older day…")
        await session.press("escape")
        assert "…" not in session.header
        assert session.toasts == ["Stopped waiting for the Hub."]
        hub.heal()
        await session.settle()
        assert session.day == OLD
        assert session.screen.feed.peek(Period.day(JUNE)) is None
        hub.fault(Fault.HANG, when=before(OLD))
        await session.press("h")
        await session.shows("looking for an older day…")
        await goes_to(session, WEDNESDAY)
        hub.heal()
        await session.settle()
        assert session.day == WEDNESDAY
        await session.press("h")
        await session.settle()
        assert session.day == date(2026, 8, 18)


async def test_a_day_given_up_or_not_to_be_had_leaves_the_one_on_screen(
    reader_home: Home, hub: HubServer
) -> None:
    async with running(reader_home, size=SMALL, day=WEDNESDAY) as session:
        papers = session.ids
        await is_on_its_way(session, hub, OLD)
        await session.press("{")
        assert session.toasts == [f"{long_day(OLD)} is still on its way; Esc stops waiting for it."]
        await session.press("escape")
        hub.heal()
        await session.settle()
        assert session.header.startswith(long_day(WEDNESDAY))
        assert session.screen.feed.peek(Period.day(OLD)) is None
        hub.fault(Fault.STATUS_503, when=of(OLD))
        await goes_to(session, OLD)
        await session.settle()
        assert session.ids == papers
        assert session.header.startswith(long_day(WEDNESDAY))
        assert len(session.toasts) == 1
        assert session.toasts[0].startswith("The Hub has trouble of its own (503)")
        hub.heal()
        await session.press("l")
        await session.settle()
        assert session.day == date(2026, 8, 20)


async def test_steps_without_a_connection_say_what_they_pass_over(
    new_home: Home, hub: HubServer
) -> None:
    await fetch(new_home, Period.day(FRIDAY_BEFORE))
    hub.fault(Fault.REFUSE)
    async with running(new_home, size=SMALL) as session:
        await session.press("h")
        await session.settle()
        assert session.day == FRIDAY_BEFORE
        assert session.toasts == ["No connection to the Hub: passed over 6 days not on disk."]


async def test_steps_name_the_day_that_could_not_be_had(new_home: Home, hub: HubServer) -> None:
    await fetch(new_home, *map(Period.day, (LATEST, WEDNESDAY, FRIDAY_BEFORE)))
    async with running(new_home, size=SMALL) as session:
        hub.fault(Fault.STATUS_500, when=of(THURSDAY))
        for key, day in (("h", WEDNESDAY), ("l", LATEST), ("{", WEDNESDAY), ("}", LATEST)):
            await press(session, key)
            assert session.day == day
            assert session.toasts == [
                "The Hub has trouble of its own (500): passed over Thu 20 Aug 2026."
            ]
        hub.pause = 1500
        hub.fault(Fault.STATUS_429)
        await press(session, "R", "h")
        passed = "The Hub asks for a pause: passed over Thu 20 Aug 2026."
        assert session.toasts == [passed]
        assert session.day == WEDNESDAY
        assert " · just now · " in session.header
        new_home.now += timedelta(hours=7)
        await press(session, "h", "h")
        assert session.day == FRIDAY_BEFORE
        assert session.toasts[0].startswith("The Hub asks for a pause; try again with R in ")
        assert session.toasts[1:] == [
            "The Hub asks for a pause: passed over Mon 17 Aug 2026 and 2 more days."
        ]


async def test_a_day_without_papers_tells_what_lies_before_the_one_that_is_shown(
    new_home: Home, hub: HubServer
) -> None:
    await fetch(new_home, Period.day(LATEST))
    hub.fault(Fault.STATUS_500, when=of(FRIDAY_BEFORE))
    async with running(new_home, size=SMALL) as session:
        await goes_to(session, FRIDAY_BEFORE + timedelta(days=1))
        await session.settle()
        assert session.toasts == [
            "No papers on Sat 15 Aug 2026; this is Thu 13 Aug 2026. "
            "The Hub has trouble of its own (500): passed over Fri 14 Aug 2026."
        ]


async def test_the_failure_of_a_later_step_is_told_on_the_day_that_was_reached(
    new_home: Home, hub: HubServer
) -> None:
    hub.fault(Fault.STATUS_500, when=before(THURSDAY))
    async with running(new_home, size=SMALL) as session:
        await session.rush("h", "h")
        await session.settle()
        assert session.day == THURSDAY
        assert len(session.toasts) == 1
        assert session.toasts[0].startswith("The Hub has trouble of its own (500); ")
        assert ", data just in" in session.header


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(("enter",), marks=pytest.mark.torture),
        pytest.param(("space",), marks=pytest.mark.torture),
        ("tab", "j"),
    ],
    ids=" ".join,
)
async def test_a_newer_day_waits_while_a_read_paper_is_read_again(
    reader_home: Home, hub: HubServer, keys: tuple[str, ...]
) -> None:
    with closing(Library.open(reader_home.library)) as library:
        library.mark([item["paper"]["id"] for item in hub.days[LATEST]], read=True)
    saturday = date(2026, 8, 22)
    reader_home.now += timedelta(days=1)
    reader_home.today = saturday
    hub.fault(Fault.HANG)
    async with running(reader_home, size=(120, 12), settle=False) as session:
        await session.shows("looking for the latest day…")
        assert session.current.read
        await session.press(*keys)
        hub.days[saturday], hub.today = make_day(saturday, 4), saturday
        hub.heal()
        await session.settle()
        assert session.day == LATEST
        assert session.toasts == ["Sat 22 Aug 2026 is there; press t to go to it."]
