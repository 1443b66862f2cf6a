"""Tests of what is kept of papers' counts; NOW and ``paper`` are shared by them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tui.observations import counts
from tui.papers import Headline

if TYPE_CHECKING:
    from tui.observations import Observations

NOW: Final = datetime(2026, 8, 21, 12, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
DAY: Final = NOW.date()
A, B = "2608.00001", "cs/0112017"


def paper(
    upvotes: int = 0,
    comments: int | None = 0,
    repo: bool = False,
    *,
    name: str = A,
    day: date | None = None,
) -> Headline:
    return Headline(name, "A title", upvotes, comments, has_repo=repo, day=day)


def papers(count: int, upvotes: int = 0) -> list[Headline]:
    return [paper(upvotes, name=f"2608.{number:05}") for number in range(count)]


def unseen(observations: Observations, headlines: list[Headline]) -> set[str]:
    """The ids of those that the user has never looked at, whatever the day."""
    ids = [headline.id for headline in headlines]
    return observations._read(lambda reader: counts.unseen(reader, ids), set())
