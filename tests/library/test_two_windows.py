from __future__ import annotations

import sqlite3
from contextlib import closing
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from tui.library import Library, LibraryBusy, Mark, Undone, files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

A, B = "2608.00001", "2608.00002"


@pytest.fixture
def other(library: Library, path: Path) -> Iterator[Library]:
    with closing(Library.open(path)) as other:
        yield other


@pytest.fixture
def hasty(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """A library that hardly waits for others."""
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.02)
    with closing(Library.open(path)) as library:
        yield library


def test_each_window_sees_what_the_other_did(library: Library, other: Library) -> None:
    library.mark([A], read=True)
    assert other.marks([A]) == {A: Mark(read=True)}
    other.mark([A], starred=True)
    assert library.marks([A]) == {A: Mark(read=True, starred=True)}


def test_a_change_the_other_window_made_already_is_none(library: Library, other: Library) -> None:
    library.mark([A], read=True)
    assert other.mark([A], read=True) == 0


def test_a_change_in_one_window_drops_what_the_other_could_redo(
    library: Library, other: Library
) -> None:
    library.mark([A], read=True, label="here")
    library.undo()
    other.mark([B], read=True, label="there")
    assert library.redo() is None
    assert library.undo() == Undone("there")


def test_windows_that_write_at_the_same_time_wait_for_each_other(
    library: Library, other: Library
) -> None:
    changed: list[int] = []

    def write(window: Library, papers: list[str]) -> None:
        changed.extend(window.mark([paper], read=True) for paper in papers)

    papers = [f"2608.{number:05}" for number in range(400)]
    threads = [
        Thread(target=write, args=(library, papers[::2])),
        Thread(target=write, args=(other, papers[1::2])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert changed == [1] * 400
    assert set(library.marks(papers).values()) == {Mark(read=True)}


def test_closing_one_window_leaves_the_other_at_work(library: Library, other: Library) -> None:
    other.close()
    library.mark([A], read=True)
    assert library.marks([A]) == {A: Mark(read=True)}


def test_a_window_that_holds_the_file_too_long_is_waited_for_in_vain(
    hasty: Library, path: Path
) -> None:
    hasty.mark([A], read=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        for change in (lambda: hasty.mark([B], read=True), hasty.undo):
            with pytest.raises(LibraryBusy):
                change()
        assert hasty.marks([A, B]) == {A: Mark(read=True), B: Mark()}
        with closing(Library.open(path)) as opened_meanwhile:
            assert opened_meanwhile.marks([A]) == {A: Mark(read=True)}
        holder.execute("ROLLBACK")
    assert hasty.mark([B], read=True) == 1


def test_marks_answer_while_a_change_waits_for_another_window(library: Library, path: Path) -> None:
    library.mark([A], read=True)
    changed: list[int] = []
    about_to_wait = Event()
    library._writer.set_trace_callback(lambda _statement: about_to_wait.set())
    waiting = Thread(target=lambda: changed.append(library.mark([B], read=True)))
    version = library.version()
    about_to_wait.clear()
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        waiting.start()
        assert about_to_wait.wait(timeout=10)
        assert library.version() == version
        assert library.marks([A, B]) == {A: Mark(read=True), B: Mark()}
        holder.execute("ROLLBACK")
    waiting.join()
    assert changed == [1]
    assert library.marks([B]) == {B: Mark(read=True)}
