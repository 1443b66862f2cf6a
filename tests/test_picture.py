"""The README's picture can be drawn again, and loads nothing from the network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tests.picture.__main__ import FILE, main, text

if TYPE_CHECKING:
    from pathlib import Path

FIRST_TITLE: Final = "EnvHarness: Awakening Static Worlds"
SECOND_TITLE: Final = "FACET: Preserving Source Intent"
LOADS: Final = re.compile(r"url\((?!#)|(?:href|src)=|@import|@font-face")


def test_the_script_draws_the_sample_with_the_second_paper_open(tmp_path: Path) -> None:
    file = tmp_path / "drawn.svg"
    assert main([str(file)]) == 0
    svg = file.read_text(encoding="utf-8")
    assert text(svg).count(FIRST_TITLE) == 1
    assert text(svg).count(SECOND_TITLE) == 2, "in the list and in the reader"
    assert not LOADS.search(svg)


def test_the_picture_in_the_repository_shows_the_sample_and_loads_nothing() -> None:
    svg = FILE.read_text(encoding="utf-8")
    assert FIRST_TITLE in text(svg)
    assert not LOADS.search(svg)
