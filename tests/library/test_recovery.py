"""What a damaged file still holds comes back, and the file is kept."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.library import raw
from tests.library.obstacles import frozen
from tests.library.test_versions import MARKS_1, PAPERS, written
from tui.library import Library, LibraryDamaged, LibraryUnwritable, Mark, Undone, backup

if TYPE_CHECKING:
    from pathlib import Path

    from tests.library.conftest import Clock

PAGE = 4096
MANY = [f"2608.{number:05}" for number in range(2000)]


@pytest.fixture
def full(path: Path, clock: Clock) -> Path:
    """A closed library with a thousand papers read, and each thing that there can be once."""
    with closing(Library.open(path, now=clock)) as library:
        library.mark(MANY, read=True, label="many")
        library.mark(MANY[:500], tags={"x": True}, label="tagged")
        library.mark(MANY[:1], starred=True, note="a note", kept={MANY[0]: "kept"}, label="last")
    return path


def pages(path: Path, table: str) -> list[int]:
    """The offsets of the leaves of a table or index."""
    with closing(sqlite3.connect(path)) as connection:
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()[0]
    whole = path.read_bytes()
    found, todo = [], [root]
    while todo:
        offset = (todo.pop() - 1) * PAGE
        kind, cells = whole[offset], int.from_bytes(whole[offset + 3 : offset + 5])
        if kind in (10, 13):
            found.append(offset)
            continue
        todo.append(int.from_bytes(whole[offset + 8 : offset + 12]))
        pointers = (offset + 12 + 2 * cell for cell in range(cells))
        for pointer in pointers:
            cell = offset + int.from_bytes(whole[pointer : pointer + 2])
            todo.append(int.from_bytes(whole[cell : cell + 4]))
    return sorted(found)


def overwrite(path: Path, offsets: list[int], content: bytes = b"\xff" * PAGE) -> None:
    whole = bytearray(path.read_bytes())
    for offset in offsets:
        whole[offset : offset + PAGE] = content
    path.write_bytes(whole)


def test_a_sound_library_comes_back_as_it_was(full: Path, clock: Clock) -> None:
    before = full.read_bytes()
    recovered = Library.recover(full, now=clock)
    assert recovered.aside.read_bytes() == before
    assert (recovered.changes, recovered.papers) == (2502, 2000)
    assert recovered.aside == full.with_name("library.damaged-20260821T093004Z.db")
    assert not [file for file in full.parent.iterdir() if "recovering" in file.name]
    with closing(Library.open(full, now=clock)) as library:
        assert library.marks(MANY[:2]) == {
            MANY[0]: Mark(True, True, True, ("x",)),
            MANY[1]: Mark(read=True, tags=("x",)),
        }
        assert library.starred()[0].kept == "kept"
        assert [library.undo(), library.undo()] == [Undone("last"), Undone("tagged")]


@pytest.mark.parametrize("table", ["changes", "marks"])
def test_marks_survive_the_loss_of_pages_in_one_table(full: Path, clock: Clock, table: str) -> None:
    leaves = pages(full, table)
    overwrite(full, leaves[2:4])
    Library.recover(full, now=clock)
    with closing(Library.open(full, now=clock)) as library:
        assert library.totals() == (2000, 1, 1, 500)
        assert library.note(MANY[0]) == "a note"


def test_lost_notes_come_back_from_the_text_that_was_current(full: Path, clock: Clock) -> None:
    last = pages(full, "changes")[-1:]
    overwrite(full, last)
    Library.recover(full, now=clock)
    with closing(Library.open(full, now=clock)) as library:
        assert library.note(MANY[0]) == "a note"
        assert [(each.paper, each.kept) for each in library.starred()] == [(MANY[0], "kept")]


def test_lost_indexes_lose_nothing(full: Path, clock: Clock) -> None:
    for index in ("changes_by_paper", "changes_by_clock", "marks_by_field", "kept_by_paper"):
        overwrite(full, pages(full, index))
    Library.recover(full, now=clock)
    with closing(Library.open(full, now=clock)) as library:
        assert library.totals() == (2000, 1, 1, 500)
    assert raw.rows(full, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_of_a_file_cut_short_comes_back_what_is_left(full: Path, clock: Clock, part: float) -> None:
    whole = full.read_bytes()
    full.write_bytes(whole[: int(len(whole) * part) // PAGE * PAGE])
    assert Library.recover(full, now=clock).papers > 100
    with closing(Library.open(full, now=clock)) as library:
        assert library.totals().read > 100
        assert library.mark(["new"], read=True) == 1


def test_undo_starts_afresh_where_steps_are_lost(full: Path, clock: Clock) -> None:
    overwrite(full, pages(full, "steps"))
    Library.recover(full, now=clock)
    with closing(Library.open(full, now=clock)) as library:
        assert library.undo() is None
        library.mark(MANY[:1], read=False, label="new")
        assert library.undo() == Undone("new")
        assert library.totals() == (2000, 1, 1, 500)


def test_undo_starts_afresh_where_one_step_is_missing(full: Path, clock: Clock) -> None:
    raw.run(full, "DELETE FROM steps WHERE number = 2")
    Library.recover(full, now=clock)
    with closing(Library.open(full, now=clock)) as library:
        assert library.undo() is None


def test_metadata_whose_star_is_lost_goes_with_the_new_star(full: Path, clock: Clock) -> None:
    raw.run(full, "DELETE FROM changes WHERE id = 1 OR id >= (SELECT change FROM kept)")
    Library.recover(full, now=clock)
    with closing(Library.open(full, now=clock)) as library:
        assert [(each.paper, each.kept) for each in library.starred()] == [(MANY[0], "kept")]
    (row,) = raw.rows(full, "SELECT field FROM kept JOIN changes ON changes.id = kept.change")
    assert row == ("starred",)


def test_version_1_is_recovered_and_brought_up_to_date(path: Path, clock: Clock) -> None:
    written(path, 1)
    overwrite(path, pages(path, "marks"))
    Library.recover(path, now=clock)
    with closing(Library.open(path)) as library:
        assert library.marks(PAPERS) == MARKS_1
        assert library.redo() == Undone("star “Four”")


def test_the_recovered_library_is_another_machine(full: Path, clock: Clock) -> None:
    with closing(Library.open(full)) as library:
        name = library.machine
    Library.recover(full, now=clock)
    with closing(Library.open(full)) as library:
        assert library.machine != name
        assert len(list(library.changes(name))) == 2502


@pytest.mark.parametrize("content", [b"junk" * 5000, b"", b"SQLite format 3"])
def test_where_nothing_can_be_read_the_file_stays(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(LibraryDamaged):
        Library.recover(path)
    assert [file.read_bytes() for file in path.parent.iterdir()] == [content]


def test_where_nothing_can_be_written_the_file_stays(full: Path) -> None:
    before = full.read_bytes()
    with frozen(full.parent), pytest.raises(LibraryUnwritable):
        Library.recover(full)
    assert [(file.name, file.read_bytes()) for file in full.parent.iterdir()] == [
        ("library.db", before)
    ]


def test_whatever_is_damaged_what_comes_back_is_sound(full: Path, clock: Clock) -> None:
    whole = full.read_bytes()
    for _ in range(10):
        offsets = random.sample(range(PAGE, len(whole), PAGE), 5)
        full.write_bytes(whole)
        overwrite(full, offsets, random.randbytes(PAGE))
        Library.recover(full, now=clock)
        with closing(Library.open(full, now=clock)) as library:
            assert library.mark(["new"], read=True, note="new") == 1
            library.undo()
        assert raw.rows(full, "PRAGMA integrity_check") == [("ok",)]
        assert raw.marks(full) == raw.replayed(full)


def test_a_backup_is_one_whole_file_without_a_name(library: Library, tmp_path: Path) -> None:
    library.mark(MANY[:2], read=True, label="two")
    target = tmp_path / "backups" / "copy.db"
    backup(library.path, target)
    library.mark(MANY[:2], read=False)
    backup(library.path, target.with_name("later.db"))
    assert sorted(file.name for file in target.parent.iterdir()) == ["copy.db", "later.db"]
    with closing(Library.open(target)) as copy:
        assert copy.marks(MANY[:1]) == {MANY[0]: Mark(read=True)}
        assert copy.machines == [copy.machine]
        assert copy.machine != library.machine
        assert copy.undo() == Undone("two")


def test_a_backup_that_finds_no_room_leaves_what_was_there(
    library: Library, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    backup(library.path, target)
    before = target.read_bytes()
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"junk" * 5000)
    with frozen(tmp_path), pytest.raises(LibraryUnwritable):
        backup(library.path, target)
    with pytest.raises(LibraryDamaged):
        backup(junk, target)
    assert target.read_bytes() == before
