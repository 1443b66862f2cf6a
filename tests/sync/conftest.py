"""Two machines that share one folder, as if copying took no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sync.machine import Machine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


@pytest.fixture
def here(tmp_path: Path, shared: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path / "here", shared)
    yield machine
    machine.library.close()


@pytest.fixture
def there(tmp_path: Path, shared: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path / "there", shared)
    yield machine
    machine.library.close()
