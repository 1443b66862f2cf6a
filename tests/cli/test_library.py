"""``daily-papers library``: shared through a folder, as one file and back, looked over."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import ENOUGH, PROGRAM, Outcome, run
from tests.cli.test_mark import A, B, marks
from tests.library import raw
from tests.library.obstacles import frozen, small_disk
from tui.cli.exits import Exit
from tui.library import Library, Mark, copies
from tui.paths import Paths
from tui.sync import Sync

if TYPE_CHECKING:
    from tests.cli.conftest import Command


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """The folder that the settings name."""
    folder = tmp_path / "shared"
    folder.mkdir()
    config = Paths.of_user().config
    config.parent.mkdir(parents=True)
    config.write_text(f"[library]\nsync_folder = '{folder}'\n", encoding="utf-8")
    return folder


def done(words: str, out: str = "") -> Outcome:
    return Outcome(Exit.DONE, out, f"daily-papers: {words}\n")


def forget() -> None:
    """Let the library and what is known of the shared folder be gone, as on a new machine."""
    shutil.rmtree(Paths.of_user().library.parent)
    shutil.rmtree(Paths.of_user().cache.parent, ignore_errors=True)


def test_another_machine_gets_what_was_marked_here(command: Command, shared: Path) -> None:
    command("mark", A, B, "--star")
    assert command("library", "sync") == done("2 changes written, 0 changes merged.")
    assert command("library", "sync") == done("0 changes written, 0 changes merged.")
    forget()
    assert command("library", "sync") == done("0 changes written, 2 changes merged.")
    assert marks(A, B) == [Mark(starred=True)] * 2


def test_what_another_machine_marked_comes_here(
    command: Command, shared: Path, tmp_path: Path
) -> None:
    with closing(Library.open(tmp_path / "there" / "library.db")) as there:
        there.mark([A], read=True)
        Sync(there, shared, tmp_path / "there" / "sync.json").run()
    assert command("library", "sync") == done("0 changes written, 1 change merged.")
    assert marks(A) == [Mark(read=True)]


def test_without_a_folder_the_way_out_is_told(command: Command) -> None:
    outcome = command("library", "sync")
    assert outcome.code == Exit.USAGE
    assert f"set sync_folder in {Paths.of_user().config}" in outcome.err
    assert outcome.err.count("\n") == 1


def test_the_sample_is_not_shared(command: Command, shared: Path) -> None:
    command("mark", A, "--demo", "--star")
    assert command("library", "sync", "--demo").code == Exit.USAGE
    assert not list(shared.iterdir())


def test_a_folder_that_is_not_there(command: Command, shared: Path) -> None:
    shared.rmdir()
    outcome = command("library", "sync")
    assert (outcome.code, outcome.err.count("\n")) == (Exit.TROUBLE, 1)
    assert f"{shared} is not there" in outcome.err


def test_a_folder_that_cannot_be_written(command: Command, shared: Path) -> None:
    command("mark", A, "--star")
    with frozen(shared):
        outcome = command("library", "sync")
    assert (outcome.code, outcome.err.count("\n")) == (Exit.TROUBLE, 1)
    assert f"Nothing can be written to {shared}" in outcome.err


def test_what_was_passed_over_is_told(command: Command, shared: Path) -> None:
    (shared / "daily-papers").mkdir()
    (shared / "daily-papers" / "x.jsonl").write_bytes(b"nonsense\n")
    outcome = command("library", "sync")
    told, last = outcome.err.splitlines()
    assert told.startswith("daily-papers: x.jsonl has damaged lines")
    assert (outcome.code, last) == (Exit.DONE, "daily-papers: 0 changes written, 0 changes merged.")


def test_a_library_through_a_pipe(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    command("mark", A, "--star", "--note", "Ä “quoted” note")
    exported = run("library", "export")
    assert exported == done("2 changes exported.", exported.out)
    assert command("library", "export", "-") == exported
    forget()
    first = run("library", "import", "-", stdin=None, input=exported.out)
    assert first == done("2 changes imported, 0 were here already.")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(exported.out.encode())))
    assert command("library", "import", "-") == done("0 changes imported, 2 were here already.")
    assert marks(A) == [Mark(starred=True, has_note=True)]
    assert command("library", "export").out == exported.out


def test_a_library_through_a_file(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    assert command("library", "export", str(file)) == done("0 changes exported.")
    command("mark", A, B, "--read")
    assert command("library", "export", str(file)) == done("2 changes exported.")
    assert file.read_bytes().decode() == command("library", "export").out
    assert [each.name for each in tmp_path.iterdir()] == ["all.jsonl"]
    forget()
    assert command("library", "import", str(file)) == done(
        "2 changes imported, 0 were here already."
    )
    assert marks(A, B) == [Mark(read=True)] * 2


def test_what_an_import_is_added_to_is_copied_before(command: Command, tmp_path: Path) -> None:
    file = str(tmp_path / "all.jsonl")
    command("mark", A, "--star")
    command("library", "export", file)
    forget()
    command("mark", B, "--read")
    command("mark", B, "--star")
    daily = copies(Paths.of_user().library)
    words = command("library", "import", file).err
    [kept] = set(copies(Paths.of_user().library)) - set(daily)
    assert kept.name.startswith("library-before-import-")
    assert words == (
        "daily-papers: 1 change imported, 0 were here already. "
        f"U does not take them back; {kept.name} has what was there.\n"
    )
    with closing(Library.read_only(kept)) as copy:
        assert copy.marks([A, B]) == {A: Mark(), B: Mark(read=True, starred=True)}
    assert command("library", "import", file) == done("0 changes imported, 1 were here already.")
    assert sorted(copies(Paths.of_user().library)) == sorted([*daily, kept])


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
def test_an_export_replaces_no_part_of_the_library(suffix: str, command: Command) -> None:
    command("mark", A, "--read")
    file = Paths.of_user().library
    with closing(Library.open(file)):  # another window, so that there is all of it
        for name in (f"{file}{suffix}", f"{file.parent}/../{file.parent.name}/{file.name}{suffix}"):
            outcome = command("library", "export", name)
            assert (outcome.code, outcome.out) == (Exit.USAGE, "")
            assert "the library itself; name another file." in outcome.err
        assert not Path(f"{file}-journal").exists()
    assert marks(A) == [Mark(read=True)]


def test_an_export_replaces_nothing_but_an_earlier_one(command: Command, tmp_path: Path) -> None:
    thesis = tmp_path / "thesis.txt"
    thesis.write_bytes(b"my precious thesis")
    outcome = command("library", "export", str(thesis))
    assert outcome == Outcome(
        Exit.USAGE, "",
        f"daily-papers: {thesis} is no export of a library; name another file.\n",
    )  # fmt: skip
    assert thesis.read_bytes() == b"my precious thesis"
    thesis.write_bytes(b"")
    assert command("library", "export", str(thesis)).code == Exit.DONE


def test_an_export_that_fails_leaves_the_earlier_one(command: Command, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    command("mark", *(f"2608.{number:05}" for number in range(3000)), "--read")
    with small_disk(full, "64k"):
        earlier = b'{"format":"daily-papers changes","version":1}\nan older one'
        (full / "all.jsonl").write_bytes(earlier)
        outcome = run("library", "export", str(full / "all.jsonl"))
        assert (full / "all.jsonl").read_bytes() == earlier
        assert [each.name for each in full.iterdir()] == ["all.jsonl"]
    assert outcome.code == Exit.TROUBLE
    assert "No space left" in outcome.err


@pytest.mark.parametrize("action", ["export", "check", "repair"])
def test_a_library_that_cannot_be_read_is_not_taken_for_an_empty_one(
    action: str, command: Command
) -> None:
    (Paths.of_user().library / "in the way").mkdir(parents=True)
    outcome = command("library", action)
    assert (outcome.code, outcome.out) == (Exit.TROUBLE, "")
    assert outcome.err == (
        "daily-papers: This needs the whole library: the library cannot be read.\n"
    )


@pytest.mark.parametrize("action", ["export", "stats"])
def test_what_only_reads_goes_on_with_the_library_of_a_newer_program(
    action: str, command: Command
) -> None:
    command("mark", A, "--read")
    known = command("library", action)
    raw.run(Paths.of_user().library, "PRAGMA user_version = 99")
    outcome = command("library", action)
    assert (outcome.code, outcome.out) == (Exit.DONE, known.out)
    assert "was written by a newer daily-papers (version 99" in outcome.err
    refused = command("library", "import", "-")
    assert refused.code == Exit.TROUBLE
    assert "update the program" in refused.err


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such mode there")
def test_an_export_is_for_the_user_alone(command: Command, tmp_path: Path) -> None:
    command("library", "export", str(tmp_path / "all.jsonl"))
    assert (tmp_path / "all.jsonl").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_an_export_goes_where_a_link_leads(command: Command, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder" / "all.jsonl")
    command("library", "export", str(tmp_path / "link"))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "folder" / "all.jsonl").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="no /dev there")
def test_an_export_into_what_is_no_file(command: Command) -> None:
    assert run("library", "export", "/dev/stdout").out == command("library", "export").out
    assert command("library", "export", "/dev/null").code == Exit.DONE


@pytest.mark.skipif(sys.platform != "linux", reason="no such device")
@pytest.mark.parametrize("to", [[], pytest.param(["/dev/full"], marks=pytest.mark.torture)])
def test_an_export_that_does_not_fit(to: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        outcome = run("library", "export", *to, stdout=full)
    assert outcome.code == Exit.TROUBLE
    assert "No space left" in outcome.err


@pytest.mark.parametrize(("action", "stream"), [("export", "stdout"), ("import", "stdin")])
def test_a_closed_stream_is_told(
    action: str, stream: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, stream, None)
    outcome = command("library", action, "-")
    assert outcome.code == Exit.USAGE
    assert "closed" in outcome.err


def test_damaged_lines_are_told_and_the_others_imported(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("mark", A, B, "--read")
    lines = command("library", "export").out.replace(B, "2608.99999").encode()
    forget()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    outcome = command("library", "import", "-")
    assert outcome == Outcome(Exit.TROUBLE, "", (
        "daily-papers: 1 change imported, 0 were here already.\n"
        "daily-papers: 1 line could not be read.\n"
    ))  # fmt: skip
    assert marks(A, B) == [Mark(read=True), Mark()]


def test_a_file_of_a_newer_program(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "newer.jsonl"
    first = command("library", "export").out
    file.write_text(first.replace('"version":1', '"version":2'), encoding="ascii")
    outcome = command("library", "import", str(file))
    assert outcome.code == Exit.TROUBLE
    assert "newer version" in outcome.err


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "none"
    words = f"daily-papers: There is no file {file}.\n"
    assert run("library", "import", str(file)) == Outcome(Exit.TROUBLE, "", words)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's way to close a stream")
def test_trouble_with_a_file_is_told_where_the_output_is_closed() -> None:
    command = 'exec "$0" library import none >&-'
    outcome = subprocess.run(
        ["sh", "-c", command, PROGRAM], capture_output=True, text=True, timeout=ENOUGH
    )
    assert (outcome.returncode, outcome.stderr.count("\n")) == (Exit.TROUBLE, 1)


@pytest.mark.parametrize("before", [True, False])
def test_the_first_command_of_a_day_copies_what_was_there(command: Command, before: bool) -> None:
    if before:
        with closing(Library.open(Paths.of_user().library)) as library:
            library.mark([A], read=True)
    command("mark", B, "--read")
    assert command("mark", B, "--star") == done("1 paper changed.")
    found = copies(Paths.of_user().library)
    assert len(found) == 1
    with closing(Library.read_only(found[0])) as copy:
        assert copy.marks([A, B]) == {A: Mark(read=before), B: Mark(read=not before)}


def test_the_sample_is_not_copied(command: Command) -> None:
    for _ in range(2):
        command("mark", A, "--demo", "--read")
        command("mark", A, "--demo", "--unread")
    assert copies(Paths.of_user(demo=True).library) == []


def test_a_copy_that_cannot_be_made_is_in_nobodys_way(command: Command) -> None:
    command("mark", A, "--read")
    (Paths.of_user().library.parent / "backups").write_bytes(b"in the way")
    outcome = command("mark", A, "--star")
    assert outcome == Outcome(Exit.DONE, "", (
        "daily-papers: No backup of the library could be made: "
        "the data directory cannot be written.\n"
        "daily-papers: 1 paper changed.\n"
    ))  # fmt: skip
    assert marks(A) == [Mark(read=True, starred=True)]


def test_an_action_has_to_be_named() -> None:
    outcome = run("library")
    assert outcome.code == Exit.USAGE
    assert outcome.err.startswith("usage: daily-papers library")
