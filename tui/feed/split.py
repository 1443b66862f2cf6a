"""A week's or a month's answer cut into the days that it is made of."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.hub.errors import BadAnswer
from tui.hub.wire import read_list

if TYPE_CHECKING:
    from collections.abc import Iterable


class Split(NamedTuple):
    """The list answer of each day, and whether every paper named its day."""

    lists: dict[date, bytes]
    is_whole: bool


def by_day(pages: Iterable[bytes], days: Iterable[date]) -> Split:
    """The lists of all the ``days``, empty ones too; a paper on two pages comes twice.

    Items of other days are left out: a list tells nothing about days that were not asked for.
    Raises BadAnswer for a page that is no list, and for one of which no item names a day.
    """
    items: dict[date, list[Any]] = {day: [] for day in days}
    is_whole = True
    for page in pages:
        listed = read_list(page)
        placed = [(day, item) for item in listed if (day := _day(item)) is not None]
        if listed and not placed:
            raise BadAnswer("not one of its papers names a day", path="/api/daily_papers")
        is_whole = is_whole and len(placed) == len(listed)
        for day, item in placed:
            if day in items:
                items[day].append(item)
    lists = {day: json.dumps(mine, separators=(",", ":")).encode() for day, mine in items.items()}
    return Split(lists, is_whole)


def _day(item: Any) -> date | None:
    """The day on whose list the item stands (API.md §1)."""
    paper = item.get("paper") if isinstance(item, dict) else None
    day = paper.get("submittedOnDailyAt") if isinstance(paper, dict) else None
    try:
        return date.fromisoformat(day[:10]) if isinstance(day, str) else None
    except ValueError:
        return None
