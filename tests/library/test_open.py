from __future__ import annotations

import os
import stat
import sys
from contextlib import closing
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest

from tests.library import raw
from tui.library import (
    Library,
    LibraryDamaged,
    LibraryTooNew,
    LibraryUnwritable,
    Mark,
    copy_now,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.library.conftest import Clock

A = "2608.00001"

posix = pytest.mark.skipif(sys.platform == "win32", reason="no permission bits on Windows")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def assert_refused(path: Path) -> None:
    """Both ways of opening call the file damaged and leave every byte of it."""
    before = path.read_bytes()
    for opening in (Library.open, Library.read_only):
        with pytest.raises(LibraryDamaged) as caught:
            opening(path)
        assert caught.value.path == path
    assert path.read_bytes() == before


@posix
def test_a_new_library_is_for_the_user_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = tmp_path / "a" / "b" / "library.db"
        with closing(Library.open(path)) as library:
            library.mark([A], read=True)
            files = {file.name: mode(file) for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert files == {"library.db": 0o600, "library.db-wal": 0o600, "library.db-shm": 0o600}
    assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o700, 0o700)


def test_a_library_writes_ahead_and_says_its_version(library: Library, path: Path) -> None:
    assert library.writable
    assert library.trouble is None
    assert raw.rows(path, "PRAGMA journal_mode") == [("wal",)]
    assert raw.rows(path, "PRAGMA user_version") == [(2,)]


def test_names_with_marks_of_a_uri_are_names(tmp_path: Path) -> None:
    path = tmp_path / "a?b#c%41 d" / "library.db"
    with closing(Library.open(path)) as library:
        library.mark([A], read=True)
    assert path.exists()
    with closing(Library.read_only(path)) as library:
        assert library.marks([A]) == {A: Mark(read=True)}


@pytest.mark.skipif(sys.platform != "linux", reason="paths are Unicode elsewhere")
def test_the_path_need_not_be_utf_8(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9?#% x") / "library.db"
    with closing(Library.open(path)) as library:
        assert library.mark([A], read=True) == 1
        name = library.machine
    with closing(Library.open(path)) as library:
        assert (library.machine, library.marks([A])) == (name, {A: Mark(read=True)})


def test_a_file_left_empty_is_a_new_library(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with closing(Library.open(path)) as library:
        assert library.mark([A], read=True) == 1


def test_an_emptied_file_beside_its_log_is_damaged(library: Library, path: Path) -> None:
    library.mark([A], read=True)
    log = path.with_name("library.db-wal").read_bytes()
    library.close()
    path.write_bytes(b"")
    path.with_name("library.db-wal").write_bytes(log)
    for opening in (Library.open, Library.read_only):
        with pytest.raises(LibraryDamaged):
            opening(path)
    assert path.with_name("library.db-wal").read_bytes() == log


def test_an_empty_file_beside_copies_is_damaged(library: Library, path: Path, clock: Clock) -> None:
    library.mark([A], read=True)
    library.close()
    copy_now(path, clock())
    path.write_bytes(b"")
    assert_refused(path)
    [fault] = Library.check(path).faults
    assert fault == "the file is empty; “daily-papers library restore” lists copies of it"
    Library.set_aside(path)
    with closing(Library.open(path)) as fresh:
        assert fresh.marks([A]) == {A: Mark()}


@pytest.mark.parametrize("content", [b"not a database\n" * 500, b"\x00" * 4096, b"SQLite format 3"])
def test_garbage_is_damaged_and_kept(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert_refused(path)


@pytest.mark.parametrize("length", [50, 100, 4096, 10_000])
def test_a_file_cut_short_is_damaged_and_kept(library: Library, path: Path, length: int) -> None:
    library.mark([A], read=True)
    library.close()
    path.write_bytes(path.read_bytes()[:length])
    assert_refused(path)


def test_overwritten_pages_are_damage(library: Library, path: Path) -> None:
    library.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert_refused(path)


@pytest.mark.parametrize(
    "script",
    [
        "DROP TABLE changes",
        "ALTER TABLE marks RENAME COLUMN value TO worth",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = -1",
    ],
)
def test_a_database_that_is_no_library_is_damaged(
    library: Library, path: Path, script: str
) -> None:
    library.close()
    raw.run(path, script)
    assert_refused(path)


def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    raw.run(path, "CREATE TABLE bookmarks (url TEXT)")
    assert_refused(path)


def test_damage_found_later_is_in_the_family(library: Library, path: Path) -> None:
    raw.run(path, "DROP TABLE marks")
    with pytest.raises(LibraryDamaged):
        library.mark([A], read=True)
    with pytest.raises(LibraryDamaged):
        library.marks([A])


def test_a_newer_library_is_only_read(library: Library, path: Path) -> None:
    library.mark([A], read=True, tags={"later": True})
    library.close()
    raw.run(path, "PRAGMA user_version = 7; ALTER TABLE marks ADD COLUMN sort")
    before = path.read_bytes()
    with pytest.raises(LibraryTooNew) as caught:
        Library.open(path)
    assert (caught.value.path, caught.value.found, caught.value.known) == (path, 7, 2)
    with closing(Library.read_only(path)) as readable:
        assert readable.trouble == (
            "the library was written by a newer daily-papers (version 7 of its format)"
        )
        assert readable.marks([A]) == {A: Mark(read=True, tags=("later",))}
        with pytest.raises(LibraryUnwritable, match="newer"):
            readable.mark([A], read=False)
    assert path.read_bytes() == before


def test_a_newer_library_that_cannot_be_read_is_left_alone(library: Library, path: Path) -> None:
    library.close()
    raw.run(path, "PRAGMA user_version = 7; ALTER TABLE marks RENAME TO states")
    before = path.read_bytes()
    for opening in (Library.open, Library.read_only):
        with pytest.raises(LibraryTooNew):
            opening(path)
    assert path.read_bytes() == before


def test_a_damaged_library_is_set_aside_whole(path: Path, clock: Clock) -> None:
    contents = {"": b"damaged", "-journal": b"a", "-wal": b"its log", "-shm": b"its index"}
    path.parent.mkdir()
    for suffix, content in contents.items():
        path.with_name(path.name + suffix).write_bytes(content)
    aside = Library.set_aside(path, now=clock)
    assert aside == path.with_name("library.damaged-20260821T093001Z.db")
    kept = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    assert kept == {aside.name + suffix: content for suffix, content in contents.items()}
    with closing(Library.open(path)) as fresh:
        assert fresh.mark([A], read=True) == 1


def test_setting_aside_overwrites_nothing(path: Path, clock: Clock) -> None:
    path.parent.mkdir()
    moment = clock()
    asides = []
    for content in (b"first", b"second", b"third"):
        path.write_bytes(content)
        asides.append(Library.set_aside(path, now=lambda: moment))
    assert [aside.read_bytes() for aside in asides] == [b"first", b"second", b"third"]


@posix
def test_a_linked_library_is_set_aside_where_it_really_is(tmp_path: Path) -> None:
    real, link = tmp_path / "real" / "library.db", tmp_path / "library.db"
    real.parent.mkdir()
    real.write_bytes(b"damaged" * 1000)
    link.symlink_to(real)
    assert Library.set_aside(link).parent == real.parent
    with closing(Library.open(link)) as fresh:
        assert fresh.writable
    assert real.exists()


def test_windows_that_make_the_library_at_once_share_it(path: Path) -> None:
    barrier = Barrier(4, timeout=10)
    changed = []

    def start(paper: str) -> None:
        barrier.wait()
        with closing(Library.open(path)) as library:
            changed.append(library.mark([paper], read=True))

    papers = [f"2608.{number:05}" for number in range(4)]
    threads = [Thread(target=start, args=(paper,)) for paper in papers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert changed == [1, 1, 1, 1]
    with closing(Library.open(path)) as library:
        assert set(library.marks(papers).values()) == {Mark(read=True)}
