"""``daily-papers mark``: what the keys do to one paper, for any number at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.cli.deeds import deed
from tui.cli.exits import Exit
from tui.cli.ids import paper_ids, quoted
from tui.cli.run import Stop, with_library
from tui.cli.streams import say
from tui.library.change import NOTE, READ, STARRED, TAG
from tui.page import counted
from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from tui.library import Library

NOT_CHANGED: Final = "nothing was changed"
MAX_LABEL: Final = 200  # characters


def run(given: argparse.Namespace) -> int:
    """Mark papers; the exit code."""
    return with_library(given, lambda library, _: _mark(library, given))


def _mark(library: Library, given: argparse.Namespace) -> int:
    words = list(_words(given))
    if not words:
        raise Stop(Exit.USAGE, "Say what to do: --read, --star, --tag or --note, for example.")
    tags = _tags(given)
    papers = paper_ids(given.ids, NOT_CHANGED)
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
        yield deed(READ, given.read)
    if given.starred is not None:
        yield deed(STARRED, given.starred)
    yield from (deed(TAG + tag, True) for tag in given.tag)
    yield from (deed(TAG + tag, False) for tag in given.untag)
    if given.note is not None:
        yield deed(NOTE, given.note)


def _tags(given: argparse.Namespace) -> dict[str, bool]:
    """Whether each tag is to be there."""
    for tag in given.tag:
        if tag in given.untag:
            raise Stop(Exit.USAGE, f"The tag {quoted(tag)} cannot be added and taken off at once.")
    return dict.fromkeys(given.tag, True) | dict.fromkeys(given.untag, False)
