"""Copying text by the best way that works here: tmux, the desktop's clipboard, the terminal."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL
from contextlib import suppress
from enum import Enum
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Final

from tui.desktop.session import has_desktop, over_ssh

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Callable, Mapping, Sequence

PATIENCE_S: Final = 2.0
"""A tool that takes longer than this is stuck, as xclip is on a dead X connection."""
PYPERCLIP: Final = (
    *(sys.executable, "-P", "-X", "utf8", "-W", "ignore"),
    *("-m", "pyperclip", "--copy"),
)
"""Reads standard input; neither the working directory nor the locale has a say in it."""
DEAF_TERMINALS: Final = ("", "dumb", "linux")
"""Values of TERM for terminals that know no OSC 52."""


class Way(Enum):
    """Where a text went; the value ends a sentence that begins with "Copied the link"."""

    TMUX = "to the tmux buffer and on to the terminal's clipboard"
    CLIPBOARD = "to the clipboard"
    TERMINAL = "by way of the terminal, if it lets programs copy"
    NOWHERE = "nowhere"


async def copy(text: str, environ: Mapping[str, str], *, osc52: Callable[[str], None]) -> Way:
    """Copy ``text``, which is sanitised, and say where it went; takes seconds at the worst.

    ``osc52`` writes the text to the terminal in an OSC 52 sequence, which has no answer.
    """
    if await _to_tmux(text, environ):
        return Way.TMUX
    if await _to_desktop(text, environ):
        return Way.CLIPBOARD
    if _terminal_may_copy(environ):
        osc52(text)
        return Way.TERMINAL
    return Way.NOWHERE


async def _to_tmux(text: str, environ: Mapping[str, str]) -> bool:
    """Hand over to tmux, whose default settings let no OSC 52 of a program inside it pass."""
    tmux = shutil.which("tmux", path=environ.get("PATH")) if environ.get("TMUX") else None
    return tmux is not None and await _takes((tmux, "load-buffer", "-w", "-"), text, environ)


async def _to_desktop(text: str, environ: Mapping[str, str]) -> bool:
    if over_ssh(environ) or not has_desktop(environ):
        return False
    return await _takes(PYPERCLIP, text, environ)


def _terminal_may_copy(environ: Mapping[str, str]) -> bool:
    if environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return False
    return environ.get("TERM", "") not in DEAF_TERMINALS


async def _takes(command: Sequence[str], text: str, environ: Mapping[str, str]) -> bool:
    """Run a command with the text on standard input; True when it ends well, in silence.

    pyperclip ignores the exit codes of the tools it runs, so a word on standard error is a
    failure. Files in place of pipes: xclip lives on and would hold a pipe open.
    """
    try:
        with TemporaryFile() as given, TemporaryFile() as complaints:
            given.write(text.encode())
            given.seek(0)
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=given,
                stdout=DEVNULL,
                stderr=complaints,
                env=dict(environ),
                start_new_session=True,
            )
            return await _exit_code(process) == 0 and complaints.seek(0, os.SEEK_END) == 0
    except OSError:
        return False


async def _exit_code(process: Process) -> int | None:
    """Wait for the end; on time-out (None) and when cancelled, end the whole process group."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await process.wait()
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            _kill_group(process)
            await process.wait()


def _kill_group(process: Process) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
