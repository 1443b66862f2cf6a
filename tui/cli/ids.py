"""The papers that a command is about: ids as arguments, or on standard input."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from tui.cli.arguments import STREAM
from tui.cli.exits import Exit
from tui.cli.run import Stop
from tui.cli.streams import is_terminal, typed_lines
from tui.papers import find_paper_id
from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_QUOTED: Final = 60  # characters


def paper_ids(given: Sequence[str], otherwise: str) -> list[str]:
    """The ids in the arguments and in standard input, each once, in their order.

    Raises Stop where there are none and at the first text that holds none; ``otherwise`` says what
    comes of it, such as "nothing was changed".
    """
    papers = [_paper(text, otherwise) for text in _texts(given)]
    if not papers:
        raise Stop(Exit.NOTHING_FOUND, f"No papers were named; {otherwise}.")
    return list(dict.fromkeys(papers))


def quoted(text: str) -> str:
    """What somebody typed, as it may stand in a sentence."""
    return f"“{clean_line(text, MAX_QUOTED)}”"


def _texts(given: Sequence[str]) -> Iterator[str]:
    """The arguments, and the lines of standard input where they say so or where there are none."""
    if not given and is_terminal(sys.stdin):
        raise Stop(Exit.USAGE, "Give the ids of papers, or send them to standard input.")
    for text in given or [STREAM]:
        if text == STREAM:
            yield from (line for line in typed_lines() if line.strip())
        else:
            yield text


def _paper(text: str, otherwise: str) -> str:
    paper = find_paper_id(text)
    if paper is None:
        words = f"{quoted(text)} is not the id of a paper; {otherwise}."
        raise Stop(Exit.NOTHING_FOUND, words)
    return paper
