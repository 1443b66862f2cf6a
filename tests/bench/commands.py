"""Commands that answer and end, timed from outside."""

from __future__ import annotations

import resource
import subprocess
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(argv: Sequence[str]) -> tuple[float, float]:
    """Seconds on the clock and of processor time; raises CalledProcessError when it fails."""
    cpu = _children_cpu_s()
    start = time.perf_counter()
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    elapsed = time.perf_counter() - start
    return elapsed, _children_cpu_s() - cpu


def _children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
