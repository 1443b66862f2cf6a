"""A first start: what the Hub is asked for, and days that were fetched before they are seen."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tests.bench.days import VISITED, title_word, today
from tests.bench.session import START_QUIET_S, quit_program, read_until, rest
from tui.days import ONE_DAY
from tui.widgets.day_strip import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tests.bench.session import Program, Samples
    from tests.hubserver import HubServer
    from tests.terminal import Terminal


def measure(program: Program, hub: HubServer) -> Samples:
    """Start in an empty home in front of an unused hub, let it read ahead, then change days."""
    samples: Samples = defaultdict(list)
    with program.run() as terminal:
        terminal.wait_for(title_word(0, 0))
        samples["first requests"].append(len(hub.requests))
        come_to_rest(terminal, hub)
        samples["requests"].append(len(hub.requests))
        for day in range(1, VISITED):
            samples["prefetched"].append(terminal.time_until("h", title_word(day, 0)))
            rest(terminal, START_QUIET_S)
        quit_program(terminal)
    return samples


def come_to_rest(terminal: Terminal, hub: HubServer) -> None:
    """Wait until every day of the strip, and with them those around today, has been fetched."""
    await_days(terminal, hub, [today() - number * ONE_DAY for number in range(DAYS)])


def await_days(terminal: Terminal, hub: HubServer, days: Iterable[date]) -> None:
    """Wait until the hub has answered for each of the days, and the program has dealt with that."""
    awaited = {day.isoformat() for day in days}
    read_until(
        terminal,
        lambda: awaited <= {asked.query.get("date") for asked in hub.requests if asked.status},
    )
    terminal.settle(START_QUIET_S)
