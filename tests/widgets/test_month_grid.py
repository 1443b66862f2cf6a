from __future__ import annotations

import re
from datetime import date
from typing import Final

import pytest
from textual.app import App, ComposeResult

from tests.widgets.host import seen, showing
from tui.papers import DayCount
from tui.periods import Period, Span
from tui.widgets.month_grid import MonthGrid, View

TODAY: Final = date(2026, 8, 21)
ROOMY: Final = (56, 14)
NARROW: Final = (40, 8)


def august(day: int) -> date:
    return date(2026, 8, day)


def count(day: int, total: int, unread: int) -> DayCount:
    return DayCount(august(day), total, unread)


COUNTS: Final[dict[date, DayCount | None]] = {
    **{august(day): count(day, 103, 103) for day in range(3, 22)},
    august(13): count(13, 38, 12),
    august(14): count(14, 38, 0),
    august(15): count(15, 0, 0),
    august(17): None,
    august(18): count(18, 1, 1),
    august(19): count(19, 1, 0),
}
"""The first two days lie before the first that can be opened."""


def view(cursor: int = 13, today: date = TODAY) -> View:
    return View(Period.of(Span.MONTH, TODAY), COUNTS, august(cursor), today)


async def test_two_lines_a_week_hold_the_counts() -> None:
    grid = MonthGrid()
    async with showing(grid, ROOMY) as (pilot, _):
        grid.show(view())
        await pilot.pause()
        assert seen(grid) == [
            "August 2026 · Thu 13 · 12 of 38 unread",
            " Mo      Tu      We      Th      Fr      Sa      Su",
            "                                          1       2",
            "",
            "  3       4       5       6       7       8       9",
            " 103/103 103/103 103/103 103/103 103/103 103/103 103/103",
            " 10      11      12     [13]     14      15      16",
            " 103/103 103/103 103/103 12/38   ✓ 38    ·       103/103",
            " 17      18      19      20     (21)     22      23",
            " ○       1/1     ✓ 1     103/103 103/103",
            " 24      25      26      27      28      29      30",
            "",
            " 31",
            "",
        ]


async def test_one_line_a_week_holds_a_glyph_for_each_day() -> None:
    grid = MonthGrid()
    async with showing(grid, NARROW) as (pilot, _):
        grid.show(view())
        await pilot.pause()
        assert seen(grid) == [
            "August 2026 · Thu 13 · 12 of 38 unread",
            " Mo   Tu   We   Th   Fr   Sa   Su",
            "                           1    2",
            "  3●   4●   5●   6●   7●   8●   9●",
            " 10●  11●  12● [13●] 14✓  15·  16●",
            " 17○  18●  19✓  20● (21●) 22   23",
            " 24   25   26   27   28   29   30",
            " 31",
        ]


@pytest.mark.parametrize(
    ("cursor", "words"),
    [
        (13, "Thu 13 · 12 of 38 unread"),
        (14, "Fri 14 · 0 of 38 unread"),
        (15, "Sat 15 · no papers"),
        (17, "Mon 17 · not known yet"),
        (18, "Tue 18 · 1 of 1 unread"),
        (21, "Fri 21 · today · 103 of 103 unread"),
    ],
)
async def test_the_day_under_the_cursor_in_words(cursor: int, words: str) -> None:
    grid = MonthGrid()
    async with showing(grid, ROOMY) as (pilot, _):
        grid.show(view(cursor))
        await pilot.pause()
        assert seen(grid)[0] == f"August 2026 · {words}"
        assert sum(f"[{cursor}]" in line for line in seen(grid)) == 1


ALL: Final = [1, 3, 10, 17, 24, 31]


@pytest.mark.parametrize(
    ("size", "cursor", "weeks"),
    [
        ((40, 6), 3, ALL),
        ((40, 5), 3, ALL[:5]),
        ((40, 5), 31, ALL[1:]),
        ((40, 3), 3, ALL[:3]),
        ((40, 3), 20, ALL[1:4]),
        ((40, 1), 20, [17]),
        ((56, 13), 20, ALL),  # a line short for two lines a week
        ((48, 14), 20, ALL),  # a column short for them
        ((28, 8), 20, ALL),
        ((21, 8), 20, ALL),
        ((14, 8), 20, ALL),
    ],
)
async def test_the_week_of_the_cursor_is_there_at_any_size(
    size: tuple[int, int], cursor: int, weeks: list[int]
) -> None:
    grid = MonthGrid()
    async with showing(grid, size) as (pilot, _):
        grid.show(view(cursor))
        await pilot.pause()
        starts = [re.match(r"\W*(\d{1,2})", line) for line in seen(grid)]
        assert [int(start[1]) for start in starts if start] == weeks


class Calendar(App[None]):
    """A grid in a corner, and the days that were clicked."""

    CSS = f"MonthGrid {{ width: {ROOMY[0]}; height: {ROOMY[1]}; padding: 0 }}"

    def __init__(self) -> None:
        super().__init__()
        self.grid = MonthGrid()
        self.days: list[date] = []

    def compose(self) -> ComposeResult:
        yield self.grid

    def on_days_view_clicked(self, event: MonthGrid.Clicked) -> None:
        self.days.append(event.day)


async def test_a_click_on_either_line_of_a_day_is_that_day() -> None:
    app = Calendar()
    async with app.run_test(size=ROOMY) as pilot:
        app.grid.show(view())
        for x, y in ((0, 4), (7, 5), (24, 6), (31, 7), (48, 7), (8, 8), (0, 9)):
            await pilot.click(app.grid, offset=(x, y))
        assert [day.day for day in app.days] == [3, 3, 13, 13, 16, 18, 17]


async def test_a_click_where_no_day_can_be_opened_is_none() -> None:
    app = Calendar()
    async with app.run_test(size=ROOMY) as pilot:
        await pilot.click(app.grid, offset=(0, 4))
        app.grid.show(view())
        for x, y in ((0, 0), (9, 1), (0, 2), (41, 2), (41, 8), (0, 12), (9, 12)):
            await pilot.click(app.grid, offset=(x, y))
        assert app.days == []
