from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.widgets.host import Host, seen, showing
from tui.papers import DayCount
from tui.widgets.day_strip import DayStrip

if TYPE_CHECKING:
    from tui.widgets.line import PieceLine

WEEK = [
    DayCount(date(2026, 8, 14), 36, 36),
    DayCount(date(2026, 8, 17), 30, 0),
    DayCount(date(2026, 8, 20), 19, 7),
    DayCount(date(2026, 8, 21), 29, 28),
]
FRIDAY = WEEK[-1].day


@pytest.mark.parametrize(
    ("columns", "shown", "text"),
    [
        (120, FRIDAY, "Aug  Fri 14 36/36   Mon 17 ✓ 30   Thu 20 7/19  [Fri 21 28/29]"),
        (120, WEEK[0].day, "Aug [Fri 14 36/36]  Mon 17 ✓ 30   Thu 20 7/19   Fri 21 28/29"),
        (50, FRIDAY, "Aug  Mon 17 ✓ 30   Thu 20 7/19  [Fri 21 28/29]"),
        (30, FRIDAY, "Thu 20 7/19  [Fri 21 28/29]"),
        (30, WEEK[0].day, "[Fri 14 36/36]  Mon 17 ✓ 30"),
        (20, FRIDAY, "[Fri 21 28/29]"),
        (120, None, "Aug  Fri 14 36/36   Mon 17 ✓ 30   Thu 20 7/19   Fri 21 28/29"),
        (30, None, "Thu 20 7/19   Fri 21 28/29"),
        (120, date(2026, 8, 16), "Aug  Fri 14 36/36   Mon 17 ✓ 30   Thu 20 7/19   Fri 21 28/29"),
        (30, date(2026, 8, 16), "Mon 17 ✓ 30   Thu 20 7/19"),
        (30, date(2023, 5, 4), "Fri 14 36/36   Mon 17 ✓ 30"),
    ],
)
async def test_the_days_that_fit(columns: int, shown: date | None, text: str) -> None:
    strip = DayStrip()
    async with showing(strip, (columns, 20)) as (pilot, _):
        strip.show(WEEK, shown)
        await pilot.pause()
        assert seen(strip)[0].strip() == text


class Days(DayStrip):
    """A strip that keeps where the last click leads."""

    went: object = None

    def on_piece_line_clicked(self, message: PieceLine.Clicked) -> None:
        self.went = message.target


async def test_a_click_leads_to_the_day() -> None:
    strip = Days()
    async with showing(strip, (120, 20)) as (pilot, host):
        strip.show(WEEK, FRIDAY)
        await pilot.pause()
        assert isinstance(host, Host)
        await pilot.click(strip, offset=(seen(strip)[0].index("Thu 20"), 0))
        assert strip.went == date(2026, 8, 20)


async def test_no_days_are_an_empty_line() -> None:
    strip = DayStrip()
    async with showing(strip, (60, 20)) as (pilot, _):
        strip.show([], None)
        await pilot.pause()
        assert seen(strip)[0].strip() == ""
