"""The two lines of a paper in the list, as spans of text that fit a width in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from tui.page import counted
from tui.text.latex import to_unicode
from tui.text.width import cell_width, fit, pad

if TYPE_CHECKING:
    from tui.papers import Paper

UNREAD: Final = "●"
READ: Final = "·"
STARRED: Final = "★"
MARGIN: Final = 4
"""Cells before the title: cursor bar, unread dot, star, space."""

ROOM_FOR_COLUMNS: Final = 60
"""Below this many cells a missing figure leaves no gap."""

Kind = Literal["bar", "dot", "star", "title", "facts"]


class Span(NamedTuple):
    text: str
    kind: Kind


def title_line(paper: Paper, cells: int, *, read: bool, starred: bool) -> list[Span]:
    """Glyphs and title; the cursor's bar is the caller's to paint in the first cell."""
    return [
        Span(" ", "bar"),
        Span(READ if read else UNREAD, "dot"),
        Span(STARRED if starred else " ", "star"),
        Span(" ", "title"),
        Span(pad(to_unicode(paper.title), max(0, cells - MARGIN)), "title"),
    ]


def facts_line(paper: Paper, cells: int) -> list[Span]:
    """Upvotes, comments, GitHub stars, organization and number of authors, as far as they fit."""
    return [
        Span(" ", "bar"),
        Span(" " * (MARGIN - 1), "facts"),
        Span(pad(facts(paper, cells - MARGIN), max(0, cells - MARGIN)), "facts"),
    ]


def facts(paper: Paper, cells: int) -> str:
    """The figures in columns, then the organization, cut so that the authors still fit."""
    figures = f"▲{short(paper.upvotes):<5} ✎{short(paper.comments or 0):<4} "
    if paper.github_stars is not None:
        figures += f"gh {short(paper.github_stars):<5}"
    elif cells >= ROOM_FOR_COLUMNS:
        figures += " " * 8
    people = counted(len(paper.authors), "author") if paper.authors else ""
    room = cells - cell_width(figures) - cell_width(people) - 4
    if paper.organization and room >= 4:
        people = f"{fit(paper.organization.fullname, room)}  {people}"
    return f"{figures}  {people}"


def short(number: int) -> str:
    """At most five cells: ``999``, ``1.2k``, ``91k``, ``3.4M``."""
    for size, unit in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            scaled = number / size
            return f"{scaled:.1f}{unit}" if scaled < 9.95 else f"{scaled:.0f}{unit}"
    return str(number)
