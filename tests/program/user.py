"""Someone who types ``daily-papers`` at a terminal."""

from __future__ import annotations

import re
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.terminal import Terminal
from tui.library import Library
from tui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable

COMMAND: Final = Path(sys.executable).with_name("daily-papers")
CLOCK: Final = Path(__file__).with_name("clock")
NOW: Final = datetime(2026, 8, 21, 15, 0, tzinfo=UTC)
WITHOUT_READING_AHEAD: Final = "[feed]\nread_ahead = false\n"
"""A settings file."""
FIRST_PAPER: Final = "2608.21010"
"""The one of the latest day with the most upvotes, which comes first."""
CLOSED_PORT: Final = "http://127.0.0.1:9"
PATIENCE_S: Final = 30.0
"""For what takes tenths of a second on a machine that has nothing else to do."""


@dataclass
class User:
    """The user whose home is the test's; ``hub`` is the Hub's address.

    All clocks of one user agree; they stood at ``now`` when the test began.
    """

    hub: str = CLOSED_PORT
    now: datetime = NOW
    env: dict[str, str] = field(default_factory=dict)
    _began: float = field(default_factory=time.time)

    def starts(
        self, *arguments: str, size: tuple[int, int] = (120, 40), stdout: bool = False
    ) -> Terminal:
        """The program on a terminal, to be entered with ``with``."""
        env = {
            "HF_ENDPOINT": self.hub,
            "PYTHONPATH": str(CLOCK),
            "TEST_CLOCK": str(self.now.timestamp() - self._began),
        }
        command = [str(COMMAND), *arguments]
        return Terminal(command, size=size, env=env | self.env, stdout=stdout)

    def waits(self) -> None:
        """Let three hours pass, and the minute that a program may have run in between."""
        self.now += timedelta(hours=3, minutes=1)

    def sets(self, settings: str) -> None:
        """Write the settings file."""
        self.paths.config.parent.mkdir(parents=True, exist_ok=True)
        self.paths.config.write_text(settings, encoding="utf-8")

    @property
    def paths(self) -> Paths:
        return Paths.of_user()

    def marks(self, *papers: str) -> list[tuple[bool, bool]]:
        """Read and starred of each paper, on disk."""
        with closing(Library.open(self.paths.library)) as library:
            found = library.marks(papers)
        marks = (found.get(paper) for paper in papers)
        return [(bool(mark and mark.read), bool(mark and mark.starred)) for mark in marks]


def shows(terminal: Terminal, what: str | Callable[[str], bool]) -> None:
    """Wait until the screen shows the text, which may be broken over lines."""
    if callable(what):
        terminal.wait_for(what, PATIENCE_S)
    else:
        terminal.wait_for(lambda text: what in text or what in unbroken(text), PATIENCE_S)


def unbroken(text: str) -> str:
    """The screen's text without the marks around toasts and panes, on one line."""
    return " ".join(text.replace("▌", " ").replace("│", " ").split())


def toast(terminal: Terminal) -> str:
    """What floats over the lower right corner of a wide screen."""
    floating = (line.partition(" ▌ ") for line in terminal.screen)
    return " ".join(words.strip() for _, bar, words in floating if bar).strip()


def header(terminal: Terminal) -> str:
    """What stands in the first row."""
    return terminal.screen[0].strip()


def header_says(terminal: Terminal, *parts: str) -> None:
    """Wait until the header consists of these parts, with nothing cut and nothing left out."""
    shows(terminal, lambda _: header(terminal).split(" · ") == list(parts))


def is_there(terminal: Terminal, title: str) -> bool:
    """Whether that list is on screen, all of it, and no other one on its way."""
    said = header(terminal)
    return said.startswith(f"{title} · ") and "not on disk" not in said and "…" not in said


def dialog(terminal: Terminal) -> list[str]:
    """The lines in the box that floats over the screen, without its frame."""
    [top] = re.findall("╭(─+)╮", terminal.text) or [""]
    return re.findall(f"│(.{{{len(top)}}})│", terminal.text) if top else []


def quits(terminal: Terminal, keys: str = "q") -> None:
    """Leave the program in order, with nothing that looks like a failure."""
    terminal.press(keys)
    assert terminal.wait_exit(PATIENCE_S) == 0
    assert b"Traceback" not in terminal.raw


def row_of(terminal: Terminal, number: int) -> str:
    """The title's line of a paper in a list that is not scrolled, with its glyphs."""
    return terminal.screen[2 + 2 * number]
