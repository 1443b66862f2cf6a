"""The program's entry: one place where failures become a sentence and an exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.cli.arguments import parser
from tui.cli.exits import Exit

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit code."""
    given = parser().parse_args(arguments)
    try:
        return _command(given.command)(given)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return _closed_pipe()


def _command(name: str | None) -> Callable[[argparse.Namespace], int]:
    """Import what the command needs, and no more."""
    if name == "list":
        from tui.cli.list import run
    elif name == "show":
        from tui.cli.show import run
    else:
        from tui.cli.screen import run
    return run


def _closed_pipe() -> int:
    """The reader of our output has gone, as ``head`` does: that is no failure."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.DONE
