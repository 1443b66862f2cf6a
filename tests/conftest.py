"""Isolation for every test: home, environment, time zone, locale, logging and network."""

from __future__ import annotations

import gc
import itertools
import logging
import os
import re
import socket
import sys
import time
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, settings

from tests.generate import Item, make_days
from tests.hubserver import HubServer, RecordedDays
from tests.recordings import RECORDINGS, recorded_days
from tui.hub import retry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FIRST: Final = date(2026, 8, 10)
TODAY: Final = date(2026, 8, 21)
"""The first and the last day of the generated hub."""
RECORDED_TODAY: Final = date(2026, 8, 21)
UNLIMITED: Final = {"api": 1_000_000, "search": 1_000_000, "pages": 1_000_000}
FOREIGN: Final = re.compile(
    r"(HF|HUGGING_?FACE|XDG|TMUX|SSH|SSL|TEXTUAL|LC)_.*|TRANSFORMERS_OFFLINE|.*_PROXY|TMUX|STY|ZELLIJ"
    r"|DISPLAY|WAYLAND_DISPLAY|BROWSER|EDITOR|VISUAL|PAGER|NO_COLOR|FORCE_COLOR|CLICOLOR.*"
    r"|COLORTERM|COLUMNS|LINES|LANG|LANGUAGE|DO_NOT_TRACK|(?!DAILY_PAPERS_RECORDINGS)DAILY_PAPERS_.*",
    re.IGNORECASE,
)
"""Environment variables that would change what the program or the official client does."""
LOOPBACK: Final = re.compile(r"127\.\d+\.\d+\.\d+|::1|localhost")


# Else each worker would compile all tests, and each program that a test starts all of itself.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# How long an example takes says more about the machine than about the program.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")


def pytest_xdist_auto_num_workers() -> int:
    """Two workers more than there are cores: half of the time a test waits for others."""
    return (os.cpu_count() or 1) + 2


def pytest_report_header() -> str:
    """Say whether the recorded days take part."""
    days = recorded_days()
    return f"recordings: {len(days) or 'no'} days in {RECORDINGS}"


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An endless supply of names for empty home directories."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def home(_homes: Iterator[Path]) -> Iterator[Path]:
    """A home of its own and a clean environment, in UTC and C.UTF-8; for child processes too.

    Nobody is trusted there: reading whom this machine trusts takes longer than a request.
    """
    folder = next(_homes)
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for name in filter(FOREIGN.fullmatch, list(os.environ)):
            patch.delenv(name)
        values = {name: str(folder) for name in ("HOME", "USERPROFILE", "SSL_CERT_DIR")}
        locale = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        for name, value in (values | locale).items():
            patch.setenv(name, value)
        time.tzset()
        yield folder
    time.tzset()


@pytest.fixture(autouse=True)
def _garbage() -> Iterator[None]:
    """The program's entry stops the collection of garbage for its own run only."""
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    """Loggers end with the level and the handlers with which they began."""
    levels = {logger: (logger.level, logger.propagate) for logger in _loggers()}
    handlers = {logger: set(logger.handlers) for logger in _loggers()}
    yield
    for logger in _loggers():
        level, logger.propagate = levels.get(logger, (logging.NOTSET, True))
        logger.setLevel(level)
        for handler in set(logger.handlers) - handlers.get(logger, set()):
            logger.removeHandler(handler)
            handler.close()


def _loggers() -> list[logging.Logger]:
    known = logging.root.manager.loggerDict.values()
    return [logging.root, *(each for each in known if isinstance(each, logging.Logger))]


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections leave this process for loopback alone, and other names do not resolve."""
    monkeypatch.setattr(socket.socket, "connect", _guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex))
    resolve = socket.getaddrinfo

    def resolve_here(host: Any, *rest: Any, **options: Any) -> Any:
        if host is not None and not _is_here(host):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return resolve(host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve_here)


@pytest.fixture(autouse=True)
def _short_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests of this process are tried again without much delay."""
    monkeypatch.setattr(retry, "FIRST_DELAY", 0.001)


def _guarded(connect: Callable[[socket.socket, Any], Any]) -> Callable[[socket.socket, Any], Any]:
    def connect_here(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
            raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address)

    return connect_here


def _is_here(host: str | bytes) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    return LOOPBACK.fullmatch(name) is not None


@pytest.fixture(scope="session")
def generated_days() -> dict[date, list[Item]]:
    """The papers of two working weeks, to be read and never written to."""
    return make_days(FIRST, TODAY)


@pytest.fixture
def hub(generated_days: dict[date, list[Item]]) -> Iterator[HubServer]:
    """A Hub over two working weeks of generated papers; assign days, do not edit their lists."""
    with HubServer(generated_days, today=TODAY) as server:
        yield server


@pytest.fixture(scope="session")
def recorded_hub() -> Iterator[HubServer]:
    """A Hub over the recorded days without a rate limit, shared: read it, arm no faults."""
    if not recorded_days():
        pytest.skip(f"no recordings in {RECORDINGS}")
    days = RecordedDays(RECORDINGS)
    with HubServer(days, today=RECORDED_TODAY, quota=UNLIMITED) as server:
        yield server
