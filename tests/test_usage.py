"""What running programs use, measured on programs that use a known amount."""

from __future__ import annotations

import sys
from typing import Final

import pytest

from tests.terminal import Terminal
from tests.usage import cpu_s, peak_mib

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

WAITS: Final = "import os; print('ready', end='', flush=True); os.read(0, 1)"


def program(before: str = "") -> list[str]:
    """Does something, says that it is ready and waits."""
    return [sys.executable, "-I", "-c", f"{before}\n{WAITS}"]


def test_peak_memory_is_the_programs_own_and_outlives_its_release() -> None:
    greedy = program("held = b'x' * 50 * 2**20; del held")
    with Terminal(program()) as small, Terminal(greedy) as large:
        small.wait_for("ready")
        large.wait_for("ready")
        assert 40 < peak_mib(large.pid) - peak_mib(small.pid) < 60


def test_processor_time_is_that_of_all_threads() -> None:
    busy = """
import threading, time
turn, done = threading.Event(), threading.Event()
def burn():
    while time.thread_time() < 0.2: pass
    done.set(); turn.wait()
threading.Thread(target=burn, daemon=True).start(); done.wait()
"""
    with Terminal(program()) as idle, Terminal(program(busy)) as spinning:
        idle.wait_for("ready")
        spinning.wait_for("ready")
        assert cpu_s(spinning.pid) - cpu_s(idle.pid) > 0.1
        before = cpu_s(spinning.pid)
        spinning.settle()
        assert cpu_s(spinning.pid) - before < 0.05


def test_an_ended_program_has_no_memory() -> None:
    with Terminal(program("raise SystemExit")) as terminal:
        pid = terminal.pid
        terminal.wait_exit()
        with pytest.raises(OSError, match=str(pid)):
            peak_mib(pid)
