"""The log file: only ours, only in its place, and never a reason to stop."""

from __future__ import annotations

import logging
import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from tui.cli.arguments import LEVELS
from tui.log import KEPT, MAX_BYTES, start_log

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "daily-papers.log"


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_lets_through_itself_and_what_is_worse(level: str, path: Path) -> None:
    start_log(path, level)
    for each in LEVELS:
        logging.getLogger("tui.feed").log(logging.getLevelNamesMapping()[each.upper()], each)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line.rpartition(" ")[2] for line in lines] == list(LEVELS[LEVELS.index(level) :])
    assert all(f"{each.upper()} tui.feed: {each}" in "\n".join(lines) for each in LEVELS[3:])


def test_names_of_files_that_are_not_utf_8_are_kept(path: Path) -> None:
    start_log(path, "info")
    logging.getLogger("tui").info("opened %s", os.fsdecode(b"/caf\xe9"))
    assert path.read_text(encoding="utf-8").endswith("opened /caf\\udce9\n")


def test_what_libraries_log_is_not_kept(path: Path) -> None:
    start_log(path, "debug")
    logging.getLogger("httpx").error("a secret")
    logging.getLogger().error("another one")
    assert path.read_bytes() == b""


def test_nothing_reaches_the_screen(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger().addHandler(logging.StreamHandler())
    start_log(path, "debug")
    logging.getLogger("tui").error("%d", "not a number")
    logging.getLogger("tui").error("words")
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_nobody_else_may_read_it(path: Path) -> None:
    start_log(path, "info")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def overfill() -> None:
    """Log more than all the files may hold."""
    line = "x" * 10_000
    for _ in range((KEPT + 2) * MAX_BYTES // len(line)):
        logging.getLogger("tui").info(line)


def test_it_does_not_grow_for_ever(path: Path) -> None:
    start_log(path, "info")
    overfill()
    files = sorted(each.name for each in path.parent.iterdir())
    assert files == [path.name, *(f"{path.name}.{n + 1}" for n in range(KEPT))]
    assert all(each.stat().st_size <= MAX_BYTES for each in path.parent.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_nobody_else_may_read_what_was_rotated(path: Path) -> None:
    before = os.umask(0)
    try:
        start_log(path, "info")
        overfill()
    finally:
        os.umask(before)
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}


def test_without_a_place_for_it_the_program_goes_on(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", encoding="utf-8")
    start_log(tmp_path / "state" / "daily-papers.log", "debug")
    logging.getLogger("tui").error("words")
    assert capfd.readouterr() == ("", "")
