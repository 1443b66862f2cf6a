from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.library import raw
from tui.library import Library, LibraryError, Mark

if TYPE_CHECKING:
    from pathlib import Path

A, B, C = "2608.00001", "2608.00002", "2608.00003"


def test_a_paper_that_nothing_was_done_to_is_unread_and_unstarred(library: Library) -> None:
    assert library.marks([A]) == {A: Mark(read=False, starred=False)}


def test_marks_hold_every_paper_asked_for_and_no_other(library: Library) -> None:
    library.mark([A, B], read=True)
    library.mark([B], starred=True)
    assert library.marks([C, B, B]) == {C: Mark(), B: Mark(read=True, starred=True)}
    assert library.marks([]) == {}


def test_read_and_starred_do_not_touch_each_other(library: Library) -> None:
    library.mark([A], read=True, starred=True)
    library.mark([A], read=False)
    assert library.marks([A]) == {A: Mark(read=False, starred=True)}


def test_mark_counts_the_papers_that_really_change(library: Library) -> None:
    assert library.mark([A], read=True) == 1
    assert library.mark([A, B, B], read=True, starred=True) == 2
    assert library.mark([A, B], read=True) == 0


def test_what_changes_nothing_leaves_no_trace(library: Library, path: Path) -> None:
    library.mark([A], read=True)
    before = raw.history(path)
    assert library.mark([A], read=True) == 0
    assert library.mark([A]) == 0
    assert library.mark([], starred=True) == 0
    assert library.mark([B], starred=False) == 0
    assert raw.history(path) == before


def test_marks_outlive_the_program(library: Library, path: Path) -> None:
    library.mark([A], starred=True)
    library.close()
    with closing(Library.open(path)) as again:
        assert again.marks([A]) == {A: Mark(starred=True)}


def test_a_thousand_papers_are_one_step_and_one_question(library: Library) -> None:
    papers = [f"2608.{number:05}" for number in range(1000)]
    assert library.mark(papers, read=True) == 1000
    assert set(library.marks(papers).values()) == {Mark(read=True)}
    library.undo()
    assert set(library.marks(papers).values()) == {Mark()}


def test_a_step_is_dated_in_utc_milliseconds(library: Library, path: Path) -> None:
    library.mark([A], read=True)
    made = datetime(2026, 8, 21, 9, 30, 1, tzinfo=UTC)
    assert raw.rows(path, "SELECT made_ms FROM steps") == [(made.timestamp() * 1000,)]


def test_a_second_thread_waits_until_the_first_has_changed_all(path: Path) -> None:
    changed: list[int] = []

    def star() -> None:
        changed.append(library.mark([A], starred=True))

    intruder = Thread(target=star)

    def now() -> datetime:
        if intruder.ident is None:
            intruder.start()
            intruder.join(0.05)
        return datetime.now(UTC)

    with closing(Library.open(path, now=now)) as library:
        changed.append(library.mark([A], read=True))
        intruder.join()
        assert changed == [1, 1]
        assert library.marks([A]) == {A: Mark(read=True, starred=True)}
        library.undo()
        assert library.marks([A]) == {A: Mark(read=True)}


def test_a_closed_library_says_so_in_the_family(library: Library) -> None:
    library.close()
    library.close()
    with pytest.raises(LibraryError, match="closed"):
        library.marks([A])
    with pytest.raises(LibraryError, match="closed"):
        library.mark([A], read=True)
