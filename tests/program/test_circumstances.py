"""A machine that does not know the time, and one that stops in the middle."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest

from tests.hubserver import Fault
from tests.program.user import NOW, PATIENCE_S, User, header, header_says, quits, shows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hubserver import HubServer
    from tests.hubserver.wire import Request

KILLS: Final = 12
STEP_S: Final = 0.006
"""By so much later comes each kill."""
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


@pytest.fixture
def before(reader: User, tmp_path: Path) -> Path:
    """A copy of what is on disk in the beginning."""
    return shutil.copytree(reader.paths.cache, tmp_path / "before")


def is_last_page(request: Request) -> bool:
    return request.query.get("month") == "2026-08" and request.query.get("p") == LAST_PAGE


def month_after_a_kill(user: User, hub: HubServer, quiet_s: float) -> str:
    """Kill the program so long after it was sent the whole month; what the next one finds."""
    hub.requests.clear()
    with user.starts("--date", "2026-08") as terminal:
        hub.wait_until(lambda: any(map(is_answered, hub.requests)))
        terminal.settle(quiet_s)
        terminal.kill()
        assert terminal.wait_exit(PATIENCE_S) == -9
    return month_on_disk(user)


def is_answered(request: Request) -> bool:
    return is_last_page(request) and request.status is not None


def month_on_disk(user: User) -> str:
    """The header of the month where nobody is asked, as far as it does not speak of ages."""
    user.env["HF_HUB_OFFLINE"] = "1"
    with user.starts("--date", "2026-08") as terminal:
        shows(terminal, " · offline, data ")
        found = header(terminal)
        quits(terminal)
    del user.env["HF_HUB_OFFLINE"]
    return found.partition(" · offline")[0]


def test_a_month_that_was_cut_short_by_a_kill_has_left_nothing(
    reader: User, hub: HubServer
) -> None:
    hub.fault(Fault.HANG, when=is_last_page)
    with reader.starts("--date", "2026-08") as terminal:
        shows(terminal, OLD)
        hub.wait_until(lambda: any(map(is_last_page, hub.requests)))
        terminal.kill()
        assert terminal.wait_exit(PATIENCE_S) == -9
    assert month_on_disk(reader) == OLD


@pytest.mark.torture
@pytest.mark.timeout(300)
def test_a_month_is_on_disk_as_a_whole_or_not_at_all(
    reader: User, hub: HubServer, before: Path
) -> None:
    found = set()
    for number in range(KILLS):
        shutil.rmtree(reader.paths.cache)
        shutil.copytree(before, reader.paths.cache)
        found.add(month_after_a_kill(reader, hub, number * STEP_S))
    assert found <= {OLD, WHOLE}
