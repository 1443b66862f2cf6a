"""A machine that does not know the time, and one that stops in the middle."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest

from tests.hubserver import Fault
from tests.program.user import NOW, PATIENCE_S, User, header, header_says, quits, shows
from tui.cache import Cache

if TYPE_CHECKING:
    from tests.hubserver import HubServer
    from tests.hubserver.wire import Request
    from tests.terminal import Terminal

CLOCKS: Final = {
    "before there were papers": datetime(2019, 1, 1, 12, 0, tzinfo=UTC),
    "years behind": datetime(2024, 2, 29, 12, 0, tzinfo=UTC),
    "a day behind": datetime(2026, 8, 20, 15, 0, tzinfo=UTC),
    "a day ahead": datetime(2026, 8, 22, 15, 0, tzinfo=UTC),
    "years ahead": datetime(2033, 12, 31, 23, 59, tzinfo=UTC),
}
OLD: Final = "August 2026 · 185 papers · 185 unread · 12 days not on disk"
WHOLE: Final = "August 2026 · 228 papers · 228 unread"
LAST_PAGE: Final = "2"
"""The third page of the month."""


@pytest.mark.torture
@pytest.mark.parametrize("clock", CLOCKS)
def test_a_wrong_clock_keeps_nobody_from_the_latest_day(
    newcomer: User, hub: HubServer, clock: str
) -> None:
    newcomer.now = CLOCKS[clock]
    hub.date = NOW
    with newcomer.starts() as terminal:
        header_says(terminal, "Fri 21 Aug 2026", "29 papers", "29 unread", "just now")
        terminal.press("3")
        header_says(terminal, "August 2026", "228 papers", "228 unread", "just now")
        quits(terminal)


def is_last_page(request: Request) -> bool:
    return request.query.get("month") == "2026-08" and request.query.get("p") == LAST_PAGE


def month_on_disk(user: User) -> str:
    """The header of the month where nobody is asked, as far as it does not speak of ages."""
    user.env["HF_HUB_OFFLINE"] = "1"
    with user.starts("--date", "2026-08") as terminal:
        shows(terminal, " · offline, data ")
        found = header(terminal)
        quits(terminal)
    del user.env["HF_HUB_OFFLINE"]
    return found.partition(" · offline")[0]


def days_in(cache: Cache) -> int:
    """How many days of the month are on disk."""
    return len(cache.keys("day/2026-08-01", "day/2026-08-31", 1, 31))


def kill(terminal: Terminal) -> None:
    terminal.kill()
    assert terminal.wait_exit(PATIENCE_S) == -9


@pytest.mark.torture
def test_a_kill_leaves_nothing_of_a_month_on_its_way(reader: User, hub: HubServer) -> None:
    hub.fault(Fault.HANG, when=is_last_page)
    with reader.starts("--date", "2026-08") as terminal:
        shows(terminal, OLD)
        hub.wait_until(lambda: any(map(is_last_page, hub.requests)))
        kill(terminal)
    assert month_on_disk(reader) == OLD


@pytest.mark.torture
def test_a_kill_in_the_moment_in_which_a_month_is_stored_leaves_all_of_it(reader: User) -> None:
    with closing(Cache.open(reader.paths.cache)) as cache:
        before = days_in(cache)
        with reader.starts("--date", "2026-08") as terminal:
            while days_in(cache) == before:
                terminal.settle(quiet=0)
            kill(terminal)
    assert month_on_disk(reader) == WHOLE
