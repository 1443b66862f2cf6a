"""The way a text takes to the clipboard, with real programs that behave and misbehave."""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desktop.tools import Line, install
from tests.terminal import Terminal
from tui.desktop import clipboard
from tui.desktop.clipboard import Way, copy

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "Größe ℓ₂ — 注意\nhttps://huggingface.co/papers/1706.03762\n"
TO_CLIPBOARD = Way.CLIPBOARD
TO_TERMINAL = Way.TERMINAL
TO_TMUX = Way.TMUX
NOWHERE = Way.NOWHERE
TMUX = shutil.which("tmux")
needs_tmux = pytest.mark.skipif(TMUX is None, reason="tmux is not installed")


@pytest.fixture
def sent() -> list[str]:
    """What went to the terminal by OSC 52."""
    return []


@pytest.fixture
def display(environ: dict[str, str]) -> dict[str, str]:
    """The same session under X11."""
    environ["DISPLAY"] = ":77"
    return environ


async def test_the_clipboard_of_the_desktop_comes_first(
    display: dict[str, str], programs: Path, tmp_path: Path, sent: list[str]
) -> None:
    record = tmp_path / "clipboard"
    install(programs, "xclip", f'exec /bin/cat > "{record}"')
    assert await copy(TEXT, display, osc52=sent.append) == TO_CLIPBOARD
    assert record.read_text(encoding="utf-8") == TEXT
    assert sent == []


