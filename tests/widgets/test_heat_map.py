from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest
from textual.app import App

from tests.widgets.host import seen, showing
from tui.days import ONE_DAY
from tui.reading_history import ReadingHistory
from tui.widgets.heat_map import LEGEND, SHADES, STEPS, HeatMap, View

if TYPE_CHECKING:
    from textual.app import ComposeResult

TODAY: Final = date(2026, 8, 21)
"""A Friday."""
MONDAY: Final = date(2026, 8, 17)
ROOMY: Final = (110, 8)
WHOLE: Final = (57, 8)
WEEKDAYS: Final = ["Mon ", "    ", "Wed ", "    ", "Fri ", "    ", "    "]
READ: Final = dict(
    zip((MONDAY + n * ONE_DAY for n in range(-7, 5)), (9, 10, 99, 0, 0, 0, 3, 1, 2, 4, 5, 0),
        strict=True)
)  # fmt: skip
"""Papers read on the days up to today."""
LAST_WEEKS: Final = ["▓░", "█▒", "█▒", "·▓", "·◆", "· ", "▒ "]
"""What that looks like with the cursor on today."""


def view(cursor: date = TODAY) -> View:
    return View(ReadingHistory(READ, TODAY).year, cursor)


async def lines(shown: View, size: tuple[int, int]) -> list[str]:
    """The rows of a map of this size (columns, rows), without trailing blanks."""
    heat_map = HeatMap()
    async with showing(heat_map, size) as (pilot, _):
        heat_map.show(shown)
        await pilot.pause()
        return seen(heat_map)


async def test_days_are_shaded_by_what_was_read() -> None:
    head, *days = await lines(view(), WHOLE)
    assert head == "      Sep  Oct Nov Dec  Jan Feb Mar  Apr May Jun  Jul Aug"
    assert days == [
        (name + "·" * 51 + week).rstrip() for name, week in zip(WEEKDAYS, LAST_WEEKS, strict=True)
    ]


async def test_weeks_stand_apart_where_there_is_room_for_a_year_of_them() -> None:
    head, *days = await lines(view(), ROOMY)
    assert head.split()[:3] == ["Sep", "Oct", "Nov"]
    assert days == [
        (name + "· " * 51 + " ".join(week)).rstrip()
        for name, week in zip(WEEKDAYS, LAST_WEEKS, strict=True)
    ]
    assert head.index("Aug") == 4 + 2 * 50  # 3 August 2026 is the Monday two weeks before


async def test_a_narrow_map_has_the_last_weeks() -> None:
    head, *days = await lines(view(), (12, 8))
    assert head == "     Jul Aug"
    assert days[0] == "Mon ······▓░"


@pytest.mark.parametrize(
    ("cursor", "column"),
    [(TODAY, 7), (date(2026, 7, 3), 0), (date(2026, 6, 30), 0), (date(2025, 8, 18), 0)],
)
async def test_the_week_of_the_cursor_is_always_there(cursor: date, column: int) -> None:
    days = (await lines(view(cursor), (12, 8)))[1:]
    assert days[cursor.weekday()][4 + column] == "◆"
    assert sum(line.count("◆") for line in days) == 1


@pytest.mark.parametrize("cells", [1, 3, 4, 5])
async def test_hardly_any_room_is_no_trouble(cells: int) -> None:
    assert len(await lines(view(), (cells, 8))) == 8


def test_the_legend_has_every_shade_and_step() -> None:
    assert [glyph for glyph in LEGEND if glyph in SHADES] == list(SHADES)
    assert all(f"{shade} {step}" in LEGEND for shade, step in zip(SHADES[1:], STEPS, strict=True))


async def test_today_is_underlined() -> None:
    heat_map = HeatMap()
    async with showing(heat_map, WHOLE) as (pilot, _):
        heat_map.show(view(cursor=MONDAY))
        await pilot.pause()
        marked = [
            (y, segment.text)
            for y in range(8)
            for segment in heat_map.render_line(y)
            if segment.style and segment.style.underline
        ]
    assert marked == [(1 + TODAY.weekday(), "·")]


class Year(App[None]):
    """A map, and the days that were clicked."""

    def __init__(self) -> None:
        super().__init__()
        self.map = HeatMap()
        self.days: list[date] = []

    def compose(self) -> ComposeResult:
        yield self.map

    def on_days_view_clicked(self, event: HeatMap.Clicked) -> None:
        self.days.append(event.day)


async def test_a_click_is_a_day_where_there_is_one() -> None:
    app = Year()
    async with app.run_test(size=WHOLE) as pilot:
        await pilot.click(app.map, offset=(4, 1))
        app.map.show(view())
        for x, y in ((4, 1), (56, 5), (56, 1), (4, 0), (3, 1), (56, 6)):
            await pilot.click(app.map, offset=(x, y))
        assert app.days == [date(2025, 8, 18), TODAY, MONDAY]
