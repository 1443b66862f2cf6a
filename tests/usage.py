"""What a running program has used so far, from Linux's ``/proc``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc")


def peak_mib(pid: int) -> float:
    """The most memory (MiB, resident) that the program has held so far.

    Raises OSError when it has ended.
    """
    status = (PROC / str(pid) / "status").read_text(encoding="utf-8")
    peak = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    if peak is None:
        raise ProcessLookupError(f"process {pid} has ended, and its memory is gone")
    return int(peak[1]) / 1024


def cpu_s(pid: int) -> float:
    """Processor time (seconds) of the program's living threads, its children left out."""
    tasks = (PROC / str(pid) / "task").glob("*/schedstat")
    return sum(int(task.read_text(encoding="ascii").split()[0]) for task in tasks) / 1e9
