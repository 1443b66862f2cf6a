"""Two machines and the folder between them."""

from __future__ import annotations

import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.library.obstacles import fill, frozen, small_disk
from tests.sync.machine import PAPERS, Machine
from tui.library import Change, Library, LibraryBusy, LibraryUnwritable, Mark, backup
from tui.sync import FolderMissing, FolderUnreadable, FolderUnwritable, Sync, Synced, folder
from tui.sync.lines import FIRST_LINE, encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

A, B, C, D = PAPERS


def lines_of(*changes: Change) -> bytes:
    return b"".join(map(encode, changes))


def lines_in(place: Path) -> list[bytes]:
    """Every line below a folder, file by file, without the first ones."""
    files = sorted(place.rglob("*.jsonl"))
    every = [line for file in files for line in file.read_bytes().splitlines(keepends=True)]
    return [line for line in every if line != FIRST_LINE]


def test_what_one_does_the_other_sees(here: Machine, there: Machine) -> None:
    here.library.mark([A], starred=True, kept={A: '{"title":"x"}'})
    here.library.mark([B], read=True, tags={"näch\u2028stes": True})
    here.library.mark([C], note="a\r\nb\u2028\x1b[2J")
    assert here.sync() == Synced(written=4, merged=0, machines=1, skipped=())
    assert there.sync() == Synced(written=0, merged=4, machines=1, skipped=())
    assert there.state() == here.state()
    there.library.mark([A], starred=False)
    assert there.sync() == Synced(written=1, merged=0, machines=2, skipped=())
    assert here.sync() == Synced(written=0, merged=1, machines=2, skipped=())
    assert here.state() == there.state()
    assert here.library.marks([A]) == {A: Mark()}


def test_each_writes_to_its_own_files_only(here: Machine, there: Machine, shared: Path) -> None:
    here.library.mark([A], read=True)
    there.library.mark([B], read=True)
    for machine in (here, there, here, there):
        machine.sync()
    assert [file.name for file in here.files] == ["000001.jsonl"]
    assert [len(lines_in(machine.own)) for machine in (here, there)] == [1, 1]
    assert {file.name for file in (shared / "daily-papers").iterdir()} == {
        here.library.machine,
        there.library.machine,
    }
    if os.name == "posix":
        assert here.files[0].stat().st_mode & 0o777 == 0o600
        assert here.own.stat().st_mode & 0o777 == 0o700


def test_nothing_is_made_before_there_is_something_to_share(here: Machine, shared: Path) -> None:
    assert here.sync() == Synced(0, 0, 0, ())
    assert list(shared.iterdir()) == []


def test_a_note_written_on_both_keeps_both_texts(here: Machine, there: Machine) -> None:
    here.library.mark([A], note="from here")
    there.library.mark([A], note="from there")
    for machine in (here, there, here):
        machine.sync()
    assert here.library.note(A) == there.library.note(A)
    assert "from here" in here.library.note(A)
    assert "from there" in here.library.note(A)


def test_undo_reaches_the_other(here: Machine, there: Machine) -> None:
    here.library.mark(PAPERS, read=True)
    here.sync()
    there.sync()
    here.library.undo()
    here.sync()
    there.sync()
    assert there.library.marks(PAPERS) == dict.fromkeys(PAPERS, Mark())


def test_files_rotate_and_are_never_rewritten(here: Machine, there: Machine) -> None:
    note = "x" * 300_000
    sizes: list[int] = []
    for number in range(8):
        here.library.mark([A], note=f"{number}{note}")
        here.sync()
        now = [file.stat().st_size for file in here.files]
        assert all(new >= old for old, new in zip(sizes, now, strict=False))
        sizes = now
    assert len(sizes) == 2
    there.sync()
    assert there.state() == here.state()


