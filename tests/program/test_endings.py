"""However it ends, it ends soon, and the terminal is as it was."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Final

import pytest

from tests.program.user import PATIENCE_S, User, quits, shows

if TYPE_CHECKING:
    from pathlib import Path

SLOW_NAMES: Final = f"""
import socket, time
def getaddrinfo(*_, **__):
    time.sleep({2 * PATIENCE_S})
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
socket.getaddrinfo = getaddrinfo
"""
"""A name service that answers when nobody waits for it any more."""
ALTERNATE, NORMAL = b"\x1b[?1049h", b"\x1b[?1049l"
"""Go to the screen of full-screen programs, and back."""


def test_quitting_does_not_wait_for_a_name(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(SLOW_NAMES, encoding="utf-8")
    user = User("http://hub.example.test", env={"PYTHONPATH": str(tmp_path)})
    with user.starts() as terminal:
        shows(terminal, "looking for the latest day…")
        quits(terminal)


@pytest.mark.parametrize(
    "keys",
    [
        "e",
        pytest.param("", marks=pytest.mark.torture),
        pytest.param("3jk2jkD" * 20, marks=pytest.mark.torture),
    ],
    ids=["in a note", "idle", "busy"],
)
def test_it_ends_with_its_terminal(reader: User, keys: str) -> None:
    with reader.starts() as terminal:
        shows(terminal, "29 papers · 29 unread")
        terminal.press(keys)
        terminal.hang_up()
        assert terminal.wait_exit(PATIENCE_S) == 128 + signal.SIGHUP


@pytest.mark.parametrize("name", ["SIGTERM", pytest.param("SIGHUP", marks=pytest.mark.torture)])
def test_a_signal_ends_it_in_order(reader: User, name: str) -> None:
    number = signal.Signals[name]
    with reader.starts() as terminal:
        shows(terminal, "29 papers · 29 unread")
        os.kill(terminal.pid, number)
        assert terminal.wait_exit(PATIENCE_S) == 128 + number
        assert b"Traceback" not in terminal.raw
        assert terminal.raw.rindex(NORMAL) > terminal.raw.rindex(ALTERNATE)


def test_it_is_painted_anew_when_a_shell_brings_it_back(reader: User) -> None:
    with reader.starts() as terminal:
        shows(terminal, "29 papers · 29 unread")
        words = [line.split()[-1] for line in terminal.screen[2:10]]
        for _ in range(3):
            terminal.stop()
            came = terminal.raw.count(ALTERNATE) + 1
            assert terminal.raw.count(NORMAL) == came - 1
            os.kill(terminal.pid, signal.SIGCONT)

            def is_painted(_: str, came: int = came) -> bool:
                *before, after = terminal.raw.split(ALTERNATE)
                return len(before) == came and all(word.encode() in after for word in words)

            terminal.wait_for(is_painted)
