"""Every exit code is reached by what it stands for, with one sentence and no traceback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import ENOUGH, PROGRAM, Outcome, environment, run
from tests.hubserver import Fault
from tests.terminal import Terminal
from tui import __version__
from tui.cli.exits import Exit
from tui.days import ONE_DAY
from tui.paths import Paths

if TYPE_CHECKING:
    from datetime import date

    from tests.cli.conftest import Command
    from tests.hubserver import HubServer

OF_THEIR_OWN = (">&-", "2>&-", "<&-")
"""A shell's words for closing one stream."""
needs_dev_full = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="no device that is always full"
)


def assert_one_sentence(outcome: Outcome, code: Exit) -> None:
    assert outcome.code == code, outcome
    assert outcome.err.startswith("daily-papers: ")
    assert outcome.err.endswith(".\n")
    assert outcome.err.count("\n") == 1
    assert outcome.err[:-1].isprintable()


def test_nothing_found(command: Command, hub: HubServer, day: date) -> None:
    hub.days[day] = []
    outcome = command("list", "--date", str(day))
    assert outcome.out == ""
    assert_one_sentence(outcome, Exit.NOTHING_FOUND)


def test_nothing_found_in_a_period(command: Command, hub: HubServer) -> None:
    for day in list(hub.days):
        hub.days[day] = []
    titles = {
        "2024-w19": "Week 19 · 6–12 May 2024", "2024-05": "May 2024", "trending": "Trending"
    }  # fmt: skip
    for period, title in titles.items():
        words = f"daily-papers: There are no papers in {title}.\n"
        assert command("list", "--date", period) == Outcome(Exit.NOTHING_FOUND, "", words)


def test_a_day_that_the_hub_has_not_opened(command: Command, hub: HubServer, day: date) -> None:
    hub.today = day - ONE_DAY
    assert_one_sentence(command("list", "--date", str(day)), Exit.NOTHING_FOUND)


def test_a_day_that_is_none(command: Command, hub: HubServer) -> None:
    for date in (
        "2026-02-30", "2999-01-01", "2023-05-03", "nonsense", "", "-99999", "\x1b[2J",
        "w54", "2025-w53", "2999-w01", "2023-w17", "2024-13", "2999-12", "2023-04", "trend",
    ):  # fmt: skip
        assert_one_sentence(command("list", "--date", date), Exit.USAGE)
        assert (date, hub.requests) == (date, [])


