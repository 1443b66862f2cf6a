"""What comes from the Hub while a user reads: how long it keeps the event loop from their keys."""

from __future__ import annotations

import json
import math
import os
import signal
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.bench import watched
from tests.bench.ahead import await_days, come_to_rest
from tests.bench.days import CROWD, MONTH, NEWCOMERS, crowded_later, full_month, title_word, today
from tests.bench.month import WHOLE
from tests.bench.session import START_QUIET_S, quit_program, read_until
from tui.days import ONE_DAY
from tui.feed.ahead import LOOK_AHEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.session import Program, Samples
    from tests.hubserver import HubServer
    from tests.terminal import Terminal

WATCHED: Final = Path(watched.__file__)
"""The file to run in place of the program, which a Program of this module has to be."""
BROUGHT: Final = f"{NEWCOMERS} new papers, {CROWD - 1} changed, 1 left."

STILL_S: Final = 0.1
"""Frames further apart than this have different causes."""


class Slice(NamedTuple):
    """One step of the event loop, in seconds."""

    start: float
    took: float
    cpu: float
    """The processor's part of that, whoever else uses the machine."""
    painting: float
    """The part of ``cpu`` that went into frames."""


class Seen(NamedTuple):
    """What was seen of an event loop, in seconds."""

    slices: list[Slice]
    stalls: list[float]
    """How much too late each beat came."""
    improved: float
    """When newer facts last reached the screen."""


def refresh(program: Program, hub: HubServer) -> Samples:
    """Ask again for a crowded day in which everything has changed, in an empty home."""
    with program.run() as terminal:
        terminal.wait_for(title_word(0, 0))
        come_to_rest(terminal, hub)
        hub.days[today()] = crowded_later()
        with _watching(terminal):
            terminal.press("R")
            terminal.wait_for(BROUGHT)
            terminal.settle(START_QUIET_S)
        seen = _seen(terminal, program.cwd / watched.TOLD)
        quit_program(terminal)
    slices = [*_until_painted(seen)]
    return {
        "refresh": [sum(each.cpu - each.painting for each in slices)],
        "refresh paint": [sum(each.painting for each in slices)],
        "refresh slice": [max(each.took for each in slices)],
    }


def arrival(program: Program, hub: HubServer) -> Samples:
    """Go from a day to its month, of which disk has next to nothing, in an empty home."""
    last = full_month().last
    near = range(-LOOK_AHEAD, LOOK_AHEAD + 1)
    with program.run() as terminal:
        terminal.wait_for(title_word(MONTH, 0))
        await_days(terminal, hub, [last + number * ONE_DAY for number in near])
        with _watching(terminal):
            terminal.press("3")
            terminal.wait_for(WHOLE)
            terminal.settle(START_QUIET_S)
        seen = _seen(terminal, program.cwd / watched.TOLD)
        quit_program(terminal)
    return {
        "arrival slice": [max(each.took for each in seen.slices)],
        "arrival stall": [max(seen.stalls)],
    }


@contextmanager
def _watching(terminal: Terminal) -> Iterator[None]:
    os.kill(terminal.pid, signal.SIGUSR1)
    yield
    os.kill(terminal.pid, signal.SIGUSR2)


def _seen(terminal: Terminal, told: Path) -> Seen:
    read_until(terminal, told.exists)
    seen = json.loads(told.read_text(encoding="utf-8"))
    return Seen([Slice(*each) for each in seen["slices"]], seen["stalls"], seen["improved"])


def _until_painted(seen: Seen) -> Iterator[Slice]:
    """The steps from newer facts to the last of the frames that they led to."""
    frames = [each.start for each in seen.slices if each.painting and each.start > seen.improved]
    last = next(frame for frame, later in pairwise([*frames, math.inf]) if later > frame + STILL_S)
    for each in seen.slices:
        if each.start + each.took > seen.improved and each.start <= last:
            yield each