async def test_text_is_utf8_whatever_the_locale(
    display: dict[str, str], programs: Path, tmp_path: Path, sent: list[str]
) -> None:
    record = tmp_path / "clipboard"
    install(programs, "xclip", f'exec /bin/cat > "{record}"')
    display |= {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    assert await copy(TEXT, display, osc52=sent.append) == TO_CLIPBOARD
    assert record.read_text(encoding="utf-8") == TEXT


async def test_wayland_counts_as_a_display(
    environ: dict[str, str], programs: Path, tmp_path: Path, sent: list[str]
) -> None:
    record = tmp_path / "clipboard"
    install(programs, "wl-copy", f'exec /bin/cat > "{record}"')
    install(programs, "wl-paste", "exit 0")
    environ["WAYLAND_DISPLAY"] = "wayland-7"
    assert await copy(TEXT, environ, osc52=sent.append) == TO_CLIPBOARD
    assert record.read_text(encoding="utf-8") == TEXT


async def test_a_tool_that_lives_on_with_its_output_open_is_not_awaited(
    display: dict[str, str], programs: Path, line: Line, sent: list[str]
) -> None:
    lives_on = f"/bin/sh -c 'echo $$ > {line.path}; exec /bin/sleep 300' &"
    install(programs, "xclip", f"/bin/cat > /dev/null\n{lives_on}")
    assert await copy(TEXT, display, osc52=sent.append) == TO_CLIPBOARD
    os.kill(int(await line.heard()), signal.SIGKILL)


async def test_a_complaint_is_a_failure_and_stays_off_our_terminal(
    display: dict[str, str], programs: Path, sent: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    install(programs, "xclip", "/bin/cat > /dev/null\necho hello\necho no display >&2\nexit 0")
    assert await copy(TEXT, display, osc52=sent.append) == TO_TERMINAL
    assert sent == [TEXT]
    assert capfd.readouterr() == ("", "")


async def test_the_tool_has_no_terminal_of_ours(
    display: dict[str, str], programs: Path, tmp_path: Path, sent: list[str]
) -> None:
    record = tmp_path / "session"
    read_session = "read -r _ _ _ _ _ session _ < /proc/$$/stat"
    install(programs, "xclip", f'{read_session}\necho $session > "{record}"')
    assert await copy("x", display, osc52=sent.append) == TO_CLIPBOARD
    assert int(record.read_text()) != os.getsid(0)


async def test_no_tool_at_all(display: dict[str, str], sent: list[str]) -> None:
    assert await copy(TEXT, display, osc52=sent.append) == TO_TERMINAL
    assert sent == [TEXT]


async def test_a_module_in_the_working_directory_is_not_run(
    display: dict[str, str],
    programs: Path,
    tmp_path: Path,
    sent: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install(programs, "xclip", "exec /bin/cat > /dev/null")
    (tmp_path / "pyperclip.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    assert await copy(TEXT, display, osc52=sent.append) == TO_CLIPBOARD


async def test_without_a_display_no_tool_is_tried(
    environ: dict[str, str], programs: Path, tmp_path: Path, sent: list[str]
) -> None:
    install(programs, "xclip", f'echo run > "{tmp_path}/run"')
    environ["DISPLAY"] = ""
    assert await copy(TEXT, environ, osc52=sent.append) == TO_TERMINAL
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"])
async def test_over_ssh_the_terminal_is_asked(
    display: dict[str, str], programs: Path, tmp_path: Path, sent: list[str], variable: str
) -> None:
    install(programs, "xclip", f'echo run > "{tmp_path}/run"')
    display[variable] = "/dev/pts/3"
    assert await copy(TEXT, display, osc52=sent.append) == TO_TERMINAL
    assert sent == [TEXT]
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    "deaf", [{"TERM": "linux"}, {"TERM": "dumb"}, {"TERM": ""}, {"TERM_PROGRAM": "Apple_Terminal"}]
)
async def test_a_terminal_that_cannot_copy_is_not_asked(
    environ: dict[str, str], deaf: dict[str, str], sent: list[str]
) -> None:
    assert await copy(TEXT, environ | deaf, osc52=sent.append) == NOWHERE
    assert sent == []


async def test_a_tool_that_hangs_is_ended_with_all_that_it_started(
    environ: dict[str, str],
    programs: Path,
    line: Line,
    sent: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clipboard, "PATIENCE_S", 0.5)
    install(programs, "tmux", f"exec 3> {line.path}\n/bin/sleep 300 &\nexec /bin/sleep 300")
    environ["TMUX"] = "/nowhere,1,0"
    assert await copy(TEXT, environ, osc52=sent.append) == TO_TERMINAL
    assert await line.heard() == ""


async def test_cancelling_ends_the_tool(
    display: dict[str, str], programs: Path, line: Line, sent: list[str]
) -> None:
    install(programs, "xclip", f"exec 3> {line.path}\necho up >&3\nexec /bin/sleep 300")
    copying = asyncio.create_task(copy(TEXT, display, osc52=sent.append))
    assert await line.heard() == "up\n"
    copying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await copying
    assert await line.heard() == ""
    assert sent == []


async def test_an_old_tmux_that_knows_no_w_is_passed_over(
    environ: dict[str, str], programs: Path, sent: list[str]
) -> None:
    install(programs, "tmux", 'echo "usage: load-buffer [-b buffer-name] path" >&2\nexit 1')
    environ["TMUX"] = "/nowhere,1,0"
    assert await copy(TEXT, environ, osc52=sent.append) == TO_TERMINAL


async def test_a_tmux_that_fails_in_silence_is_passed_over(
    environ: dict[str, str], programs: Path, sent: list[str]
) -> None:
    install(programs, "tmux", "exit 1")
    environ["TMUX"] = "/nowhere,1,0"
    assert await copy(TEXT, environ, osc52=sent.append) == TO_TERMINAL


async def test_outside_tmux_its_command_is_not_run(
    environ: dict[str, str], programs: Path, sent: list[str]
) -> None:
    install(programs, "tmux", "exec /bin/cat > /dev/null")
    assert await copy(TEXT, environ, osc52=sent.append) == TO_TERMINAL


@pytest.fixture
def socket() -> Iterator[Path]:
    """Where a tmux server of the test's own listens; socket paths must be short."""
    with tempfile.TemporaryDirectory(prefix="tmux") as folder:
        path = Path(folder, "socket")
        yield path
        subprocess.run([TMUX or "tmux", "-S", path, "kill-server"], check=True)


@needs_tmux
def test_inside_tmux_the_text_reaches_its_buffer_and_the_terminal_around_it(
    socket: Path, sent: list[str]
) -> None:
    tmux = [TMUX or "tmux", "-S", str(socket)]
    inside = {**os.environ, "TMUX": f"{socket},1,0", "SSH_TTY": "/dev/pts/3"}
    with Terminal([*tmux, "-f", "/dev/null", "new-session", "-s", "reading", "cat"]) as terminal:
        terminal.wait_for("[reading]")
        assert asyncio.run(copy(TEXT, inside, osc52=sent.append)) == TO_TMUX
        shown = subprocess.run([*tmux, "show-buffer"], capture_output=True, check=True)
        assert shown.stdout.decode() == TEXT
        terminal.wait_for_bytes(base64.b64encode(TEXT.encode()))
    assert sent == []


@needs_tmux
async def test_a_tmux_whose_server_is_gone_is_passed_over(
    environ: dict[str, str], tmp_path: Path, sent: list[str]
) -> None:
    environ |= {"PATH": os.environ["PATH"], "TMUX": f"{tmp_path}/gone,1,0"}
    assert await copy(TEXT, environ, osc52=sent.append) == TO_TERMINAL
