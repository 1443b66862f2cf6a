"""A user's files over the loopback Hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.screens.session import Home
from tui.hub.settings import HubSettings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hubserver import HubServer


@pytest.fixture
def reader_home(tmp_path: Path, hub: HubServer) -> Home:
    """A user who has never started the program, and two working weeks at the Hub."""
    return Home(tmp_path, settings=HubSettings(endpoint=hub.url))
