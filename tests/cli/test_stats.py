"""``daily-papers library stats``."""

from __future__ import annotations

import json
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
import time_machine

from tests.cli.conftest import Outcome
from tui.cli.exits import Exit
from tui.library import Library
from tui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Command

NOW: Final = datetime(2026, 8, 21, 15, 0, tzinfo=UTC)
"""A Friday."""


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def read(days_ago: int, *papers: str) -> None:
    """Mark papers read so many days ago."""
    now = NOW - timedelta(days=days_ago)
    with closing(Library.open(Paths.of_user().library, now=lambda: now)) as library:
        library.mark(papers, read=True)


def test_in_sentences(command: Command) -> None:
    read(12, "a")
    read(11, "b")
    read(10, "c")
    read(1, "d", "e")
    read(0, "f")
    command("mark", "2608.00001", "--star", "--tag", "to read", "--note", "x")
    assert command("library", "stats") == Outcome(
        Exit.DONE,
        "Read 3 papers this week, 1 today.\n"
        "2 days in a row; the longest streak was 3 days.\n"
        "6 papers read, 1 starred, 1 with a note, 1 tagged.\n"
        "Tags: to read 1.\n",
        "",
    )


def test_of_an_empty_library(command: Command) -> None:
    outcome = command("library", "stats")
    words = "Read no papers this week yet.\n0 papers read, 0 starred, 0 with a note, 0 tagged.\n"
    assert outcome == Outcome(Exit.DONE, words, "")


def test_for_programs(command: Command) -> None:
    read(368, "a")
    read(1, "b", "c")
    command("mark", "2608.00001", "--tag", "z\x1b[m", "--tag", "a")
    outcome = command("library", "stats", "--json")
    assert (outcome.code, outcome.err) == (Exit.DONE, "")
    assert "\x1b" not in outcome.out
    told = json.loads(outcome.out)
    per_day = told.pop("read_per_day")
    assert told == {
        "today": "2026-08-21",
        "read_today": 0,
        "read_this_week": 2,
        "streaks": {"current": 1, "longest": 1},
        "totals": {"read": 3, "starred": 0, "noted": 0, "tagged": 1},
        "tags": {"a": 1, "z\x1b[m": 1},
    }
    assert len(per_day) == 369
    assert {day: papers for day, papers in per_day.items() if papers} == {
        "2025-08-18": 1,
        "2026-08-20": 2,
    }


def test_days_are_those_of_this_machine(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    read(0, "a")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    assert json.loads(command("library", "stats", "--json").out)["today"] == "2026-08-22"
    assert command("library", "stats").out.startswith("Read 1 paper this week, 1 today.\n")
