from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.observations import Observations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "observations.db"


@pytest.fixture
def observations(path: Path) -> Iterator[Observations]:
    with closing(Observations.open(path)) as opened:
        yield opened
