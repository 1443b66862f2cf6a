"""How much the Hub is asked for, counted at the Hub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import RECORDED_TODAY, TODAY
from tests.generate import make_day
from tests.hubserver import Fault, HubServer
from tests.program.user import (
    PATIENCE_S,
    User,
    header_says,
    is_there,
    quits,
    row_of,
    shows,
    unbroken,
)
from tui.days import ONE_DAY, long_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tests.hubserver.wire import Request
    from tests.terminal import Terminal

BEFORE_FIRST_PAPER: Final = 4
"""Requests before there is something to read, at most."""
FIRST_MINUTE: Final = 12
"""Requests in the first minute, at most."""
SETTLED_S: Final = 0.3
"""A list that stays on screen for half as long is asked for where it is not fresh."""
MINUTE_S: Final = 60.0
YESTERDAY: Final = TODAY - ONE_DAY
FRIDAY: Final = long_day(TODAY)
THURSDAY: Final = long_day(YESTERDAY)
WITHOUT_READING_AHEAD: Final = "[feed]\nread_ahead = false\n"


@pytest.fixture
def real_hub(recorded_hub: HubServer) -> Iterator[HubServer]:
    """A Hub of one's own over the recorded days."""
    with HubServer(recorded_hub.days, today=RECORDED_TODAY) as server:
        yield server


def question(request: Request) -> str:
    """What is asked for, apart from how much of it."""
    named = [f"{key}={value}" for key, value in request.query.items() if key != "limit"]
    return "&".join(named) or "newest"


def questions(hub: HubServer) -> list[str]:
    """All that the Hub was asked, in alphabetical order."""
    return sorted(map(question, hub.requests))


def on(day: date) -> str:
    """The question for one day's list."""
    return f"date={day}"


def has_papers(terminal: Terminal) -> bool:
    return row_of(terminal, 0).startswith("▌●")


def start_cold(user: User, hub: HubServer) -> None:
    """Hold back what is read ahead until the first paper is on screen; count until then."""
    hub.fault(Fault.HANG, when=lambda request: question(request) == on(YESTERDAY))
    with user.starts() as terminal:
        shows(terminal, lambda _: has_papers(terminal) and is_there(terminal, FRIDAY))
        assert len(hub.requests) <= BEFORE_FIRST_PAPER
        hub.heal()
        hub.wait_until(lambda: len(hub.requests) > BEFORE_FIRST_PAPER)
        quits(terminal)
    assert len(hub.requests) <= FIRST_MINUTE


def test_a_cold_start_asks_little(newcomer: User, large_hub: HubServer) -> None:
    newcomer.hub = large_hub.url
    start_cold(newcomer, large_hub)


@pytest.mark.torture
def test_a_cold_start_on_recorded_days_asks_little(newcomer: User, real_hub: HubServer) -> None:
    newcomer.hub = real_hub.url
    start_cold(newcomer, real_hub)


def look_for_a_minute(user: User, hub: HubServer) -> None:
    """Step to what is ready and back, then do nothing, and count."""
    with user.starts() as terminal:
        shows(terminal, lambda _: has_papers(terminal) and is_there(terminal, FRIDAY))
        hub.wait_until(lambda: len(hub.requests) > BEFORE_FIRST_PAPER)
        goes(terminal, "hhll", FRIDAY)
        with pytest.raises(AssertionError, match="did not come within"):
            terminal.wait_for(lambda _: len(hub.requests) > FIRST_MINUTE, MINUTE_S)
        quits(terminal)


@pytest.mark.torture
@pytest.mark.timeout(2 * MINUTE_S)
def test_the_first_minute_asks_little(newcomer: User, large_hub: HubServer) -> None:
    newcomer.hub = large_hub.url
    look_for_a_minute(newcomer, large_hub)


@pytest.mark.torture
@pytest.mark.timeout(2 * MINUTE_S)
def test_the_first_minute_on_recorded_days_asks_little(newcomer: User, real_hub: HubServer) -> None:
    newcomer.hub = real_hub.url
    look_for_a_minute(newcomer, real_hub)


def goes(terminal: Terminal, keys: str, title: str) -> None:
    """Press the keys, and wait until they have led to that list."""
    terminal.press(keys)
    shows(terminal, lambda _: is_there(terminal, title))


def walk_twenty_days(user: User, hub: HubServer) -> None:
    """Have two months on disk, then step back through twenty of their days, and on again."""
    days = [day for day in sorted(hub.days, reverse=True) if hub.days[day]]
    with user.starts() as terminal:
        goes(terminal, "", FRIDAY)
        goes(terminal, "3", "August 2026")
        goes(terminal, "h", "July 2026")
        goes(terminal, "t", FRIDAY)
        hub.requests.clear()
        goes(terminal, "h" * 20, long_day(days[20]))
        terminal.settle(SETTLED_S)
        goes(terminal, "l" * 20, FRIDAY)
        terminal.settle(SETTLED_S)
        quits(terminal)
    assert questions(hub) == []


@pytest.mark.torture
def test_walking_twenty_days_on_disk_asks_nothing(newcomer: User, large_hub: HubServer) -> None:
    newcomer.hub = large_hub.url
    walk_twenty_days(newcomer, large_hub)


@pytest.mark.torture
def test_walking_twenty_recorded_days_on_disk_asks_nothing(
    newcomer: User, real_hub: HubServer
) -> None:
    newcomer.hub = real_hub.url
    walk_twenty_days(newcomer, real_hub)


@pytest.mark.torture
def test_two_windows_without_reading_ahead_ask_for_what_one_of_them_wants(
    reader: User, hub: HubServer
) -> None:
    """What one fetches or marks the other shows, and takes no mark away, nor does a kill."""
    reader.sets(WITHOUT_READING_AHEAD)
    with reader.starts() as one:
        header_says(one, FRIDAY, "29 papers", "29 unread", "just now")
        with reader.starts() as other:
            header_says(other, FRIDAY, "29 papers", "29 unread", "just now")
            hub.days[TODAY] = make_day(TODAY, 31)
            one.press("R")
            for terminal in (one, other):
                header_says(terminal, FRIDAY, "31 papers", "31 unread", "just now")
            one.press("gs")
            shows(one, lambda _: row_of(one, 0).startswith("▌●★"))
            starred = row_of(one, 0)[4:40]
            shows(other, lambda _: any("●★" in row and starred in row for row in other.screen))
            other.press("GJr")
            header_says(other, FRIDAY, "31 papers", "30 unread", "just now")
            other.kill()
            assert other.wait_exit(PATIENCE_S) == -9
            header_says(one, FRIDAY, "31 papers", "30 unread", "just now")
            goes(one, "4", "Trending")
            goes(one, "1", FRIDAY)
            one.settle(SETTLED_S)
            quits(one)
    assert questions(hub) == [on(TODAY), on(TODAY), "newest", "sort=trending"]


def test_settings_that_are_not_understood_end_in_a_sentence(newcomer: User) -> None:
    newcomer.sets("[feed]\nread_ahed = false\n")
    with newcomer.starts() as terminal:
        assert terminal.wait_exit(PATIENCE_S) == 2
        said = unbroken(terminal.text)
    assert said.startswith("daily-papers: The settings file ")
    assert said.endswith("or move it away.")
    assert "“read_ahed” in [feed] is unknown; known keys: read_ahead" in said
    assert "Traceback" not in said
