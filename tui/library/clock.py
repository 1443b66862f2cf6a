"""A clock that orders changes of machines whose own clocks disagree.

A hybrid logical clock: it shows the machine's time, and one more than the latest change seen
where that is later. So a change that was made in knowledge of another always comes after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.library.change import MOST_CLOCK

if TYPE_CHECKING:
    import sqlite3

COUNTER_BITS: Final = 16
MOST_AHEAD_MS: Final = 24 * 60 * 60 * 1000
"""How far another machine's clock may draw ours ahead of the time.

A machine set to a wrong year must not take every other one along. Its changes are merged all the
same, and what is changed here after them gets a clock just above theirs, field by field.
"""
LATEST: Final = "SELECT clock FROM changes WHERE clock <= ? ORDER BY clock DESC LIMIT 1"


def next_clock(connection: sqlite3.Connection, now_ms: int) -> int:
    """A clock above every one in the library, but for those that are absurdly far ahead."""
    row = connection.execute(LATEST, ((now_ms + MOST_AHEAD_MS) << COUNTER_BITS,)).fetchone()
    return max(now_ms << COUNTER_BITS, row[0] + 1 if row else 0)


def above(clock: int, seen: int) -> int:
    """The clock of a change to a field whose latest change has the clock ``seen``."""
    return min(max(clock, seen + 1), MOST_CLOCK)
