"""A folder of programs that comes first on PATH, and a line to them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.desktop.tools import Line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform == "win32":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """The only folder on PATH, empty at first."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


@pytest.fixture
def environ(programs: Path) -> dict[str, str]:
    """A session at a terminal that may know OSC 52, with no display, tmux or SSH."""
    return {"PATH": str(programs), "TERM": "xterm-256color"}


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    """A named pipe that programs made for a test can hold open."""
    line = Line(tmp_path / "line")
    yield line
    line.close()
