"""The program's entry: one place where failures become a sentence and an exit code."""

from __future__ import annotations

import gc
import sys
from types import SimpleNamespace

from tui.cli.exits import Exit
from tui.cli.streams import flush, forgive_encoding, say, silence

TYPE_CHECKING = False  # typing would be the costliest import of --version
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

WITHOUT_ARGUMENTS = {"command": None, "date": None, "demo": False, "log_level": "warning"}
"""What the parser makes of a command line without arguments."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit code. Wrong usage and ``--help`` raise SystemExit."""
    gc.disable()  # a plain command ends before it pays; the app turns it on after its first frame
    forgive_encoding()
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, as head does: no failure
        silence(sys.stdout)
        return Exit.DONE
    except OSError as error:
        silence(sys.stdout)
        place = f" ({error.filename})" if error.filename else ""
        say(f"Something on this machine is in the way: {error.strerror or error}{place}.")
        return Exit.TROUBLE


def _run(arguments: Sequence[str] | None) -> int:
    """Do what the command line asks for, and see to it that all of it was written."""
    try:
        given = _given(sys.argv[1:] if arguments is None else arguments)
        return _command(given.command)(given)
    finally:
        flush()


def _given(arguments: Sequence[str]) -> argparse.Namespace:
    """What the arguments say; most starts have none, and are quicker without a parser."""
    if not arguments:
        return SimpleNamespace(**WITHOUT_ARGUMENTS)  # type: ignore[return-value]
    from tui.cli.arguments import parser

    return parser().parse_args(arguments)


def _command(name: str | None) -> Callable[[argparse.Namespace], int]:
    """Import what the command needs, and no more."""
    if name == "list":
        from tui.cli.list import run
    elif name == "show":
        from tui.cli.show import run
    elif name == "mark":
        from tui.cli.mark import run
    elif name == "cite":
        from tui.cli.cite import run
    elif name == "library":
        from tui.cli.library import run
    else:
        from tui.cli.screen import run
    return run
