"""The program as a user starts it, with a Hub whose newest day is really the newest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.generate import make_day
from tests.hubserver import HubServer
from tui.cache import Cache
from tui.cli import main
from tui.days import ONE_DAY, newest_open_day
from tui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.cache import Entry

PROGRAM: Final = str(Path(sys.executable).with_name("daily-papers"))
ENOUGH: Final = 30
"""Seconds within which any command ends."""
MARKS: Final = ["read", "starred", "tags", "note"]
"""What JSON says of the user's own, after what the Hub says."""
MANY: Final = 1000
"""More answers than any test has cached."""


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit code, its results and its words."""

    code: int
    out: str
    err: str


def run(*arguments: str, **options: Any) -> Outcome:
    """Run the installed program; ``options`` are those of subprocess.run."""
    outcome = subprocess.run(
        [PROGRAM, *arguments],
        **{
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "encoding": "utf-8",
            "timeout": ENOUGH,
            **options,
        },
    )
    return Outcome(outcome.returncode, outcome.stdout or "", outcome.stderr or "")


@dataclass(frozen=True)
class Command:
    """Runs commands in this process: as ``run``, at a tenth of the cost."""

    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> Outcome:
        self.capture.readouterr()
        code = main(arguments)
        out, err = self.capture.readouterr()
        return Outcome(code, out, err)


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture
def day() -> date:
    """The newest open day, or the Friday before where that is a weekend."""
    newest = newest_open_day(datetime.now(UTC))
    return newest - max(0, newest.weekday() - 4) * ONE_DAY


@pytest.fixture
def hub(day: date, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """The Hub that the environment names, with papers on ``day`` and on the day before."""
    days = {day: make_day(day, 6), day - ONE_DAY: make_day(day - ONE_DAY, 3)}
    with HubServer(days, today=newest_open_day(datetime.now(UTC))) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
        yield server


def ids(hub: HubServer, day: date) -> list[str]:
    """The ids of a day, as its list is ordered: most upvotes first."""
    items = sorted(hub.days[day], key=lambda item: -item["paper"]["upvotes"])
    return [item["paper"]["id"] for item in items]


def age(hours: float) -> None:
    """Let all cached answers look as if they had been fetched hours earlier."""
    earlier = timedelta(hours=hours)
    rewrite_cache(lambda _, entry: entry._replace(fetched=entry.fetched - earlier))


def rewrite_cache(change: Callable[[str, Entry], Entry | None]) -> None:
    """Put what ``change`` makes of it in the place of each cached answer; None drops it.

    The cache is begun anew: an answer on disk gives way to none that is older.
    """
    folder = Paths.of_user().cache
    with closing(Cache.open(folder)) as cache:
        entries = {key: cache.get(key) for key in cache.keys("", "~", 1, MANY)}
    changed = {key: change(key, entry) for key, entry in entries.items() if entry}
    assert changed
    shutil.rmtree(folder)
    with closing(Cache.open(folder)) as cache:
        stored = cache.put_all({key: entry for key, entry in changed.items() if entry})
        assert stored == frozenset()


def environment(**changes: str | None) -> dict[str, str]:
    """This process's environment with changes; None takes a variable away."""
    merged = {**os.environ, **changes}
    return {name: value for name, value in merged.items() if value is not None}
