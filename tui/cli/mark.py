"""``daily-papers mark``: what the keys do to one paper, for any number at once."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from tui.cli.exits import Exit
from tui.cli.ids import paper_ids, quoted
from tui.cli.run import Stop, with_library
from tui.cli.streams import say
from tui.deeds import deed
from tui.library.change import NOTE, READ, STARRED, TAG
from tui.page import counted
from tui.text.sanitize import clean_line
from tui.text.tags import tags_meant

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from tui.library import Library
    from tui.paths import Paths

NOT_CHANGED: Final = "nothing was changed"
MAX_LABEL: Final = 200  # characters


def run(given: argparse.Namespace) -> int:
    """Mark papers; the exit code."""
    return with_library(given, lambda library, paths: _mark(library, paths, given))


def _mark(library: Library, paths: Paths, given: argparse.Namespace) -> int:
    tags = _tags(given)
    words = list(_words(given, [tag for tag, is_there in tags.items() if is_there]))
    if not words:
        raise Stop(Exit.USAGE, "Say what to do: --read, --star, --tag or --note, for example.")
    papers = paper_ids(given.ids, NOT_CHANGED)
    kept = _to_keep(library, paths, papers) if given.starred else {}
    try:
        changed = library.mark(
            papers, read=given.read, starred=given.starred, tags=tags, note=given.note, kept=kept,
            label=lambda changed: _label(words, changed),
        )  # fmt: skip
    except ValueError as error:
        raise Stop(Exit.USAGE, f"This cannot be kept: {error}.") from None
    say(f"{counted(changed, 'paper')} changed.")
    return Exit.DONE


def _label(words: Sequence[str], changed: Sequence[str]) -> str:
    """The name of the step that undo takes back."""
    on = changed[0] if len(changed) == 1 else counted(len(changed), "paper")
    return f"{clean_line(', '.join(words), MAX_LABEL)} ({on})"


def _to_keep(library: Library, paths: Paths, papers: Iterable[str]) -> dict[str, str]:
    """What disk knows of the papers, to be kept with their stars."""
    from tui.cache import Cache
    from tui.feed.shelf import Shelf
    from tui.hub.item import dump_paper

    with closing(Cache.open(paths.cache)) as cache:
        found = Shelf(cache, library).find(papers)
        return {paper_id: dump_paper(paper) for paper_id, paper in found.items()}


def _words(given: argparse.Namespace, added: Iterable[str]) -> Iterator[str]:
    """What is asked for; ``added`` are tags."""
    if given.read is not None:
        yield deed(READ, given.read)
    if given.starred is not None:
        yield deed(STARRED, given.starred)
    yield from (deed(TAG + tag, True) for tag in added)
    yield from (deed(TAG + tag, False) for tag in given.untag)
    if given.note is not None:
        yield deed(NOTE, given.note)


def _tags(given: argparse.Namespace) -> dict[str, bool]:
    """Whether each tag is to be there.

    One to be taken off is also meant as it was typed: another program may have made it so.
    """
    added = [tag for typed in given.tag for tag in tags_meant(typed) or [""]]
    taken = [tag for typed in given.untag for tag in (typed, typed.strip(), *tags_meant(typed))]
    for tag in added:
        if tag in taken:
            raise Stop(Exit.USAGE, f"The tag {quoted(tag)} cannot be added and taken off at once.")
    return dict.fromkeys(taken, False) | dict.fromkeys(added, True)
