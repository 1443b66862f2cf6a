"""The floor: a bare Textual app with a list beside a text, a line above and a line below.

It is told everything it shows, keeps nothing, and asks nobody: what it costs is what the
platform costs. Imports nothing but Textual, so that any environment with it can run this.
"""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import wrap
from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static

DAY_END: Final = "\f"
"""Between the days of the file; in a day each line is a title, a tab and an abstract."""
LINES: Final = 2
BOLD: Final = Style(bold=True)
DIM: Final = Style(dim=True)
REVERSE: Final = Style(reverse=True)


class Entry(NamedTuple):
    title: str
    abstract: str
    read: bool = False


def entries(text: str) -> list[list[Entry]]:
    """The days of the file, each a list of papers."""
    return [[_entry(line) for line in day.split("\n")] for day in text.split(DAY_END)]


def _entry(line: str) -> Entry:
    title, abstract = line.split("\t")
    return Entry(title, abstract)


class Titles(ScrollView, can_focus=True):
    """Two lines a paper, painted line by line."""

    day: list[Entry] = []  # noqa: RUF012
    cursor = 0

    def show(self, day: list[Entry]) -> None:
        self.day, self.cursor = day, 0
        self.virtual_size = Size(0, LINES * len(day))
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def move(self, step: int) -> None:
        old, self.cursor = self.cursor, max(0, min(self.cursor + step, len(self.day) - 1))
        self.repaint(old)
        self.repaint(self.cursor)
        self.scroll_to_region(Region(0, self.cursor * LINES, 1, LINES), animate=False)

    def repaint(self, index: int) -> None:
        top = index * LINES - self.scroll_offset.y
        self.refresh(Region(0, top, self.size.width, LINES))

    def toggle(self) -> None:
        entry = self.day[self.cursor]
        self.day[self.cursor] = entry._replace(read=not entry.read)
        self.repaint(self.cursor)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        index, line = divmod(y + self.scroll_offset.y, LINES)
        if index >= len(self.day):
            return Strip.blank(width)
        entry, here = self.day[index], index == self.cursor
        text = f"{len(entry.abstract)} characters" if line else entry.title
        dot = " " if line else "·" if entry.read else "●"
        strip = Strip(
            [Segment(f"{'▌' if here else ' '}{dot}  "), Segment(text, DIM if line else BOLD)]
        ).adjust_cell_length(width)
        return strip.apply_style(REVERSE) if here else strip


class Text(ScrollView, can_focus=True):
    """A title and an abstract, wrapped once for the width."""

    entry = Entry("", "")

    def show(self, entry: Entry) -> None:
        self.entry = entry
        width = max(1, self.scrollable_content_region.width)
        self.lines = [*wrap(entry.title, width), "", *wrap(entry.abstract, width)]
        self.virtual_size = Size(0, len(self.lines))
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def on_resize(self) -> None:
        self.show(self.entry)

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        text = self.lines[number] if number < len(self.lines) else ""
        return Strip([Segment(text)]).adjust_cell_length(self.scrollable_content_region.width)


class Floor(App[None]):
    """j and k move, h and l change the day, r toggles a glyph, q quits."""

    CSS = "Static { height: 1; } Titles { width: 45%; } Text { width: 1fr; }"
    BINDINGS = [  # noqa: RUF012
        ("j", "move(1)", ""), ("k", "move(-1)", ""), ("h", "day(-1)", ""), ("l", "day(1)", ""),
        ("r", "mark", ""), ("q", "quit", ""),
    ]  # fmt: skip

    def __init__(self, days: list[list[Entry]]) -> None:
        super().__init__()
        self.days, self.number = days, len(days) - 1
        self.titles, self.text = Titles(), Text()

    def compose(self) -> ComposeResult:
        yield Static("A day · some papers")
        yield Horizontal(self.titles, self.text)
        yield Static("j next  k previous  h older  l newer  r mark  q quit")

    def on_mount(self) -> None:
        self.titles.focus()
        self.show()

    def show(self) -> None:
        self.titles.show(self.days[self.number])
        self.text.show(self.titles.day[0])

    def action_move(self, step: int) -> None:
        self.titles.move(step)
        self.text.show(self.titles.day[self.titles.cursor])

    def action_day(self, step: int) -> None:
        self.number = max(0, min(self.number + step, len(self.days) - 1))
        self.show()

    def action_mark(self) -> None:
        self.titles.toggle()


def main() -> None:
    """Show the days of the file named on the command line."""
    Floor(entries(Path(sys.argv[1]).read_text(encoding="utf-8"))).run()


if __name__ == "__main__":
    main()
