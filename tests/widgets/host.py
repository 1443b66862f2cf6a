"""A program around one widget, in the looks of the real one, and papers to show in it."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from textual.app import App

from tests.generate import make_day
from tui.app import DailyPapers
from tui.hub.wire import parse_items
from tui.papers import Author, Headline, Organization, Paper
from tui.widgets.paper_list import CURSOR_BAR, PaperList, Row

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from textual.app import ComposeResult
    from textual.pilot import Pilot
    from textual.strip import Strip
    from textual.widget import Widget

DAY: Final = date(2026, 8, 21)


class Host(App[None]):
    """Shows one widget and keeps the clicks that it reports."""

    CSS_PATH = DailyPapers.CSS_PATH
    HORIZONTAL_BREAKPOINTS = DailyPapers.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = DailyPapers.VERTICAL_BREAKPOINTS

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget
        self.clicks: list[PaperList.Clicked] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_paper_list_clicked(self, message: PaperList.Clicked) -> None:
        self.clicks.append(message)


@asynccontextmanager
async def showing(widget: Widget, size: tuple[int, int]) -> AsyncIterator[tuple[Pilot[None], Host]]:
    """The widget alone on a screen of this size (columns, rows)."""
    host = Host(widget)
    async with host.run_test(size=size) as pilot:
        yield pilot, host


def seen(widget: Widget) -> list[str]:
    """The rows of the widget, without trailing blanks."""
    height = widget.size.height
    return [widget.render_line(y).text.rstrip() for y in range(height)]


def make_papers(count: int) -> tuple[Paper, ...]:
    """So many generated papers, read as the Hub sends them."""
    papers, unreadable = parse_items(json.dumps(make_day(DAY, count)).encode())
    assert (len(papers), unreadable) == (count, 0)
    return papers


def make_rows(count: int) -> list[Row]:
    """Unread rows whose titles are numbered; cheap for very many."""
    return [make_row(number) for number in range(count)]


def make_row(number: int, **facts: Any) -> Row:
    """The row of that number in ``make_rows``, with what a test is about."""
    return Row(Headline(f"2608.{number:05}", f"Paper {number}"), **facts)


def paper(title: str = "A Title", authors: int = 3, org: str = "", **fields: Any) -> Paper:
    """One paper with what a test is about."""
    names = tuple(Author(f"Author {number}") for number in range(1, authors + 1))
    organization = Organization("login", org) if org else None
    return Paper("2608.00001", title, authors=names, organization=organization, **fields)


def titles(lines: Sequence[str]) -> list[str]:
    """The titles on the rows of a list."""
    return [line[4:] for line in lines if "Paper" in line]


def make_month(count: int, every: int) -> list[Row]:
    """Rows with a heading above every so many."""
    return [
        make_row(number, heading="" if number % every else f"Day {number // every}")
        for number in range(count)
    ]


def line_of(papers: PaperList, number: int) -> int:
    """The line of the screen on which a paper's title is."""
    return [line[4:] for line in seen(papers)].index(f"Paper {number}")


class CountedList(PaperList):
    """Counts the lines it paints."""

    painted: int = 0

    def _strip(self, index: int, line: int, width: int, *, partial: bool = False) -> Strip:
        self.painted += 1
        return super()._strip(index, line, width, partial=partial)


def under_bar(papers: PaperList) -> list[str]:
    """The titles that have the cursor's bar before them."""
    return titles([line for line in seen(papers) if line.startswith(CURSOR_BAR)])


def in_view(papers: PaperList) -> list[str]:
    return titles(seen(papers))


def paper_names(numbers: range) -> list[str]:
    return [f"Paper {number}" for number in numbers]