def test_much_at_once_fills_several_files(here: Machine, there: Machine) -> None:
    papers = [f"2608.{number:05}" for number in range(7000)]
    here.library.mark(papers, read=True)
    assert here.sync().written == 7000
    assert [file.name for file in here.files] == ["000001.jsonl", "000002.jsonl"]
    assert all(file.read_bytes().startswith(FIRST_LINE) for file in here.files)
    assert here.files[0].stat().st_size < 1_001_000
    assert there.sync().merged == 7000
    assert there.state(papers) == here.state(papers)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are opened to be read, as it happens."""
    files: list[Path] = []
    read = folder.read

    def watched(path: Path) -> tuple[bytes, folder.Stamp]:
        files.append(path)
        return read(path)

    monkeypatch.setattr(folder, "read", watched)
    return files


def later() -> time_machine.travel:
    """A time at which what was written now is old."""
    return time_machine.travel(datetime.now(UTC) + timedelta(minutes=1))


def test_where_nothing_changed_no_file_is_opened(
    here: Machine, there: Machine, opened: list[Path]
) -> None:
    here.library.mark([A], read=True)
    here.sync()
    with later():
        there.sync()
        here.sync()
        opened.clear()
        there.sync()
        here.sync()
        there.restart()
        there.sync()
        assert opened == []
        here.library.mark([B], read=True)
        here.sync()
        there.sync()
        assert set(opened) == set(here.files)


def test_a_file_that_is_filled_without_growing_is_read_again(
    here: Machine, there: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "_stamp", coarse)
    here.library.mark(PAPERS, read=True)
    here.sync()
    file = here.files[0]
    content = file.read_bytes()
    file.write_bytes(content[:300] + bytes(len(content) - 300))
    assert there.sync().merged == 1
    file.write_bytes(content)
    assert there.sync() == Synced(0, 3, 1, ())


def coarse(status: os.stat_result) -> folder.Stamp:
    """A stamp on a file system that knows every other second only."""
    return folder.Stamp(status.st_size, *[int(status.st_mtime) // 2 * 2_000_000_000] * 2)


@pytest.mark.parametrize("lost", ["all", "file", "end", "middle", "half a line"])
def test_what_the_folder_lost_is_written_again(
    lost: str, here: Machine, there: Machine, shared: Path
) -> None:
    for paper in PAPERS:
        here.library.mark([paper], read=True)
        here.sync()
    file = here.files[0]
    lines = file.read_bytes().splitlines(keepends=True)
    if lost == "all":
        shutil.rmtree(shared / "daily-papers")
    elif lost == "file":
        file.unlink()
    else:
        kept = {
            "end": lines[:2],
            "middle": lines[:2] + lines[4:],
            "half a line": [*lines[:3], lines[3][:50]],
        }[lost]
        file.write_bytes(b"".join(kept))
    here.sync()
    there.sync()
    assert there.state() == here.state()
    assert sorted(set(lines_in(here.own)) - {lines[3][:50]}) == sorted(lines[1:])
    assert here.sync().written == 0


def test_a_machine_that_is_gone_lives_on_in_the_others(
    here: Machine, there: Machine, shared: Path, tmp_path: Path
) -> None:
    there.library.mark([A], note="from there")
    there.sync()
    here.sync()
    shutil.rmtree(there.own)
    here.sync()
    newcomer = Machine(tmp_path / "newcomer", shared)
    with closing(newcomer.library):
        newcomer.sync()
        assert newcomer.library.note(A) == "from there"
    there.sync()
    assert here.sync().written == 0


def test_a_broken_line_does_not_swallow_the_next(here: Machine, there: Machine) -> None:
    here.library.mark([A], read=True)
    here.sync()
    file = here.files[0]
    here.library.mark([B], read=True)
    whole = file.read_bytes()
    here.sync()
    added = file.read_bytes()[len(whole) :]
    for end in range(1, len(added), 20):
        for each in here.files[1:]:
            each.unlink()
        file.write_bytes(whole + added[:end])
        assert here.sync().written == 1
        assert file.read_bytes() == whole + added[:end]
        assert here.files[1].read_bytes() == FIRST_LINE + added
    assert there.sync() == Synced(0, 2, 1, ())
    file.write_bytes(whole + added)
    assert there.sync() == Synced(0, 0, 1, ())


def test_copies_under_other_names_change_nothing(here: Machine, there: Machine) -> None:
    here.library.mark([A], read=True)
    here.sync()
    conflict = here.own / "000001.sync-conflict-20260821-093000-ABCDEFG.jsonl"
    here.files[0].rename(conflict)
    shutil.copy(conflict, here.own.parent / "000001 (conflicted copy 2).JSONL")
    here.library.mark([B], read=True)
    assert here.sync() == Synced(1, 0, 1, ())
    assert there.sync() == Synced(0, 2, 1, ())


def test_a_tool_that_changes_line_ends(here: Machine, there: Machine) -> None:
    here.library.mark([A], note="a\nb")
    here.sync()
    file = here.files[0]
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert there.sync().merged == 1
    here.library.mark([A], note="c")
    here.sync()
    assert there.sync() == Synced(0, 1, 1, ())
    assert there.library.note(A) == "c"


def test_damage_is_told_for_as_long_as_it_lasts(here: Machine, there: Machine) -> None:
    here.library.mark(PAPERS, read=True)
    here.sync()
    file = here.files[0]
    content = file.read_bytes()
    file.write_bytes(content.replace(b'"number":2', b'"number":5') + b"<<<<<<<\n")
    expected = (f"{here.library.machine}/000001.jsonl has damaged lines: 2.",)
    assert there.sync() == Synced(0, 3, 1, expected)
    assert there.sync() == Synced(0, 0, 1, expected)
    there.restart()
    assert there.sync() == Synced(0, 0, 1, expected)
    file.unlink()
    here.sync()
    assert there.sync() == Synced(0, 1, 1, ())


def test_a_file_of_a_newer_program_is_left_to_it(here: Machine, there: Machine) -> None:
    here.library.mark([A], read=True)
    here.sync()
    newer = here.own / "000002.jsonl"
    newer.write_bytes(FIRST_LINE.replace(b":1}", b":2}") + lines_in(here.own)[0])
    here.library.mark([B], read=True)
    written = here.sync()
    assert written.written == 1
    assert written.skipped == (
        f"{here.library.machine}/000002.jsonl is passed over. "
        "It was written by a newer version of this program: update it here too.",
    )
    assert there.sync() == Synced(0, 2, 1, written.skipped)


@pytest.mark.parametrize("first", [b"{}\n", FIRST_LINE.replace(b":1}", b":11}")])
def test_a_file_that_does_not_begin_as_ours_is_not_added_to(first: bytes, here: Machine) -> None:
    here.own.mkdir(parents=True)
    foreign = here.own / "000041.jsonl"
    foreign.write_bytes(first)
    (here.own / "000042.jsonl").mkdir()
    (here.own / "000043.jsonl").symlink_to(here.own / "000044.jsonl")
    here.library.mark([A], read=True)
    here.sync()
    assert here.sync().written == 0
    assert (here.own / "000044.jsonl").read_bytes().startswith(FIRST_LINE)
    assert foreign.read_bytes() == first


def test_an_empty_file_is_begun(here: Machine) -> None:
    here.own.mkdir(parents=True)
    (here.own / "000041.jsonl").touch()
    here.library.mark([A], read=True)
    here.sync()
    assert here.files[0].read_bytes().startswith(FIRST_LINE)
    assert len(here.files) == 1


def test_what_does_not_stay_is_not_written_for_ever(
    here: Machine, there: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.library.mark([A], read=True)
    there.sync()
    here.library.mark([B], read=True)
    monkeypatch.setattr(folder, "MAX_FILES", 1)
    (here.own.parent / "zz").mkdir()
    (here.own.parent / "zz" / "1.jsonl").touch()
    for _ in range(3):
        here.sync()
    size = sum(file.stat().st_size for file in here.files)
    for _ in range(2):
        with pytest.raises(FolderUnwritable, match="what is written there does not stay"):
            here.sync()
    assert sum(file.stat().st_size for file in here.files) == size


def test_a_stick_that_is_not_plugged_in(here: Machine, there: Machine, shared: Path) -> None:
    here.library.mark([A], read=True)
    here.sync()
    away = shared.rename(shared.with_name("away"))
    here.library.mark([B], read=True)
    for _ in range(2):
        with pytest.raises(FolderMissing) as caught:
            here.sync()
    assert str(caught.value) == f"The folder {shared} is not there: nothing is shared until it is."
    assert not shared.exists()
    away.rename(shared)
    assert here.sync().written == 1
    assert there.sync().merged == 2


def test_a_folder_that_is_a_file(here: Machine, shared: Path) -> None:
    shared.rmdir()
    shared.touch()
    with pytest.raises(FolderMissing):
        here.sync()


def test_a_folder_that_cannot_be_written_is_read(
    here: Machine, there: Machine, shared: Path, opened: list[Path]
) -> None:
    others = [there.library.machine, "0" * 16, "f" * 16]
    lines = [lines_of(Change(name, 1, 1, 1, A, "read", value=True)) for name in others]
    (shared / "daily-papers").mkdir()
    (shared / "daily-papers" / "others.jsonl").write_bytes(b"".join(lines))
    here.library.mark([B], read=True)
    with frozen(shared / "daily-papers"), later():
        for merged in (3, 0):
            with pytest.raises(FolderUnwritable) as caught:
                here.sync()
            assert caught.value.merged == merged
        assert len(opened) == 1
    assert str(caught.value).startswith(f"Nothing can be written to {shared} (")
    assert here.library.marks([A]) == {A: Mark(read=True)}
    assert here.sync() == Synced(1, 0, 4, ())
    assert there.sync().merged == 4


def test_what_could_not_be_written_is_written_later(
    here: Machine, there: Machine, tmp_path: Path
) -> None:
    there.library.mark([D], read=True)
    there.sync()
    for paper in (A, B):
        here.library.mark([paper], read=True)
        here.sync()
    file = here.files[0]
    file.write_bytes(FIRST_LINE + lines_in(here.own)[1])
    elsewhere = Machine(tmp_path / "elsewhere", tmp_path)
    with closing(elsewhere.library):
        elsewhere.library.mark([C], read=True)
        here.library.merge(elsewhere.library.changes())
    with frozen(file), pytest.raises(FolderUnwritable):
        here.sync()
    here.restart()
    with frozen(file), pytest.raises(FolderUnwritable):
        here.sync()
    here.sync()
    assert there.sync() == Synced(0, 3, 3, ())
    assert len(lines_in(there.own)) == 1
    assert len(set(lines_in(here.own))) == 3


def test_a_library_that_is_busy_takes_nothing_for_shared(
    here: Machine, there: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.library.mark([A], read=True)
    there.sync()
    (there.own / "more.jsonl").write_bytes(lines_in(there.own)[0])
    merge, merged = here.library.merge, list[int]()

    def busy_in_between(changes: Iterable[Change]) -> int:
        if len(merged) == 1:
            raise LibraryBusy(here.library.path)
        merged.append(merge(changes))
        return merged[-1]

    with monkeypatch.context() as patch:
        patch.setattr(here.library, "merge", busy_in_between)
        with pytest.raises(LibraryBusy) as caught:
            here.sync()
    assert (merged, caught.value.merged) == ([1], 1)
    assert here.sync() == Synced(0, 0, 1, ())
    assert here.files == []


def test_a_full_disk(here: Machine, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    with small_disk(small, "64k"):
        machine = Machine(here.home / "other", small)
        with closing(machine.library):
            machine.library.mark([A], note="x" * 1000)
            machine.sync()
            filler = fill(small)
            machine.library.mark([B], note="y" * 20_000)
            for _ in range(5):
                with pytest.raises(FolderUnwritable, match="the disk is full"):
                    machine.sync()
            assert len(machine.files) <= 3
            filler.unlink()
            assert machine.sync().written == 1
            assert len(set(lines_in(small))) >= 2


def test_a_folder_that_leads_away(here: Machine, shared: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (shared / "daily-papers").symlink_to(elsewhere)
    here.library.mark([A], read=True)
    with pytest.raises(FolderUnreadable, match="it is a link to somewhere else"):
        here.sync()
    (shared / "daily-papers").unlink()
    (shared / "daily-papers").mkdir()
    here.own.symlink_to(elsewhere)
    with pytest.raises(FolderUnwritable, match="a link to somewhere else is in the way"):
        here.sync()
    assert list(elsewhere.iterdir()) == []


def test_a_library_that_cannot_be_written(shared: Path, tmp_path: Path) -> None:
    with (
        closing(Library.empty(tmp_path / "none.db", trouble="the disk is full")) as library,
        pytest.raises(LibraryUnwritable),
    ):
        Sync(library, shared, tmp_path / "sync.json").run()


def test_two_windows_of_one_machine(here: Machine, there: Machine) -> None:
    window = Machine(here.home, here.shared)
    with closing(window.library):
        for number, paper in enumerate(PAPERS):
            (here, window)[number % 2].library.mark([paper], read=True)
            assert here.sync().written + window.sync().written == 1
        assert len(lines_in(here.own)) == 4
    assert there.sync() == Synced(0, 4, 1, ())


def test_two_windows_at_the_same_instant(here: Machine, there: Machine) -> None:
    window = Machine(here.home, here.shared)
    papers = [f"2608.{number:05}" for number in range(40)]

    def used(machine: Machine, own: list[str]) -> None:
        for paper in own:
            machine.library.mark([paper], read=True)
            machine.sync()

    with closing(window.library), ThreadPoolExecutor() as threads:
        done = [threads.submit(used, here, papers[::2]), threads.submit(used, window, papers[1::2])]
        for each in done:
            each.result()
    here.sync()
    assert there.sync() == Synced(0, 40, 1, ())
    assert there.state(papers) == here.state(papers)


def test_what_another_program_writes_over_is_written_again(
    here: Machine, there: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.library.mark([A], read=True)
    here.sync()
    file = here.files[0]
    for number in range(5):
        before = file.read_bytes()
        with meanwhile(monkeypatch, partial(file.write_bytes, before)):
            here.library.mark([B], read=number % 2 == 0)
            assert here.sync().written == 1
        assert file.read_bytes() == before
        assert here.sync().written == 1
    assert there.sync().merged == 6


def test_what_vanishes_while_something_is_written(
    here: Machine, there: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.library.mark([A], read=True)
    here.sync()
    other = here.files[0].rename(here.own / "other.jsonl")
    here.library.mark([B], read=True)
    here.restart()
    (here.home / "cache" / "sync.json").unlink()
    with meanwhile(monkeypatch, other.unlink):
        assert here.sync().written == 1
    here.sync()
    assert there.sync().merged == 2


@contextmanager
def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> Iterator[None]:
    """Something happens just after a file was written."""
    fsync = os.fsync

    def and_more(descriptor: int) -> None:
        fsync(descriptor)
        happens()

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", and_more)
        yield


def test_a_backup_gets_back_what_it_lacks(here: Machine, there: Machine) -> None:
    there.library.mark([A], note="first")
    there.library.mark([B], note="second")
    there.sync()
    file = there.files[0]
    content = file.read_bytes()
    file.write_bytes(FIRST_LINE + lines_in(there.own)[1])
    here.sync()
    saved = here.home / "saved.db"
    backup(here.library.path, saved)
    file.write_bytes(content)
    here.sync()
    here.library.close()
    saved.replace(here.library.path)
    here.restart()
    here.sync()
    assert here.library.notes([A, B]) == {A: "first", B: "second"}


def test_an_older_copy_of_the_library_gets_back_what_it_lacks(
    here: Machine, there: Machine, tmp_path: Path
) -> None:
    here.library.mark([A], note="before")
    here.sync()
    older = tmp_path / "older.db"
    with closing(sqlite3.connect(here.library.path)) as source:
        source.execute("VACUUM INTO ?", (str(older),))
    here.library.mark([A], note="after")
    here.library.mark([B], read=True)
    here.sync()
    here.library.close()
    for file in here.home.glob("library.db-*"):
        file.unlink()
    here.library.path.write_bytes(older.read_bytes())
    here.restart()
    here.library.mark([C], note="since")
    here.library.mark([C], note="since then")
    here.library.mark([C], read=True)
    here.library.mark([D], read=True)
    here.sync()
    there.sync()
    here.sync()
    assert here.state() == there.state()
    assert here.library.note(A) == "after"
    assert there.library.note(C) == "since then"
    assert here.library.marks([B, D]) == dict.fromkeys([B, D], Mark(read=True))


def test_what_came_by_another_way_is_shared(here: Machine, there: Machine, tmp_path: Path) -> None:
    elsewhere = Machine(tmp_path / "elsewhere", here.shared)
    with closing(elsewhere.library):
        elsewhere.library.mark([A], note="from elsewhere")
        elsewhere.library.mark([B], read=True)
        elsewhere.sync()
        file = elsewhere.files[0]
        file.write_bytes(FIRST_LINE + lines_in(elsewhere.own)[1])
        here.sync()
        here.library.merge(elsewhere.library.changes())
    (here.home / "cache" / "sync.json").unlink()
    assert here.sync().written == 1
    there.sync()
    assert there.library.note(A) == "from elsewhere"


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff", b"[" * 100_000, b'{"of":[1,1,"",""],"files":3}', None]
)
def test_what_was_remembered_may_vanish_or_break(
    content: bytes | None, here: Machine, there: Machine
) -> None:
    here.library.mark([A], read=True)
    here.sync()
    there.sync()
    here.library.mark([B], read=True)
    here.sync()
    state = there.home / "cache" / "sync.json"
    state.unlink()
    if content is not None:
        state.write_bytes(content)
    there.restart()
    assert there.sync() == Synced(0, 1, 1, ())
    assert there.sync() == Synced(0, 0, 1, ())


def test_memory_of_another_folder_counts_for_nothing(
    here: Machine, there: Machine, tmp_path: Path
) -> None:
    here.library.mark([A], read=True)
    here.sync()
    here.shared = tmp_path / "other"
    here.shared.mkdir()
    here.restart()
    assert here.sync().written == 1


def test_memory_that_cannot_be_saved(here: Machine, there: Machine) -> None:
    there.library.mark([A], read=True)
    there.sync()
    (here.home / "cache").touch()
    assert here.sync() == Synced(0, 1, 1, ())
    assert here.sync() == Synced(0, 0, 1, ())
