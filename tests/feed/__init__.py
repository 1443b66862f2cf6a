"""What the tests of the feed share: days of the loopback Hub, and what it was asked for."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Final

from tests.hubserver.api import HubApi
from tui.periods import Period, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.generate import Item
    from tests.hubserver import HubServer, Request
    from tests.hubserver.query import DailyQuery
    from tui.feed import Feed
    from tui.papers import Edition

FRIDAY: Final = date(2026, 8, 14)
SATURDAY: Final = date(2026, 8, 15)
MONDAY: Final = date(2026, 8, 17)
WEDNESDAY: Final = date(2026, 8, 19)
THURSDAY: Final = date(2026, 8, 20)
WEEK: Final = Period.of(Span.WEEK, MONDAY)
MONTH: Final = Period.of(Span.MONTH, MONDAY)


def undated(request: Request) -> bool:
    """Whether the newest papers of all days are asked for."""
    return request.path == "/api/daily_papers" and request.query.keys() == {"limit"}


def dated(request: Request) -> bool:
    return "date" in request.query


def monthly(request: Request) -> bool:
    return "month" in request.query


def of_day(day: date) -> Callable[[Request], bool]:
    return lambda request: request.query.get("date") == str(day)


def queries(hub: HubServer, start: int = 0) -> list[str]:
    """What lists were asked for, from the request ``start`` on, such as ``date=2026-08-20``."""
    return [request.target.partition("?")[2].partition("&")[0] for request in hub.requests[start:]]


def listed(hub: HubServer, *days: date) -> set[str]:
    """The ids of the papers that the Hub has on these days."""
    return {item["paper"]["id"] for day in days for item in hub.days[day]}


def shown(edition: Edition | None) -> list[str]:
    """The ids of an edition that there is."""
    assert edition is not None
    return [paper.id for paper in edition.papers]


def withhold(monkeypatch: pytest.MonkeyPatch, items: list[Item]) -> None:
    """Have the lists of weeks and months lack these papers, which those of their days have."""
    listed: Callable[[HubApi, DailyQuery], list[Item]] = HubApi._listed

    def lagging(api: HubApi, query: DailyQuery) -> list[Item]:
        found = listed(api, query)
        return found if query.day else [item for item in found if item not in items]

    monkeypatch.setattr(HubApi, "_listed", lagging)


async def see(feed: Feed, *days: date) -> None:
    """Have these days on disk."""
    for day in days:
        await feed.refresh(Period.day(day))


async def until(hub: HubServer, condition: Callable[[], bool]) -> None:
    """Wait until ``condition`` holds, asked at each request and each answer."""
    await asyncio.to_thread(hub.wait_until, condition)


async def under_way(hub: HubServer, requests: int, asking: asyncio.Task[Edition]) -> None:
    """Wait until so many requests have come, and ``asking`` waits for the last of them."""
    await until(hub, lambda: len(hub.requests) == requests)
    assert not asking.done()
