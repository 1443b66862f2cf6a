"""The calendar: over a list that takes the keys typed ahead, with a disk and a Hub of its own."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import App
from textual.keys import _character_to_key
from textual.widgets import Input

from tests.screens.session import handled
from tests.widgets.host import seen
from tui.app import DailyPapers
from tui.days import FIRST_DAY, ONE_DAY
from tui.hub.errors import Offline
from tui.papers import DayCount
from tui.periods import Period, Span, parse_period
from tui.screens.calendar import Calendar
from tui.widgets.line_view import LineView
from tui.widgets.month_grid import MonthGrid

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import pytest
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.pilot import Pilot
    from textual.screen import Screen

TODAY: Final = date(2026, 8, 21)
AUGUST: Final = Period.of(Span.MONTH, TODAY)
JULY: Final = AUGUST.beside(-1)
JUNE: Final = JULY.beside(-1)
PATIENCE_S: Final = 20.0
NAMED_KEYS: Final = {"/", "tab", "home", "delete", "shift+end", "backspace"}


def named(name: str) -> Period:
    return parse_period(name, TODAY)


class Disk:
    """Knows twelve papers of every weekday in the months it has; the Hub gives it the others."""

    def __init__(self, *months: Period) -> None:
        self.months = set(months)
        self.asked: list[Period] = []
        self.cancelled: list[Period] = []
        self.answer = asyncio.Event()
        self.error: Offline | None = None
        self.pause = 0.0

    def known(self, month: Period) -> dict[date, DayCount | None]:
        days = [day for day in month.days if FIRST_DAY <= day <= TODAY]
        return {day: _count(day) if month in self.months else None for day in days}

    async def fill(self, month: Period) -> None:
        self.asked.append(month)
        try:
            await self.answer.wait()
        except asyncio.CancelledError:
            self.cancelled.append(month)
            raise
        if self.error:
            raise self.error
        self.months.add(month)


def _count(day: date) -> DayCount:
    total = 12 if day.weekday() < 5 else 0
    return DayCount(day, total, total and day.day % 3)


class Desk(App[None]):
    """A list whose D opens the calendar, and what came of it."""

    CSS_PATH = DailyPapers.CSS_PATH
    HORIZONTAL_BREAKPOINTS = DailyPapers.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = DailyPapers.VERTICAL_BREAKPOINTS
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [("D", "calendar", "Calendar")]

    def __init__(self, disk: Disk, shown: date = TODAY) -> None:
        super().__init__()
        self.disk = disk
        self.shown = shown
        self.chosen: list[Period | None] = []

    def compose(self) -> ComposeResult:
        yield LineView()

    async def action_calendar(self) -> None:
        disk = self.disk
        calendar = Calendar(self.shown, TODAY, FIRST_DAY, disk.known, disk.fill, lambda: disk.pause)
        await self.push_screen(calendar, self.chosen.append)


class Desktop:
    """The program with a user at it."""

    def __init__(self, pilot: Pilot[None], app: Desk) -> None:
        self.pilot = pilot
        self.app = app

    @property
    def disk(self) -> Disk:
        return self.app.disk

    def rush(self, *keys: str) -> None:
        """Press keys all at once."""
        for key in keys:
            alone = len(key) == 1
            name = _character_to_key(key) if alone else key
            self.app.post_message(events.Key(name, key if alone else None))

    async def press(self, *keys: str) -> None:
        self.rush(*keys)
        await self.pilot.pause()

    async def until(self, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError("it did not come about; the screen:\n" + self.text)
            await asyncio.sleep(0.004)

    async def choice(self) -> Period | None:
        """What the calendar gives in the end, once; the list is in front again."""
        await self.until(lambda: bool(self.app.chosen))
        [period] = self.app.chosen
        self.app.chosen.clear()
        await self.until(lambda: self.screen is self.app.screen_stack[0])
        return period

    @property
    def screen(self) -> Screen[object]:
        return self.app.screen

    @property
    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def words(self) -> str:
        """The text in one line, without the frame."""
        return " ".join(self.text.replace("│", " ").split())

    @property
    def title(self) -> str:
        return seen(self.screen.query_one(MonthGrid))[0]

    @property
    def typed(self) -> str:
        return self.screen.query_one(Input).value


@asynccontextmanager
async def desk(
    disk: Disk | None = None, *, size: tuple[int, int] = (80, 24), shown: date = TODAY
) -> AsyncIterator[Desktop]:
    """A desk with a list in focus."""
    app = Desk(disk or Disk(AUGUST, JULY, JUNE), shown)
    async with app.run_test(size=size) as pilot:
        yield Desktop(pilot, app)
        await handled(app)  # keys that came after the last choice


async def test_the_keys_of_the_days() -> None:
    async with desk() as user:
        for keys, name in (
            (["enter"], "2026-08-21"),
            (["left", "enter"], "2026-08-20"),
            (["h", "l", "h", "enter"], "2026-08-20"),
            (["right", "enter"], "2026-08-21"),
            (["up", "enter"], "2026-08-14"),
            (["k", "k", "j", "enter"], "2026-08-14"),
            (["up", "up", "up", "enter"], "2026-07-31"),
            (["up", "up", "down", "down", "down", "enter"], "2026-08-21"),
            (["pageup", "enter"], "2026-07-21"),
            (["[", "{", "]", "enter"], "2026-07-21"),
            (["pageup", "pageup", "pagedown", "}", "pagedown", "enter"], "2026-08-21"),
            (["{", "{", "}", "enter"], "2026-07-21"),
            (["[", "k", "t", "enter"], "2026-08-21"),
            (["w"], "2026-W34"),
            (["m"], "2026-08"),
            (["[", "m"], "2026-07"),
        ):
            await user.press("D", *keys)
            assert (keys, await user.choice()) == (keys, named(name))


async def test_the_cursor_stays_on_days_that_there_are() -> None:
    async with desk() as user:
        for shown, key, name in (
            (date(2024, 3, 31), "[", "2024-02-29"),
            (date(2024, 2, 29), "]", "2024-03-29"),
            (date(2025, 12, 31), "l", "2026-01-01"),
            (date(2026, 7, 31), "]", "2026-08-21"),
            (date(2023, 6, 2), "[", "2023-05-04"),
            (FIRST_DAY, "h", "2023-05-04"),
            (date(2026, 9, 30), "t", "2026-08-21"),
            (date(2022, 1, 1), "l", "2023-05-05"),
        ):
            user.app.shown = shown
            await user.press("D", key, "enter")
            assert (shown, await user.choice()) == (shown, named(name))


async def test_closing_gives_nothing() -> None:
    async with desk() as user:
        for keys in (["escape"], ["q"], ["/", "escape"]):
            await user.press("D", *keys)
            assert (keys, await user.choice()) == (keys, None)


async def test_a_name_typed_in_one_burst_with_the_key_that_opens() -> None:
    async with desk() as user:
        for keys, name in (
            (["2026-08-14"], "2026-08-14"),
            (["-3"], "2026-08-18"),
            (["fri"], "2026-08-21"),
            (["aug"], "2026-08"),
            (["W34"], "2026-W34"),
            (["2026-w33"], "2026-W33"),
            (["21 july 2025"], "2025-07-21"),
            (["/", "mon"], "2026-08-17"),
            (["/", "w34"], "2026-W34"),
            (["/", "trending"], "trending"),
            (["tab", "week 34"], "2026-W34"),
            (["/", "x", "backspace", "jul"], "2026-07"),
            (["2024", "home", "w", "delete", "shift+end", "33"], "2026-W33"),
        ):
            pressed = [key for word in keys for key in ([word] if word in NAMED_KEYS else word)]
            user.rush("D", *pressed, "enter", "enter")
            assert (keys, await user.choice()) == (keys, named(name))


async def test_keys_that_come_while_the_calendar_opens_keep_their_order() -> None:
    async with desk() as user:
        for turns in (1, 2, 3, 5, 8):  # of the loop, between one key and the next
            for key in ("D", *"2026-08-14", "enter"):
                user.rush(key)
                for _ in range(turns):
                    await asyncio.sleep(0)
            assert (turns, await user.choice()) == (turns, named("2026-08-14"))


async def test_what_cannot_be_read_stays_with_the_sentence() -> None:
    async with desk() as user:
        await user.press("D", *"2030-01-01", "enter")
        assert "Tue 1 Jan 2030 is still to come." in user.words
        await user.press("escape")
        assert "is still to come" not in user.words
        await user.press("/")
        assert "is still to come" in user.words
        assert user.typed == "2030-01-01"
        await user.press("backspace")
        assert "is still to come" not in user.words
        await user.press("ctrl+u", *"[/]x:", "enter")
        assert "“[/]x:” is no day, week or month; type one like" in user.words
        await user.press("ctrl+u", *"wed", "enter")
        assert await user.choice() == named("2026-08-19")


async def test_from_a_name_back_to_the_days() -> None:
    async with desk() as user:
        for key in ("up", "down", "escape"):
            await user.press("D", *"20", key)
            assert (key, user.typed) == (key, "20")
            await user.press("h")
            assert user.title.startswith("August 2026 · Thu 20"), key
            await user.press("1")
            assert (key, user.typed) == (key, "1")
            await user.press(key, "/", "3")
            assert (key, user.typed) == (key, "13")
            await user.press(key, "w")
            assert (key, await user.choice()) == (key, named("2026-W34"))


async def test_an_empty_line_is_the_day_under_the_cursor() -> None:
    async with desk() as user:
        await user.press("D", "h", "tab", "enter")
        assert await user.choice() == named("2026-08-20")


async def test_everything_is_there_at_every_size() -> None:
    async with desk() as user:
        for size in ((120, 40), (80, 24), (60, 20), (40, 10)):
            await user.pilot.resize_terminal(*size)
            await user.press("D")
            assert all(f" {day} " in user.words for day in (24, 31)), size
            assert "(21" not in user.words, size
            assert "[21" in user.words, size
            assert "for mon, w34" in user.words, size
            assert "Enter day · w week" in user.words, size
            await user.press("h", *"1999-01-01", "enter")
            assert "(21" in user.words, size
            assert "Fri 1 Jan 1999 was before that." in user.words, size
            row, column = next(
                (y, line.index("14")) for y, line in enumerate(user.lines) if " 14" in line
            )
            await user.pilot.click(offset=(column, row))
            assert (size, await user.choice()) == (size, named("2026-08-14"))


async def test_where_there_is_no_room_for_days_a_name_can_be_typed() -> None:
    async with desk() as user:
        for size in ((20, 5), (30, 8)):
            await user.pilot.resize_terminal(*size)
            await user.press("D", *"2030-01-01", "enter")
            told = "Tue 1 Jan 2030 is still to come."
            assert told in user.words, size
            await user.press("escape", "escape")
            assert (size, await user.choice()) == (size, None)


async def test_a_month_that_is_not_known_is_asked_for_once() -> None:
    async with desk(Disk()) as user:
        await user.press("D")
        assert user.title.endswith("not known yet")
        await user.until(lambda: user.disk.asked == [AUGUST])
        await user.until(lambda: "asking for August 2026…" in user.words)
        await user.press("h")
        user.disk.answer.set()
        await user.until(lambda: user.title == "August 2026 · Thu 20 · 2 of 12 unread")
        assert "asking" not in user.words
        await user.press("h", "l")
        assert user.disk.asked == [AUGUST]


async def test_a_pause_that_the_hub_asks_for_is_counted_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.screens.calendar.TICK_S", 0.01)
    async with desk(Disk(), size=(60, 20)) as user:
        await user.press("D")
        await user.until(lambda: "asking for August 2026…" in user.words)
        user.disk.pause = 118.4
        await user.until(lambda: "the Hub asks for a pause, 119 s" in user.words)
        user.disk.pause = 1.0
        await user.until(lambda: "the Hub asks for a pause, 1 s" in user.words)
        user.disk.answer.set()
        await user.until(lambda: "the Hub" not in user.words)


async def test_a_month_that_is_known_is_not_asked_for() -> None:
    async with desk(Disk(AUGUST)) as user:
        await user.press("D")
        assert not list(user.app.workers)
        assert user.disk.asked == []


async def test_a_month_that_is_only_passed_is_not_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.screens.calendar.SETTLE_S", 3600.0)
    async with desk(Disk(AUGUST)) as user:
        await user.press("D")
        for key, title in (("[", "July 2026"), ("[", "June 2026"), ("]", "July 2026")):
            await user.press(key)
            assert user.title.startswith(title)
            assert list(user.app.workers)
        await user.press("t")
        assert not list(user.app.workers)
        assert user.disk.asked == []


async def test_paging_through_months_asks_for_the_one_where_it_ends() -> None:
    async with desk(Disk(AUGUST)) as user:
        user.rush("D", *["pageup"] * 20, *["pagedown"] * 18)
        await user.until(lambda: bool(user.disk.asked))
        assert user.disk.asked == [JUNE]
        assert user.title.startswith("June 2026")


async def test_another_month_gives_up_the_one_asked_for() -> None:
    async with desk() as user:
        for key, title in (("[", "June 2026"), ("]", "August 2026")):
            user.app.disk = Disk(AUGUST)
            await user.press("D", "[")
            await user.until(lambda: "asking for July 2026…" in user.words)
            await user.press(key)
            await user.until(lambda: user.disk.cancelled == [JULY])
            assert user.title.startswith(title)
            assert "asking for July" not in user.words
            await user.press("q")
            assert (key, await user.choice()) == (key, None)


async def test_closing_gives_up_asking() -> None:
    async with desk(Disk()) as user:
        await user.press("D")
        await user.until(lambda: user.disk.asked == [AUGUST])
        await user.press("q")
        await user.until(lambda: user.disk.cancelled == [AUGUST])
        assert await user.choice() is None


async def test_without_a_connection_the_calendar_stays_usable() -> None:
    disk = Disk()
    disk.error = Offline("no route to host")
    disk.answer.set()
    async with desk(disk) as user:
        await user.press("D")
        await user.until(lambda: "No connection to the Hub (no route to host)" in user.words)
        assert "come back to this month to try again." in user.words
        disk.error = None
        await user.press("[", "]")
        assert "No connection" not in user.words
        await user.until(lambda: disk.asked == [AUGUST, AUGUST])
        await user.until(lambda: "0 of 12 unread" in user.title)
        await user.press("h", "enter")
        assert await user.choice() == Period.day(TODAY - ONE_DAY)