@pytest.mark.parametrize("endpoint", ["nonsense", "ftp://x", "http://", "https://a b", "\x1b[2J"])
def test_an_endpoint_that_is_none(
    endpoint: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", endpoint)
    assert_one_sentence(command("list"), Exit.USAGE)


@pytest.mark.parametrize(
    "arguments", [["list"], ["show", "2608.19880"], ["library", "sync"]], ids=" ".join
)
def test_settings_that_are_none(arguments: list[str], command: Command, hub: HubServer) -> None:
    paths = Paths.of_user()
    paths.config.parent.mkdir(parents=True)
    paths.config.write_text("[feed]\nreed_ahead = false\n", encoding="utf-8")
    outcome = command(*arguments)
    assert_one_sentence(outcome, Exit.USAGE)
    assert f"{paths.config} cannot be used: “reed_ahead” in [feed] is unknown" in outcome.err
    assert not hub.requests
    paths.config.write_text("[feed]\nread_ahead = false\n", encoding="utf-8")
    assert command("list").code == Exit.DONE


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["list", "--nonsense"], ["show"], ["list", "x"], ["--date"]]
)
def test_usage_that_argparse_refuses(arguments: list[str]) -> None:
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert outcome.err.startswith("usage: daily-papers")


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["list", "--date", "2024-w19"], ["list", "--date", "trending"],
     ["show", "2608.19880"]],
)  # fmt: skip
def test_offline_and_not_on_disk(
    arguments: list[str], command: Command, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.fault(Fault.REFUSE)
    assert_one_sentence(command(*arguments), Exit.OFFLINE)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert_one_sentence(command(*arguments), Exit.OFFLINE)


def test_the_hub_refuses(command: Command, hub: HubServer, day: date) -> None:
    for fault in (
        Fault.STATUS_403, Fault.STATUS_429, Fault.CLOUDFRONT_429, Fault.STATUS_500, Fault.HTML,
        Fault.OBJECT, Fault.DEEP, Fault.CUT_JSON, Fault.WRONG_TYPES,
    ):  # fmt: skip
        hub.fault(fault)
        assert_one_sentence(command("list", "--date", str(day)), Exit.REFUSED)
        assert_one_sentence(command("list"), Exit.REFUSED)
        assert (fault, bool(hub.requests)) == (fault, True)
        hub.heal()
        hub.requests.clear()


@needs_dev_full
@pytest.mark.parametrize(
    ("arguments", "unbuffered"),
    [
        (["list"], ""), (["list", "--json"], "1"),
        pytest.param(["list"], "1", marks=pytest.mark.torture),
        pytest.param(["list", "--json"], "", marks=pytest.mark.torture),
        pytest.param(["show", "2608.19880"], "", marks=pytest.mark.torture),
        pytest.param(["show", "2608.19880"], "1", marks=pytest.mark.torture),
    ],
)  # fmt: skip
def test_an_output_that_is_full(arguments: list[str], unbuffered: str) -> None:
    with Path("/dev/full").open("wb") as full:
        outcome = run(
            *arguments, "--demo", stdout=full, env=environment(PYTHONUNBUFFERED=unbuffered)
        )
    assert_one_sentence(outcome, Exit.TROUBLE)
    assert "No space left" in outcome.err


@needs_dev_full
@pytest.mark.parametrize("option", ["--version", "--help"])
def test_a_full_output_for_help(option: str) -> None:
    with Path("/dev/full").open("wb") as full:
        outcome = run(option, stdout=full, env=environment(PYTHONUNBUFFERED=None))
    assert_one_sentence(outcome, Exit.TROUBLE)


@needs_dev_full
def test_words_that_cannot_be_written_change_nothing(hub: HubServer) -> None:
    hub.fault(Fault.REFUSE)
    with Path("/dev/full").open("wb") as full:
        assert run("list", stderr=full).code == Exit.OFFLINE


def test_no_home_at_all(monkeypatch: pytest.MonkeyPatch, command: Command, tmp_path: Path) -> None:
    pwd = pytest.importorskip("pwd")

    def nobody(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    monkeypatch.chdir(tmp_path)
    assert_one_sentence(command("list", "--demo"), Exit.TROUBLE)
    assert not list(tmp_path.iterdir())


def test_a_home_that_is_no_folder(hub: HubServer, day: date) -> None:
    outcome = run("list", "--date", str(day), env=environment(HOME=os.devnull))
    assert outcome.code == Exit.DONE
    assert len(outcome.out.splitlines()) == len(hub.days[day])
    assert outcome.err.splitlines() == [
        "daily-papers: Nothing is kept for later: the cache directory cannot be written "
        "(/dev/null/.cache/daily-papers/http).",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be deleted")
def test_a_current_folder_that_is_gone(hub: HubServer, tmp_path: Path) -> None:
    command = 'mkdir gone; cd gone; rmdir "$PWD"; exec "$0" list'
    outcome = subprocess.run(
        ["sh", "-c", command, PROGRAM], cwd=tmp_path, capture_output=True, text=True, timeout=ENOUGH
    )
    assert (outcome.returncode, outcome.stderr) == (Exit.DONE, "")
    assert outcome.stdout


def test_marks_that_cannot_be_read_are_told(command: Command, hub: HubServer) -> None:
    library = Paths.of_user().library
    (library / "in the way").mkdir(parents=True)
    outcome = command("list")
    assert (outcome.code, outcome.err.count("\n")) == (Exit.DONE, 1)
    assert f"the library cannot be read ({library.parent})" in outcome.err


def test_a_damaged_library_is_told_and_left_as_it_is(command: Command, hub: HubServer) -> None:
    library = Paths.of_user().library
    library.parent.mkdir(parents=True)
    library.write_bytes(b"not a library" * 1000)
    outcome = command("list")
    assert outcome.code == Exit.DONE
    assert outcome.out
    assert f"{library} is damaged" in outcome.err
    assert library.read_bytes() == b"not a library" * 1000


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGPIPE to speak of")
@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"], ["list", "--demo", "--json"],
        pytest.param(["list", "--demo"], marks=pytest.mark.torture),
    ],
)  # fmt: skip
def test_a_reader_that_has_gone(arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        outcome = run(*arguments, stdout=writer, env=environment(PYTHONUNBUFFERED=None))
    finally:
        os.close(writer)
    assert (outcome.code, outcome.err) == (Exit.DONE, "")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's way to close a stream")
@pytest.mark.parametrize(
    "closed",
    ["<&- >&- 2>&-", *(pytest.param(each, marks=pytest.mark.torture) for each in OF_THEIR_OWN)],
)
def test_streams_that_are_closed(closed: str) -> None:
    outcome = subprocess.run(
        ["sh", "-c", f'exec "$0" list --demo {closed}', PROGRAM],
        capture_output=True, text=True, timeout=ENOUGH,
    )  # fmt: skip
    assert (outcome.returncode, outcome.stderr) == (Exit.DONE, "")
    assert bool(outcome.stdout) == (" >" not in f" {closed}")


def test_words_never_stray_into_the_results() -> None:
    outcome = subprocess.run(
        ["sh", "-c", 'exec "$0" list --date nonsense 2>&-', PROGRAM],
        capture_output=True, text=True, timeout=ENOUGH,
    )  # fmt: skip
    assert (outcome.returncode, outcome.stdout) == (Exit.USAGE, "")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one process")
def test_ctrl_c(hub: HubServer) -> None:
    hub.fault(Fault.HANG)
    with subprocess.Popen(
        [PROGRAM, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        hub.wait_until(lambda: len(hub.requests) > 0)
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=ENOUGH)
    assert (program.returncode, out, err) == (Exit.INTERRUPTED, "", "")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        pytest.param(["--demo"], marks=pytest.mark.torture),
        pytest.param(["--date", "fri"], marks=pytest.mark.torture),
    ],
)
def test_the_reader_needs_a_terminal(arguments: list[str]) -> None:
    assert_one_sentence(run(*arguments), Exit.USAGE)


def test_a_terminal_that_cannot_draw_is_told_so() -> None:
    with Terminal([PROGRAM, "--demo"], env={"TERM": "dumb"}) as terminal:
        assert terminal.wait_exit() == Exit.USAGE
        assert "daily-papers list" in terminal.text
        assert "\x1b" not in terminal.text


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["nonsense"], pytest.param(["list", "--demo"], marks=pytest.mark.torture)],
)
def test_the_module_is_the_same_program(arguments: list[str]) -> None:
    outcome = subprocess.run(
        [sys.executable, "-m", "tui", *arguments], capture_output=True, text=True, timeout=ENOUGH,
        encoding="utf-8",
    )  # fmt: skip
    assert Outcome(outcome.returncode, outcome.stdout, outcome.stderr) == run(*arguments)


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == Outcome(Exit.DONE, f"daily-papers {__version__}\n", "")
    actions = ("sync", "export", "import", "check")
    commands = ["list"], ["show"], ["mark"], ["library"], *(["library", each] for each in actions)
    for arguments in ([], *commands):
        outcome = run(*arguments, "--help")
        assert (outcome.code, outcome.err) == (Exit.DONE, "")
        told = outcome.out.partition("exit codes:")[2]
        assert re.findall(r"\b\d+\b", told) == [str(int(code)) for code in Exit]
