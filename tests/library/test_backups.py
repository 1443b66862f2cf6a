"""A copy a day of what changed, seven of them kept, and nothing else touched."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest

from tests.library import raw
from tests.library.obstacles import fill, frozen, small_disk
from tui.library import (
    Library,
    LibraryDamaged,
    LibraryTooNew,
    LibraryUnwritable,
    Mark,
    copies,
    copy_now,
    copy_of_day,
    require_sound,
)

if TYPE_CHECKING:
    from pathlib import Path

A, B, C = "2608.00001", "2608.00002", "2608.00003"
MANY = [f"2608.{number:05}" for number in range(3000)]
DAY = datetime(2026, 8, 21, 9, 30, tzinfo=UTC)


def later(days: int) -> datetime:
    return DAY + timedelta(days=days)


def names(library: Library) -> list[str]:
    """What is in the folder of copies, but for the lock."""
    folder = library.path.parent / "backups"
    return sorted(path.name for path in folder.iterdir() if path.name != "lock")


def damage(path: Path) -> None:
    """Let a page in the middle of the file be nonsense."""
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(content)


def test_a_day_has_one_copy_which_holds_everything(library: Library) -> None:
    library.mark([A], read=True, starred=True, note="a note", kept={A: "kept"})
    target = copy_of_day(library.path, DAY)
    assert target == library.path.parent / "backups" / "library-2026-08-21.db"
    library.mark([B], read=True)
    assert copy_of_day(library.path, DAY + timedelta(hours=14)) is None
    assert names(library) == ["library-2026-08-21.db"]
    with closing(Library.read_only(target)) as copy:
        assert copy.marks([A, B]) == {A: Mark(True, True, True), B: Mark()}
        assert copy.note(A) == "a note"
        assert copy.starred()[0].kept == "kept"


def test_the_day_is_that_of_utc(library: Library) -> None:
    library.mark([A], read=True)
    there = timezone(timedelta(hours=12))
    copy_of_day(library.path, datetime(2026, 8, 22, 3, 0, tzinfo=there))
    assert names(library) == ["library-2026-08-21.db"]


def test_without_a_change_there_is_no_copy(library: Library) -> None:
    assert copy_of_day(library.path, DAY) is None
    library.mark([A], read=True)
    assert copy_of_day(library.path, DAY)
    assert copy_of_day(library.path, later(1)) is None
    library.undo()
    assert copy_of_day(library.path, later(2))
    assert names(library) == ["library-2026-08-21.db", "library-2026-08-23.db"]


def test_metadata_that_came_later_is_a_change(library: Library) -> None:
    library.mark([A], starred=True)
    copy_of_day(library.path, DAY)
    library.keep({A: "kept"})
    assert copy_of_day(library.path, later(1))


def test_seven_days_are_kept_and_no_other_file_is_touched(library: Library) -> None:
    folder = library.path.parent / "backups"
    folder.mkdir()
    foreign = ["library-v1-20260821T093001Z.db", "library-2026-08-01.db.txt", "notes.txt",
               "library-2026-08-01 (copy).db", "LIBRARY-2026-08-01.db"]  # fmt: skip
    for name in foreign:
        (folder / name).write_bytes(b"not ours")
    (folder / "library-2026-08-02.db").mkdir()
    library.mark([A], read=True)
    asked = copy_now(library.path, DAY)
    for day in range(10):
        library.mark([A], read=day % 2 == 0, note=str(day))
        copy_of_day(library.path, later(day))
    days = [f"library-2026-08-{day}.db" for day in range(24, 31)]
    assert names(library) == sorted([*days, *foreign, asked.name, "library-2026-08-02.db"])
    assert all((folder / name).read_bytes() == b"not ours" for name in foreign)


def test_copies_from_a_clock_that_was_ahead_go_first(library: Library) -> None:
    for day in [*range(365, 373), *range(3)]:
        library.mark([A], note=str(day))
        copy_of_day(library.path, later(day))
    assert names(library) == [
        *(f"library-2026-08-{day}.db" for day in (21, 22, 23)),
        *(f"library-2027-08-{day}.db" for day in (25, 26, 27, 28)),
    ]


def test_copies_of_a_library_that_is_gone_stay_until_it_is_back(path: Path) -> None:
    days = iter(range(100))

    def live(paper: str) -> None:
        """Use the library at ``path``, or a new one, for nine days."""
        for _ in range(9):
            with closing(Library.open(path)) as library:
                day = next(days)
                library.mark([paper], read=True, note=str(day))
                copy_of_day(path, later(day))

    for paper in (A, B, C):
        live(paper)
        path.unlink()
    live(A)
    kept = sorted(each.name for each in copies(path))
    lasts = [f"library-2026-{day}.db" for day in ("08-29", "09-07", "09-16")]
    assert kept == lasts + [f"library-2026-09-{day}.db" for day in range(19, 26)]
    with closing(Library.open(path)) as library:
        for name in lasts[:2]:
            with closing(Library.read_only(path.parent / "backups" / name)) as earlier:
                library.restore(earlier)
    live(B)
    kept = sorted(each.name for each in copies(path))
    assert kept[0] == lasts[2]
    assert len(kept) == 8


def test_an_old_copy_that_cannot_be_read_goes_all_the_same(library: Library) -> None:
    library.mark([A], read=True)
    copy = copy_of_day(library.path, DAY)
    assert copy
    copy.write_bytes(b"junk" * 5000)
    for day in range(1, 8):
        library.mark([A], note=str(day))
        copy_of_day(library.path, later(day))
    assert not copy.exists()
    assert len(names(library)) == 7


def test_what_a_killed_program_left_unfinished_goes(library: Library) -> None:
    folder = library.path.parent / "backups"
    folder.mkdir()
    (folder / "library-2026-08-20.db.12345.partial").write_bytes(b"half")
    (folder / "other.partial").write_bytes(b"not ours")
    library.mark([A], read=True)
    copy_of_day(library.path, DAY)
    assert names(library) == ["library-2026-08-21.db", "other.partial"]


def test_two_windows_make_one_copy(library: Library) -> None:
    library.mark(MANY, read=True)
    made: list[Path | None] = []
    start = Barrier(4)

    def window() -> None:
        start.wait()
        made.append(copy_of_day(library.path, DAY))

    windows = [Thread(target=window) for _ in range(4)]
    for each in windows:
        each.start()
    for each in windows:
        each.join()
    assert sorted(map(bool, made)) == [False, False, False, True]
    assert names(library) == ["library-2026-08-21.db"]


HOLDS_THE_LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""


def test_while_another_program_is_at_it_nothing_is_done(library: Library) -> None:
    library.mark([A], read=True)
    folder = library.path.parent / "backups"
    folder.mkdir()
    command = [sys.executable, "-c", HOLDS_THE_LOCK, str(folder / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        assert copy_of_day(library.path, DAY) is None
        other.kill()
    assert copy_of_day(library.path, DAY) is not None


def test_marks_are_made_while_a_copy_is(library: Library) -> None:
    library.mark(MANY, read=True)
    window = Thread(target=copy_of_day, args=(library.path, DAY))
    window.start()
    assert library.mark([A], starred=True) == 1
    window.join()
    require_sound(library.path.parent / "backups" / "library-2026-08-21.db")


def test_a_damaged_library_drives_no_sound_copy_out(library: Library) -> None:
    library.mark(MANY, read=True)
    copy_of_day(library.path, DAY)
    library.mark([A], starred=True)
    library.close()
    damage(library.path)
    with pytest.raises(LibraryDamaged):
        copy_of_day(library.path, later(1))
    assert names(library) == ["library-2026-08-21.db"]


def test_a_damaged_copy_is_no_reason_to_make_none(library: Library) -> None:
    library.mark([A], read=True)
    copy = copy_of_day(library.path, DAY)
    assert copy
    copy.write_bytes(b"junk" * 5000)
    assert copy_of_day(library.path, later(1))


def test_a_folder_that_cannot_be_made_is_told(library: Library) -> None:
    library.mark([A], read=True)
    (library.path.parent / "backups").write_text("in the way", encoding="utf-8")
    with pytest.raises(LibraryUnwritable):
        copy_of_day(library.path, DAY)


def test_a_folder_that_cannot_be_written_is_told(library: Library) -> None:
    library.mark([A], read=True)
    folder = library.path.parent / "backups"
    folder.mkdir()
    with frozen(folder), pytest.raises(LibraryUnwritable) as caught:
        copy_of_day(library.path, DAY)
    assert caught.value.reason == "the data directory cannot be written"
    assert names(library) == []


def test_without_room_nothing_is_left_and_marks_go_on(path: Path) -> None:
    path.parent.mkdir()
    with small_disk(path.parent, "2m"), closing(Library.open(path)) as library:
        library.mark(MANY, read=True)
        filler = fill(path.parent)
        with pytest.raises(LibraryUnwritable) as caught:
            copy_of_day(path, DAY)
        assert caught.value.reason == "the disk is full"
        assert names(library) == []
        filler.unlink()
        assert library.mark([A], starred=True) == 1


def test_copies_come_the_latest_first(library: Library) -> None:
    library.mark([A], read=True)
    made = [copy_of_day(library.path, DAY), copy_now(library.path, later(-3), "v1-")]
    for seconds, copy in enumerate(made):
        assert copy
        os.utime(copy, (seconds, seconds))
    assert copies(library.path) == made[::-1]


def test_a_copy_takes_no_other_s_place(library: Library) -> None:
    library.mark([A], read=True)
    first = copy_now(library.path, DAY)
    library.mark([B], read=True)
    second = copy_now(library.path, DAY)
    assert first.name == "library-20260821T093000Z.db"
    assert second.name == "library-20260821T093000Z-2.db"
    with closing(Library.read_only(first)) as copy:
        assert copy.marks([B]) == {B: Mark()}


def test_where_there_is_no_folder_there_are_no_copies(path: Path) -> None:
    assert copies(path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no permission bits on Windows")
def test_copies_are_for_the_user_alone(library: Library) -> None:
    library.mark([A], read=True)
    copy = copy_of_day(library.path, DAY)
    assert copy
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"", b"junk" * 5000])
def test_what_is_no_library_is_not_sound(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(LibraryDamaged):
        require_sound(path)


def test_the_library_of_a_newer_program_is_told_from_a_damaged_one(library: Library) -> None:
    library.mark([A], read=True)
    require_sound(library.path)
    raw.run(library.path, "PRAGMA user_version = 99")
    with pytest.raises(LibraryTooNew):
        require_sound(library.path)
