"""What the screen has shown as marked is on disk, however the program ends."""

from __future__ import annotations

import random
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

import pytest

from tests.library import raw
from tests.library.obstacles import frozen
from tests.library.test_torture import RUNS
from tests.program.user import PATIENCE_S, User, quits, row_of, shows, toast

if TYPE_CHECKING:
    from tests.terminal import Terminal

PAPERS: Final = 10
"""Papers that are marked one after the other, as fast as keys come; they fit on the screen."""
HALF: Final = PAPERS // 2
STARRED: Final = "★"
MARKED: Final = "SELECT count(*) FROM marks WHERE field = 'starred' AND value = 1"

pytestmark = [pytest.mark.torture, pytest.mark.timeout(300)]


def starred(terminal: Terminal) -> set[int]:
    """The rows of the papers that the screen shows with a star."""
    return {number for number in range(PAPERS) if STARRED in row_of(terminal, number)[:6]}


@pytest.mark.parametrize("windows", [1, 2])
@pytest.mark.parametrize("run", range(-(-RUNS // 50)))
def test_a_killed_program_has_kept_every_star_it_showed(
    reader: User, windows: int, run: int
) -> None:
    """Two windows star a half each: on one that the other has starred the key means the reverse."""
    halves = ["g" + "sj" * HALF, "g" + "j" * HALF + "sj" * HALF]
    enough = random.randrange(1, HALF)
    with ExitStack() as stack:
        terminals = [stack.enter_context(reader.starts()) for _ in range(windows)]
        for terminal in terminals:
            shows(terminal, "29 papers · 29 unread")
        for terminal, keys in zip(terminals, halves, strict=False):
            terminal.press(keys)
        shows(terminals[0], lambda _: len(starred(terminals[0])) >= enough)
        for terminal in terminals:
            terminal.kill()
        for terminal in terminals:
            assert terminal.wait_exit(PATIENCE_S) == -9
        shown = set.union(*map(starred, terminals))
    [(kept,)] = raw.rows(reader.paths.library, MARKED)
    assert raw.rows(reader.paths.library, "PRAGMA integrity_check") == [("ok",)]
    with reader.starts() as terminal:
        shows(terminal, lambda _: len(starred(terminal)) == kept)
        assert shown <= starred(terminal)
        quits(terminal)


def test_a_log_that_turns_read_only_while_it_runs(reader: User) -> None:
    library = reader.paths.library
    with reader.starts() as terminal:
        shows(terminal, "29 papers · 29 unread")
        terminal.press("s")
        shows(terminal, lambda _: len(starred(terminal)) == 1)
        with frozen(library.parent), frozen(library.with_name("library.db-wal")):
            terminal.press("js")
            shows(terminal, lambda _: "Nothing was changed: " in toast(terminal))
            assert len(starred(terminal)) == 1
        terminal.press("s")
        shows(terminal, lambda _: len(starred(terminal)) == 2)
        quits(terminal)
    assert raw.rows(library, MARKED) == [(2,)]
