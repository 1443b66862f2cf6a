from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.screens.session import LATEST, Home, running
from tui.library import Library, copies
from tui.screens import daily

if TYPE_CHECKING:
    from datetime import date

    from tests.generate import Item

SMALL = (80, 24)
"""A window in which there is less to paint."""
GARBAGE = b"no database " * 1000


def bytes_of(path: Path) -> bytes:
    return path.read_bytes()


def kept_in(folder: Path) -> list[Path]:
    """The files in the folder that hold the garbage."""
    files = filter(Path.is_file, folder.iterdir())
    return [path for path in files if path.read_bytes() == GARBAGE]


@pytest.fixture
def damaged(reader_home: Home) -> Path:
    reader_home.library.parent.mkdir(parents=True)
    reader_home.library.write_bytes(GARBAGE)
    return reader_home.library


@pytest.fixture
def first_paper(generated_days: dict[date, list[Item]]) -> str:
    """The id of the paper under the cursor at the start: it has the most upvotes of its day."""
    first = max(generated_days[LATEST], key=lambda item: int(item["paper"]["upvotes"]))
    return str(first["paper"]["id"])


def star(home: Home, paper: str) -> None:
    """Star a paper before the program starts."""
    with closing(Library.open(home.library)) as library:
        library.mark([paper], starred=True)


@pytest.mark.parametrize(
    "key", [pytest.param(key, marks=pytest.mark.torture) for key in ("q", "enter")] + ["escape"]
)
async def test_without_consent_it_is_left_alone_and_papers_can_be_read(
    reader_home: Home, damaged: Path, key: str
) -> None:
    async with running(reader_home, size=SMALL) as session:
        await session.shows("Your library is damaged")
        assert "copies" not in session.text
        await session.press(key)
        assert len(session.rows) == 29
        await session.press("r")
        assert not session.current.read
        assert session.toasts[0].startswith("Nothing was changed: ")
    assert bytes_of(damaged) == GARBAGE


async def test_with_consent_a_fresh_one_takes_marks_and_the_old_one_is_kept(
    reader_home: Home, damaged: Path
) -> None:
    copy = damaged.parent / "backups" / "library-2026-08-20.db"
    copy.parent.mkdir()
    copy.touch()
    made = datetime(2026, 8, 20, 23, 30, tzinfo=UTC).timestamp()
    os.utime(copy, (made, made))
    async with running(reader_home, size=SMALL) as session:
        await session.shows("It has copies, the latest of Thu 20 Aug 2026: “daily-papers")
        await session.press("f")
        await session.settle()
        [aside] = kept_in(damaged.parent)
        [told] = session.toasts
        assert told.startswith(
            f"Nothing could be read: a fresh library is in use; the damaged one is {aside}. "
        )
        await session.press("r")
        assert session.current.read
        assert reader_home.marks(session.ids[0]) == [(True, False)]


async def test_what_can_be_read_of_a_damaged_one_is_saved(
    reader_home: Home, first_paper: str
) -> None:
    star(reader_home, first_paper)
    with closing(sqlite3.connect(reader_home.library)) as connection:
        connection.execute("DROP TABLE marks")
    async with running(reader_home, size=SMALL) as session:
        await session.press("f")
        await session.settle()
        assert session.toasts[0].startswith("Saved what could be read: 1 change of 1 paper;")
        assert session.current.starred
    assert reader_home.marks(first_paper) == [(False, True)]


async def test_marks_of_a_newer_program_are_shown_and_none_is_made(
    reader_home: Home, first_paper: str
) -> None:
    star(reader_home, first_paper)
    with closing(sqlite3.connect(reader_home.library)) as connection:
        connection.execute("PRAGMA user_version = 99")
    async with running(reader_home, size=SMALL) as session:
        assert session.current.starred
        [told] = session.toasts
        assert "written by a newer daily-papers (version 99 of its format" in told
        assert told.endswith("update the program. In this run no mark can be made.")
        await session.press("s")
        assert session.current.starred
        assert session.toasts[-1].startswith("Nothing was changed: ")


@pytest.fixture
def _backs_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily, "BACKUP_AFTER_S", 0.01)
    monkeypatch.setattr(daily, "BACKUP_EVERY_S", 0.02)


@pytest.mark.usefixtures("_backs_up_soon")
async def test_the_day_before_is_backed_up_without_a_word(reader_home: Home) -> None:
    with closing(Library.open(reader_home.library)) as library:
        library.mark(["2608.00001"], read=True)
    async with running(reader_home, size=SMALL) as session:
        await session.until(lambda: len(copies(reader_home.library)) == 1)
        assert session.toasts == []


@pytest.mark.usefixtures("_backs_up_soon")
async def test_a_backup_that_fails_is_told_once(
    reader_home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(Library.open(reader_home.library)) as library:
        library.mark(["2608.00001"], read=True)
    (reader_home.library.parent / "backups").write_bytes(b"in the way")
    async with running(reader_home, size=SMALL) as session:
        await session.until(lambda: caplog.text.count("no backup was made") > 1)
        assert session.toasts == [
            "No backup of the library could be made: the data directory cannot be written."
        ]
        await session.press("s")
        assert session.current.starred
