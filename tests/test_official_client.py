"""The official client reads the loopback Hub, and reads there what our client reads."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import sysconfig
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.generate import CROWDED
from tests.recordings import needs_recordings, recorded_days
from tui.hub.client import Hub
from tui.hub.settings import HubSettings
from tui.hub.wire import parse_items
from tui.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.hubserver import HubServer
    from tui.papers import Paper

CHECKOUT: Final = Path(__file__).parents[1]
HF: Final = Path(sysconfig.get_path("scripts")) / "hf"
QUIET: Final = {"HF_HUB_DISABLE_UPDATE_CHECK": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
"""Keeps the official command from asking anybody but the endpoint."""


def run(hub: HubServer, *command: str | Path) -> str:
    """What a command prints that finds ``hub`` in its environment."""
    environment = os.environ | QUIET | {"HF_ENDPOINT": hub.url}
    result = subprocess.run(
        command, env=environment, cwd=CHECKOUT, check=True, capture_output=True, text=True
    )
    return result.stdout


def read_officially(hub: HubServer, days: Iterable[date]) -> dict[str, Any]:
    """Each day as ``HfApi.list_daily_papers`` reads it."""
    printed = run(hub, sys.executable, "-m", "tests.hubserver.official", *map(str, days))
    read = map(json.loads, printed.splitlines())
    return {answer["day"]: [normalized(**paper) for paper in answer["papers"]] for answer in read}


def read_by_command(hub: HubServer, day: date) -> list[Any]:
    """A day as ``hf papers ls`` prints it."""
    options = ["--date", str(day), "--limit", "100", "--format", "json"]
    papers = json.loads(run(hub, HF, "papers", "ls", *options))
    return [
        normalized(
            id=paper["id"],
            title=paper["title"],
            abstract=paper["summary"],
            authors=[author["name"] for author in paper["authors"] if not author["hidden"]],
        )
        for paper in papers
    ]


async def read_by_us(hub: HubServer, days: Iterable[date]) -> dict[str, Any]:
    """Each day as our client and wire format read it."""
    client = Hub(HubSettings(hub.url, token=None, offline=False))
    try:
        return {str(day): await _read_day(client, day) for day in days}
    finally:
        await client.aclose()


async def _read_day(client: Hub, day: date) -> list[Any]:
    answer = await client.papers(Period.day(day))
    assert answer is not None
    papers, unreadable = parse_items(answer.body)
    assert unreadable == 0
    return [_as_object(paper) for paper in papers]


def _as_object(paper: Paper) -> dict[str, Any]:
    return normalized(
        id=paper.id,
        title=paper.title,
        abstract=paper.abstract,
        authors=[author.name for author in paper.authors],
    )


def normalized(id: str, title: str, abstract: str, authors: list[str]) -> dict[str, Any]:  # noqa: A002
    """A paper with each run of whitespace as one space: we collapse more of it than they do."""
    return {
        "id": id,
        "title": " ".join(title.split()),
        "abstract": " ".join(abstract.split()),
        "authors": [" ".join(name.split()) for name in authors],
    }


async def assert_agreement(hub: HubServer, days: list[date]) -> None:
    """Read the days by both clients at the same time and compare."""
    ours, theirs = await asyncio.gather(
        read_by_us(hub, days), asyncio.to_thread(read_officially, hub, days)
    )
    assert ours == theirs
    assert all(ours.values())


async def test_agrees_on_generated_days(hub: HubServer) -> None:
    await assert_agreement(hub, list(hub.days))


@pytest.mark.torture
@needs_recordings
async def test_agrees_on_every_recorded_day(recorded_hub: HubServer) -> None:
    await assert_agreement(recorded_hub, recorded_days())


async def test_command_agrees_on_a_generated_day(hub: HubServer) -> None:
    day, _ = CROWDED
    ours = await read_by_us(hub, [day])
    assert read_by_command(hub, day) == ours[str(day)]


@pytest.mark.torture
@needs_recordings
async def test_command_agrees_on_a_recorded_day(recorded_hub: HubServer) -> None:
    day = date(2025, 9, 30)
    ours = await read_by_us(recorded_hub, [day])
    assert read_by_command(recorded_hub, day) == ours[str(day)]


@pytest.mark.torture
def test_command_hears_why_a_day_is_refused(hub: HubServer) -> None:
    with pytest.raises(subprocess.CalledProcessError) as failure:
        read_by_command(hub, date(2026, 8, 22))
    assert "must be less than or equal to" in failure.value.stderr
