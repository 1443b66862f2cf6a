"""A user's files over the loopback Hub: untouched ones, and those of a regular reader."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.conftest import FIRST, TODAY
from tests.generate import make_days
from tests.hubserver import HubServer
from tests.screens.session import Home
from tui.hub.settings import HubSettings
from tui.periods import Period
from tui.screens import looking, travel
from tui.widgets.day_strip import DAYS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _asks_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists that are on disk are asked for almost at once, and looked at as soon."""
    monkeypatch.setattr(travel, "SETTLE_S", 0.01)
    monkeypatch.setattr(looking, "LOOK_AFTER_S", 0.01)


@pytest.fixture
def new_home(tmp_path: Path, hub: HubServer) -> Home:
    """A user who has never started the program, and two working weeks at the Hub."""
    return Home(tmp_path, settings=HubSettings(endpoint=hub.url))


@pytest.fixture(scope="session")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the program keeps on disk after it has shown the latest day; to be copied."""
    folder = tmp_path_factory.mktemp("warm")
    with HubServer(make_days(FIRST, TODAY), today=TODAY) as hub:
        home = Home(folder, settings=HubSettings(endpoint=hub.url))
        asyncio.run(_read(home))
    return home.cache


async def _read(home: Home) -> None:
    feed = home.services().feed
    latest = Period.day(await feed.find_newest())
    await feed.refresh(latest)
    await feed.read_ahead(latest, DAYS)
    await feed.close()
    feed.library.close()


@pytest.fixture
def reader_home(new_home: Home, warm_cache: Path) -> Home:
    """A user who closed the program a moment ago, with the last days on disk."""
    shutil.copytree(warm_cache, new_home.cache)
    return new_home
