"""Whatever a folder may hold: nothing there leads away, blocks, or stops the rest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tui.sync import FolderUnreadable, Synced, folder
from tui.sync.lines import FIRST_LINE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sync.machine import Machine

A, B = "2608.00000", "2608.00001"


@pytest.fixture
def room(here: Machine, shared: Path) -> Path:
    """Our folder, in which one machine has shared one change."""
    here.library.mark([A], read=True)
    here.sync()
    return shared / "daily-papers"


@pytest.fixture
def good(here: Machine, room: Path, tmp_path: Path) -> Path:
    """A file outside of the folder that could be read."""
    here.library.mark([B], read=True)
    here.sync()
    good = tmp_path / "good.jsonl"
    content = here.files[0].read_bytes()
    good.write_bytes(content)
    here.files[0].write_bytes(content.splitlines(keepends=True)[1])
    return good


def test_links_are_not_followed(there: Machine, room: Path, good: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.copy(good, outside)
    (room / "file.jsonl").symlink_to(good)
    (room / "folder").symlink_to(outside)
    (room / "folder.jsonl").symlink_to(outside)
    (room / "round").symlink_to(room)
    (room / "nowhere.jsonl").symlink_to(tmp_path / "nowhere")
    assert there.sync() == Synced(0, 1, 1, ())


def test_what_is_no_file(there: Machine, room: Path) -> None:
    (room / "folder.jsonl").mkdir()
    if sys.platform != "win32":
        os.mkfifo(room / "pipe.jsonl")
    assert there.sync() == Synced(0, 1, 1, ())


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders")
@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_a_file_that_is_swapped_after_the_look(kind: str, room: Path, good: Path) -> None:
    file = folder.listed(room.parent).files[0].path
    file.unlink()
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "link":
        file.symlink_to(good)
    else:
        file.mkdir()
    with pytest.raises(OSError, match=r"."):
        folder.read(file)


def test_folders_in_folders_are_read(here: Machine, there: Machine, room: Path) -> None:
    deep = room / "a" / "b" / "c" / ".d"
    deep.mkdir(parents=True)
    here.files[0].rename(deep / "x.jsonl")
    assert there.sync() == Synced(0, 1, 1, ())


def test_there_is_an_end_to_folders_in_folders(there: Machine, room: Path) -> None:
    deep = room.joinpath(*"0123456789")
    deep.mkdir(parents=True)
    (deep / "x.jsonl").write_bytes(b"not read\n")
    assert there.sync() == Synced(0, 1, 1, ())


def test_other_files_are_left_alone(here: Machine, there: Machine, room: Path) -> None:
    for name in ("x.json", "jsonl", ".syncthing.000001.jsonl.tmp", "000001.jsonl~", "README"):
        shutil.copy(here.files[0], room / name)
    here.files[0].write_bytes(FIRST_LINE)
    assert there.sync() == Synced(0, 0, 0, ())


def test_files_of_something_else(there: Machine, room: Path) -> None:
    (room / "data.jsonl").write_text('{"a": 1}\n[]\n', encoding="utf-8")
    (room / "text.jsonl").write_bytes(b"\xff\0" * 5000)
    (room / "empty.jsonl").touch()
    (room / "gap.jsonl").write_bytes(bytes(10_000))
    assert there.sync() == Synced(0, 1, 1, ("data.jsonl has damaged lines: 2.",))


def test_a_file_that_is_too_large(
    here: Machine, there: Machine, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MAX_FILE", 1000)
    (room / "large.jsonl").write_bytes(here.files[0].read_bytes() * 10)
    expected = ("large.jsonl is too large to be read.",)
    assert there.sync() == Synced(0, 1, 1, expected)
    assert there.sync() == Synced(0, 0, 1, expected)


def test_too_many_files(there: Machine, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_FILES", 3)
    for number in range(5):
        (room / f"{number}.jsonl").touch()
    assert there.sync().skipped == (f"Only 3 files of {room} are read.",)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything can be read")
def test_what_cannot_be_read_now(here: Machine, there: Machine, room: Path) -> None:
    file = here.files[0]
    file.chmod(0)
    name = file.relative_to(room).as_posix()
    assert there.sync() == Synced(0, 0, 0, (f"{name} cannot be read now (Permission denied).",))
    file.chmod(0o600)
    room.chmod(0)
    with pytest.raises(FolderUnreadable, match=r"cannot be read \(Permission denied\)"):
        there.sync()
    room.chmod(0o700)
    assert there.sync() == Synced(0, 1, 1, ())


def test_a_read_that_fails_is_tried_again(
    here: Machine, there: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.library.mark([A], read=True)
    here.sync()
    there.sync()
    here.library.mark([B], read=True)
    here.sync()
    with monkeypatch.context() as patch:
        patch.setattr(folder, "read", _failing)
        name = f"{here.library.machine}/000001.jsonl"
        expected = (f"{name} cannot be read now (Input/output error).",)
        assert there.sync() == Synced(0, 0, 1, expected)
    assert there.sync() == Synced(0, 1, 1, ())


def _failing(_path: Path) -> tuple[bytes, folder.Stamp]:
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize("when", ["read", "listed"])
def test_what_vanishes_meanwhile(
    when: str, here: Machine, there: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.library.mark([A], read=True)
    here.sync()
    file = here.files[0]
    happens = getattr(folder, when)

    def vanished(path: Path) -> object:
        file.unlink(missing_ok=True)
        return happens(path)

    monkeypatch.setattr(folder, when, vanished)
    assert there.sync() == Synced(0, 0, 0, ())
    monkeypatch.undo()
    here.sync()
    assert there.sync() == Synced(0, 1, 1, ())


def test_a_name_that_would_speak_to_the_terminal(there: Machine, room: Path) -> None:
    name = "\x1b]0;x\x07" if sys.platform != "win32" else "x"
    (room / f"{name}.jsonl").write_bytes(b"x\n")
    assert all(sentence.isprintable() for sentence in there.sync().skipped)


@pytest.mark.skipif(sys.platform != "linux", reason="names that are not UTF-8")
def test_a_name_that_is_no_text(here: Machine, there: Machine, room: Path) -> None:
    subprocess.run(
        [b"cp", os.fsencode(here.files[0]), os.fsencode(room) + b"/\xff\xfe.jsonl"], check=True
    )
    here.files[0].unlink()
    assert there.sync() == Synced(0, 1, 1, ())
    there.restart()
    assert there.sync() == Synced(0, 0, 1, ())
