"""Users of the installed command, with and without a past; pseudo-terminals are Unix's."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

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
    from pathlib import Path


@pytest.fixture
def newcomer(hub: HubServer) -> User:
    """Someone who has never started the program."""
    return User(hub.url)


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
