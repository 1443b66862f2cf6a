"""A library as large as a reader's of many years: what each use of it costs, without a screen."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from contextlib import closing
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from tui.library import Change, Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.bench.session import Samples

T = TypeVar("T")

PAPERS: Final = 100_000
CHANGES: Final = 500_000
LISTED: Final = 1_000
FOREIGN: Final = 10_000
MARKS: Final = 50
"""Marks, and as many undone, in each round."""
BEAT_S: Final = 0.001
BATCH: Final = 10_000


def make(path: Path) -> None:
    """Write the library: five changes of each paper, in steps of ten thousand papers."""
    with closing(Library.open(path)) as library:
        for batch in _batches():
            library.mark(batch, read=True, starred=True, tags={"a": True})
            library.mark(batch, read=False)
            library.mark(batch, read=True)
        made = len(list(library.changes()))
    if made != CHANGES:
        raise AssertionError(f"{made} changes in place of {CHANGES}")


def measure(path: Path, number: int) -> Samples:
    """One round, the ``number``-th: nothing that it marks was marked before."""
    samples: Samples = defaultdict(list)
    with closing(_timed(samples, "library open", lambda: Library.open(path))) as library:
        listed = [f"2608.{paper:06}" for paper in range(number, PAPERS, PAPERS // LISTED)]
        _timed(samples, "library marks", lambda: library.marks(listed))
        asyncio.run(_mark(library, samples, f"full {number}"))
        for _ in range(MARKS):
            _timed(samples, "library undo", library.undo)
        library._writer.execute("PRAGMA synchronous = NORMAL")  # what the program does not choose
        for paper in range(MARKS):
            mark = partial(library.mark, [f"normal {number} {paper}"], read=True)
            _timed(samples, "library normal", mark)
        library._writer.execute("PRAGMA synchronous = FULL")
        asyncio.run(_merge(library, samples, number))
    return samples


async def _mark(library: Library, samples: Samples, prefix: str) -> None:
    """As the screen does it: in a thread, while the event loop goes on."""
    for paper in range(MARKS):
        start, cpu = time.perf_counter(), time.thread_time()
        await asyncio.to_thread(library.mark, [f"{prefix} {paper}"], read=True)
        samples["library loop"].append(time.thread_time() - cpu)
        samples["library mark"].append(time.perf_counter() - start)


async def _merge(library: Library, samples: Samples, number: int) -> None:
    """Merge in a thread, and see how late the event loop comes to what is due every moment."""
    changes = list(islice(_foreign(number), FOREIGN))
    start = time.perf_counter()
    merging = asyncio.create_task(asyncio.to_thread(library.merge, changes))
    stalls = []
    while not merging.done():
        before = time.perf_counter()
        await asyncio.sleep(BEAT_S)
        stalls.append(time.perf_counter() - before - BEAT_S)
    samples["library merge"].append(time.perf_counter() - start)
    samples["library stall"].append(max(stalls))
    if merging.result() != FOREIGN:
        raise AssertionError(f"{merging.result()} changes were merged in place of {FOREIGN}")


def _foreign(number: int) -> Iterator[Change]:
    """What another machine has done to papers of this one."""
    now_ms = int(time.time() * 1000)
    for index in range(FOREIGN):
        paper = f"2608.{(number * FOREIGN + index) % PAPERS:06}"
        yield Change(f"{number:016x}", index + 1, (now_ms << 16) + index, now_ms, paper, "read",
                     value=False)  # fmt: skip


def _batches() -> Iterator[list[str]]:
    for first in range(0, PAPERS, BATCH):
        yield [f"2608.{paper:06}" for paper in range(first, first + BATCH)]


def _timed(samples: Samples, name: str, work: Callable[[], T]) -> T:
    start = time.perf_counter()
    result = work()
    samples[name].append(time.perf_counter() - start)
    return result
