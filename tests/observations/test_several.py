"""Several threads, windows and processes at the same file."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import TYPE_CHECKING, Final

import pytest

from tests.observations import HOUR, MINUTE, NOW, A, B, paper, papers, unseen
from tui.observations import Observations, database
from tui.papers import Gain

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]


@pytest.fixture
def hasty(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Observations]:
    """Observations that hardly wait for another process."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.02)
    with closing(Observations.open(path)) as opened:
        yield opened


def start_writer(path: Path, name: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.observations.writer", str(path), name, "100"]
    return subprocess.Popen(command, cwd=ROOT)


def check(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        return str(verdict)


def test_each_window_knows_what_the_other_saw(observations: Observations, path: Path) -> None:
    with closing(Observations.open(path)) as other:
        other.look([paper(3)], NOW)
        assert observations.gains([paper(5)], NOW + HOUR) == {A: Gain(2)}
        observations.look([paper(5)], NOW + HOUR)
        assert other.gains([paper(5)], NOW + HOUR + MINUTE) == {A: Gain(2)}
    observations.look([paper(name=B)], NOW)
    assert unseen(observations, [paper(name=B)]) == set()


def test_processes_write_at_the_same_time(observations: Observations, path: Path) -> None:
    with start_writer(path, "a") as one, start_writer(path, "b") as two:
        pass
    assert (one.returncode, two.returncode) == (0, 0)
    names = [f"{name}.{number}" for name in "ab" for number in range(100)]
    assert unseen(observations, [paper(name=name) for name in names]) == set()
    assert observations.rates(names) == dict.fromkeys(names, 2)
    assert check(path) == "ok"


def test_windows_make_the_file_at_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 10)
    at_once = Barrier(4)

    def work(path: Path, number: int) -> None:
        at_once.wait(timeout=10)
        with closing(Observations.open(path)) as opened:
            opened.look([paper(name=f"{number}")], NOW)

    for attempt in range(10):
        path = tmp_path / f"{attempt}.db"
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(work, [path] * 4, range(4)))
        with closing(Observations.open(path)) as opened:
            assert unseen(opened, [paper(name=f"{number}") for number in range(4)]) == set()
    assert not caplog.records


@pytest.mark.parametrize("usable", [True, False])
def test_threads_share_one_window(usable: bool, path: Path) -> None:
    if not usable:
        path.mkdir(parents=True)
    observations = Observations.open(path)

    def work(number: int) -> None:
        mine = [paper(number, name=f"{number}.{each}") for each in range(20)]
        observations.look(mine, NOW)
        observations.record(mine, NOW)
        observations.record([each._replace(upvotes=number + 3) for each in mine], NOW + HOUR)
        assert unseen(observations, mine) == set()
        assert set(observations.rates([each.id for each in mine]).values()) == {3}
        more = [each._replace(upvotes=number + 1) for each in mine]
        assert set(observations.gains(more, NOW + HOUR).values()) == {Gain(1)}

    with closing(observations), ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(40)))


def test_closing_while_threads_are_at_work_is_no_trouble(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    observations = Observations.open(path)
    begun = Event()

    def work(number: int) -> None:
        for _ in range(50):
            observations.look(papers(20), NOW)
            observations.record(papers(20, number), NOW)
            observations.gains(papers(20, 1), NOW)
            unseen(observations, papers(20))
            observations.rates([A])
            begun.set()

    with ThreadPoolExecutor(4) as threads:
        done = threads.map(work, range(4))
        assert begun.wait(timeout=10)
        observations.close()
        list(done)
    assert not caplog.records
    assert check(path) == "ok"


def test_once_closed_nothing_is_known_and_nothing_is_kept(path: Path) -> None:
    observations = Observations.open(path)
    observations.look([paper(3)], NOW)
    for _ in range(2):
        observations.close()
        observations.look([paper(name=B)], NOW)
        observations.record([paper()], NOW)
        assert observations.gains([paper(5)], NOW + HOUR) == {}
        assert unseen(observations, [paper(name=B)]) == set()
        assert observations.rates([A]) == {}
    with closing(Observations.open(path)) as again:
        assert unseen(again, [paper(), paper(name=B)]) == {B}


def test_a_write_that_another_process_keeps_out_is_dropped_and_logged_once(
    hasty: Observations, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    hasty.look([paper(3)], NOW)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            hasty.look([paper(5), paper(name=B)], NOW + HOUR)
            hasty.record([paper(5)], NOW)
        assert hasty.gains([paper(5)], NOW + HOUR) == {A: Gain(2)}
        assert unseen(hasty, [paper(name=B)]) == {B}
        holder.execute("ROLLBACK")
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    hasty.look([paper(name=B)], NOW)
    assert unseen(hasty, [paper(name=B)]) == set()


def test_gains_do_not_wait_for_a_write_that_waits(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 5)
    about_to_wait = Event()
    with (
        closing(Observations.open(path)) as observations,
        closing(sqlite3.connect(path, isolation_level=None)) as holder,
    ):
        observations.look([paper(3)], NOW)
        assert observations._database is not None
        writer = observations._database.writer.connection
        writer.set_trace_callback(lambda _statement: about_to_wait.set())
        waiting = Thread(target=observations.look, args=([paper(name=B)], NOW))
        holder.execute("BEGIN IMMEDIATE")
        waiting.start()
        assert about_to_wait.wait(timeout=10)
        assert observations.gains([paper(5)], NOW + HOUR) == {A: Gain(2)}
        holder.execute("ROLLBACK")
        waiting.join()
        assert unseen(observations, [paper(name=B)]) == set()


def test_a_file_that_another_process_holds_from_the_start_is_done_without(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.02)
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with closing(Observations.open(path)) as observations:
            observations.look([paper(3)], NOW)
            assert observations.gains([paper(5)], NOW + HOUR) == {A: Gain(2)}
