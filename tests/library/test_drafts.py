"""Notes while they are written: what was saved is found again, and by one finder alone."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from tests.library.obstacles import fill, frozen, small_disk
from tui.library import LibraryUnwritable
from tui.library.change import MOST_NOTE
from tui.library.drafts import Draft, Memory, NoteUnusable, left_over

if TYPE_CHECKING:
    from pathlib import Path

PAPER: Final = "2608.19880"
OLD_PAPER: Final = "cs/0112017"
NOTE: Final = "# A note\r\n\n\twith\x1bodd parts 白鹭 "
MEMORY: Final = Memory(PAPER, NOTE, ("0123456789abcdef:7",))
BEGINS_AND_DIES: Final = """
import os, sys
from pathlib import Path
from tui.library.drafts import Draft, Memory
draft = Draft.begin(Path(sys.argv[1]), Memory("2608.19880", "before", ("0123456789abcdef:7",)))
draft.write("saved")
os._exit(9)
"""


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_file_holds_the_note_as_it_is_and_is_gone_in_the_end(tmp_path: Path) -> None:
    draft = Draft.begin(tmp_path, MEMORY)
    assert draft.path.name == f"note-{PAPER}.md"
    assert draft.path.read_bytes() == NOTE.encode()
    assert draft.text() == NOTE
    draft.discard()
    assert names(tmp_path) == []


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_line_end_at_the_end_is_no_change(tmp_path: Path, ending: str) -> None:
    draft = Draft.begin(tmp_path, Memory(PAPER, "words"))
    draft.path.write_bytes(f"words{ending}".encode())
    assert draft.change() is None
    draft.discard()


@pytest.mark.parametrize(
    ("saved", "kept"), [("other\n", "other\n"), (" words", " words"), (" \n\t\n", ""), ("", "")]
)
def test_what_was_saved_is_kept_as_it_is(tmp_path: Path, saved: str, kept: str) -> None:
    draft = Draft.begin(tmp_path, Memory(PAPER, "words"))
    draft.write(saved)
    assert draft.change() == kept
    draft.discard()


@pytest.mark.parametrize("left", ["", "\n", " \n\t"])
def test_of_what_was_cut_short_nothing_left_is_no_wish(tmp_path: Path, left: str) -> None:
    draft = Draft.begin(tmp_path, Memory(PAPER, "words"))
    draft.write(left)
    assert draft.change(cut_short=True) is None
    draft.write("other")
    assert draft.change(cut_short=True) == "other"
    draft.discard()


def test_a_file_that_is_taken_away_changes_nothing(tmp_path: Path) -> None:
    draft = Draft.begin(tmp_path, MEMORY)
    draft.path.unlink()
    assert draft.change() is None
    draft.discard()


@pytest.mark.parametrize("data", [b"\xff", b"x" * (MOST_NOTE + 1), b"x" * (4 * MOST_NOTE + 1)])
def test_what_can_be_no_note_is_left_alone(tmp_path: Path, data: bytes) -> None:
    draft = Draft.begin(tmp_path, MEMORY)
    draft.path.write_bytes(data)
    with pytest.raises(NoteUnusable):
        draft.change()
    draft.release()
    assert draft.path.read_bytes() == data


def test_the_largest_note_is_one(tmp_path: Path) -> None:
    draft = Draft.begin(tmp_path, MEMORY)
    draft.write("鹭" * MOST_NOTE)
    assert draft.change() == "鹭" * MOST_NOTE
    draft.discard()


def test_nobody_takes_what_is_being_written(tmp_path: Path) -> None:
    draft = Draft.begin(tmp_path, MEMORY)
    assert left_over(tmp_path) == []
    draft.release()
    [found] = left_over(tmp_path)
    assert (found.path, found.paper, found.before, found.over) == (draft.path, *MEMORY)
    assert left_over(tmp_path) == []
    found.discard()
    assert names(tmp_path) == []


def test_two_of_the_same_paper_are_two_files(tmp_path: Path) -> None:
    both = [Draft.begin(tmp_path, MEMORY) for _ in range(2)]
    assert [draft.path.name for draft in both] == [f"note-{PAPER}.md", f"note-{PAPER}-2.md"]
    for draft in both:
        draft.release()
    found = left_over(tmp_path, PAPER)
    assert sorted(draft.path for draft in found) == sorted(draft.path for draft in both)
    for draft in found:
        draft.discard()


def test_those_of_one_paper(tmp_path: Path) -> None:
    for paper in (PAPER, OLD_PAPER):
        Draft.begin(tmp_path, Memory(paper, "words")).release()
    [found] = left_over(tmp_path, OLD_PAPER)
    assert found.paper == OLD_PAPER
    found.discard()
    assert names(tmp_path) == [f"note-{PAPER}.json", f"note-{PAPER}.md"]


def test_what_a_killed_program_had_saved_is_found(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", BEGINS_AND_DIES, str(tmp_path)], check=False)
    [found] = left_over(tmp_path)
    assert (found.change(), found.over) == ("saved", MEMORY.over)
    found.discard()


@pytest.mark.parametrize(
    "memory", ["", "[]", '{"paper"', '{"paper": "x", "before": 1, "over": []}', "null"]
)
def test_one_of_which_nothing_is_remembered_stands_beside_the_note(
    tmp_path: Path, memory: str
) -> None:
    (tmp_path / f"note-{PAPER}.md").write_text("saved")
    (tmp_path / f"note-{PAPER}.json").write_text(memory)
    [found] = left_over(tmp_path)
    assert (found.paper, found.change(), found.over) == (PAPER, "saved", ())
    found.discard()


def test_other_files_are_none_of_ours(tmp_path: Path) -> None:
    for name in ("note-to-self.md", "README.md", f"{PAPER}.md"):
        (tmp_path / name).write_text("words")
    assert left_over(tmp_path) == []


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    with small_disk(tmp_path, "64k"):
        filler = fill(tmp_path)
        with pytest.raises(LibraryUnwritable):
            Draft.begin(tmp_path, MEMORY)
        filler.unlink()
        assert names(tmp_path) == []


def test_where_nothing_can_be_written_nothing_is_left_behind(tmp_path: Path) -> None:
    with frozen(tmp_path), pytest.raises(LibraryUnwritable):
        Draft.begin(tmp_path, MEMORY)
    assert names(tmp_path) == []
