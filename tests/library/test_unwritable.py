from __future__ import annotations

import shutil
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from tests.library import raw
from tests.library.obstacles import fill, frozen, small_disk
from tui.library import Library, LibraryDamaged, LibraryUnwritable, Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

A, B = "2608.00001", "2608.00002"
MANY = [f"2608.{number:05}" for number in range(5000)]
NOT_WRITABLE = "the data directory cannot be written"
DISK_FULL = "the disk is full"


def assert_only_readable(library: Library, reason: str, marks: dict[str, Mark]) -> None:
    """Reading works, and every change is refused with the reason and changes nothing."""
    assert (library.writable, library.trouble) == (False, reason)
    for change in (lambda: library.mark([A, B], read=False), library.undo, library.redo):
        with pytest.raises(LibraryUnwritable) as caught:
            change()
        assert (caught.value.path, caught.value.reason) == (library.path, reason)
    assert library.marks([A, B]) == marks


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A directory of our own: pytest stumbles in later runs over one that a kill left frozen."""
    with TemporaryDirectory() as directory:
        yield Path(directory).resolve()


@pytest.fixture
def written(path: Path) -> Path:
    """A closed library in which A is read and B is starred."""
    with closing(Library.open(path)) as library:
        library.mark([A], read=True)
        library.mark([B], starred=True)
    return path


WRITTEN = {A: Mark(read=True), B: Mark(starred=True)}
NOTHING = {A: Mark(), B: Mark()}


def test_below_a_regular_file_there_is_an_empty_library(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with closing(Library.open(tmp_path / "file" / "data" / "library.db")) as library:
        assert_only_readable(library, NOT_WRITABLE, NOTHING)


def test_a_directory_in_place_of_the_file_cannot_be_read(path: Path) -> None:
    (path / "something").mkdir(parents=True)
    with closing(Library.open(path)) as library:
        assert_only_readable(library, "the library cannot be read", NOTHING)


def test_a_frozen_directory_without_a_library_gives_an_empty_one(tmp_path: Path) -> None:
    with frozen(tmp_path), closing(Library.open(tmp_path / "library.db")) as library:
        assert_only_readable(library, NOT_WRITABLE, NOTHING)


def test_a_library_in_a_frozen_directory_is_read(written: Path) -> None:
    with frozen(written.parent), closing(Library.open(written)) as library:
        assert_only_readable(library, NOT_WRITABLE, WRITTEN)


def test_a_frozen_file_is_read(written: Path) -> None:
    with frozen(written), closing(Library.open(written)) as library:
        assert_only_readable(library, NOT_WRITABLE, WRITTEN)


def test_a_blank_file_in_a_frozen_directory_reads_as_no_marks(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with frozen(path), frozen(path.parent), closing(Library.open(path)) as library:
        assert_only_readable(library, NOT_WRITABLE, NOTHING)


def test_damage_in_a_frozen_directory_is_still_damage(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"garbage" * 1000)
    with frozen(path.parent), pytest.raises(LibraryDamaged):
        Library.open(path)


def test_a_log_that_cannot_be_read_is_owned_up_to(library: Library, tmp_path: Path) -> None:
    library.mark([A], read=True)
    copy = tmp_path / "copy" / "library.db"
    copy.parent.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(library.path.with_name("library.db" + suffix), copy.parent)
    with frozen(copy.parent), closing(Library.open(copy)) as stale:
        assert stale.trouble == f"{NOT_WRITABLE} and the latest marks cannot be read"
    with closing(Library.open(copy)) as whole:
        assert whole.marks([A]) == {A: Mark(read=True)}


def test_read_only_changes_nothing(written: Path) -> None:
    before = written.read_bytes()
    with closing(Library.read_only(written)) as library:
        assert_only_readable(library, NOT_WRITABLE, WRITTEN)
    assert written.read_bytes() == before


def test_what_cannot_be_set_aside_stays(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"garbage")
    with frozen(path.parent), pytest.raises(LibraryUnwritable) as caught:
        Library.set_aside(path)
    assert caught.value.reason == NOT_WRITABLE
    assert path.read_bytes() == b"garbage"


def test_a_step_that_finds_no_room_leaves_nothing_half_done(library: Library, path: Path) -> None:
    library.mark([A], read=True)
    before = raw.history(path)
    library._writer.execute("PRAGMA max_page_count = 20")
    with pytest.raises(LibraryUnwritable) as caught:
        library.mark(MANY, read=True, tags={"x": True}, note="note", kept={MANY[0]: "kept"})
    assert caught.value.reason == DISK_FULL
    assert raw.history(path) == before
    assert set(library.marks(MANY[2:]).values()) == {Mark()}
    assert library.notes(MANY) == {}
    assert library.mark([B], starred=True) == 1


def test_what_was_merged_until_the_disk_was_full_is_known(library: Library, tmp_path: Path) -> None:
    with closing(Library.open(tmp_path / "there" / "library.db")) as there:
        there.mark(MANY, read=True)
        library._writer.execute("PRAGMA max_page_count = 100")
        with pytest.raises(LibraryUnwritable) as caught:
            library.merge(there.changes())
    merged = sum(mark.read for mark in library.marks(MANY).values())
    assert 0 < merged == caught.value.merged < len(MANY)


@pytest.mark.skipif(sys.platform == "win32", reason="open files stay where they are on Windows")
def test_no_mark_is_made_in_a_file_that_is_not_there_any_more(path: Path) -> None:
    def assert_gone() -> None:
        for change in (lambda: library.mark([B], starred=True), library.undo):
            with pytest.raises(LibraryUnwritable) as caught:
                change()
            assert caught.value.reason.startswith("the library was moved, deleted or replaced")
        assert library.marks([A, B]) == {A: Mark(read=True), B: Mark()}

    elsewhere = path.with_name("elsewhere.db")
    with closing(Library.open(path)) as library:
        library.mark([A], read=True)
        assert library.marks([A]) == {A: Mark(read=True)}
        path.rename(elsewhere)
        assert_gone()
        with closing(Library.open(path.with_name("new.db"))):
            pass
        path.with_name("new.db").rename(path)
        assert_gone()
        elsewhere.replace(path)
        assert library.mark([B], starred=True) == 1
    with closing(Library.open(path)) as library:
        assert library.marks([A, B]) == WRITTEN


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes on Windows")
def test_a_disk_that_fails_is_named_and_nothing_changes(library: Library, path: Path) -> None:
    import resource

    library.mark([A], read=True)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, before[1]))
    try:
        with pytest.raises(LibraryUnwritable) as caught:
            library.mark(MANY, read=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.reason == "the disk reports an error"
    assert library.marks([A, B]) == {A: Mark(read=True), B: Mark()}
    assert library.mark([B], starred=True) == 1


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    directory = tmp_path / "disk"
    directory.mkdir()
    with small_disk(directory, "1m"):
        yield directory


def test_marks_on_a_full_disk_are_refused_until_there_is_room(disk: Path) -> None:
    with closing(Library.open(disk / "library.db")) as library:
        library.mark([A], read=True)
        filler = fill(disk)
        for change in (lambda: library.mark([B], read=True), library.undo):
            with pytest.raises(LibraryUnwritable) as caught:
                change()
            assert caught.value.reason == DISK_FULL
        assert library.marks([A, B]) == {A: Mark(read=True), B: Mark()}
        filler.unlink()
        assert library.mark([B], starred=True) == 1
    with closing(Library.open(disk / "library.db")) as library:
        assert library.marks([A, B]) == WRITTEN


def test_a_library_on_a_full_disk_is_read(disk: Path) -> None:
    with closing(Library.open(disk / "library.db")) as library:
        library.mark([A], read=True)
        library.mark([B], starred=True)
    fill(disk)
    with closing(Library.open(disk / "library.db")) as library:
        assert_only_readable(library, DISK_FULL, WRITTEN)


def test_no_library_can_be_made_on_a_full_disk(disk: Path) -> None:
    filler = fill(disk)
    with closing(Library.open(disk / "library.db")) as library:
        assert_only_readable(library, DISK_FULL, NOTHING)
    filler.unlink()
    with closing(Library.open(disk / "library.db")) as library:
        assert library.mark([A], read=True) == 1
