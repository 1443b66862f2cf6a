"""The lines of a paper in the list, as spans of text that fit a width in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from tui.page import counted, shown_tag
from tui.papers import NO_GAIN
from tui.text.highlights import NO_HIGHLIGHTS
from tui.text.latex import to_unicode
from tui.text.width import ELLIPSIS, cell_width, fit, pad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.papers import Gain, Headline
    from tui.text.highlights import Highlights, Marks

UNREAD: Final = "●"
READ: Final = "·"
STARRED: Final = "★"
NEW: Final = "+"
GONE: Final = "-"
NOTED: Final = "n"
SELECTED: Final = "x"
WATCHED: Final = "»"
LEFT: Final = "left the list"
RULE: Final = "─"
MARGIN: Final = 4
"""Cells before the title: cursor bar, unread dot, star, space."""

ROOM_FOR_COLUMNS: Final = 48
"""Below this many cells a missing figure leaves no gap."""
ROOM_FOR_TAG: Final = 6
"""Cells, at least, for the first tag: fewer would tell nothing."""
ROOM_FOR_GAINS: Final = 72
"""From this many cells on there are columns for what the figures have gained."""
COLUMNS: Final = (6, 5, 8)
WIDE_COLUMNS: Final = (9, 7, 11)
"""Cells of upvotes, comments and GitHub stars."""

Kind = Literal[
    "bar", "dot", "star", "title", "new", "gone", "noted", "facts", "gain", "tags", "heading",
    "selected", "watched",
]  # fmt: skip


class Row(NamedTuple):
    """A paper in a list: what the user has done with it, and what has become of it."""

    paper: Headline
    read: bool = False
    starred: bool = False
    has_note: bool = False
    tags: tuple[str, ...] = ()
    """As the user typed them."""
    selected: bool = False
    watched: bool = False
    """Has something that the user watches for, be it where the list does not show it."""
    gain: Gain = NO_GAIN
    new: bool = False
    """Appeared since the list was last seen."""
    gone: bool = False
    """Has left the list."""
    heading: str = ""
    """What stands on a line above it."""


class Span(NamedTuple):
    text: str
    kind: Kind
    marked: bool = False
    """Whether the user watches for it."""


def heading_line(row: Row, cells: int) -> list[Span]:
    """The heading, and a rule from there to the edge."""
    text = fit(row.heading, max(0, cells - 2))
    return [Span(f" {text} ", "heading"), Span(RULE * (cells - cell_width(text) - 2), "heading")]


def title_line(row: Row, cells: int, highlights: Highlights = NO_HIGHLIGHTS) -> list[Span]:
    """Glyphs and title; where nothing is in the first cell the cursor's bar may be painted."""
    title = to_unicode(row.paper.title)
    shown = pad(title, max(0, cells - MARGIN))
    end = len(title) if shown.startswith(title) else shown.rfind(ELLIPSIS)
    return [
        Span(SELECTED, "selected") if row.selected else Span(" ", "bar"),
        Span(READ if row.read else UNREAD, "dot"),
        Span(STARRED if row.starred else " ", "star"),
        Span(" ", "title"),
        *_marked(shown, highlights.in_text(title), end),
    ]


def _marked(shown: str, marks: Marks, end: int) -> Iterator[Span]:
    """A title in parts; what it says ends at ``end``, where it may have been cut."""
    at = 0
    for start, stop in marks:
        if start < end:
            yield Span(shown[at:start], "title")
            at = min(stop, end)
            yield Span(shown[start:at], "title", marked=True)
    yield Span(shown[at:], "title")


def facts_line(row: Row, cells: int, highlights: Highlights = NO_HIGHLIGHTS) -> list[Span]:
    """What became of the paper, its figures, organization and authors, as far as they fit."""
    return [
        Span(" ", "bar"),
        Span(GONE, "gone") if row.gone else Span(NEW if row.new else " ", "new"),
        Span(NOTED if row.has_note else " ", "noted"),
        Span(WATCHED if row.watched else " ", "watched"),
        *_filled(facts(row, cells - MARGIN, highlights), max(0, cells - MARGIN)),
    ]


def facts(row: Row, cells: int, highlights: Highlights = NO_HIGHLIGHTS) -> Iterator[Span]:
    """The figures in columns, the organization, cut so that the authors still fit, and tags."""
    room = cells - 2
    for span in _figures(row, cells):
        yield span
        room -= cell_width(span.text)
    yield Span("  ", "facts")
    people = [Span(LEFT, "facts")] if row.gone else _people(row.paper, room, highlights)
    for span in people:
        yield span
        room -= cell_width(span.text)
    room -= 2
    if row.tags and room >= ROOM_FOR_TAG:
        yield Span("  ", "facts")
        yield Span(fit(" ".join(f"#{shown_tag(tag)}" for tag in row.tags), room), "tags")


def _figures(row: Row, cells: int) -> Iterator[Span]:
    """Each figure with its gain right behind it."""
    paper, gain = row.paper, row.gain
    upvotes, comments, stars = WIDE_COLUMNS if cells >= ROOM_FOR_GAINS else COLUMNS
    known = "" if paper.is_bare else f"▲{short(paper.upvotes)}"
    yield from _figure(known, signed(gain.upvotes), upvotes)
    yield Span(" ", "facts")
    known = "" if paper.comments is None else f"✎{short(paper.comments)}"
    yield from _figure(known, signed(gain.comments), comments)
    yield Span(" ", "facts")
    has_stars = paper.github_stars is not None
    if has_stars or gain.repo:
        known = f"gh {short(paper.github_stars or 0)}" if has_stars else "gh"
        yield from _figure(known, "new" if gain.repo else "", stars)
    elif cells >= ROOM_FOR_COLUMNS:
        yield Span(" " * stars, "facts")


def _figure(known: str, gained: str, cells: int) -> Iterator[Span]:
    """A figure and its gain in a column of so many cells, which they may exceed."""
    if not gained:
        yield Span(known.ljust(cells), "facts")
        return
    yield Span(f"{known} ", "facts")
    yield Span(gained, "gain")
    yield Span(" " * (cells - len(known) - 1 - len(gained)), "facts")


def _people(paper: Headline, cells: int, highlights: Highlights) -> Iterator[Span]:
    """The organization and the number of authors; the latter whole or not at all."""
    authors = counted(paper.authors, "author") if paper.authors else ""
    if len(authors) > cells:
        return
    room = cells - len(authors) - 2
    if paper.organization and room >= 4:
        is_watched = highlights.has_organization(paper.organization)
        yield Span(fit(paper.organization, room), "facts", marked=is_watched)
        yield Span("  ", "facts")
    yield Span(authors, "facts")


def _filled(spans: Iterator[Span], cells: int) -> Iterator[Span]:
    """The spans, cut or filled to exactly so many cells."""
    for span in spans:
        text = fit(span.text, cells)
        cells -= cell_width(text)
        yield span._replace(text=text)
        if text != span.text:
            break
    yield Span(" " * cells, "facts")


def signed(change: int) -> str:
    """``+41``, ``-2``, and nothing for no change."""
    if not change:
        return ""
    return f"{'+' if change > 0 else '-'}{short(abs(change))}"


def short(number: int) -> str:
    """At most five cells: ``999``, ``1.2k``, ``91k``, ``3.4M``."""
    for size, unit in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            scaled = number / size
            return f"{scaled:.1f}{unit}" if scaled < 9.95 else f"{scaled:.0f}{unit}"
    return str(number)
