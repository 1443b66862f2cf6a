"""Feeds over the loopback Hub, a real cache and a real library, with a clock to set."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import TODAY
from tui.cache import Cache
from tui.days import newest_open_day
from tui.feed import Clock, Feed, Stores
from tui.hub.client import Hub
from tui.hub.settings import HubSettings
from tui.library import Library
from tui.observations import Observations

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.hubserver import HubServer

    StartFeed = Callable[..., Feed]


@dataclass
class FeedClock:
    """The time on this machine, and the newest open day as a test wants it.

    ``today`` of None leaves that to the real rule.
    """

    time: datetime = field(default_factory=lambda: datetime(2026, 8, 21, 12, tzinfo=UTC))
    today: date | None = TODAY

    def pass_by(self, **span: float) -> None:
        """Let time go by."""
        self.time += timedelta(**span)

    def open_day(self, moment: datetime) -> date:
        return self.today or newest_open_day(moment)


@pytest.fixture
def clock() -> FeedClock:
    return FeedClock()


@pytest.fixture
async def start(hub: HubServer, tmp_path: Path, clock: FeedClock) -> AsyncIterator[StartFeed]:
    """Starts feeds on one and the same disk, as one run of the program after the other does."""
    feeds: list[Feed] = []

    def start_feed(*, reads_ahead: bool = True, **settings: Any) -> Feed:
        feeds.append(
            Feed(
                Stores(
                    Cache.open(tmp_path / "http"),
                    Library.open(tmp_path / "library.db"),
                    lambda: Observations.open(tmp_path / "observations.db"),
                ),
                HubSettings(**{"endpoint": hub.url, **settings}),
                Hub,
                Clock(now=lambda: clock.time, open_day=clock.open_day),
                reads_ahead=reads_ahead,
            )
        )
        return feeds[-1]

    yield start_feed
    for feed in feeds:
        await feed.close()
        feed.library.close()


@pytest.fixture
async def feed(start: StartFeed) -> Feed:
    return start()
