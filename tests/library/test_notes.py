from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tui.library import Library, Mark, Note, Undone, backup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

A, B = "2608.00001", "2608.00002"
EARLIER = datetime(2026, 8, 20, 7, 5, tzinfo=UTC)
LATER = datetime(2026, 8, 22, 18, 40, tzinfo=UTC)
LINE = "--- also written on another machine, 2026-08-22 18:40 UTC ---"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.open(tmp_path / "here.db", now=lambda: EARLIER)) as library:
        yield library


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.open(tmp_path / "there.db", now=lambda: LATER)) as library:
        yield library


def exchange(one: Library, other: Library) -> None:
    """Give each what the other has."""
    changes = list(one.changes())
    one.merge(other.changes())
    other.merge(changes)


def test_a_note_is_kept_byte_for_byte(library: Library) -> None:
    text = "# Why\r\n\t[/] \x1b]0;x\x07 \0 '; DROP TABLE notes; -- 𝔸\u202e \n\n"
    library.mark([A], note=text)
    assert library.note(A) == text
    assert library.notes([A, B]) == {A: text}
    assert library.marks([A, B]) == {A: Mark(has_note=True), B: Mark()}
    assert library.with_note() == [A]


def test_an_empty_note_is_none(library: Library) -> None:
    assert library.mark([A], note="") == 0
    library.mark([A], note="text", label="noted")
    assert library.mark([A], note="") == 1
    assert (library.note(A), library.marks([A])) == ("", {A: Mark()})
    assert library.mark([A], note="") == 0
    library.undo()
    assert library.note(A) == "text"
    assert library.undo() == Undone("noted")
    assert library.note(A) == ""


def test_notes_of_two_machines_are_both_shown_alike_on_each(here: Library, there: Library) -> None:
    here.mark([A], note="mine\n")
    there.mark([A], note="yours")
    exchange(here, there)
    assert here.note(A) == there.note(A) == f"mine\n\n\n{LINE}\n\nyours"
    assert here.notes([A]) == there.notes([A]) == {A: here.note(A)}


def test_writing_over_both_settles_it_everywhere(here: Library, there: Library) -> None:
    here.mark([A], note="mine")
    there.mark([A], note="yours")
    exchange(here, there)
    here.mark([A], note="ours")
    exchange(here, there)
    assert here.note(A) == there.note(A) == "ours"
    assert [event.value for event in there.history(A)] == ["mine", "yours", "ours"]


def test_the_same_text_from_two_machines_is_shown_once(here: Library, there: Library) -> None:
    here.mark([A], note="same")
    there.mark([A], note="same")
    exchange(here, there)
    assert here.note(A) == there.note(A) == "same"


def test_a_note_taken_off_here_and_written_there_stays(here: Library, there: Library) -> None:
    here.mark([A], note="old")
    exchange(here, there)
    here.mark([A], note="")
    there.mark([A], note="new")
    exchange(here, there)
    assert here.note(A) == there.note(A) == "new"


def test_undo_takes_back_what_was_written_here_and_leaves_the_other(
    here: Library, there: Library
) -> None:
    here.mark([A], note="first")
    exchange(here, there)
    here.mark([A], note="mine")
    there.mark([A], note="yours")
    exchange(here, there)
    here.undo()
    assert here.note(A) == f"yours\n\n{LINE.replace('22 18:40', '20 07:05')}\n\nfirst"
    here.redo()
    exchange(here, there)
    for library in (here, there):
        assert set(library.note(A).splitlines()[::4]) == {"mine", "yours"}


def test_undo_and_redo_leave_what_another_machine_wrote_on_from_there(
    here: Library, there: Library
) -> None:
    here.mark([A], note="one", label="noted")
    exchange(here, there)
    there.mark([A], note="one\nand more")
    exchange(here, there)
    for go in (here.undo, here.redo, here.undo):
        assert go() == Undone("noted")
        exchange(here, there)
        assert here.note(A) == there.note(A) == "one\nand more"


def test_undo_takes_back_no_more_than_what_was_written_here(here: Library, there: Library) -> None:
    here.mark([A], note="one")
    exchange(here, there)
    there.mark([A], note="one, two")
    exchange(here, there)
    here.mark([A], note="one, two, three")
    for _ in range(2):
        here.undo()
        assert here.note(A) == "one, two"
    for _ in range(2):
        here.redo()
    assert here.note(A) == "one, two, three"


def test_undo_keeps_what_stands_in_one_text_with_what_it_takes_back(
    here: Library, there: Library
) -> None:
    here.mark([A], note="mine")
    there.mark([A], note="yours")
    exchange(here, there)
    here.mark([A], note="ours")
    for _ in range(2):
        here.undo()
        assert here.note(A) == f"mine\n\n{LINE}\n\nyours"


def test_undo_goes_on_where_a_copy_took_the_place_of_the_library(
    here: Library, tmp_path: Path
) -> None:
    here.mark([A], note="one")
    here.mark([A], note="two")
    backup(here.path, tmp_path / "copy.db")
    with closing(Library.open(tmp_path / "copy.db", now=lambda: LATER)) as copy:
        for text in ("one", ""):
            copy.undo()
            assert copy.note(A) == text


def test_what_came_while_the_note_was_edited_is_kept_beside(here: Library, there: Library) -> None:
    here.mark([A], note="first")
    exchange(here, there)
    editing = here.note_to_edit(A)
    assert editing == Note("first", (f"{here.machine}:1",))
    there.mark([A], note="yours")
    here.merge(there.changes())
    here.mark([A], note="first and more", over=editing.versions)
    assert {"yours", "first and more"} <= set(here.note(A).splitlines())
    here.mark([A], note="all", over=here.note_to_edit(A).versions)
    assert here.note(A) == "all"


def test_versions_that_come_in_any_order_make_the_same_note(here: Library, there: Library) -> None:
    for text in ("one", "two", "three"):
        here.mark([A], note=text)
    last, first, middle = (list(here.changes())[index] for index in (2, 0, 1))
    there.merge([last])
    assert there.note(A) == "three"
    there.merge([first])
    there.merge([middle, last])
    assert there.note(A) == "three"
