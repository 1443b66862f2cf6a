"""``daily-papers library backup`` and ``restore``."""

from __future__ import annotations

import os
import re
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Outcome, run
from tests.cli.test_mark import A, B, library, marks
from tests.library.obstacles import frozen, small_disk
from tui.cli.exits import Exit
from tui.library import Library, Mark, Undone, copies, copy_now
from tui.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

DAY = datetime(2026, 8, 21, 9, 30, tzinfo=UTC)
NAME = "library-20260821T093000Z.db"
THEN = [Mark(True, True, True, ("x",)), Mark(read=True)]
NOT_YET = "Nothing is changed yet; --yes does it.\n"


def said(outcome: Outcome, code: Exit = Exit.DONE) -> str:
    """The one sentence of a command that has no results."""
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err.startswith("daily-papers: ")
    assert outcome.err.count("\n") == 1
    return outcome.err.removeprefix("daily-papers: ").removesuffix("\n")


@pytest.fixture
def path() -> Path:
    return Paths.of_user().library


@pytest.fixture
def copy(path: Path) -> Path:
    """A copy of a library that has changed since."""
    with library() as opened:
        opened.mark([A, B], read=True, label="read")
        opened.mark([A], starred=True, note="then", tags={"x": True})
        made = copy_now(path, DAY)
        opened.mark([A], read=False, note="now", tags={"x": False, "y\x1b[2J": True})
        opened.mark([A, B], starred=False)
        opened.mark([B], note="new")
    return made


def test_what_would_change_is_told_first(command: Command, copy: Path) -> None:
    before = marks(A, B)
    outcome = command("library", "restore", NAME)
    assert outcome.out.splitlines() == [
        f"{A}\tnote changed, read, starred, tagged “x”, tag “y” taken off",
        f"{B}\tnote taken off",
    ]
    assert outcome.err == (
        f"daily-papers: {NAME} would change 2 papers: read 1 → 2, starred 0 → 1, "
        f"with a note 2 → 1. {NOT_YET}"
    )
    assert outcome.code == Exit.DONE
    assert marks(A, B) == before


@pytest.mark.parametrize("form", ["{0.name}", "20260821T093000Z", "{0}"])
def test_a_copy_is_brought_back(form: str, command: Command, copy: Path, path: Path) -> None:
    now = marks(A, B)
    words = said(command("library", "restore", form.format(copy), "--yes"))
    found = re.fullmatch(
        r"2 papers changed: read 1 → 2, starred 0 → 1, with a note 2 → 1\. "
        r"U in the reader takes it back, and (.*) has what was there\.",
        words,
    )
    assert found
    assert marks(A, B) == THEN
    with closing(Library.read_only(path.parent / "backups" / found[1])) as kept:
        assert kept.marks([A, B]) == dict(zip([A, B], now, strict=True))
    with library() as opened:
        assert opened.undo() == Undone(f"restored {NAME}")
    assert marks(A, B) == now


def test_beside_an_open_program_it_is_a_change_like_any(command: Command, copy: Path) -> None:
    with library() as window:
        version = window.version()
        command("library", "restore", NAME, "--yes")
        assert window.version() != version
        assert window.marks([A])[A] == THEN[0]
        assert window.mark([B], starred=True) == 1


def test_a_copy_that_does_not_differ(command: Command, copy: Path) -> None:
    command("library", "restore", NAME, "--yes")
    words = said(command("library", "restore", NAME, "--yes"))
    assert words == f"Nothing differs from {NAME}."


def test_copies_are_listed_the_latest_first(command: Command, copy: Path, path: Path) -> None:
    os.utime(copy, (DAY.timestamp(), DAY.timestamp()))
    junk = copy.with_name("library-2026-08-20.db")
    junk.write_bytes(b"junk" * 5000)
    os.utime(junk, (0, 0))
    outcome = command("library", "restore")
    assert outcome == Outcome(Exit.DONE, (
        f"{NAME}\t2026-08-21 09:30 UTC\t2 read, 1 starred, 1 with a note, 1 tagged\n"
        "library-2026-08-20.db\t1970-01-01 00:00 UTC\tcannot be read\n"
    ), "")  # fmt: skip


def test_where_there_are_no_copies_that_is_told(command: Command) -> None:
    assert said(command("library", "restore"), Exit.NOTHING_FOUND).startswith("There are no copies")


def test_a_copy_that_is_not_there(command: Command, copy: Path) -> None:
    words = said(command("library", "restore", "2026-01-01", "--yes"), Exit.NOTHING_FOUND)
    assert words.startswith("There is no copy “2026-01-01”; ")


@pytest.mark.parametrize("content", [b"junk" * 5000, b""])
def test_a_damaged_copy_is_refused(
    content: bytes, command: Command, copy: Path, tmp_path: Path
) -> None:
    before = marks(A, B)
    (tmp_path / "junk.db").write_bytes(content)
    words = said(command("library", "restore", str(tmp_path / "junk.db"), "--yes"), Exit.TROUBLE)
    assert "junk.db cannot be used: " in words
    assert marks(A, B) == before


