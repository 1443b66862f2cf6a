"""Naming an editor and running it; what it does with the terminal is in tests/program."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import pytest

from tests.desktop.tools import install
from tui.desktop.editor import command_line, edit, named_editor

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"VISUAL": "vim", "EDITOR": "ed"}, "vim"),
        ({"EDITOR": "ed -s"}, "ed -s"),
        ({"VISUAL": " ", "EDITOR": " ed "}, "ed"),
        ({"VISUAL": ""}, ""),
        ({}, ""),
    ],
)
def test_the_first_one_that_is_named(environ: dict[str, str], named: str) -> None:
    assert named_editor(environ) == named


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("code --wait", ["code", "--wait"]),
        ("'/opt/my editor/vim' -c 'set tw=80'", ["/opt/my editor/vim", "-c", "set tw=80"]),
        ("vim; rm -rf ~ $HOME", ["vim;", "rm", "-rf", "~", "$HOME"]),
        ("vim 'unbalanced", []),
        ("", []),
    ],
)
def test_words_are_parted_as_by_a_shell_and_nothing_else_is_done(
    named: str, words: list[str]
) -> None:
    assert command_line(named) == words


def test_backslashes_and_quotes_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    named = r'"C:\Program Files\Vim\gvim.exe" -f'
    assert command_line(named) == [r"C:\Program Files\Vim\gvim.exe", "-f"]


def test_the_editor_gets_the_file_as_its_last_argument(tmp_path: Path) -> None:
    program = install(tmp_path, "heron-editor", 'printf "%s" "$*" > "$2"')
    file = tmp_path / "a note; with spaces.md"
    assert edit([str(program), "-w"], file) == 0
    assert file.read_text() == f"-w {file}"


def test_the_way_it_ends_is_told(tmp_path: Path) -> None:
    failing = install(tmp_path, "failing", "exit 7")
    dying = install(tmp_path, "dying", "kill -TERM $$")
    assert edit([str(failing)], tmp_path) == 7
    assert edit([str(dying)], tmp_path) == -signal.SIGTERM


def test_one_that_cannot_be_started(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no program\n")
    for command in ([], [str(tmp_path / "missing")], [str(tmp_path / "text")], [str(tmp_path)]):
        assert edit(command, tmp_path) is None


def test_interrupts_are_as_before_when_it_has_ended(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGQUIT)
    interrupting = install(tmp_path, "interrupting", "kill -INT $PPID; kill -QUIT $PPID")
    assert edit([str(interrupting)], tmp_path) == 0
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGQUIT)) == before
