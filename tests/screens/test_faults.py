"""Every way in which an answer can be wrong, while a week is in view and while nobody looks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import TODAY
from tests.hubserver import Fault, HubServer
from tests.screens.session import LATEST, Home, Session, running
from tests.screens.visits import (
    fetch,
    list_lines,
    press,
    titles,
    with_figures,
    without_reading_ahead,
)
from tui.hub import connection
from tui.hub.client import Hub
from tui.hub.settings import HubSettings
from tui.periods import Period, Span

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from datetime import date

    from _pytest.mark import ParameterSet

    from tests.generate import Item
    from tests.hubserver.wire import Request

pytestmark = pytest.mark.torture

DAY: Final = Period.day(LATEST)
WEEK: Final = Period.of(Span.WEEK, LATEST)
HARMLESS: Final = frozenset({
    Fault.ONE_WRONG_FIELD, Fault.ONE_MALFORMED, Fault.REDIRECT_WITHIN, Fault.LINK_LOOP,
    Fault.NO_HEADERS,
})  # fmt: skip
"""Faults in spite of which papers come."""
PAUSES: Final = frozenset({Fault.STATUS_429, Fault.CLOUDFRONT_429})
"""Faults after which the Hub is left in peace for a while."""
FIRST_PAGE: Final = frozenset({
    Fault.REFUSE, Fault.HANG, Fault.STATUS_429, Fault.STATUS_503, Fault.HTML, Fault.WRONG_TYPES,
    Fault.ONE_MALFORMED,
})  # fmt: skip
SECOND_PAGE: Final = frozenset({Fault.DROP, Fault.STATUS_500, Fault.CUT_JSON, Fault.LINK_AWAY})
AHEAD: Final = frozenset({Fault.REFUSE, Fault.HANG, Fault.CLOUDFRONT_429, Fault.OBJECT})
"""Those that are always met; the others are met with in the torture."""
SHORT_S: Final = 0.3
"""In place of the seconds that an answer may take."""


def quick_of(few: Container[Fault]) -> list[ParameterSet]:
    """Every fault; those that are not among the few take part in the torture alone."""
    return [
        pytest.param(fault, id=fault.name, marks=[] if fault in few else [pytest.mark.torture])
        for fault in Fault
    ]


@pytest.fixture
def hub(generated_days: dict[date, list[Item]]) -> Iterator[HubServer]:
    """A Hub that says all of it again each time, so that all of it can be spoilt."""
    with HubServer(generated_days, today=TODAY, validates=False) as server:
        yield server


@pytest.fixture
def impatient(new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A user with the week on disk, who sits out no pause and no answer that takes long."""
    for name in ("STEP_TIMEOUT", "DEADLINE"):
        monkeypatch.setattr(connection, name, SHORT_S)
    new_home.settings = HubSettings(endpoint=hub.url)
    new_home.connect = partial(Hub, patience=0.5)
    return new_home


def is_week(request: Request) -> bool:
    return "week" in request.query


def is_second_page(request: Request) -> bool:
    return request.query.get("p") == "1"


def is_older(request: Request) -> bool:
    return request.query.get("date", "9") < f"{LATEST}"


async def works_on(session: Session, hub: HubServer, fault: Fault) -> None:
    """Keys do what they do; a refresh brings what is new once the fault is over."""
    await session.press("g", "j", "r")
    assert (session.papers.cursor, session.current.read) == (1, True)
    hub.heal()
    if fault not in PAUSES:
        hub.days[LATEST] = [with_figures(item, upvotes=77_000) for item in hub.days[LATEST]]
        await press(session, "R")
        assert "77k" in session.text
        assert session.header.endswith("unread · just now")


def says_so_once(session: Session) -> None:
    """One sentence in a toast, and why the screen is not up to date in the header."""
    assert len(session.toasts) == 1
    assert session.toasts[0].endswith(".")
    assert ", data just in" in session.header or "the Hub asks for a pause, " in session.header


async def stays_in_view(home: Home, hub: HubServer, fault: Fault, page: str) -> None:
    """Meet the fault on that page of a week that is on screen."""
    await fetch(home, DAY, WEEK)
    assert sum(len(hub.days.get(day, [])) for day in WEEK.days) > 100
    lines = titles if fault in HARMLESS else list_lines
    async with running(home, period=WEEK) as session:
        await session.press("j", "j")
        before, current, papers = lines(session), session.current.paper.id, len(session.rows)
        hub.fault(fault, when=is_week if page == "first" else is_second_page)
        await press(session, "R")
        if fault not in HARMLESS:
            says_so_once(session)
        assert lines(session) == before
        assert session.current.paper.id == current
        assert len(session.rows) == papers
        await works_on(session, hub, fault)


@pytest.mark.parametrize("fault", quick_of(FIRST_PAGE))
async def test_a_week_in_view_stays_in_view(
    impatient: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    without_reading_ahead(monkeypatch)
    await stays_in_view(impatient, hub, fault, "first")


@pytest.mark.parametrize("fault", quick_of(SECOND_PAGE))
async def test_a_week_of_which_the_second_page_does_not_come_stays_in_view(
    impatient: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    without_reading_ahead(monkeypatch)
    await stays_in_view(impatient, hub, fault, "second")


@pytest.mark.parametrize("fault", quick_of(AHEAD))
async def test_reading_ahead_fails_without_a_word(
    impatient: Home, hub: HubServer, fault: Fault
) -> None:
    async with running(impatient, settle=False) as session:
        if fault is not Fault.REFUSE:
            hub.fault(fault, when=is_older)
        await session.until(lambda: bool(session.rows))
        if fault is Fault.REFUSE:  # it knows no exceptions
            await session.until(lambda: any(map(is_older, hub.requests)))
            hub.fault(fault)
        await session.until(lambda: not list(session.app.workers))
        assert session.toasts == []
        assert session.header.startswith("Fri 21 Aug 2026 · 29 papers · 29 unread · ")
        await works_on(session, hub, fault)
