"""Users of the installed command, with and without a past; pseudo-terminals are Unix's."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import FIRST, TODAY
from tests.generate import make_days
from tests.hubserver import HubServer

if sys.platform == "win32":
    collect_ignore_glob = ["test_*.py"]
else:
    from tests.program.user import User, quits, shows
    from tui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.generate import Item

FIRST_OF_MANY: Final = date(2026, 7, 1)


@pytest.fixture
def newcomer(hub: HubServer) -> User:
    """Someone who has never started the program."""
    return User(hub.url)


@pytest.fixture
def large_hub(large: dict[date, list[Item]]) -> Iterator[HubServer]:
    """A Hub over nearly two months."""
    with HubServer(large, today=TODAY) as server:
        yield server


@pytest.fixture(scope="session")
def large() -> dict[date, list[Item]]:
    """The papers of nearly two months, to be read and never written to."""
    return make_days(FIRST_OF_MANY, TODAY)


@pytest.fixture(scope="session")
def _read_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of someone who has looked at the latest day, to be copied."""
    home = tmp_path_factory.mktemp("reader")
    with (
        pytest.MonkeyPatch.context() as patch,
        HubServer(make_days(FIRST, TODAY), today=TODAY) as hub,
    ):
        patch.setenv("HOME", str(home))
        with User(hub.url).starts() as terminal:
            shows(terminal, "Thu 13 ")
            quits(terminal)
        return Paths.of_user().cache


@pytest.fixture
def reader(newcomer: User, _read_before: Path) -> User:
    """Someone who has the last days on disk, as they were three hours ago."""
    shutil.copytree(_read_before, newcomer.paths.cache)
    newcomer.waits()
    return newcomer
