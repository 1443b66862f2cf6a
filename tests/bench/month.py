"""A month of 900 papers that is on disk."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from tests.bench.days import MONTH, MONTH_SIZE, abstract_word, full_month, title_word
from tests.bench.session import KEYS, START_QUIET_S, quit_program, rest
from tui.days import long_day

if TYPE_CHECKING:
    from tests.bench.session import Program, Samples

WHOLE: Final = f"{MONTH_SIZE * MONTH_SIZE} papers"
"""What the header says once every day is there."""


def warm_up(program: Program) -> None:
    """Look at the month, so that the next run finds it on disk."""
    with program.run() as terminal:
        terminal.wait_for(title_word(MONTH, 0))
        terminal.settle(START_QUIET_S)
        terminal.press("3")
        terminal.wait_for(WHOLE)
        terminal.settle(START_QUIET_S)
        quit_program(terminal)


def measure(program: Program) -> Samples:
    """From a day to its month, and through that in one piece: each paper is another day's."""
    samples: Samples = defaultdict(list)
    heading = f"{long_day(full_month().last)} · {MONTH_SIZE} papers ─"
    with program.run() as terminal:
        terminal.wait_for(title_word(MONTH, 0))
        terminal.settle(START_QUIET_S)
        samples["month"].append(max(terminal.times_until("3", [WHOLE, heading])))
        terminal.settle(START_QUIET_S)
        samples["merged"].append(terminal.time_until("m", title_word(MONTH + 1, 0)))
        terminal.settle(START_QUIET_S)
        down = [("j", day) for day in range(1, KEYS + 1)]
        up = [("k", day) for day in reversed(range(KEYS))]
        for key, day in down + up:
            samples["month key"].append(terminal.time_until(key, abstract_word(MONTH + day, 0)))
            rest(terminal)
        quit_program(terminal)
    return samples
