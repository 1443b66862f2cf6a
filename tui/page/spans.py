"""Lines of a page as runs of text that say what they are; links and highlights laid over them."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from tui.text.addresses import find_links
from tui.text.emphasis import Run
from tui.text.latex import runs
from tui.text.places import places
from tui.text.reflow import wrap, wrap_runs
from tui.text.width import cell_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tui.text.addresses import Link
    from tui.text.emphasis import Style
    from tui.text.highlights import Highlights

TEXTS_KEPT: Final = 32
"""Texts that are kept as lines: those of the last ten papers or so."""

NO_WORD: Final = "\0"

Kind = Literal[
    "title", "authors", "facts", "tags", "note", "label", "summary", "text", "keywords", "link",
    "alert",
]  # fmt: skip


class Span(NamedTuple):
    """A run of text on one line; ``kind`` says what it is, never how it looks."""

    text: str
    kind: Kind
    style: Style = "plain"
    """What its authors set apart in it."""
    address: str = ""
    """The web address that it stands for, or is a part of."""
    marked: bool = False
    """Whether the user watches for it."""


Line = tuple[Span, ...]
BLANK: Final[Line] = ()


class Start(NamedTuple):
    """Where a link begins: the number of its line, the cells before it, and its address."""

    line: int
    column: int
    address: str


def plain(line: Line) -> str:
    """The line's text without its kinds."""
    return "".join(span.text for span in line)


def wrapped(text: str, width: int, kind: Kind) -> list[Line]:
    """``text`` of one kind as lines of at most ``width`` cells."""
    return [(Span(line, kind),) for line in wrap(text, width)]


@lru_cache(maxsize=TEXTS_KEPT)
def set_text(
    text: str, width: int, kind: Kind, highlights: Highlights, *, raw: bool
) -> tuple[Line, ...]:
    """A text of the authors as lines; kept, as it stays the same while the figures change."""
    pieces = (Run(text),) if raw else runs(text)
    shown = "".join(piece.text for piece in pieces)
    lines = [
        tuple(Span(run.text, kind, run.style) for run in line) for line in wrap_runs(pieces, width)
    ]
    links = find_links(shown)
    watched = highlights.in_text(_without(links, shown))
    return tuple(marked(linked(lines, shown, links), shown, watched))


def _without(links: Sequence[Link], text: str) -> str:
    """``text`` with no words where its links are: to a terminal only one look makes one link."""
    kept: list[str] = []
    at = 0
    for link in links:
        kept += text[at : link.start], NO_WORD * (link.end - link.start)
        at = link.end
    return "".join((*kept, text[at:]))


def linked(lines: Sequence[Line], text: str, found: Sequence[Link]) -> Sequence[Line]:
    """The lines of ``text`` with the addresses of the links found in it."""
    return _changed(
        lines, text, [(link.start, link.end) for link in found],
        lambda span, number: span._replace(address=found[number].address),
    )  # fmt: skip


def marked(lines: Sequence[Line], text: str, parts: Sequence[tuple[int, int]]) -> Sequence[Line]:
    """The lines of ``text`` with some parts of it, given as start and end, marked."""
    return _changed(lines, text, parts, lambda span, _: span._replace(marked=True))


def link_starts(lines: Sequence[Line]) -> Iterator[Start]:
    """Where links begin in these lines, or go on from before them."""
    before = ""
    for number, line in enumerate(lines):
        column, inside = 0, ""
        for span in line:
            if span.address and span.address not in (before, inside):
                yield Start(number, column, span.address)
            before = "" if span.address else before
            inside = span.address
            column += cell_width(span.text)
        before = inside


def _changed(
    lines: Sequence[Line], text: str, parts: Sequence[tuple[int, int]],
    change: Callable[[Span, int], Span],
) -> Sequence[Line]:  # fmt: skip
    """The lines of ``text`` with the spans changed that its parts have come to stand in."""
    if not parts:
        return lines
    changed = list(lines)
    for number, place, start, end in places(text, parts, [plain(line) for line in lines]):
        changed[place] = tuple(
            change(span, number) if inside else span
            for span, inside in _split(changed[place], start, end)
        )
    return changed


def _split(line: Line, start: int, end: int) -> Iterator[tuple[Span, bool]]:
    """The spans of a line, parted at two columns, each with whether it is between them."""
    at = 0
    for span in line:
        stop = at + len(span.text)
        cuts = {at, min(max(at, start), stop), min(max(at, end), stop), stop}
        for first, last in pairwise(sorted(cuts)):
            text = span.text[first - at : last - at]
            yield span._replace(text=text), start <= first < end
        at = stop
