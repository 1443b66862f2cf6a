"""``daily-papers`` itself: the screen."""

from __future__ import annotations

import logging
import os
import sys
from codecs import getincrementaldecoder
from functools import partial
from typing import TYPE_CHECKING

from tui.cli.exits import Exit
from tui.cli.run import prepare, run_with
from tui.cli.streams import flush, is_terminal, say
from tui.periods import parse_period

if TYPE_CHECKING:
    import argparse

    from tui.services import Services


def run(given: argparse.Namespace) -> int:
    """Show the screen until the user quits and end with the exit code; without one, return it."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        say("The reader needs a terminal; “daily-papers list” prints a day without one.")
        return Exit.USAGE
    if os.environ.get("TERM") == "dumb":
        say("The reader cannot draw where TERM is dumb; “daily-papers list” prints a day there.")
        return Exit.USAGE
    code = run_with(lambda: prepare(given, patient=True), lambda services: _show(services, given))
    flush()
    logging.shutdown()
    # Python would wait for every thread, and one may be looking up a name for half a minute.
    os._exit(code)


def _show(services: Services, given: argparse.Namespace) -> int:
    from tui.app import DailyPapers

    period = parse_period(given.date, services.feed.today()) if given.date is not None else None
    app = DailyPapers(services, period)
    _forgive_typing()
    if not is_terminal(sys.stdout):
        # Textual draws on standard error, and asks the original standard output for the size.
        vars(sys)["__stdout__"] = sys.__stderr__
    app.run()
    return app.return_code or Exit.DONE


def _forgive_typing() -> None:
    """Let a stand-in be what comes from the terminal and is not UTF-8, such as pasted Latin-1.

    Textual reads strictly, in a thread of its driver whose failure ends the program.
    """
    driver = sys.modules.get("textual.drivers.linux_driver")
    if driver:
        vars(driver)["getincrementaldecoder"] = lambda name: partial(
            getincrementaldecoder(name), "replace"
        )
