"""A year of days as columns of weeks, each day shaded by how much was read on it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content

from tui.days import MONTHS, ONE_DAY, WEEKDAYS
from tui.periods import Period, Span
from tui.text.width import pad
from tui.widgets.days_view import DaysView

if TYPE_CHECKING:
    from datetime import date

    from textual.geometry import Offset

WEEK: Final = 7  # days
SIDE: Final = 4
"""Cells of the column that names weekdays."""
NAMED_DAYS: Final = (0, 2, 4)
"""Monday, Wednesday and Friday."""
ROOMY_COLUMN: Final = 2
"""Cells of a week where the whole year has room for them."""
MONTH_CELLS: Final = 4
"""Cells of the name of a month, with the gap behind it."""
STEPS: Final = (1, 2, 5, 10)
"""Papers from which on a day has the next darker shade."""
SHADES: Final = "·░▒▓█"
LEGEND: Final = "· none  ░ 1  ▒ 2–4  ▓ 5–9  █ 10 or more"
CURSOR: Final = "◆"
MUTED: Final = "$text-muted"


class View(NamedTuple):
    """What a map shows."""

    papers: dict[date, int]
    """Every day of the year in order, from a Monday to today."""
    cursor: date

    @property
    def today(self) -> date:
        """The last day."""
        return next(reversed(self.papers))


class Layout(NamedTuple):
    """Which weeks are where."""

    column: int
    """Cells of a week."""
    mondays: list[date]


class HeatMap(DaysView[View]):
    """Shows how much was read day by day."""

    def draw(self, view: View) -> list[Content]:
        layout = _layout(view, self.content_size.width)
        return [_months(layout), *(_row(view, layout, weekday) for weekday in range(WEEK))]

    def day_at(self, view: View, offset: Offset) -> date | None:
        layout = _layout(view, self.content_size.width)
        week = (offset.x - SIDE) // layout.column
        if not (0 <= week < len(layout.mondays) and 1 <= offset.y <= WEEK):
            return None
        day = layout.mondays[week] + (offset.y - 1) * ONE_DAY
        return day if day in view.papers else None


def _layout(view: View, cells: int) -> Layout:
    """The whole year, or as many of its last weeks as fit; that of the cursor is among them."""
    mondays = list(view.papers)[::WEEK]
    room = max(1, cells - SIDE)
    column = ROOMY_COLUMN if ROOMY_COLUMN * len(mondays) <= room else 1
    weeks = min(len(mondays), room // column)
    first = min(len(mondays) - weeks, mondays.index(Period.of(Span.WEEK, view.cursor).first))
    return Layout(column, mondays[first : first + weeks])


def _months(layout: Layout) -> Content:
    """Each month's name above its first Monday, where the one before leaves room for it."""
    line = " " * SIDE
    for week, monday in enumerate(layout.mondays):
        begins = SIDE + week * layout.column
        ends = SIDE + len(layout.mondays) * layout.column
        is_first = monday.day <= WEEK
        if is_first and begins >= len(line) and begins + MONTH_CELLS - 1 <= ends:
            line = f"{line.ljust(begins)}{MONTHS[monday.month - 1].title()} "
    return Content.styled(line, MUTED)


def _row(view: View, layout: Layout, weekday: int) -> Content:
    name = WEEKDAYS[weekday].title() if weekday in NAMED_DAYS else ""
    days = [monday + weekday * ONE_DAY for monday in layout.mondays]
    cells = [_cell(view, day, layout.column) for day in days]
    runs = (
        ("".join(text for text, _ in run), style)
        for style, run in groupby(cells, key=itemgetter(1))
    )  # fmt: skip
    return Content.assemble((pad(name, SIDE), MUTED), *runs)


def _cell(view: View, day: date, cells: int) -> tuple[str, str]:
    if day not in view.papers:
        return pad("", cells), ""
    shade = bisect_right(STEPS, view.papers[day])
    glyph = CURSOR if day == view.cursor else SHADES[shade]
    return pad(glyph, cells), _style(view, day)


def _style(view: View, day: date) -> str:
    """Accented under the cursor, underlined today, muted where nothing was read."""
    today = " bold underline" if day == view.today else ""
    if day == view.cursor:
        return f"bold $text-accent{today}"
    return f"{'$text-success' if view.papers[day] else MUTED}{today}"
