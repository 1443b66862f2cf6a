"""``daily-papers`` itself: the screen."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

from tui.cli.exits import Exit
from tui.cli.run import prepare, run_with
from tui.cli.streams import flush, is_terminal, say
from tui.cli.terminal import prepare_terminal
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
    prepare_terminal()
    app.run()
    return app.return_code or Exit.DONE
