"""``daily-papers mark``: what the keys do to one paper, for any number at once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from tui.cli.arguments import STREAM
from tui.cli.exits import Exit
from tui.cli.run import Stop, with_library
from tui.cli.streams import is_terminal, say, typed_lines
from tui.page import counted
from tui.papers import find_paper_id
from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from tui.library import Library

MAX_QUOTED: Final = 60  # characters
MAX_LABEL: Final = 200  # characters


def run(given: argparse.Namespace) -> int:
    """Mark papers; the exit code."""
    return with_library(given, lambda library, _: _mark(library, given))


def _mark(library: Library, given: argparse.Namespace) -> int:
    words = list(_words(given))
    if not words:
        raise Stop(Exit.USAGE, "Say what to do: --read, --star, --tag or --note, for example.")
    tags = _tags(given)
    papers = _papers(given.ids)
    on = papers[0] if len(papers) == 1 else counted(len(papers), "paper")
    label = clean_line(f"{', '.join(words)}: {on}", MAX_LABEL)
    try:
        changed = library.mark(
            papers, read=given.read, starred=given.starred, tags=tags, note=given.note, label=label
        )
    except ValueError as error:
        raise Stop(Exit.USAGE, f"This cannot be kept: {error}.") from None
    say(f"{counted(changed, 'paper')} changed.")
    return Exit.DONE


def _words(given: argparse.Namespace) -> Iterator[str]:
    """What is asked for, as the name of the step that undo takes back."""
    if given.read is not None:
        yield "read" if given.read else "unread"
    if given.starred is not None:
        yield "starred" if given.starred else "star taken off"
    yield from (f"tagged {_quoted(tag)}" for tag in given.tag)
    yield from (f"tag {_quoted(tag)} taken off" for tag in given.untag)
    if given.note is not None:
        yield "note written" if given.note else "note taken off"


def _tags(given: argparse.Namespace) -> dict[str, bool]:
    """Whether each tag is to be there."""
    for tag in given.tag:
        if tag in given.untag:
            raise Stop(Exit.USAGE, f"The tag {_quoted(tag)} cannot be added and taken off at once.")
    return dict.fromkeys(given.tag, True) | dict.fromkeys(given.untag, False)


def _papers(given: Sequence[str]) -> list[str]:
    """The ids in the arguments and in standard input, each once, in their order."""
    papers = [_paper(text) for text in _texts(given)]
    if not papers:
        raise Stop(Exit.NOTHING_FOUND, "No papers were named; nothing was changed.")
    return list(dict.fromkeys(papers))


def _texts(given: Sequence[str]) -> Iterator[str]:
    """The arguments, and the lines of standard input where they say so or where there are none."""
    if not given and is_terminal(sys.stdin):
        raise Stop(Exit.USAGE, "Give the ids of papers, or send them to standard input.")
    for text in given or [STREAM]:
        if text == STREAM:
            yield from (line for line in typed_lines() if line.strip())
        else:
            yield text


def _paper(text: str) -> str:
    paper = find_paper_id(text)
    if paper is None:
        words = f"{_quoted(text)} is not the id of a paper; nothing was changed."
        raise Stop(Exit.NOTHING_FOUND, words)
    return paper


def _quoted(text: str) -> str:
    return f"“{clean_line(text, MAX_QUOTED)}”"
