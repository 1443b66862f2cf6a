"""Tests touch neither the user's files and settings nor any network beyond loopback."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest


def test_home_is_empty_and_not_the_users(home: Path) -> None:
    assert Path.home() == home
    assert list(home.iterdir()) == []


def test_environment_says_nothing_about_the_user() -> None:
    foreign = ("HF_", "XDG_", "TMUX", "SSH_", "DISPLAY", "NO_COLOR", "TEXTUAL")
    assert [name for name in os.environ if name.startswith(foreign)] == []


def test_child_processes_are_in_utc_and_utf8() -> None:
    script = "import sys, time; print(time.tzname[0], sys.getfilesystemencoding())"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert result.stdout.split() == [b"UTC", b"utf-8"]
    assert time.tzname[0] == "UTC"


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_connections_leave_for_loopback_alone(method: str) -> None:
    with socket.socket() as outgoing, pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        getattr(outgoing, method)(("192.0.2.1", 80))


def test_foreign_names_do_not_resolve() -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("huggingface.co", 443)


@pytest.mark.parametrize("turn", [1, 2])
def test_loggers_are_as_new(turn: int) -> None:
    logger = logging.getLogger("tests.isolation")
    assert (logger.level, logger.handlers) == (logging.NOTSET, []), turn
    logger.setLevel(logging.DEBUG)
    logger.addHandler(logging.NullHandler())
