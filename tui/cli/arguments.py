"""What may stand on the command line; argparse, because it costs 2 ms."""

from __future__ import annotations

import argparse

from tui import __version__

LEVELS = ("debug", "info", "warning", "error")
EPILOG = """exit codes: 0 done, 1 nothing found, 2 wrong usage, 3 offline and not on disk,
4 the Hub refused, 5 trouble on this machine"""


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="daily-papers",
        description="Read Hugging Face Daily Papers in the terminal; ? in the program shows the "
        "keys.",
        epilog=EPILOG,
    )
    top.add_argument("--version", action="version", version=f"daily-papers {__version__}")
    _common(top)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", prog=top.prog)
    a_list = commands.add_parser(
        "list",
        help="print the papers of a day, a week or a month, or what is trending",
        description="Print the papers of a day, a week or a month, the newest day first, or what "
        "is trending: aligned on a terminal, tab-separated into a pipe.",
        epilog=EPILOG,
    )
    _common(a_list, again=True)
    a_list.add_argument("--json", action="store_true", help="print a JSON array of the papers")
    show = commands.add_parser(
        "show",
        help="print one paper",
        description="Print one paper as the reader shows it.",
        epilog=EPILOG,
    )
    _common(show, again=True, date=False)
    show.add_argument("id", metavar="ID", help="an arXiv id such as 2608.19880")
    show.add_argument("--json", action="store_true", help="print the paper as a JSON object")
    return top


def _common(to: argparse.ArgumentParser, *, again: bool = False, date: bool = True) -> None:
    """The options that may stand before and after the command; the later one counts."""
    default = argparse.SUPPRESS if again else None
    if date:
        to.add_argument("--date", metavar="D", default=default,
                        help="which papers: 2026-08-21, -3, fri, '21 aug', today; w34 or "
                        "2026-w34; 2026-08 or 'aug 2026'; trending")  # fmt: skip
    to.add_argument("--demo", action="store_true", default=default or False,
                    help="use the sample edition that ships with the program")  # fmt: skip
    to.add_argument("--log-level", choices=LEVELS, default=default or "warning",
                    help="how much goes into the log file (warning)")  # fmt: skip
