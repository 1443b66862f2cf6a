"""The papers that a command is about: ids as arguments, or on standard input."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from tui.cli.arguments import STREAM
from tui.cli.exits import Exit
from tui.cli.run import Stop
from tui.cli.streams import is_terminal, typed_lines
from tui.papers import find_paper_id, is_paper_id
from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_QUOTED: Final = 60  # characters
PARTING: Final = re.compile(r"[\s,]+")
SEVERAL: Final = "names more than one paper; give the ids alone, parted by blanks or commas"


def paper_ids(given: Sequence[str], otherwise: str) -> list[str]:
    """The ids in the arguments and in standard input, each once, in their order.

    Raises Stop where there are none, at the first text that holds none, and at one of which it is
    not sure which it means; ``otherwise`` says what comes of it, such as "nothing was changed".
    """
    papers = [paper for text in _texts(given) for paper in _papers(text, otherwise)]
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


def _papers(text: str, otherwise: str) -> list[str]:
    """The ids in a text that is nothing but ids, parted by blanks or commas, or the one it is
    about."""
    words = [_ids(word) for word in PARTING.split(text) if word]
    if all(len(ids) == 1 for ids in words):
        found = [paper for ids in words for paper in ids]
    else:
        found = _subject(text) or _ids(text)
        if len(found) > 1:
            raise Stop(Exit.USAGE, f"{quoted(text)} {SEVERAL}; {otherwise}.")
    if not found:
        none = f"{quoted(text)} is not the id of a paper; {otherwise}."
        raise Stop(Exit.NOTHING_FOUND, none)
    return found


def _subject(text: str) -> list[str]:
    """The paper of a line as ``list`` prints it, whatever its title names; none of another text."""
    first, tab, _ = text.partition("\t")
    return [first] if tab and is_paper_id(first) else []


def _ids(text: str) -> list[str]:
    """The different ids in a text, in their order."""
    found: list[str] = []
    while paper := find_paper_id(text):
        found.append(paper)
        text = text.replace(paper, " ")
    return found
