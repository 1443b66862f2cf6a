from __future__ import annotations

import re
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from tests.screens.pictures import compare, contrast, pairs
from tests.screens.session import Home, running
from tui import sample
from tui.hub.client import Hub
from tui.hub.settings import HubSettings
from tui.screens.notices import DamagedLibrary

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.screens.pictures import Compare
    from tests.screens.session import Session

__all__ = ["compare"]

LIBRARY = Path("/data/ada/.local/share/daily-papers/library.db")
OLDEST = "Wed 19"
"""The oldest day of the sample: when the strip shows it, everything has been fetched."""
LEGIBLE = 2.0
"""The least contrast of text; below 3 it takes an effort, and below 2 it goes unseen."""


@pytest.fixture
def sample_home(tmp_path: Path) -> Home:
    """A user who tries the program on its sample, always at the same moment."""
    return Home(
        tmp_path,
        connect=partial(Hub, answer=sample.answer),
        today=sample.TODAY,
        first_day=sample.DAYS[0],
        now=datetime(2026, 8, 21, 15, 0, tzinfo=UTC),
        demo=True,
    )


@asynccontextmanager
async def reading(home: Home) -> AsyncIterator[Session]:
    """The program on its sample, with all of it on disk."""
    async with running(home) as session:
        await session.shows(OLDEST)
        yield session


async def test_lists_and_the_text(sample_home: Home, compare: Compare) -> None:
    async with reading(sample_home) as session:
        await session.press("4")
        await session.shows("Trending")
        await session.settle()
        await compare(session, "trending")
        await session.press("1")
        await session.settle()
        await compare(session, "text", "j", "enter")
        await session.press("q", "U", "g")
        session.screen.toasts.clear()
        await compare(session, "day", "s", "j", "r", "j", "r", "s", "j")


@pytest.mark.torture
async def test_the_week(sample_home: Home, compare: Compare) -> None:
    async with reading(sample_home) as session:
        await session.press("h", "G", "s", "2")
        await session.settle()
        await compare(session)


async def test_notes_tags_and_a_selection(sample_home: Home, compare: Compare) -> None:
    async with reading(sample_home) as session:
        await session.press("x", "e")
        await session.rush(*"Read the appendix:", "enter", *"- the ablation", "escape")
        await session.until(lambda: any(row.has_note for row in session.rows))
        await session.settle()
        await session.press("x", "T")
        await session.rush(*"agents, to read", "enter")
        await session.until(lambda: any(row.tags for row in session.rows))
        await session.settle()
        await session.press("k")
        session.screen.toasts.clear()
        await compare(session)


@pytest.mark.torture
async def test_the_tags(sample_home: Home, compare: Compare) -> None:
    async with reading(sample_home) as session:
        await session.press("T")
        await session.rush(*"agents, to read", "enter")
        await session.until(lambda: any(row.tags for row in session.rows))
        await session.settle()
        await session.press("j", "x", "g", "x", "T", "a")
        await compare(session)


async def test_what_floats_over_the_list(sample_home: Home, compare: Compare) -> None:
    async with reading(sample_home) as session:
        for name, keys in (
            ("orders", "S"),
            ("copying", "y"),
            ("no such day", ("D", *"2030-01-01", "enter")),
            ("editor", ("e", *"Read the appendix:", "enter", *"- the ablation")),
        ):
            await compare(session, name, *keys)
            while session.app.screen is not session.screen:
                await session.press("escape")


@pytest.mark.torture
async def test_the_keys(sample_home: Home, compare: Compare) -> None:
    async with reading(sample_home) as session:
        await session.press("?")
        session.app.screen.query_one("#help-filter").set_reactive(Input.cursor_blink, False)
        await compare(session)


async def test_the_first_start_without_a_connection(tmp_path: Path, compare: Compare) -> None:
    home = Home(tmp_path, settings=HubSettings(offline=True))
    async with running(home) as session:
        session.screen.toasts.clear()
        await compare(session)


@pytest.mark.torture
async def test_a_damaged_library(sample_home: Home, compare: Compare) -> None:
    async with reading(sample_home) as session:
        session.app.push_screen(DamagedLibrary(LIBRARY))
        await compare(session)


async def walk(session: Session) -> str:
    """Star and read some of the papers; the screen."""
    await session.press("s", "j", "r", "j", "r", "s", "j")
    await session.still()
    return session.text


async def test_every_theme_shows_the_same_text_legibly(sample_home: Home) -> None:
    async with reading(sample_home) as session:
        await walk(session)
        await session.press("2")
        await session.still()
        text = session.text
        for theme in ("textual-dark", "textual-light", "nord", "gruvbox", "solarized-light"):
            session.app.theme = theme
            await session.still()
            assert session.text == text
            pale = {seen for seen, *colours in pairs(session) if contrast(*colours) < LEGIBLE}
            assert (theme, {seen for seen in pale if re.search(r"\w", seen)}) == (theme, set())


async def test_without_colour_glyphs_tell_everything(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(sample_home) as session:
        lines = (await walk(session)).splitlines()[2:10:2]
        assert [line[:4] for line in lines] == [" ●★ ", " ·  ", " ·★ ", "▌●  "]
        assert all(len(set(colour)) == 1 for _, *both in pairs(session) for colour in both)
