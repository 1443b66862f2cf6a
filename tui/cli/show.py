"""``daily-papers show ID``: one paper as the reader shows it."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING, Final

from tui.cli.exits import Exit
from tui.cli.output import as_json, dump
from tui.cli.run import Stop, ask, prepare, run_with, warn
from tui.cli.streams import is_terminal, say
from tui.explain import sentence
from tui.hub.errors import HubError
from tui.page import Options, page, plain

if TYPE_CHECKING:
    import argparse

    from tui.feed import Feed
    from tui.papers import Paper
    from tui.services import Services

PAPER_ID: Final = re.compile(
    r"(?<!\d)\d{4}\.\d{4,5}(?!\d)|[a-z]{1,10}(-[a-z]{1,10})?(\.[A-Z]{2})?/\d{7}(?!\d)", re.ASCII
)
"""An arXiv id wherever it stands, such as in the address of a paper."""
PIPE_CELLS: Final = 80
"""Cells of a line where there is no terminal to ask."""


def run(given: argparse.Namespace) -> int:
    """Print a paper; the exit code."""
    return run_with(lambda: prepare(given), lambda services: _show(services, given))


def _show(services: Services, given: argparse.Namespace) -> int:
    warn(services)
    found = PAPER_ID.search(given.id)
    if found is None:
        raise Stop(Exit.USAGE, "That is not the id of a paper; give one like 2608.19880.")
    paper = ask(services, _paper(services.feed, found[0]))
    if given.json:
        mark = services.feed.library.marks([paper.id])[paper.id]
        print(dump(as_json(paper, mark)))
    else:
        cells = shutil.get_terminal_size().columns if is_terminal(sys.stdout) else PIPE_CELLS
        for line in page(paper, cells, Options(all_authors=True)):
            print(plain(line))
    return Exit.DONE


async def _paper(feed: Feed, paper_id: str) -> Paper:
    """The paper, or what disk has of it when the Hub fails."""
    try:
        return await feed.paper(paper_id)
    except HubError as error:
        known = feed.peek_paper(paper_id)
        if known is None:
            raise
        say(f"{sentence(error, 'try again')} This is what was last seen.")
        return known[0]
