"""A library on disk and a clock that ticks once per look."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tui.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Clock:
    """A clock that is one second later every time it is read."""

    def __init__(self) -> None:
        self.time = datetime(2026, 8, 21, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.db"


@pytest.fixture
def library(path: Path, clock: Clock) -> Iterator[Library]:
    with closing(Library.open(path, now=clock)) as library:
        yield library
