from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.library import raw
from tui.library import Library, Mark, Undone

if TYPE_CHECKING:
    from pathlib import Path

A, B = "2608.00001", "2608.00002"


def test_undo_restores_each_field_and_names_the_step(library: Library) -> None:
    library.mark([A], read=True)
    library.mark([A, B], read=True, starred=True, label="all read")
    assert library.undo() == Undone("all read")
    assert library.marks([A, B]) == {A: Mark(read=True), B: Mark()}


def test_redo_does_it_again(library: Library) -> None:
    library.mark([A], read=True, label="first")
    library.mark([B], starred=True, label="second")
    library.undo()
    library.undo()
    assert library.redo() == Undone("first")
    assert library.redo() == Undone("second")
    assert library.redo() is None
    assert library.marks([A, B]) == {A: Mark(read=True), B: Mark(starred=True)}


def test_nothing_to_undo_or_redo_adds_nothing(library: Library, path: Path) -> None:
    assert library.undo() is None
    assert library.redo() is None
    assert raw.history(path) == [[], [], []]


def test_a_new_change_leaves_nothing_to_redo(library: Library) -> None:
    library.mark([A], read=True, label="old")
    library.undo()
    library.mark([B], read=True, label="new")
    assert library.redo() is None
    assert library.undo() == Undone("new")
    assert library.undo() is None


def test_a_change_of_nothing_keeps_what_can_be_redone(library: Library) -> None:
    library.mark([A], read=True, label="old")
    library.undo()
    library.mark([A], read=False)
    assert library.redo() == Undone("old")


def test_undo_goes_past_a_branch_that_was_left(library: Library) -> None:
    library.mark([A], read=True, label="kept")
    library.mark([A], starred=True, label="left")
    library.undo()
    library.mark([B], read=True, label="new")
    steps = [library.undo() for _ in range(3)]
    assert [step and step.label for step in steps] == ["new", "kept", None]
    steps = [library.redo() for _ in range(3)]
    assert [step and step.label for step in steps] == ["kept", "new", None]


@pytest.mark.torture
def test_a_thousand_steps_are_undone_and_redone_after_restarts(path: Path) -> None:
    papers = [f"2608.{number:05}" for number in range(1000)]
    with closing(Library.open(path)) as library:
        for paper in papers:
            library.mark([paper], read=True, label=paper)
    with closing(Library.open(path)) as library:
        undone = [library.undo() for _ in papers]
        assert undone == [Undone(paper) for paper in reversed(papers)]
        assert library.undo() is None
        assert set(library.marks(papers).values()) == {Mark()}
    with closing(Library.open(path)) as library:
        assert [library.redo() for _ in papers] == [Undone(paper) for paper in papers]
        assert library.redo() is None
        assert set(library.marks(papers).values()) == {Mark(read=True)}


def test_undo_takes_back_what_the_other_window_did_last(library: Library, path: Path) -> None:
    library.mark([A], read=True, label="here")
    with closing(Library.open(path)) as other:
        other.mark([A], starred=True, label="there")
    assert library.undo() == Undone("there")
    assert library.marks([A]) == {A: Mark(read=True)}


def test_undo_restores_the_recorded_value_over_a_later_one(library: Library, path: Path) -> None:
    library.mark([A], starred=True)
    library.mark([A], starred=False, read=True)
    raw.run(path, "UPDATE marks SET value = 1 WHERE field = 'starred'")
    library.undo()
    changes = raw.rows(path, "SELECT step, paper, field, was, value FROM changes ORDER BY id")
    assert changes[-1] == (3, A, "read", 1, 0)
    assert len(changes) == 4
    assert library.marks([A]) == {A: Mark(starred=True)}
    raw.run(path, "UPDATE marks SET value = 1 WHERE field = 'read'")
    library.undo()
    assert library.marks([A]) == {A: Mark(read=True)}


def test_what_comes_back_has_the_time_at_which_it_was_made(library: Library) -> None:
    library.mark([A], read=True, starred=True, note="one")
    library.mark([B], read=True)
    library.mark([A], note="two")
    before = library.read_times(), library.starred(), library.with_note()
    library.mark([A, B], read=False, starred=False, note="")
    for _ in range(2):
        library.undo()
        assert (library.read_times(), library.starred(), library.with_note()) == before
        library.redo()
        assert (library.read_times(), library.starred()) == ([], [])
    while library.undo():
        pass
    for _ in range(3):
        library.redo()
    assert (library.read_times(), library.starred(), library.with_note()) == before
    assert library.history(A)[-1].made_ms == library.history(A)[3].made_ms


def test_the_time_is_that_of_what_was_there_just_before(library: Library) -> None:
    library.mark([A], read=True)
    library.mark([A], read=False)
    library.mark([A], read=True)
    [latest] = library.read_times()
    library.mark([A], read=False)
    library.undo()
    assert library.read_times() == [latest]
    library.undo()
    library.undo()
    [first] = library.read_times()
    assert first < latest


def test_labels_are_kept_as_they_are(library: Library, path: Path) -> None:
    label = "read “[/]\x1b]0;x\x07 '; DROP TABLE steps; -- 𝔸”"
    library.mark([A], read=True, label=label)
    library.close()
    with closing(Library.open(path)) as again:
        assert again.undo() == Undone(label)
