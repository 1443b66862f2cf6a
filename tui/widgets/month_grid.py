"""A month as seven columns of days, each with its backlog; two lines a week where they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content

from tui.days import ONE_DAY, WEEKDAYS
from tui.periods import Period, Span
from tui.text.width import cell_width, pad
from tui.widgets.days_view import DaysView
from tui.widgets.line import Piece, fitting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from textual.geometry import Offset

    from tui.papers import DayCount

WEEK: Final = 7  # days
MOST_WEEKS: Final = 6
"""Weeks that a month can touch."""
HEADINGS: Final = 2
"""Lines over the weeks: the month, and the weekdays."""
ROOMY_CELL: Final = 7
"""Cells that a day needs for its counts, as in `` 92/103``."""
BRACKETED_CELL: Final = 4
"""Cells that a day needs for brackets."""
SEPARATOR: Final = " · "
MUTED: Final = "$text-muted"


class View(NamedTuple):
    """What a grid shows."""

    month: Period
    counts: Mapping[date, DayCount | None]
    """Every day that can be opened; None for one whose papers are not known."""
    cursor: date
    today: date


class Layout(NamedTuple):
    """Where the days of a month are in a grid; all but ``week`` in cells and lines."""

    column: int
    lines: int
    """Lines of a week."""
    headings: int
    week: int
    """The first week that is shown, from 0."""


class MonthGrid(DaysView[View], can_focus=True):
    """Shows a month with its days."""

    def draw(self, view: View) -> list[Content]:
        width, height = self.content_size
        layout = _layout(view, width, height)
        lines = [_title(view, width), _weekdays(layout.column)][: layout.headings]
        for first in _mondays(view.month)[layout.week :]:
            lines += _week(view, first, layout)
        return lines[:height]

    def day_at(self, view: View, offset: Offset) -> date | None:
        layout = _layout(view, *self.content_size)
        mondays = _mondays(view.month)[layout.week :]
        week, column = (offset.y - layout.headings) // layout.lines, offset.x // layout.column
        if not (0 <= week < len(mondays) and column < WEEK):
            return None
        day = mondays[week] + column * ONE_DAY
        return day if day in view.counts else None


def _layout(view: View, width: int, height: int) -> Layout:
    """The form that fits; the cursor's week is shown whatever the height."""
    column = max(1, width // WEEK)
    roomy = column >= ROOMY_CELL and height >= HEADINGS + 2 * MOST_WEEKS
    mondays = _mondays(view.month)
    lines = 2 if roomy else 1
    headings = min(HEADINGS, max(0, height - lines * len(mondays)))
    current = sum(monday <= view.cursor for monday in mondays) - 1
    return Layout(column, lines, headings, max(0, current + 1 - height // lines))


def _mondays(month: Period) -> list[date]:
    """The first days of the weeks that a month touches."""
    first = Period.of(Span.WEEK, month.first).first
    return [first + n * ONE_DAY for n in range(0, (month.last - first).days + 1, WEEK)]


def _title(view: View, cells: int) -> Content:
    """The month, and in words what the day under the cursor is."""
    day = f"{WEEKDAYS[view.cursor.weekday()].title()} {view.cursor.day}"
    pieces = [
        Piece(view.month.title, "bold $text-accent"),
        Piece(day, "bold", 2),
        Piece("today" if view.cursor == view.today else "", MUTED, 3),
        Piece(_backlog(view.counts.get(view.cursor)), MUTED, 1),
    ]
    kept = fitting(pieces, cells, cell_width(SEPARATOR))
    return Content(SEPARATOR).join(Content.styled(piece.text, piece.style) for piece in kept)


def _backlog(count: DayCount | None) -> str:
    if count is None:
        return "not known yet"
    if not count.total:
        return "no papers"
    return f"{count.unread} of {count.total} unread"


def _weekdays(column: int) -> Content:
    names = (pad(f" {name.title()[:2]}"[:column], column) for name in WEEKDAYS)
    return Content.styled("".join(names), MUTED)


def _week(view: View, monday: date, layout: Layout) -> list[Content]:
    days = [monday + n * ONE_DAY for n in range(WEEK)]
    if layout.lines == 1:
        return [Content.assemble(*(_cell(view, day, layout.column) for day in days))]
    return [
        Content.assemble(*(_number(view, day, "", layout.column) for day in days)),
        Content.assemble(*(_counts(view, day, layout.column) for day in days)),
    ]


def _cell(view: View, day: date, cells: int) -> tuple[str, str]:
    """The number of a day and one glyph."""
    glyph = _glyph(view.counts[day]) if day in view.counts else " "
    return _number(view, day, glyph, cells)


def _number(view: View, day: date, glyph: str, cells: int) -> tuple[str, str]:
    if not view.month.holds(day):
        return " " * cells, ""
    left, right = "[]" if day == view.cursor else "()" if day == view.today else "  "
    text = f"{left}{day.day:2}{glyph}{right}"
    text = text if cells >= BRACKETED_CELL else text[1:]
    return pad(text[:cells], cells), _style(view, day)


def _counts(view: View, day: date, cells: int) -> tuple[str, str]:
    if not view.month.holds(day) or day not in view.counts:
        return " " * cells, ""
    count = view.counts[day]
    glyph = _glyph(count)
    if count and count.total:
        glyph = f"{count.unread}/{count.total}" if count.unread else f"{glyph} {count.total}"
    return pad(f" {glyph}"[:cells], cells), _style(view, day)


def _glyph(count: DayCount | None) -> str:
    if count is None:
        return "○"
    if not count.total:
        return "·"
    return "●" if count.unread else "✓"


def _style(view: View, day: date) -> str:
    """Bold under the cursor, underlined today, muted where nothing is known to be unread."""
    today = " underline" if day == view.today else ""
    if day == view.cursor:
        return f"bold $text-accent{today}"
    if day not in view.counts:
        return f"$text-disabled{today}"
    count = view.counts[day]
    if count is None:
        return f"italic {MUTED}{today}"
    return ("$foreground" if count.unread else MUTED) + today
