"""What the README says agrees with the program."""

from __future__ import annotations

import re
import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tui.cli.exits import Exit
from tui.commands import COMMANDS, Command, Pane, key_text
from tui.feed.ahead import A_MINUTE
from tui.paths import Paths
from tui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT: Final = Path(__file__).parents[1]
README: Final = (CHECKOUT / "README.md").read_text(encoding="utf-8")


def key_table() -> str:
    """The table of keys as the README has to have it."""
    head = "| in the list | in the text | |\n|---|---|---|\n"
    return head + "\n".join(
        f"| {keys(command, Pane.LIST)} | {keys(command, Pane.READER)} | {command.help} |"
        for command in COMMANDS
    )


def keys(command: Command, pane: Pane) -> str:
    """The keys of a command in a pane, each as code."""
    before = f"`{command.prefix}` " if command.prefix else ""
    return " ".join(f"{before}`{key_text(key)}`" for key in command.keys(pane))


def between(name: str) -> str:
    """What stands between the comments that mark a part."""
    part = re.search(f"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", README, re.DOTALL)
    assert part, f"the README has no part {name}"
    return part[1]


def links() -> Iterator[str]:
    """The files of the repository that the README points to."""
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    return (target for target in targets if "://" not in target)


def test_the_keys_are_those_of_the_command_table() -> None:
    assert between("keys") == key_table()


def test_the_files_it_points_to_exist() -> None:
    assert list(links())
    assert [link for link in links() if not (CHECKOUT / link).is_file()] == []


def test_every_exit_code_is_told() -> None:
    codes = re.findall(r"^\| (\d+) \|", between("exit codes"), re.MULTILINE)
    assert sorted(map(int, codes)) == sorted(Exit)


@pytest.mark.skipif(sys.platform != "linux", reason="the README gives the places of Linux")
def test_the_files_are_where_it_says(home: Path) -> None:
    told = re.findall(r"`~/([^`]+)`", between("places"))
    paths = Paths.of_user()
    assert {home / place for place in told} == set(paths)


def test_the_settings_it_shows_are_the_defaults(tmp_path: Path) -> None:
    shown = re.search(r"```toml\n(.*?)```", README, re.DOTALL)
    assert shown
    file = tmp_path / "settings.toml"
    file.write_text(shown[1], encoding="utf-8")
    assert Settings.load(file) == Settings()
    assert all(f"{field.name} = " in shown[1] for field in fields(Settings))


def test_how_much_is_read_ahead_is_told() -> None:
    assert f"at most {A_MINUTE} requests in any\nminute" in README


def test_the_commands_are_one_line_each() -> None:
    for name in ("install", "test"):
        assert re.fullmatch(r"```sh\n[^\n]+\n```", between(f"command: {name}"))
