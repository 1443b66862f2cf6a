"""Keys that come faster than the screen: nothing is done twice, and every step counts."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import date

import pytest

from tests.generate import make_day
from tests.hubserver import Fault, HubServer
from tests.screens.session import LATEST, Home, running
from tests.screens.visits import without_reading_ahead
from tui.screens.notices import DamagedLibrary

THURSDAY = date(2026, 8, 20)
WEDNESDAY = date(2026, 8, 19)
TUESDAY = date(2026, 8, 18)


TWICE = [
    ("D", "enter", "enter"),
    ("D", "1", "enter", "enter"),
    ("D", "escape", "escape"),
    ("?", "enter", "enter"),
    ("?", "escape", "escape"),
    ("y", "x", "x"),
    ("y", "p", "p"),
    ("y", "y", "y"),
    ("S", "x", "x"),
    ("S", "u", "u"),
    (":", "escape", "escape"),
    (":", "pageup", "pagedown", "pageup", "escape"),
]


async def test_a_key_typed_twice_closes_a_dialog_once(reader_home: Home) -> None:
    async with running(reader_home) as session:
        for keys in TWICE:
            await session.rush(*keys)
            await session.settle()
            while session.app.screen is not session.screen:
                await session.press("escape")
            await session.press("t", "h")
            await session.settle()
            assert (keys, session.day) == (keys, THURSDAY)
        await session.press("D", *"2026-08-19", "enter")
        await session.settle()
        assert session.day == WEDNESDAY


async def test_a_signal_is_heeded_however_many_keys_wait(reader_home: Home) -> None:
    before = signal.getsignal(signal.SIGTERM)
    async with running(reader_home) as session:
        loop = asyncio.get_running_loop()
        for _ in range(10_000):
            loop.call_soon_threadsafe(int)  # as each key does
        os.kill(os.getpid(), signal.SIGTERM)
        await session.until(lambda: session.app._exit)
        assert session.app.return_code == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize("keys", [("q", "q"), (":", *"quit", "enter", "enter")], ids=" ".join)
async def test_quitting_twice_is_quitting(reader_home: Home, keys: tuple[str, ...]) -> None:
    async with running(reader_home) as session:
        await session.rush(*keys)
        if keys[0] == ":":
            await session.until(lambda: session.app.screen is session.screen)
        else:
            await session.until(lambda: session.app._exit)


@pytest.mark.parametrize("key", ["f", "q"])
async def test_the_question_about_a_damaged_library_is_answered_once(
    reader_home: Home, key: str
) -> None:
    reader_home.library.parent.mkdir(parents=True)
    reader_home.library.write_bytes(b"no database " * 1000)
    async with running(reader_home) as session:
        await session.shows("Your library is damaged")
        await session.rush(key, key)
        await session.until(
            lambda: session.app._exit or not isinstance(session.app.screen, DamagedLibrary)
        )
        if key == "f":
            await session.settle()
    kept = list(reader_home.library.parent.glob("*damaged*"))
    assert len(kept) == (1 if key == "f" else 0)


async def test_a_step_that_was_given_up_does_not_hold_up_later_ones(
    new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_reading_ahead(monkeypatch)
    known = {str(LATEST)}
    async with running(new_home, day=LATEST) as session:
        for keys, day, older in (
            (("h", "escape"), LATEST, THURSDAY),
            (("h", "l", "h"), WEDNESDAY, TUESDAY),
            (("h", "h", "t", "t"), LATEST, THURSDAY),
        ):
            hub.fault(Fault.HANG, when=lambda request: request.query.get("date") not in known)
            await session.rush(*keys)
            hub.heal()
            await session.settle()
            assert (keys, session.day) == (keys, day)
            await session.press("h")
            await session.settle()
            assert (keys, session.day) == (keys, older)
            known.update((str(day), str(older)))


async def test_ten_steps_at_once_over_a_slow_hub_all_count(new_home: Home, hub: HubServer) -> None:
    friday = date(2026, 8, 7)
    hub.days[friday] = make_day(friday, 3)
    hub.delay = 0.02
    async with running(new_home, settle=False) as session:
        await session.until(lambda: session.screen.edition is not None)
        await session.rush(*["h"] * 10)
        await session.settle()
        assert session.day == friday
        assert len(session.rows) == 3
