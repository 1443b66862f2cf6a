"""kill -9 again and again, with one writer and with two, on a full disk and on one that refuses.

``DAILY_PAPERS_TORTURE`` is the number of runs; each kind of trouble gets its part of them.
"""

from __future__ import annotations

import math
import os
import random
import signal
import sys
from contextlib import closing, nullcontext, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import pytest

from tests.library.obstacles import fill, frozen, small_disk
from tests.library.test_killed import assert_kept, killed_writers, start_writer
from tui.library import Library, LibraryUnwritable

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

RUNS: Final = int(os.environ.get("DAILY_PAPERS_TORTURE", "100"))
RUNS_OF_ONE: Final = 5
"""Kills that one library goes through."""
MOST_CHANGES: Final = 40
MOST_REFUSALS: Final = 20
SMALL_FILE: Final = 300_000
"""Bytes at which no file grows any more; reached within the first changes."""
REASONS: Final = {
    "the disk is full", "the disk reports an error", "the data directory cannot be written",
}  # fmt: skip

pytestmark = [
    pytest.mark.torture,
    pytest.mark.timeout(300 + 2 * RUNS),
    pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 on Windows"),
]


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A directory of our own: pytest stumbles in later runs over one that a kill left frozen."""
    with TemporaryDirectory() as directory:
        yield Path(directory).resolve()


class Told:
    """What a writer acknowledged and why it was refused the rest."""

    def __init__(self, writer: subprocess.Popen[bytes]) -> None:
        assert writer.stdout is not None
        self.writer = writer
        self.output = writer.stdout
        self.papers: list[str] = []
        self.reasons: list[str] = []

    def until(self, papers: float = math.inf, refusals: int = 1) -> None:
        """Read on until there are so many lines of one kind or the other."""
        while len(self.papers) < papers and len(self.reasons) < refusals:
            line = self.output.readline()
            assert line, "the writer has ended"
            self._take(line)

    def kill(self) -> None:
        """Kill the writer, and take the whole lines that were still on their way."""
        self.writer.kill()
        for line in self.output.readlines():
            if line.endswith(b"\n"):
                self._take(line)
        assert self.writer.wait() == -signal.SIGKILL

    def _take(self, line: bytes) -> None:
        text = line.decode().strip()
        if text.startswith("! "):
            self.reasons.append(text.removeprefix("! "))
        else:
            self.papers.append(text)


def assert_readable(path: Path, papers: list[str]) -> None:
    """While the trouble lasts every acknowledged change is shown, or it is said that some may
    not be."""
    with closing(Library.open(path)) as library:
        assert library.writable or library.trouble in REASONS or not library.current
        if library.current:
            assert all(mark.starred for mark in library.marks(papers).values())
    with closing(Library.open(path)) as library, suppress(LibraryUnwritable):
        library.mark(["another"], read=True)


def test_kill_after_kill_loses_nothing(path: Path) -> None:
    papers: list[str] = []
    for run in range(RUNS):
        if run % RUNS_OF_ONE == 0:
            path, papers = path.with_name(f"{run}.db"), []
        papers += killed_writers(path, [f"{run}a", f"{run}b"][: 1 + run % 2], MOST_CHANGES)
        assert_kept(path, papers)


@pytest.mark.parametrize("run", range(-(-RUNS // 10)))
def test_a_full_disk(path: Path, run: int) -> None:
    """The disk fills up while it is written to, and has room again later."""
    path.parent.mkdir()
    with small_disk(path.parent, "6m"):
        with start_writer(path, "a") as writer:
            told = Told(writer)
            told.until(papers=random.randrange(1, MOST_CHANGES))
            filler = fill(path.parent)
            told.until(refusals=random.randrange(1, MOST_REFUSALS))
            told.kill()
        assert set(told.reasons) == {"the disk is full"}
        assert_readable(path, told.papers)
        filler.unlink()
        assert_kept(path, told.papers)


@pytest.mark.parametrize("run", range(-(-RUNS // 10)))
def test_a_file_that_cannot_grow(path: Path, run: int) -> None:
    with start_writer(path, "a", str(SMALL_FILE)) as writer:
        told = Told(writer)
        told.until(refusals=random.randrange(1, MOST_REFUSALS))
        told.kill()
    assert set(told.reasons) <= REASONS
    assert_kept(path, told.papers)


@pytest.mark.parametrize("run", range(-(-RUNS // 10)))
def test_a_folder_that_turns_read_only(path: Path, run: int) -> None:
    """The folder, and every other time the log as well, while two windows write."""
    log = path.with_name(f"{path.name}-wal")
    with start_writer(path, "a") as one, start_writer(path, "b") as other:
        both = [Told(one), Told(other)]
        for told in both:
            told.until(papers=random.randrange(1, MOST_CHANGES))
        with frozen(path.parent), frozen(log) if run % 2 else nullcontext():
            for told in both:
                told.until(papers=len(told.papers) + 1)
            for told in both:
                told.kill()
            papers = [paper for told in both for paper in told.papers]
            assert_readable(path, papers)
    assert {reason for told in both for reason in told.reasons} <= REASONS
    assert_kept(path, papers)
