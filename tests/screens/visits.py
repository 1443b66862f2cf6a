"""What earlier visits left on disk, what the Hub did since, and what was painted meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.screens.session import Home, Session, running
from tui.feed import Feed
from tui.hub.client import Answer, Hub
from tui.screens import current
from tui.widgets.masthead import Masthead, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.generate import Item
    from tui.hub.settings import HubSettings
    from tui.periods import Period

BRIEFLY_S = 0.02
"""In place of the seconds between two looks at the time, and between two tries."""


async def fetch(home: Home, *periods: Period) -> None:
    """Put periods on disk that the user has never looked at, and which day is the latest."""
    feed = home.services().feed
    await feed.find_newest()
    for period in periods:
        await feed.refresh(period)
    await feed.close()
    feed.library.close()


async def visit(home: Home, *periods: Period) -> None:
    """Look at each of the periods for a moment, in a run of its own."""
    for period in periods:
        async with running(home, period=period) as session:
            await settled(session)


async def press(session: Session, *keys: str) -> None:
    """Press keys, each after all that the one before has led to."""
    for key in keys:
        await session.press(key)
        await settled(session)


async def settled(session: Session) -> None:
    """Wait until nothing is under way or about to begin, such as noting what the user sees."""
    await painting(session)
    await session.settle()


async def painting(session: Session) -> None:
    """Wait until what was put off until after the next frame has begun."""
    begun = asyncio.Event()
    session.app.screen.call_after_refresh(begun.set)
    await session.until(begun.is_set)


async def go_to(session: Session, name: str) -> None:
    """Type the name of a period into the calendar."""
    await session.press("D", "/", *name, "enter")


def with_figures(item: Item, **figures: Any) -> Item:
    """The item with other values in its paper, and on itself for ``numComments``."""
    own = {key: value for key, value in figures.items() if key == "numComments"}
    figures = {key: value for key, value in figures.items() if key not in own}
    return item | own | {"paper": item["paper"] | figures}


def paper_id(item: Item) -> str:
    return str(item["paper"]["id"])


def list_lines(session: Session) -> list[str]:
    """The rows of the list that are on the screen, without the text beside them."""
    region = session.papers.region
    lines = session.lines[region.y : region.bottom]
    return [line[: session.papers.scrollable_content_region.width].rstrip() for line in lines]


def titles(session: Session) -> list[str]:
    """The rows of the list without what they say in figures, which may change."""
    return [line for line in list_lines(session) if "▲" not in line]


async def dismiss(session: Session) -> None:
    """Take the toast away, which hides some of the text."""
    session.screen.toasts.clear()
    await session.handled()


def text_lines(session: Session) -> list[str]:
    """The rows of the text that are on the screen."""
    region = session.reader.scrollable_content_region
    lines = session.lines[region.y : region.bottom]
    return [line[region.x : region.right].rstrip() for line in lines]


def without_reading_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the requests to those that the user makes."""

    async def nothing(feed: Feed, period: Period, strip: int) -> None:
        del feed, period, strip

    monkeypatch.setattr(Feed, "read_ahead", nothing)


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the time, the disk and the Hub again at once rather than after seconds."""
    for name in ("TICK_S", "RETRY_S", "LONGEST_RETRY_S"):
        monkeypatch.setattr(current, name, BRIEFLY_S)


def painted(monkeypatch: pytest.MonkeyPatch) -> list[Status]:
    """All that the header says from now on."""
    said: list[Status] = []
    show: Callable[[Masthead, Status], None] = Masthead.show

    def listen(masthead: Masthead, status: Status) -> None:
        said.append(status)
        show(masthead, status)

    monkeypatch.setattr(Masthead, "show", listen)
    return said


class Counted(Hub):
    """Counts the questions that are put to it, those that reach nobody too."""

    asked = 0

    def __init__(self, settings: HubSettings) -> None:
        super().__init__(settings)

    async def papers(
        self, period: Period, validator: str | None = None, *, urgent: bool = True
    ) -> Answer | None:
        self.asked += 1
        return await super().papers(period, validator, urgent=urgent)

    async def newest(self, *, urgent: bool = True) -> Answer:
        self.asked += 1
        return await super().newest(urgent=urgent)


class Switchboard:
    """Connects a home to Hubs that count what they are asked."""

    def __init__(self) -> None:
        self._hubs: list[Counted] = []

    def __call__(self, settings: HubSettings) -> Hub:
        self._hubs.append(Counted(settings))
        return self._hubs[-1]

    @property
    def asked(self) -> int:
        """Questions so far."""
        return sum(hub.asked for hub in self._hubs)
