"""The program in front of a Hub, without a terminal: keys in, rows of text out."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from textual import events
from textual.keys import _character_to_key

from tui.app import DailyPapers
from tui.cache import Cache
from tui.days import FIRST_DAY
from tui.feed import Clock, Feed, Stores
from tui.hub.client import Hub
from tui.hub.settings import HubSettings
from tui.library import Library
from tui.observations import Observations
from tui.paths import Paths
from tui.periods import Period, Span
from tui.screens.daily import DailyScreen
from tui.screens.travel import AHEAD
from tui.services import Services, lost, open_library, open_share
from tui.settings import Settings as UserSettings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from textual.app import App
    from textual.message_pump import MessagePump
    from textual.pilot import Pilot

    from tui.widgets.paper_list import Row

PATIENCE_S: Final = 20.0
TURN_S: Final = 0.004
LONGEST_TURN_S: Final = 0.02
CLOSING_S: Final = 2.0
"""For this long a queue may be busy before it counts as closed."""
NOW: Final = datetime(2026, 8, 21, 15, 0, tzinfo=UTC)
LATEST: Final = date(2026, 8, 21)


@dataclass
class Home:
    """The files of one user and the Hub they ask; what ``services`` opens is closed by the app."""

    folder: Path
    connect: Callable[[HubSettings], Hub] = Hub
    settings: HubSettings = field(default_factory=HubSettings)
    now: datetime = NOW
    today: date = LATEST
    first_day: date = FIRST_DAY
    demo: bool = False
    own_settings: UserSettings = field(default_factory=UserSettings)

    @property
    def library(self) -> Path:
        return self.folder / "data" / "library.db"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    @property
    def observations(self) -> Path:
        return self.folder / "observations.db"

    def services(self) -> Services:
        """As ``open_services`` puts them together, with the clock of this home."""
        gone = lost(self.library)
        library, error = open_library(self.library)
        stores = Stores(
            Cache.open(self.cache), library, lambda: Observations.open(self.observations)
        )
        clock = Clock(lambda: self.now, lambda _: self.today, self.first_day)
        feed = Feed(stores, self.settings, self.connect, clock)
        own, paths = self.own_settings, self.paths
        share = open_share(feed, own, paths)
        return Services(feed, self.demo, error, "", "", gone, own, paths, share)

    @property
    def paths(self) -> Paths:
        return Paths(
            config=self.folder / "settings.toml",
            cache=self.cache,
            observations=self.observations,
            library=self.library,
            log=self.folder / "log",
            sync=self.folder / "sync.json",
        )

    def marks(self, *papers: str) -> list[tuple[bool, bool]]:
        """Read and starred of each paper, as another program finds them on disk."""
        with closing(Library.open(self.library)) as library:
            found = library.marks(papers)
        marks = (found.get(paper) for paper in papers)
        return [(bool(mark and mark.read), bool(mark and mark.starred)) for mark in marks]


class Session:
    """A running program."""

    def __init__(self, pilot: Pilot[None], screen: DailyScreen) -> None:
        self.pilot = pilot
        self.app = pilot.app
        self.screen = screen
        self.papers = screen.papers
        self.reader = screen.reader

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each after the one before has done its work."""
        for key in keys:
            await self.rush(key)

    async def rush(self, *keys: str) -> None:
        """Press keys all at once, as when the program is busy; wait for what they do."""
        for key in keys:
            # Pilot.press would wait for an idle processor as well, 60 ms a key at the least.
            alone = len(key) == 1
            self.app.post_message(
                events.Key(_character_to_key(key) if alone else key, key if alone else None)
            )
        await self.handled()

    async def handled(self) -> None:
        """Wait until what was posted is handled, and what that led to, and is painted."""
        await handled(self.app)
        await self.pilot.pause(0)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until the condition holds; AssertionError with the screen when it never does."""
        deadline, pause = time.monotonic() + PATIENCE_S, TURN_S
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError("it did not come about; the screen:\n" + self.text)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_TURN_S)

    async def settle(self) -> None:
        """Wait until nothing is under way any more but reading ahead, which takes its time."""
        await self._idle(lambda: any(worker.group != AHEAD for worker in self.app.workers))

    async def rest(self) -> None:
        """Wait until nothing is under way, reading ahead included, and the screen is still."""
        await self._idle(lambda: any(self.app.workers))
        await self.still()

    async def _idle(self, is_at_work: Callable[[], bool]) -> None:
        await self._next_frame()
        while is_at_work():
            await self.until(lambda: not is_at_work())
            await self._next_frame()
        await self.handled()

    async def _next_frame(self) -> None:
        """Wait until what the screen has put off until after its next frame has begun."""
        begun, screen = asyncio.Event(), self.app.screen
        if screen.call_after_refresh(begun.set):
            await self.until(lambda: begun.is_set() or not screen.is_running)

    async def still(self) -> None:
        """Wait until the screen is the same in one frame after the other."""
        before = None
        while before != (before := self.text):
            await self.pilot.pause()

    async def shows(self, text: str) -> None:
        """Wait until the text is on the screen, words broken over lines included."""

        def is_seen() -> bool:
            seen = self.text
            return text in seen or text in " ".join(seen.split())

        await self.until(is_seen)

    @property
    def day(self) -> date:
        """The day on the screen; AssertionError when it is not a day that is there."""
        period = self.screen.period
        assert period.span is Span.DAY, period
        return period.first

    @property
    def lines(self) -> list[str]:
        """The rows on the screen, dialogs included, without trailing blanks."""
        # Textual has no public way to the text of a whole screen.
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """The rows on the screen as one text."""
        return "\n".join(self.lines)

    @property
    def header(self) -> str:
        """The first row."""
        return self.lines[0].strip()

    @property
    def rows(self) -> Sequence[Row]:
        """The papers in the list with their marks."""
        return self.papers.rows

    @property
    def ids(self) -> list[str]:
        """The ids of the papers in the list."""
        return [row.paper.id for row in self.rows]

    @property
    def current(self) -> Row:
        """The row under the cursor."""
        return self.rows[self.papers.cursor]

    @property
    def toasts(self) -> list[str]:
        """The sentences that float over the screen."""
        return list(self.screen.toasts.sentences)


async def handled(app: App[None]) -> None:
    """Wait until what was posted is handled, and what that led to."""
    for _ in range(2):
        pane = app.focused or app.screen
        for stop in (app, *pane.ancestors_with_self):
            await _reached(stop)


async def _reached(stop: MessagePump) -> None:
    """Wait until all that is in a queue now is handled; a queue that is closing is not."""
    reached = asyncio.Event()
    if stop.call_later(reached.set):
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING_S):
                await reached.wait()


@asynccontextmanager
async def running(
    home: Home,
    *,
    size: tuple[int, int] = (120, 40),
    day: date | None = None,
    period: Period | None = None,
    settle: bool = True,
) -> AsyncIterator[Session]:
    """The program on the files of this home; it quits in the end."""
    app = DailyPapers(home.services(), period or (Period.day(day) if day else None))
    async with app.run_test(size=size) as pilot:
        screen = app.screen_stack[0]
        assert isinstance(screen, DailyScreen)
        session = Session(pilot, screen)
        if settle:
            await pilot.pause()
            await session.settle()
        yield session