@pytest.mark.parametrize("content", [b"junk" * 5000, b""], ids=["junk", "empty"])
def test_in_the_place_of_a_damaged_library(
    command: Command, copy: Path, path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    assert command("library", "check").code == Exit.TROUBLE
    words = said(command("library", "restore", NAME))
    assert words.startswith(f"The library {path} is damaged; it would be kept beside. {NAME} would")
    assert "with 2 read, 1 starred, 1 with a note, 1 tagged." in words
    assert path.read_bytes() == content
    words = said(command("library", "restore", NAME, "--yes"))
    [aside] = path.parent.glob("library.damaged-*.db")
    assert words.endswith(f"the damaged library is {aside}.")
    assert aside.read_bytes() == content
    assert marks(A, B) == THEN


def test_where_the_library_is_gone(command: Command, copy: Path, path: Path) -> None:
    path.unlink()
    assert "is not there. " in said(command("library", "restore", NAME))
    assert not path.exists()
    said(command("library", "restore", NAME, "--yes"))
    assert marks(A, B) == THEN


def test_a_library_that_is_gone_beside_its_copies_is_told_of_once(
    command: Command, copy: Path, path: Path
) -> None:
    lists_copies = "“daily-papers library restore” lists its copies."
    path.unlink()
    for action in ("check", "repair", "backup"):
        words = said(command("library", action), Exit.NOTHING_FOUND)
        assert words == f"The library {path} is not there; {lists_copies}"
    assert not path.exists()
    told = command("mark", A, "--star").err
    assert f"The library {path} is gone, and a fresh one in use; {lists_copies}" in told
    assert "gone" not in command("mark", B, "--star").err


def test_while_a_damaged_library_is_in_use_it_stays(
    command: Command, copy: Path, path: Path
) -> None:
    with library() as opened:
        opened.mark([f"2608.1{number:04}" for number in range(3000)], read=True)
    with library() as window:
        content = bytearray(path.read_bytes())
        middle = len(content) // 2 // 4096 * 4096
        content[middle : middle + 4096] = b"\xff" * 4096
        path.write_bytes(content)
        words = said(command("library", "restore", NAME, "--yes"), Exit.TROUBLE)
        assert words.startswith("Nothing was changed: another window has the library open; close")
        assert window.marks([A])
    assert not list(path.parent.glob("library.damaged-*"))


def test_a_copy_among_the_others(command: Command, path: Path) -> None:
    command("mark", A, "--read")
    words = said(command("library", "backup"))
    [made] = copies(path)
    assert words == f"The library is copied to {made}."
    assert re.fullmatch(r"library-\d{8}T\d{6}Z\.db", made.name)


def test_a_copy_wherever_it_is_wanted(command: Command, tmp_path: Path) -> None:
    command("mark", A, "--read")
    (tmp_path / "new").mkdir()
    for target in (tmp_path, tmp_path / "new" / "mine.db"):
        command("library", "backup", str(target))
    assert {file.name for file in tmp_path.rglob("*.db")} == {"library.db", "mine.db"}
    command("mark", A, "--unread")
    command("library", "restore", str(tmp_path / "new" / "mine.db"), "--yes")
    assert marks(A) == [Mark(read=True)]


def test_a_copy_takes_no_file_s_place(command: Command, tmp_path: Path) -> None:
    command("mark", A, "--read")
    thesis = tmp_path / "library.db"
    thesis.write_bytes(b"my precious thesis")
    for target in (thesis, tmp_path, os.devnull):
        words = said(command("library", "backup", str(target)), Exit.USAGE)
        assert words.endswith(" is there already; name another file.")
    assert thesis.read_bytes() == b"my precious thesis"


@pytest.mark.parametrize("action", ["backup", "export"])
def test_no_folder_is_made_for_a_file(command: Command, tmp_path: Path, action: str) -> None:
    command("mark", A, "--read")
    words = said(command("library", action, str(tmp_path / "new" / "file")), Exit.TROUBLE)
    assert words == f"There is no folder {tmp_path / 'new'}."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("action", ["backup", "export"])
def test_the_library_is_no_copy_of_itself(
    command: Command, path: Path, tmp_path: Path, action: str
) -> None:
    command("mark", A, "--read")
    (tmp_path / "other name").hardlink_to(path)
    for name in (path, tmp_path / "other name"):
        words = said(command("library", action, str(name)), Exit.USAGE)
        assert "is the library itself" in words
    assert marks(A) == [Mark(read=True)]


def test_a_copy_into_the_folder_of_the_library_is_none_of_it(command: Command, path: Path) -> None:
    command("mark", A, "--read")
    before = path.stat().st_ino
    said(command("library", "backup", str(path.parent)), Exit.USAGE)
    assert path.stat().st_ino == before
    assert marks(A) == [Mark(read=True)]


def test_without_a_library_there_is_nothing_to_copy(command: Command, path: Path) -> None:
    assert said(command("library", "backup"), Exit.NOTHING_FOUND) == "There is no library yet."
    assert not path.parent.exists()


def test_of_a_copy_that_does_not_fit_nothing_is_left(command: Command, tmp_path: Path) -> None:
    command("mark", *(f"2608.{number:05}" for number in range(2000)), "--read")
    with small_disk(tmp_path, "64k"):
        outcome = run("library", "backup", str(tmp_path / "mine.db"))
        assert list(tmp_path.iterdir()) == []
    assert said(outcome, Exit.TROUBLE) == "No copy was made: the disk is full."
    with frozen(tmp_path):
        outcome = run("library", "backup", str(tmp_path / "mine.db"))
    assert said(outcome, Exit.TROUBLE) == f"No copy was made: {tmp_path} cannot be written."


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode elsewhere")
def test_a_copy_may_have_any_name(command: Command, copy: Path, tmp_path: Path) -> None:
    name = os.fsdecode(b"\x1b[41mco\xffpy\n.db")
    copy.rename(tmp_path / name)
    for arguments in ([], ["--yes"], ["--yes"]):
        outcome = command("library", "restore", str(tmp_path / name), *arguments)
        assert outcome.code == Exit.DONE
        assert outcome.err.removesuffix("\n").isprintable()
    assert marks(A, B) == THEN
    with library() as opened:
        assert opened.undo() == Undone("restored co\ufffdpy .db")
