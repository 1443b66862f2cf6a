from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.screens.session import Home, running

if TYPE_CHECKING:
    from pathlib import Path

GARBAGE = b"no database " * 1000


def bytes_of(path: Path) -> bytes:
    return path.read_bytes()


def copies(folder: Path) -> list[Path]:
    """The files in the folder that hold the garbage."""
    return [path for path in folder.iterdir() if path.read_bytes() == GARBAGE]


@pytest.fixture
def damaged(reader_home: Home) -> Path:
    reader_home.library.parent.mkdir(parents=True)
    reader_home.library.write_bytes(GARBAGE)
    return reader_home.library


@pytest.mark.parametrize("key", ["q", "enter", "escape"])
async def test_without_consent_it_is_left_alone_and_papers_can_be_read(
    reader_home: Home, damaged: Path, key: str
) -> None:
    async with running(reader_home) as session:
        await session.shows("Your library is damaged")
        await session.press(key)
        assert len(session.rows) == 29
        await session.press("r")
        assert not session.current.read
        assert session.toasts[0].startswith("Nothing was changed: ")
    assert bytes_of(damaged) == GARBAGE


async def test_with_consent_a_fresh_one_takes_marks_and_the_old_one_is_kept(
    reader_home: Home, damaged: Path
) -> None:
    async with running(reader_home) as session:
        await session.press("f")
        aside = copies(damaged.parent)
        assert len(aside) == 1
        assert session.toasts == [f"A fresh library is in use; the damaged one is {aside[0]}."]
        await session.press("r")
        assert session.current.read
        assert reader_home.marks(session.ids[0]) == [(True, False)]
