"""The contracts between the rooms, and that no room and no style sheet is left out of them."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

import pytest
from textual.app import App
from textual.css.stylesheet import Stylesheet

from tui.app import DailyPapers
from tui.screens.dialog import Dialog

CHECKOUT: Final = Path(__file__).parents[1]
LINTER: Final = "from importlinter.cli import lint_imports_command; lint_imports_command()"
LOADED: Final = [Path(sheet) for sheet in (*DailyPapers.CSS_PATH, *Dialog.CSS_PATH)]
NO_ROOMS: Final = {"__init__", "__main__"}


def test_the_arrows_between_the_rooms_run_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LINTER, "--no-cache"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_every_room_has_its_place_in_the_contract() -> None:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract, *_] = settings["tool"]["importlinter"]["contracts"]
    placed = {name for layer in contract["layers"] for name in re.findall(r"[\w.]+", layer)}
    inside = (CHECKOUT / "tui").iterdir()
    rooms = {path.stem for path in inside if path.suffix == ".py" or any(path.glob("*.py"))}
    assert placed == {f"tui.{room}" for room in rooms - NO_ROOMS}


def test_every_sheet_is_loaded() -> None:
    assert set(LOADED) == set((CHECKOUT / "styles").iterdir())


@pytest.mark.parametrize("sheet", LOADED, ids=lambda sheet: sheet.name)
def test_a_sheet_parses_and_says_something(sheet: Path) -> None:
    stylesheet = Stylesheet(variables=App[None]().get_css_variables())
    stylesheet.read(sheet)
    stylesheet.parse()
    assert stylesheet.rules
