from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.library import raw
from tui.library import Event, Library, Mark, ReadPaper, Starred, Totals, Undone

if TYPE_CHECKING:
    from pathlib import Path

A, B, C = "2608.00001", "2608.00002", "2608.00003"


def at(second: int) -> int:
    """The time of the clock's look number ``second``, in milliseconds."""
    return int(datetime(2026, 8, 21, 9, 30, second, tzinfo=UTC).timestamp() * 1000)


def test_a_mark_names_its_tags_in_order(library: Library) -> None:
    library.mark([A, B], tags={"to teach": True, "Ünïcode/🎓": True, "a": True})
    library.mark([B], tags={"a": False, "never there": False})
    assert library.marks([A, B, C]) == {
        A: Mark(tags=("a", "to teach", "Ünïcode/🎓")),
        B: Mark(tags=("to teach", "Ünïcode/🎓")),
        C: Mark(),
    }


def test_tags_in_use_come_most_used_first(library: Library) -> None:
    library.mark([A, B, C], tags={"often": True})
    library.mark([A], tags={"b": True, "a": True, "dropped": True})
    library.mark([A], tags={"dropped": False})
    assert library.tags() == [("often", 3), ("a", 1), ("b", 1)]


def test_papers_with_a_tag_come_latest_first(library: Library) -> None:
    library.mark([A], tags={"x": True})
    library.mark([B, C], tags={"x": True, "xy": True})
    library.mark([A], tags={"y": True})
    assert library.with_tag("x") == [B, C, A]
    assert library.with_tag("y") == [A]


def test_one_action_is_one_step_whatever_it_changes(library: Library) -> None:
    library.mark([A], read=True, starred=True, tags={"x": True}, note="n", label="all")
    assert library.marks([A]) == {A: Mark(True, True, True, ("x",))}
    assert library.undo() == Undone("all")
    assert library.marks([A]) == {A: Mark()}
    assert library.redo() == Undone("all")
    assert library.marks([A]) == {A: Mark(True, True, True, ("x",))}


@pytest.mark.parametrize("tag", ["", "\0", "\ud800", "x" * 200])
def test_what_cannot_be_a_tag_is_refused(library: Library, path: Path, tag: str) -> None:
    with pytest.raises(ValueError, match="tag"):
        library.mark([A], tags={tag: True})
    assert raw.history(path) == [[], [], []]


def test_a_tag_without_a_name_that_is_here_already_is_passed_over(
    library: Library, path: Path
) -> None:
    raw.run(
        path,
        "INSERT INTO changes (machine, number, clock, made_ms, paper, field, value, parents) "
        f"VALUES ('00000000000000ff', 1, 1, 1, '{A}', 'tag:', 1, '')",
    )
    library.rebuild()
    assert raw.marks(path) == {(A, "tag:", 1)}
    assert library.marks([A]) == {A: Mark()}
    assert (library.tags(), library.totals().tagged) == ([], 0)
    assert (library.history(A), list(library.changes())) == ([], [])
    library.mark([A], tags={"x": True})
    assert library.marks([A]) == {A: Mark(tags=("x",))}


def test_what_cannot_be_stored_is_refused(library: Library, path: Path) -> None:
    with pytest.raises(ValueError, match="id"):
        library.mark([A, ""], read=True)
    with pytest.raises(ValueError, match="note in UTF-8"):
        library.mark([A], note="\udc80")
    with pytest.raises(ValueError, match="note of at most 1,000,000 characters"):
        library.mark([A], note="x" * 1_000_001)
    with pytest.raises(ValueError, match="metadata"):
        library.mark([A], starred=True, kept={A: "x" * 5_000_000})
    assert raw.history(path) == [[], [], []]


