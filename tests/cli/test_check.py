"""``daily-papers library check`` and ``repair``."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Outcome
from tests.cli.test_backups import said
from tests.cli.test_mark import A, B
from tests.library import raw
from tui.cli.exits import Exit
from tui.library import Library, Mark
from tui.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

MANY = [f"2608.{number:05}" for number in range(5000)]
SOUND = "The library is sound. Papers: 2 read, 1 starred, 1 with a note, 2 tagged."


@pytest.fixture
def path(command: Command) -> Path:
    command("mark", A, B, "--read", "--tag", "x")
    command("mark", A, "--star", "--note", "x")
    return Paths.of_user().library


@pytest.fixture
def damaged() -> Path:
    """A library that opens, with a page of nonsense far inside."""
    path = Paths.of_user().library
    with closing(Library.open(path)) as library:
        library.mark(MANY, read=True)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(content)
    return path


def test_a_sound_library_is_counted(command: Command, path: Path) -> None:
    assert said(command("library", "check")) == SOUND
    assert said(command("library", "repair")).startswith("The library is sound; there is nothing")


def test_for_programs(command: Command, path: Path) -> None:
    outcome = command("library", "check", "--json")
    assert (outcome.code, outcome.err) == (Exit.DONE, "")
    assert json.loads(outcome.out) == {
        "library": str(path),
        "sound": True,
        "faults": [],
        "differing": [],
        "totals": {"read": 2, "starred": 1, "noted": 1, "tagged": 2},
    }


def test_damage_far_inside_is_found(command: Command, damaged: Path) -> None:
    words = said(command("library", "check"), Exit.TROUBLE)
    assert words.startswith(f"The library {damaged} is damaged (")
    assert "library repair” saves what it can" in words
    outcome = command("library", "check", "--json")
    told = json.loads(outcome.out)
    assert (outcome.code, told["sound"], told["totals"]) == (Exit.TROUBLE, False, None)
    assert told["faults"]


def test_what_can_be_read_is_saved(command: Command, damaged: Path) -> None:
    before = damaged.read_bytes()
    words = said(command("library", "repair"))
    [aside] = damaged.parent.glob("library.damaged-*.db")
    assert words.startswith("Saved what could be read: ")
    assert words.endswith(f"the damaged library is {aside}.")
    assert aside.read_bytes() == before
    assert command("library", "check").code == Exit.DONE
    with closing(Library.open(damaged)) as library:
        assert library.marks(MANY) == dict.fromkeys(MANY, Mark(read=True))


def test_where_nothing_can_be_saved_the_file_stays(command: Command, path: Path) -> None:
    path.write_bytes(b"junk" * 5000)
    words = said(command("library", "repair"), Exit.TROUBLE)
    assert words.startswith(f"Nothing in {path} can be read; it was left as it is.")
    assert path.read_bytes() == b"junk" * 5000


def test_a_log_whose_library_is_gone_stays_too(command: Command, path: Path) -> None:
    path.unlink()
    path.with_name("library.db-wal").write_bytes(b"a log")
    words = said(command("library", "check"), Exit.TROUBLE)
    assert words.startswith(f"The library {path} is damaged (the file is empty and its log is not)")
    words = said(command("library", "repair"), Exit.TROUBLE)
    assert words.startswith(f"Nothing in {path} can be read; it was left as it is.")
    assert path.with_name("library.db-wal").read_bytes() == b"a log"


def test_marks_that_do_not_follow_from_their_history(command: Command, path: Path) -> None:
    raw.run(path, f"DELETE FROM marks WHERE paper = '{B}'")
    words = said(command("library", "check"), Exit.TROUBLE)
    assert words.startswith("The marks of 1 paper are not what their history says; ")
    assert json.loads(command("library", "check", "--json").out)["differing"] == [B]
    words = said(command("library", "repair"))
    [kept] = path.parent.glob("backups/library-before-repair-*.db")
    assert words.endswith(f"{kept.name} has what was there.")
    assert said(command("library", "check")) == SOUND


def test_without_a_library_nothing_is_made(command: Command) -> None:
    for action in ("check", "repair"):
        outcome = command("library", action)
        assert outcome == Outcome(
            Exit.NOTHING_FOUND, "", "daily-papers: There is no library yet.\n"
        )
    assert not Paths.of_user().library.parent.exists()


def test_the_library_of_a_newer_program(command: Command, path: Path) -> None:
    raw.run(path, "PRAGMA user_version = 99")
    assert said(command("library", "check")) == SOUND
