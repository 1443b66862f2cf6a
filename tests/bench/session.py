"""One run of a program on a pseudo-terminal, timed step by step."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.bench.days import VISITED, abstract_word, title_word
from tests.terminal import Terminal
from tests.usage import cpu_s, peak_mib

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

KEYS: Final = 20
"""Papers down, and as many up again: further than the list shows at once."""
MARKS: Final = 6
"""An even number: at the end all is as it was."""
QUIET_S: Final = 0.06
"""A program that writes nothing for so long has dealt with a key."""
START_QUIET_S: Final = 0.4
"""The same for a start, and for a day, after which there is work left to do."""
PAUSE_S: Final = 0.03
"""The longest pause between keys; a random part of it keeps them off the beat of the frames."""
PATIENCE_S: Final = 10.0
SIZE: Final = (120, 40)

Samples = dict[str, list[float]]
"""By the name of what was measured: seconds, or MiB."""


@dataclass(frozen=True, slots=True)
class Program:
    """A command that shows the days of the benchmark, and what it needs around it."""

    argv: list[str]
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)

    def run(self) -> Terminal:
        """The program on a terminal, started by entering the context."""
        return Terminal(self.argv, SIZE, self.env, self.cwd)


def measure(program: Program) -> Samples:
    """Start, walk, mark, change days, quit."""
    samples: Samples = defaultdict(list)
    with program.run() as terminal:
        samples["start"].append(terminal.wait_for(title_word(0, 0)))
        terminal.settle(START_QUIET_S)
        samples["start cpu"].append(cpu_s(terminal.pid))
        _move(terminal, samples)
        _mark(terminal, samples)
        _change_days(terminal, samples)
        samples["memory"].append(peak_mib(terminal.pid))
        samples["quit"].append(quit_program(terminal))
    return samples


def warm_up(program: Program) -> None:
    """Look at the days that will be visited, so that the next run finds them on disk."""
    with program.run() as terminal:
        terminal.wait_for(title_word(0, 0))
        for day in range(1, VISITED):
            terminal.settle(START_QUIET_S)
            terminal.press("h")
            terminal.wait_for(title_word(day, 0))
        terminal.settle(START_QUIET_S)
        quit_program(terminal)


def quit_program(terminal: Terminal) -> float:
    """Seconds from the key until the process is gone; raises AssertionError if it failed."""
    pressed = terminal.press("q")
    code = terminal.wait_exit()
    if code or terminal.ended is None:
        raise AssertionError(f"the program ended with {code}; the screen:\n{terminal.text}")
    return terminal.ended - pressed


def read_until(terminal: Terminal, holds: Callable[[], bool]) -> None:
    """Take in what the program writes until something holds elsewhere.

    Raises TimeoutError after PATIENCE_S.
    """
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"it never came to hold; the screen:\n{terminal.text}")
        terminal.settle(QUIET_S)


def _move(terminal: Terminal, samples: Samples) -> None:
    there = [("j", paper) for paper in range(1, KEYS + 1)]
    back = [("k", paper) for paper in reversed(range(KEYS))]
    for key, paper in there + back:
        before = cpu_s(terminal.pid)
        row, text = terminal.times_until(key, [_row("▌●", paper), abstract_word(0, paper)])
        rest(terminal)
        samples["row"].append(row)
        samples["abstract"].append(text)
        samples["key cpu"].append(cpu_s(terminal.pid) - before)


def _mark(terminal: Terminal, samples: Samples) -> None:
    for number in range(MARKS):
        glyph = "·" if number % 2 == 0 else "●"
        samples["mark"].append(terminal.time_until("r", _row(f"▌{glyph}", 0)))
        rest(terminal)


def _change_days(terminal: Terminal, samples: Samples) -> None:
    older = [("h", day) for day in range(1, VISITED)]
    newer = [("l", day) for day in reversed(range(VISITED - 1))]
    for key, day in older + newer:
        samples["day"].append(terminal.time_until(key, title_word(day, 0)))
        rest(terminal, START_QUIET_S)


def _row(glyphs: str, paper: int) -> Callable[[str], bool]:
    """Whether the paper's row begins with the glyphs: the cursor's bar and the mark."""
    return lambda screen: f"{glyphs}  {title_word(0, paper)}" in screen


def rest(terminal: Terminal, quiet: float = QUIET_S) -> None:
    """Wait until the program has dealt with a key, and a moment more."""
    terminal.settle(quiet)
    time.sleep(random.uniform(0, PAUSE_S))
