"""Any keys in any order, over a Hub that comes and goes: in the end everything agrees."""

from __future__ import annotations

import asyncio
from random import Random
from typing import TYPE_CHECKING, Final

import pytest

from tests.desktop.tools import install
from tests.hubserver import Fault
from tests.screens.session import Home, Session, running
from tui.commands import COMMANDS, Pane
from tui.order import Choice
from tui.periods import Span
from tui.screens.daily import DailyScreen
from tui.widgets.day_strip import DAYS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hubserver import HubServer

KEYS: Final = sorted(
    {key for command in COMMANDS for pane in Pane for key in command.keys(pane)} - {"ctrl+q"}
    | {"-", "/", "w", "x", "backspace"}
)
"""Every key of the table but Textual's own way out, and some that dialogs take."""
RUSHES: Final = 30
LONGEST_RUSH: Final = 6
SIZES: Final = ((120, 40), (80, 24), (60, 20), (20, 5))


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async def stay(_: DailyScreen) -> None:
        return None

    monkeypatch.setattr(DailyScreen, "action_quit", stay)
    monkeypatch.setenv("BROWSER", str(install(tmp_path, "heron-browser", "exit 0")))


async def play(session: Session, hub: HubServer, random: Random) -> None:
    """Press keys in rushes while the Hub is quick, slow or silent, then put all dialogs away."""
    for _ in range(RUSHES):
        hub.delay = random.choice((0, 0, 0.01))
        if random.random() < 0.1:
            hub.fault(Fault.HANG, times=3)
        for _ in range(random.randint(1, LONGEST_RUSH)):
            session.app.simulate_key(random.choice(KEYS))
        for _ in range(random.randint(0, 20)):
            await asyncio.sleep(0)
        if random.random() < 0.1:
            await session.pilot.resize_terminal(*random.choice(SIZES))
        if random.random() < 0.3:
            hub.release()
    hub.delay = 0
    hub.heal()
    await session.handled()
    while session.app.screen is not session.screen:
        await session.press("escape")
    await session.settle()
    session.screen.focus_pane(Pane.LIST)
    while session.screen.choice is not Choice.ALL:
        await session.press("v")
    if session.screen.edition is None:  # the user stopped waiting for the very first day
        await session.press("t")
        await session.settle()


def check(session: Session) -> None:
    """The screen says what the library and the feed say, and nothing is under way."""
    screen, feed = session.screen, session.screen.feed
    assert not screen.is_waiting
    screen.look_around()  # within a second it does so by itself
    assert screen.edition is not None
    assert screen.edition.period == screen.period
    known = feed.peek(screen.period)
    assert known is not None
    assert sorted(session.ids) == sorted(paper.id for paper in known.papers)
    kept = feed.library.marks(session.ids)
    assert [(row.read, row.starred) for row in session.rows] == [
        (kept[paper].read, kept[paper].starred) for paper in session.ids
    ]
    unread = sum(not row.read for row in session.rows)
    assert session.header.startswith(f"{screen.period.title} · ")
    assert f" {unread} unread" in session.header
    assert "…" not in session.header


def strip_agrees(session: Session) -> bool:
    """Whether the strip has each day's backlog, which reading ahead may have told just now."""
    period, feed = session.screen.period, session.screen.feed
    last = period.last if period.is_dated else feed.today()
    day = period.first if period.span is Span.DAY else feed.peek_newest() or last
    backlogs = [
        f"{count.day.day} " + (f"{count.unread}/{count.total}" if count.unread else "✓")
        for count in feed.strip(day, DAYS)
    ]
    return all(f" {backlog}" in session.lines[1] for backlog in backlogs)


async def any_keys(home: Home, hub: HubServer, seed: int) -> None:
    random = Random(seed)
    async with running(home, size=random.choice(SIZES), settle=False) as session:
        await play(session, hub, random)
        await session.pilot.resize_terminal(*SIZES[0])
        await session.still()
        check(session)
        await session.until(lambda: strip_agrees(session))


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.torture) for seed in range(1, 54))]
)
async def test_any_keys_leave_a_screen_that_agrees_with_the_disk(
    new_home: Home, hub: HubServer, seed: int
) -> None:
    await any_keys(new_home, hub, seed)
