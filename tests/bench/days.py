"""The papers of the benchmark: the Hub's shapes, with words in them that occur nowhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tests.bench.floor import DAY_END
from tests.generate import MOST_UPVOTES, make_item
from tui.days import newest_open_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.generate import Item

DAYS: Final = 12
"""More than the program shows or fetches ahead from the days that are visited."""
VISITED: Final = 5
SIZES: Final = (40, 30, 50)
"""Papers of a day, in turn."""


def today() -> date:
    """The newest day that the program takes to be open."""
    return newest_open_day(datetime.now(UTC))


def title_word(day: int, paper: int) -> str:
    """The word that only the title of that paper holds; day 0 is the newest."""
    return f"Tz{day}x{paper:02}"


def abstract_word(day: int, paper: int) -> str:
    """The word that only the abstract of that paper holds."""
    return f"Az{day}x{paper:02}"


def make() -> dict[date, list[Item]]:
    """The last days up to today, weekends too, the papers in the order the program shows."""
    return {today() - timedelta(days=number): _day(number) for number in range(DAYS)}


def _day(number: int) -> list[Item]:
    return [_item(number, paper) for paper in range(SIZES[number % len(SIZES)])]


def _item(number: int, paper: int) -> Item:
    day = today() - timedelta(days=number)
    plain = make_item(paper, day)
    return make_item(
        paper,
        day,
        upvotes=MOST_UPVOTES - paper,
        title=f"{title_word(number, paper)} {plain['title']}",
        summary=f"{abstract_word(number, paper)} {plain['summary']}",
    )


def for_floor(days: Mapping[date, list[Item]]) -> str:
    """The same papers as the floor reads them, the oldest day first."""
    return DAY_END.join(
        "\n".join("\t".join(_on_one_line(item)) for item in days[day]) for day in sorted(days)
    )


def _on_one_line(item: Item) -> tuple[str, str]:
    return " ".join(item["title"].split()), " ".join(item["summary"].split())
