"""A Hub that is slow, gone, or wants a pause: keys go first, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import TODAY
from tests.generate import make_day
from tests.hubserver import Fault
from tests.program.user import User, header_says, is_there, quits, row_of, shows, toast
from tui.days import long_day
from tui.page import counted

if TYPE_CHECKING:
    from tests.hubserver import HubServer

FRIDAY: Final = long_day(TODAY)
PAUSE_S: Final = 1
LONG_PAUSE_S: Final = 1000
"""More than the program sits out."""


@pytest.mark.torture
@pytest.mark.parametrize(("steps", "slow_s"), [(10, 0.05), (30, 0.3)])
def test_steps_faster_than_the_hub_end_on_the_right_day(
    newcomer: User, large_hub: HubServer, steps: int, slow_s: float
) -> None:
    newcomer.hub = large_hub.url
    large_hub.delay = slow_s
    day = sorted(large_hub.days, reverse=True)[steps]
    papers = counted(len(large_hub.days[day]), "paper")
    with newcomer.starts() as terminal:
        shows(terminal, lambda _: is_there(terminal, FRIDAY))
        terminal.press("h" * steps)
        header_says(terminal, long_day(day), papers, f"{papers.split()[0]} unread", "just now")
        terminal.settle(2 * slow_s)
        assert is_there(terminal, long_day(day))
        assert f"[{day:%a} {day.day} " in terminal.screen[1]
        quits(terminal)


def test_keys_do_not_wait_for_the_hub(reader: User, hub: HubServer) -> None:
    hub.fault(Fault.HANG)
    with reader.starts() as terminal:
        shows(terminal, "looking for the latest day…")
        hub.wait_until(lambda: bool(hub.requests))
        terminal.press("js")
        shows(terminal, lambda _: row_of(terminal, 1).startswith("▌●★"))
        terminal.press("h")
        shows(terminal, lambda text: "Thu 20 Aug 2026 · 19 papers" in text)
        assert {request.status for request in hub.requests} == {None}
        hub.heal()
        header_says(terminal, "Thu 20 Aug 2026", "19 papers", "19 unread", "just now")
        quits(terminal)


@pytest.mark.torture
def test_the_network_comes_back_with_nothing_pressed(reader: User, hub: HubServer) -> None:
    hub.fault(Fault.REFUSE)
    with reader.starts() as terminal:
        header_says(terminal, FRIDAY, "29 papers", "29 unread", "offline, data from 3 h ago")
        hub.days[TODAY] = make_day(TODAY, 31)
        hub.heal()
        header_says(terminal, FRIDAY, "31 papers", "31 unread", "just now")
        quits(terminal)


@pytest.mark.torture
def test_a_short_pause_is_counted_down_and_sat_out(newcomer: User, hub: HubServer) -> None:
    hub.pause = PAUSE_S
    hub.fault(Fault.STATUS_429, times=1)
    with newcomer.starts() as terminal:
        shows(terminal, "the Hub asks for a pause, 1 s")
        header_says(terminal, FRIDAY, "29 papers", "29 unread", "just now")
        quits(terminal)


@pytest.mark.torture
def test_esc_ends_the_waiting_for_a_pause(newcomer: User, hub: HubServer) -> None:
    hub.fault(Fault.CLOUDFRONT_429)
    with newcomer.starts() as terminal:
        shows(terminal, "the Hub asks for a pause, ")
        terminal.press("<esc>")
        shows(terminal, "Stopped waiting for the Hub; try again with R.")
        quits(terminal)


@pytest.mark.torture
def test_a_pause_too_long_to_sit_out_is_a_sentence(reader: User, hub: HubServer) -> None:
    hub.pause = LONG_PAUSE_S
    hub.fault(Fault.STATUS_429)
    with reader.starts() as terminal:
        shows(terminal, lambda _: "asks for a pause; try again with R in 17 min" in toast(terminal))
        shows(terminal, f"{FRIDAY} · 29 papers · 29 unread · 3 h ago · the Hub asks for a pause, ")
        asked = len(hub.requests)
        terminal.press("Rjs")
        shows(terminal, lambda _: row_of(terminal, 1).startswith("▌●★"))
        quits(terminal)
    assert len(hub.requests) == asked
