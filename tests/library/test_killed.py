"""What was acknowledged is there after kill -9, at whatever instant it comes."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.library import raw
from tui.library import Library, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
MOST_CHANGES = 400
"""Enough to reach past a checkpoint of the log."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 on Windows")


def start_writer(path: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.library.writer", str(path), *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)


def acknowledged(writer: subprocess.Popen[bytes], changes: int) -> list[str]:
    """Kill the writer some time after ``changes`` lines; return every whole line it wrote."""
    assert writer.stdout is not None
    lines = [writer.stdout.readline() for _ in range(changes)]
    writer.kill()
    lines += writer.stdout.readlines()
    assert writer.wait() == -signal.SIGKILL
    return [line.decode().strip() for line in lines if line.endswith(b"\n")]


def killed_writers(path: Path, names: Iterable[str], most: int = MOST_CHANGES) -> list[str]:
    """Run writers at the same time, kill each at a random instant; what they acknowledged.

    They live for up to ``most`` changes.
    """
    papers: list[str] = []
    with ExitStack() as stack:
        writers = [stack.enter_context(start_writer(path, name)) for name in names]
        for writer in writers:
            papers += acknowledged(writer, random.randrange(1, most))
    return papers


def assert_kept(path: Path, papers: list[str]) -> None:
    """Everything done to each paper is there, and the file is sound."""
    with closing(Library.open(path)) as library:
        assert library.writable
        assert library.marks(papers) == dict.fromkeys(papers, Mark(True, True, True, ("x",)))
        assert library.notes(papers) == {paper: paper for paper in papers}
        assert set(papers) <= {star.paper for star in library.starred() if star.kept == star.paper}
        assert raw.rows(path, "PRAGMA integrity_check") == [("ok",)]
        assert raw.marks(path) == raw.replayed(path)


@pytest.mark.parametrize(
    "run", [0, *(pytest.param(run, marks=pytest.mark.torture) for run in range(1, 5))]
)
def test_a_killed_program_loses_nothing(path: Path, run: int) -> None:
    papers = killed_writers(path, ["a"])
    assert papers
    assert_kept(path, papers)
    with closing(Library.open(path)) as library:
        last = library.undo()
        assert last is not None
        assert int(last.label.removeprefix("a.")) >= len(papers) - 1
        assert library.redo() == last


def test_two_killed_windows_lose_nothing(path: Path) -> None:
    papers = killed_writers(path, ["a", "b"], 100)
    assert {paper[0] for paper in papers} == {"a", "b"}
    assert_kept(path, papers)
