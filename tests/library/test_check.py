"""What is wrong with a library is found, wherever it is."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.library import raw
from tests.library.obstacles import frozen
from tests.library.test_recovery import overwrite, pages
from tests.library.test_versions import written
from tui.library import Library
from tui.library.check import Checked

if TYPE_CHECKING:
    from pathlib import Path

A, B = "2608.00001", "2608.00002"
MANY = [f"2608.{number:05}" for number in range(2000)]
SOUND = Checked((), ())


@pytest.fixture
def full(path: Path) -> Path:
    """A closed library with a little of everything."""
    with closing(Library.open(path)) as library:
        library.mark(MANY, read=True)
        library.mark([A], starred=True, note="a note", tags={"x": True}, kept={A: "kept"})
        library.undo()
        library.redo()
    return path


def test_a_sound_library(full: Path) -> None:
    before = full.read_bytes()
    assert Library.check(full) == SOUND
    assert full.read_bytes() == before


def test_beside_an_open_window(library: Library) -> None:
    library.mark([A], read=True, note="a note")
    assert Library.check(library.path) == SOUND
    assert library.mark([B], read=True) == 1


@pytest.mark.parametrize("version", [1, 2])
def test_a_library_of_an_earlier_version(path: Path, version: int) -> None:
    assert Library.check(written(path, version)) == SOUND


def test_a_library_in_a_frozen_directory(full: Path) -> None:
    with frozen(full.parent):
        assert Library.check(full) == SOUND


@pytest.mark.parametrize(
    "change",
    [
        f"UPDATE marks SET value = 0 WHERE paper = '{B}'",
        f"DELETE FROM marks WHERE paper = '{B}'",
        "INSERT INTO marks SELECT 'new', field, value, change FROM marks LIMIT 1",
        f"UPDATE notes SET text = 'another', paper = '{B}'",
        f"INSERT INTO notes VALUES ('{B}', 'another')",
        "DELETE FROM notes",
    ],
)
def test_what_does_not_follow_from_the_changes(full: Path, change: str) -> None:
    raw.run(full, change)
    checked = Library.check(full)
    assert checked.faults == ()
    assert set(checked.papers) <= {A, B, "new"}
    assert checked.papers
    with closing(Library.open(full)) as library:
        library.rebuild()
    assert Library.check(full) == SOUND


def test_what_refers_to_nothing(full: Path) -> None:
    raw.run(full, "DELETE FROM steps WHERE number = 1")
    assert "row 1 of changes refers to nothing" in Library.check(full).faults


@pytest.mark.parametrize("table", ["changes", "marks", "changes_by_paper"])
def test_damage_far_inside(full: Path, table: str) -> None:
    overwrite(full, pages(full, table)[2:3])
    assert Library.check(full).faults


def test_an_index_that_lacks_a_row(full: Path) -> None:
    content = bytearray(full.read_bytes())
    leaf = pages(full, "changes_by_paper")[3]
    cells = int.from_bytes(content[leaf + 3 : leaf + 5])
    content[leaf + 3 : leaf + 5] = (cells - 1).to_bytes(2)
    full.write_bytes(content)
    assert Library.check(full).faults


def test_what_is_no_database(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"junk" * 5000)
    assert Library.check(path) == Checked(("file is not a database",), ())


def test_of_a_newer_library_only_the_file_is_looked_at(full: Path) -> None:
    raw.run(full, "PRAGMA user_version = 99; DELETE FROM notes")
    assert Library.check(full) == SOUND
