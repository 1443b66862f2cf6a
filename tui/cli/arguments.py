"""What may stand on the command line; argparse, because it costs 2 ms."""

from __future__ import annotations

import argparse

from tui import __version__

TYPE_CHECKING = False  # typing would be the costliest import of --version
if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

FORMS = ("bibtex", "markdown", "text", "ris", "csl")
LEVELS = ("debug", "info", "warning", "error")
EPILOG = """exit codes: 0 done, 1 nothing found, 2 wrong usage, 3 offline and not on disk,
4 the Hub refused, 5 trouble on this machine, 130 stopped by Ctrl+c"""
STREAM = "-"
"""What stands for standard input or output in place of a file or an id."""


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
    for add in (_add_list, _add_show, _add_mark, _add_cite, _add_library):
        add(commands)
    return top


def _add_list(commands: Commands) -> None:
    a_list = commands.add_parser(
        "list",
        help="print the papers of a day, a week or a month, or what is trending",
        description="Print the papers of a day, a week or a month, the newest day first, or what "
        "is trending: aligned on a terminal, tab-separated into a pipe. --starred and --tag "
        "without --date: all such papers on disk, the latest first.",
        epilog=EPILOG,
    )
    _common(a_list, again=True)
    a_list.add_argument("--unread", action="store_true", help="only papers that are unread")
    a_list.add_argument("--starred", action="store_true", help="only papers with a star")
    a_list.add_argument("--tag", metavar="T", help="only papers that have the tag")
    a_list.add_argument("--json", action="store_true", help="print a JSON array of the papers")


def _add_show(commands: Commands) -> None:
    show = commands.add_parser(
        "show",
        help="print one paper",
        description="Print one paper as the reader shows it.",
        epilog=EPILOG,
    )
    _common(show, again=True, date=False)
    show.add_argument("id", metavar="ID", help="an arXiv id such as 2608.19880")
    show.add_argument("--json", action="store_true", help="print the paper as a JSON object")


def _add_mark(commands: Commands) -> None:
    mark = commands.add_parser(
        "mark",
        help="mark papers read or unread, star, tag and note them",
        description="Mark papers, all in one step to undo. Exit code 0 says that everything is "
        "on disk; where an id is none, nothing is changed.",
        epilog=EPILOG,
    )
    _common(mark, again=True, date=False)
    _add_ids(mark)
    _flag(mark, "read", "--read", "--unread", ("mark as read", "mark as unread"))
    _flag(mark, "starred", "--star", "--unstar", ("star", "take the star off"))
    mark.add_argument("--tag", metavar="T", action="append", default=[],
                      help="add a tag, or several with commas between them")  # fmt: skip
    mark.add_argument("--untag", metavar="T", action="append", default=[],
                      help="take a tag off, or several")  # fmt: skip
    mark.add_argument("--note", metavar="TEXT",
                      help="write a note over the earlier one; empty: take it off")  # fmt: skip


def _flag(to: argparse.ArgumentParser, name: str, on: str, off: str, tell: tuple[str, str]) -> None:
    """Two options of which one may be given; the value is None without."""
    either = to.add_mutually_exclusive_group()
    either.add_argument(on, dest=name, action="store_const", const=True, help=tell[0])
    either.add_argument(off, dest=name, action="store_const", const=False, help=tell[1])


def _add_cite(commands: Commands) -> None:
    cite = commands.add_parser(
        "cite",
        help="print citations, or add them to a .bib file",
        description="Cite papers: those on disk, the others as the Hub knows them. What can be "
        "had is cited; the exit code tells of the first paper that cannot.",
        epilog=EPILOG,
    )
    _common(cite, again=True, date=False)
    _add_ids(cite)
    cite.add_argument("--format", choices=FORMS, help="how to write them (bibtex)")
    cite.add_argument("--append", metavar="FILE",
                      help="add to a .bib file the papers that it does not cite yet")  # fmt: skip


def _add_ids(to: argparse.ArgumentParser) -> None:
    """The papers that a command is about."""
    to.add_argument("ids", metavar="ID", nargs="*",
                    help="arXiv ids, or addresses that hold one; none or -: one a line from "
                    "standard input")  # fmt: skip


def _add_library(commands: Commands) -> None:
    library = commands.add_parser(
        "library",
        help="share, export, import, copy, restore, check or count your marks, tags and notes",
        description="Everything that you did to papers, on this machine and on others.",
        epilog=EPILOG,
    )
    _common(library, again=True, date=False)
    actions = library.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_action(actions, "sync", "share the library through the folder that the settings name")
    export = _add_action(actions, "export", "write every change as JSON Lines")
    export.add_argument("file", metavar="FILE", nargs="?", default=STREAM,
                        help="where to; standard output without")  # fmt: skip
    import_ = _add_action(actions, "import", "add the changes that export wrote")
    import_.add_argument("file", metavar="FILE", help="where from; -: standard input")
    backup = _add_action(actions, "backup", "copy the library in one file")
    backup.add_argument("file", metavar="FILE", nargs="?",
                        help="where to; the folder of the daily copies without")  # fmt: skip
    restore = _add_action(actions, "restore", "bring marks, tags and notes back to those of a copy")
    restore.add_argument("copy", metavar="COPY", nargs="?",
                         help="a date, name or file; without, the copies are listed")  # fmt: skip
    restore.add_argument("--yes", action="store_true",
                         help="do it; without, what would change is told")  # fmt: skip
    check = _add_action(actions, "check", "read the whole library to see whether it is sound")
    check.add_argument("--json", action="store_true", help="print what was found as JSON")
    stats = _add_action(actions, "stats", "tell what you read this week, in a row and in all")
    stats.add_argument("--json", action="store_true",
                       help="print it as JSON, with every day of the last year")  # fmt: skip
    _add_action(actions, "repair", "save what can be read of a damaged library, which is kept")


def _add_action(actions: Commands, name: str, tell: str) -> argparse.ArgumentParser:
    """A part of ``library``."""
    action = actions.add_parser(
        name, help=tell, description=f"{tell[0].upper()}{tell[1:]}.", epilog=EPILOG
    )
    _common(action, again=True, date=False)
    return action


def _common(to: argparse.ArgumentParser, *, again: bool = False, date: bool = True) -> None:
    """The options that may stand before and after the command; the later one counts."""
    default = argparse.SUPPRESS if again else None
    if date:
        to.add_argument("--date", metavar="D", default=default,
                        help="which papers: 2026-08-21, -3, fri, '21 aug', today; w34 or "
                        "2026-w34; 2026-08 or 'aug 2026'; trending; starred")  # fmt: skip
    to.add_argument("--demo", action="store_true", default=default or False,
                    help="use the sample edition that ships with the program")  # fmt: skip
    to.add_argument("--log-level", choices=LEVELS, default=default or "warning",
                    help="how much goes into the log file (warning)")  # fmt: skip
