"""What each room brings along: start-up time is mostly imports, and rooms keep to themselves."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Final

import pytest

from tui.cli.arguments import parser
from tui.cli.main import WITHOUT_ARGUMENTS

HEAVY: Final = ("textual", "rich.console", "httpx", "asyncio", "diskcache", "sqlite3")
"""What somebody would feel, or what belongs into one room."""

PURE: Final = (
    "tui.papers", "tui.periods", "tui.days", "tui.order", "tui.merging",
    "tui.text.sanitize", "tui.text.links", "tui.text.width",
    "tui.text.reflow", "tui.text.latex", "tui.freshness", "tui.page", "tui.paths",
    "tui.commands", "tui.hub.wire", "tui.hub.settings", "tui.hub.errors", "tui.hub.ratelimit",
    "tui.hub.refusal", "tui.sample", "tui.cli", "tui.cli.main", "tui.cli.arguments", "tui.log",
    "tui.widgets.row",
)  # fmt: skip
ROOMS: Final = {
    "tui.cache": {"diskcache", "sqlite3"},
    "tui.library": {"sqlite3"},
    "tui.observations": {"sqlite3"},
    "tui.sync": {"sqlite3"},
    "tui.feed": {"asyncio", "diskcache", "sqlite3"},
    "tui.explain": {"asyncio", "diskcache", "sqlite3"},
    "tui.services": {"asyncio", "diskcache", "sqlite3"},
    "tui.cli.list": {"asyncio", "diskcache", "sqlite3"},
    "tui.cli.show": {"asyncio", "diskcache", "sqlite3"},
    "tui.hub.client": {"asyncio", "httpx", "rich.console"},  # httpx loads Rich if click is there
    "tui.desktop.clipboard": {"asyncio"},
    "tui.desktop.browser": {"asyncio"},
}
"""The most that a room may bring along."""


def brought_along(*statements: str) -> set[str]:
    """Which of the heavy modules are there after the statements, in a fresh interpreter."""
    report = f"import sys, json; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", "\n".join([*statements, report])],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(json.loads(done.stdout.splitlines()[-1]))


def after_main(*arguments: str) -> set[str]:
    """Which of the heavy modules are there when the program has done its work."""
    return brought_along(
        "from tui.cli import main",
        f"try: code = main({list(arguments)!r})",
        "except SystemExit as end: code = end.code",
        "assert code == 0, code",
    )


def test_the_pure_rooms_bring_along_nothing() -> None:
    assert brought_along(*(f"import {module}" for module in PURE)) == set()


ROOMS_ALIKE: Final = list({tuple(sorted(own)): own for own in ROOMS.values()}.values())


@pytest.mark.parametrize("own", ROOMS_ALIKE, ids=lambda own: "-".join(sorted(own)))
def test_a_room_brings_along_no_more_than_its_own(own: set[str]) -> None:
    """Rooms that may bring along the same are asked together."""
    rooms = [room for room, most in ROOMS.items() if most == own]
    assert brought_along(*(f"import {room}" for room in rooms)) <= own, rooms


def test_only_the_screen_half_brings_textual() -> None:
    assert {"textual"} <= brought_along("import tui.app")


def test_a_start_without_arguments_does_without_their_parser() -> None:
    assert vars(parser().parse_args([])) == WITHOUT_ARGUMENTS
    brought_along(
        "import sys",
        "from tui.cli import main",
        "assert main([]) == 2",  # as there is no terminal
        "assert 'tui.cli.screen' in sys.modules",
        "assert not {'argparse', 'tui.cli.arguments'} & sys.modules.keys()",
    )


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_answer_at_once(option: str) -> None:
    assert after_main(option) == set()


@pytest.mark.parametrize("arguments", [["list"], ["show", "2608.19880"]], ids=" ".join)
def test_a_plain_command_loads_the_network_only_to_ask(arguments: list[str]) -> None:
    first, second = (after_main(*arguments, "--demo") for _ in range(2))
    assert "httpx" in first
    assert "textual" not in first
    assert not {"textual", "rich.console", "httpx"} & second
