"""The papers of the benchmark: the Hub's shapes, with words in them that occur nowhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random
from typing import TYPE_CHECKING, Final

from tests.bench.floor import DAY_END
from tests.generate import MOST_UPVOTES, make_item
from tui.days import ONE_DAY, newest_open_day
from tui.periods import Period, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.generate import Item

DAYS: Final = 12
"""More than the program shows or fetches ahead from the days that are visited."""
VISITED: Final = 5
SIZES: Final = (40, 30, 50)
"""Papers of a day, in turn."""
MONTH_SIZE: Final = 30
"""Days of the month, and papers of each of them."""
MONTH: Final = 100
"""The number of the month's last day; the days before it count on from here."""
CROWD: Final = 92
"""Papers of a day that is refreshed, as many as the largest real one had."""
NEWCOMERS: Final = 3
LEAVER: Final = 50
"""The paper that has left when that day is asked for again."""


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
    days = [today() - number * ONE_DAY for number in range(DAYS)]
    return {day: _day(day, number, SIZES[number % len(SIZES)]) for number, day in enumerate(days)}


def full_month() -> Period:
    """The last month of MONTH_SIZE days that is over."""
    month = Period.of(Span.MONTH, today()).beside(-1)
    while len(month.days) != MONTH_SIZE:
        month = month.beside(-1)
    return month


def make_month() -> dict[date, list[Item]]:
    """That month, each day as large as any, and the two days behind it, which end reading ahead."""
    first = full_month().last + 2 * ONE_DAY
    days = {number: first - number * ONE_DAY for number in range(MONTH_SIZE + 2)}
    return {day: _day(day, MONTH - 2 + number, MONTH_SIZE) for number, day in days.items()}


def crowded() -> list[Item]:
    """A large list for today."""
    return _day(today(), 0, CROWD)


def crowded_later() -> list[Item]:
    """The same list after every upvote, and with these the order, has changed."""
    numbers = [number for number in range(CROWD + NEWCOMERS) if number != LEAVER]
    ranks = Random(CROWD).sample(range(len(numbers)), len(numbers))
    return [
        _item(today(), 0, number, 2 * MOST_UPVOTES - rank)
        for rank, number in sorted(zip(ranks, numbers, strict=True))
    ]


def _day(day: date, number: int, size: int) -> list[Item]:
    return [_item(day, number, paper, MOST_UPVOTES - paper) for paper in range(size)]


def _item(day: date, number: int, paper: int, upvotes: int) -> Item:
    plain = make_item(paper, day)
    return make_item(
        paper,
        day,
        upvotes=upvotes,
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