def test_a_starred_paper_is_kept_and_the_newest_star_comes_first(library: Library) -> None:
    library.mark([A], starred=True, kept={A: '{"title": "One"}', B: "unasked"})
    library.mark([B, C], starred=True, kept={B: '{"title": "Two"}'})
    assert library.starred() == [
        Starred(B, at(2), '{"title": "Two"}'),
        Starred(C, at(2), None),
        Starred(A, at(1), '{"title": "One"}'),
    ]


def test_a_star_that_is_taken_off_and_put_back_has_its_paper(library: Library) -> None:
    library.mark([A], starred=True, kept={A: "first"})
    library.mark([A], starred=False)
    assert library.starred() == []
    library.undo()
    assert library.starred() == [Starred(A, at(1), "first")]
    library.mark([A], starred=False)
    library.mark([A], starred=True, kept={A: "second"})
    assert library.starred() == [Starred(A, at(5), "second")]


def test_the_same_metadata_is_stored_once(library: Library, path: Path) -> None:
    for starred in (True, False, True):
        library.mark([A], starred=starred, kept={A: "same"})
    assert raw.rows(path, "SELECT json FROM kept") == [("same",)]


def test_metadata_can_come_after_the_star(library: Library) -> None:
    library.mark([A, B], starred=True, kept={B: "there"}, label="stars")
    assert library.bare_stars() == [A]
    assert library.keep({A: "late", B: "ignored", C: "not starred"}) == 1
    assert library.keep({A: "again"}) == 0
    assert {each.paper: each.kept for each in library.starred()} == {A: "late", B: "there"}
    assert library.undo() == Undone("stars")
    assert {event.field for event in library.history(A)} == {"starred"}


def test_history_tells_what_was_done_when(library: Library) -> None:
    library.mark([A], read=True)
    library.mark([A, B], note="text", tags={"x": True})
    library.undo()
    assert library.history(A) == [
        Event(at(1), "read", True),
        Event(at(2), "tag:x", True),
        Event(at(2), "note", "text"),
        Event(at(3), "tag:x", False),
        Event(at(3), "note", ""),
    ]
    assert library.history(C) == []


def test_every_paper_that_is_read_has_the_time_of_it(library: Library) -> None:
    library.mark([A, B], read=True)
    library.mark([C], read=True)
    library.mark([B], read=False)
    assert library.read_times() == [at(1), at(2)]
    assert library.read_times(at(2)) == [at(2)]


def test_what_was_read_within_a_time(library: Library) -> None:
    library.mark([A], read=True, starred=True, kept={A: '{"id":"a"}'})
    library.mark([B, C], read=True)
    library.mark(["2608.00004"], starred=True)
    library.mark([C], read=False)
    assert library.read_within(at(1), at(3), 9) == [
        ReadPaper(B, at(2), None), ReadPaper(A, at(1), '{"id":"a"}')
    ]  # fmt: skip
    assert library.read_within(at(1), at(2), 9) == [ReadPaper(A, at(1), '{"id":"a"}')]
    assert library.read_within(at(1), at(9), 1) == [ReadPaper(B, at(2), None)]
    assert library.read_within(at(3), at(9), 9) == []


def test_totals_count_papers(library: Library) -> None:
    library.mark([A, B, C], read=True)
    library.mark([A], read=False, starred=True, note="n", tags={"x": True, "y": True})
    library.mark([B], tags={"x": True})
    assert library.totals() == Totals(read=2, starred=1, noted=1, tagged=2)


def test_a_version_tells_that_another_window_changed_something(
    library: Library, path: Path
) -> None:
    before = library.version()
    library.mark([A], read=True)
    assert library.version() == before
    with closing(Library.open(path)) as other:
        assert library.version() == before
        other.mark([A], starred=True)
        assert library.version() != before


def test_each_of_many_stars_has_its_own_paper(library: Library) -> None:
    papers = [f"2608.{number:05}" for number in range(600)]
    library.mark(papers, starred=True, kept={paper: paper for paper in papers[::2]})
    found = {star.paper: star.kept for star in library.starred()}
    assert found == {paper: paper if paper in papers[::2] else None for paper in papers}
