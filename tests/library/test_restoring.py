"""A library goes back to the state of a copy by changes of its own, or by taking its place."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.library import raw
from tests.library.obstacles import frozen
from tests.library.test_versions import MARKS_1, PAPERS, written
from tui.library import (
    Library,
    LibraryDamaged,
    LibraryInUse,
    LibraryUnwritable,
    Mark,
    Undone,
    copy_now,
)
from tui.library.recovery import replace
from tui.library.restoring import Difference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.library.conftest import Clock

A, B, C = "2608.00001", "2608.00002", "2608.00003"
ALL = [A, B, C]
THEN = {A: Mark(True, True, True, ("x",)), B: Mark(read=True), C: Mark()}


@pytest.fixture
def copy(library: Library, clock: Clock) -> Iterator[Library]:
    """A copy of the library as it was then."""
    library.mark([A, B], read=True, label="read")
    library.mark([A], starred=True, tags={"x": True}, note="then", kept={A: "kept"})
    with closing(Library.read_only(copy_now(library.path, clock()))) as copy:
        yield copy


def change_everything(library: Library) -> None:
    library.mark([A], read=False, starred=False, tags={"x": False, "y": True}, note="now")
    library.mark([C], starred=True, note="new", tags={"z": True})


def state(library: Library) -> object:
    return library.marks(ALL), library.notes(ALL), library.starred(), library.read_times()


def test_what_is_different_is_told(library: Library, copy: Library) -> None:
    assert library.differences(copy) == []
    change_everything(library)
    assert library.differences(copy) == [
        Difference(A, "note", "now", "then"),
        Difference(A, "read", False, True),
        Difference(A, "starred", False, True),
        Difference(A, "tag:x", False, True),
        Difference(A, "tag:y", True, False),
        Difference(C, "note", "new", ""),
        Difference(C, "starred", True, False),
        Difference(C, "tag:z", True, False),
    ]


def test_everything_is_as_it_was_then(library: Library, copy: Library) -> None:
    before = state(library)
    change_everything(library)
    assert library.restore(copy) == 2
    assert state(library) == before
    assert library.marks(ALL) == THEN
    assert library.differences(copy) == []
    assert raw.marks(library.path) == raw.replayed(library.path)


def test_nothing_is_taken_away(library: Library, copy: Library) -> None:
    change_everything(library)
    before = raw.history(library.path)
    library.restore(copy)
    after = raw.history(library.path)
    assert [rows[: len(earlier)] for rows, earlier in zip(after, before, strict=True)] == before


def test_it_is_one_step_to_undo_and_redo(library: Library, copy: Library) -> None:
    change_everything(library)
    before = library.marks(ALL), library.notes(ALL)
    library.restore(copy, label="restored")
    assert library.undo() == Undone("restored")
    assert (library.marks(ALL), library.notes(ALL)) == before
    assert library.redo() == Undone("restored")
    assert library.marks(ALL) == THEN


def test_where_nothing_differs_there_is_no_step(library: Library, copy: Library) -> None:
    assert library.restore(copy, label="restored") == 0
    assert library.undo() != Undone("restored")


def test_it_reaches_another_window(library: Library, copy: Library) -> None:
    change_everything(library)
    with closing(Library.open(library.path)) as window:
        before = window.version()
        library.restore(copy, label="restored")
        assert window.version() != before
        assert window.marks(ALL) == THEN
        assert window.undo() == Undone("restored")


def test_it_reaches_another_machine(library: Library, copy: Library, tmp_path: Path) -> None:
    change_everything(library)
    with closing(Library.open(tmp_path / "other.db")) as other:
        other.merge(library.changes())
        library.restore(copy)
        other.merge(library.changes())
        assert state(other) == state(library)
        assert other.marks(ALL) == THEN


def test_what_a_lost_library_had_done_comes_with_its_history(
    copy: Library, tmp_path: Path, clock: Clock
) -> None:
    with closing(Library.open(tmp_path / "new" / "library.db", now=clock)) as fresh:
        fresh.mark([C], read=True)
        assert fresh.restore(copy) == 3
        assert fresh.marks(ALL) == THEN
        assert fresh.read_times() == copy.read_times()
        assert fresh.starred() == copy.starred()
        assert set(copy.changes()) <= set(fresh.changes())
        fresh.undo()
        assert fresh.marks(ALL) == {A: Mark(), B: Mark(), C: Mark(read=True)}


def test_notes_of_two_machines_at_once_come_back_as_one_text(
    library: Library, tmp_path: Path, clock: Clock
) -> None:
    library.mark([A], note="mine")
    with closing(Library.open(tmp_path / "other.db", now=clock)) as other:
        other.mark([A], note="theirs")
        library.merge(other.changes())
    both = library.note(A)
    with closing(Library.read_only(copy_now(library.path, clock()))) as copy:
        library.mark([A], note="written over")
        library.restore(copy)
        assert library.note(A) == both
        assert library.restore(copy) == 0


def test_a_copy_of_version_1_brings_its_state_and_no_second_history(
    path: Path, tmp_path: Path
) -> None:
    with closing(Library.open(written(path, 1))) as library:
        library.mark(PAPERS, read=False, starred=False)
        before = len(list(library.changes()))
        with closing(Library.read_only(written(tmp_path / "old" / "v1.db", 1))) as copy:
            assert library.restore(copy) == 3
            assert library.marks(PAPERS) == MARKS_1
            assert library.restore(copy) == 0
            assert library.starred() == copy.starred()
        assert len(list(library.changes())) == before + 4


def test_a_library_that_cannot_be_written_is_left(library: Library, copy: Library) -> None:
    library.mark([C], read=True)
    library.close()
    with (
        frozen(library.path),
        closing(Library.open(library.path)) as frozen_one,
        pytest.raises(LibraryUnwritable),
    ):
        frozen_one.restore(copy)


def test_from_any_state_to_any_other(path: Path, clock: Clock) -> None:
    """Random histories, some on another machine; a restoring and its undo come out exactly."""
    with closing(Library.open(path, now=clock)) as library:
        for number in range(20):
            shuffle(library)
            target = copy_now(path, clock(), f"{number}-")
            shuffle(library)
            before = library.marks(ALL), library.notes(ALL)
            with closing(Library.read_only(target)) as copy:
                library.restore(copy, label="restored")
                assert library.differences(copy) == []
                assert library.marks(ALL) == copy.marks(ALL)
            if library.marks(ALL) != before[0]:
                assert library.undo() == Undone("restored")
                assert (library.marks(ALL), library.notes(ALL)) == before
        assert raw.marks(path) == raw.replayed(path)


def shuffle(library: Library) -> None:
    for _ in range(4):
        library.mark(
            random.sample(ALL, 2),
            read=random.choice([None, True, False]),
            starred=random.choice([None, True, False]),
            tags={random.choice("xy"): random.choice([True, False])},
            note=random.choice([None, "", "one", "two"]),
        )


@pytest.fixture
def kept(library: Library, copy: Library) -> Path:
    """A copy of a library that is closed."""
    library.close()
    copy.close()
    return copy.path


def test_a_damaged_library_gives_way_to_the_copy(
    library: Library, kept: Path, clock: Clock
) -> None:
    library.path.write_bytes(b"junk" * 5000)
    aside = replace(library.path, kept, clock())
    assert aside
    assert aside.read_bytes() == b"junk" * 5000
    with closing(Library.open(library.path)) as back:
        assert back.marks(ALL) == THEN
        assert back.machine not in ("", library.path.name)
        assert [back.undo(), back.undo()] == [Undone(""), Undone("read")]


def test_where_no_library_is_the_copy_is_put(tmp_path: Path, kept: Path, clock: Clock) -> None:
    path = tmp_path / "elsewhere" / "library.db"
    assert replace(path, kept, clock()) is None
    assert [each.name for each in path.parent.iterdir()] == ["library.db"]
    with closing(Library.open(path)) as back:
        assert back.marks(ALL) == THEN


def test_a_link_leads_to_what_takes_the_place_of_a_linked_library(
    tmp_path: Path, kept: Path, library: Library, clock: Clock
) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(library.path)
    library.path.write_bytes(b"junk" * 5000)
    assert replace(link, kept, clock())
    with closing(sqlite3.connect(library.path)) as connection:
        connection.execute("DROP TABLE marks")
    assert Library.recover(link).papers == 2
    assert link.is_symlink()
    for path in (link, library.path):
        with closing(Library.open(path)) as back:
            assert back.marks(ALL) == THEN


def test_a_log_whose_library_is_gone_does_not_meet_the_copy(
    library: Library, copy: Library, clock: Clock
) -> None:
    for each in range(100):
        library.mark([f"2607.{each:05}"], tags={f"tag {each}": True}, note="text" * 100)
    log = library.path.with_name("library.db-wal")
    content = log.read_bytes()
    library.path.unlink()
    assert replace(library.path, copy.path, clock()) is None
    [aside] = library.path.parent.glob("library.damaged-*.db-wal")
    assert aside.read_bytes() == content
    with closing(Library.open(library.path)) as back:
        assert back.marks(ALL) == THEN
    assert Library.check(library.path) == ((), ())


def test_a_library_in_use_does_not_give_way(library: Library, copy: Library, clock: Clock) -> None:
    with pytest.raises(LibraryInUse):
        replace(library.path, copy.path, clock())
    with pytest.raises(LibraryInUse):
        Library.recover(library.path)
    assert library.mark([C], read=True) == 1


def test_a_damaged_copy_takes_no_place(library: Library, kept: Path, clock: Clock) -> None:
    library.path.write_bytes(b"junk" * 5000)
    kept.write_bytes(b"junk" * 5000)
    with pytest.raises(LibraryDamaged):
        replace(library.path, kept, clock())
    names = {each.name for each in library.path.parent.iterdir()}
    assert names == {"library.db", "backups"}
