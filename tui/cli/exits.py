"""Exit codes, for scripts."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the program's end says."""

    DONE = 0
    NOTHING_FOUND = 1
    USAGE = 2
    OFFLINE = 3
    REFUSED = 4
    TROUBLE = 5
    INTERRUPTED = 130
    """As shells say it of a program that Ctrl+C ended."""
