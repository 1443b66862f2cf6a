"""``daily-papers show ID``: one paper as the reader shows it."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Final

from tui.cli.exits import Exit
from tui.cli.output import as_json, dump
from tui.cli.run import Stop, ask, prepare, run_with, warn
from tui.cli.streams import is_terminal, say
from tui.explain import sentence
from tui.hub.errors import HubError
from tui.page import Options, Own, page, plain
from tui.papers import find_paper_id

if TYPE_CHECKING:
    import argparse

    from tui.feed import Feed
    from tui.papers import Paper
    from tui.services import Services

PIPE_CELLS: Final = 80
"""Cells of a line where there is no terminal to ask."""


def run(given: argparse.Namespace) -> int:
    """Print a paper; the exit code."""
    return run_with(lambda: prepare(given), lambda services: _show(services, given))


def _show(services: Services, given: argparse.Namespace) -> int:
    warn(services)
    paper_id = find_paper_id(given.id)
    if paper_id is None:
        raise Stop(Exit.NOTHING_FOUND, "That is not the id of a paper; give one like 2608.19880.")
    paper = ask(services, _paper(services.feed, paper_id))
    library = services.feed.library
    mark, note = library.marks([paper.id])[paper.id], library.notes([paper.id]).get(paper.id)
    if given.json:
        print(dump(as_json(paper, mark, note)))
    else:
        cells = shutil.get_terminal_size().columns if is_terminal(sys.stdout) else PIPE_CELLS
        own = Own(note or "", mark.tags)
        for line in page(paper, cells, Options(all_authors=True), own=own):
            print(plain(line))
    return Exit.DONE


async def _paper(feed: Feed, paper_id: str) -> Paper:
    """The paper, or what disk has of it when the Hub fails."""
    try:
        return await feed.find_paper(paper_id)
    except HubError as error:
        known = feed.peek_paper(paper_id)
        if known is None:
            raise
        say(f"{sentence(error, 'try again')} This is what was last seen.")
        return known[0]
