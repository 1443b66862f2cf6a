"""``daily-papers cite``: papers as others quote them, printed or added to a ``.bib`` file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.cli.exits import Exit
from tui.cli.ids import paper_ids
from tui.cli.run import Stop, ask, code, prepare, run_with, told, warn
from tui.cli.streams import say
from tui.desktop.bibliography import BibliographyError, append
from tui.hub.errors import HubError
from tui.page import counted
from tui.text.citing import Form, cite

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from tui.feed import Feed
    from tui.papers import Paper
    from tui.services import Services

NOT_CITED: Final = "nothing was cited"


def run(given: argparse.Namespace) -> int:
    """Cite papers; the exit code."""
    return run_with(lambda: prepare(given), lambda services: _cite(services, given))


def _cite(services: Services, given: argparse.Namespace) -> int:
    """Cite what can be had; the exit code tells of the first paper that cannot."""
    form = Form(given.format or Form.BIBTEX)
    if given.append is not None and form is not Form.BIBTEX:
        raise Stop(Exit.USAGE, "What --append adds to a file is BibTeX; leave out --format.")
    ids = paper_ids(given.ids, NOT_CITED)
    warn(services)
    papers, failures = ask(services, _papers(services.feed, ids))
    for paper_id, error in failures:
        say(f"{paper_id}: {told(services, error)}")
    if papers and given.append is not None:
        _append(Path(given.append), papers)
    elif papers:
        print(cite(papers, form))
    return code(failures[0][1]) if failures else Exit.DONE


async def _papers(feed: Feed, ids: Sequence[str]) -> tuple[list[Paper], list[tuple[str, HubError]]]:
    """The papers, from disk whatever their age, and why each of the others could not be had."""
    papers, failures = [], []
    for paper_id in ids:
        try:
            known = feed.peek_paper(paper_id)
            papers.append(known[0] if known else await feed.find_paper(paper_id))
        except HubError as error:
            failures.append((paper_id, error))
    return papers, failures


def _append(file: Path, papers: Sequence[Paper]) -> None:
    if file.is_dir():
        raise Stop(Exit.TROUBLE, f"Nothing was added to {file}: it is a folder.")
    try:
        addition = append(file, papers)
    except BibliographyError as error:
        raise Stop(Exit.TROUBLE, str(error)) from None
    were = f"; {counted(len(addition.known), 'paper')} there already" if addition.known else ""
    say(f"{counted(len(addition.added), 'paper')} added{were}.")
