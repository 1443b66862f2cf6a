"""The editor that the user names, which has the terminal for itself until it ends."""

from __future__ import annotations

import shlex
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

VARIABLES: Final = ("VISUAL", "EDITOR")
"""Where users name their editor; the first one that is set counts."""
INTERRUPTS: Final = ("SIGINT", "SIGQUIT")
"""What keys send to every program on the terminal, where the system has them."""


def named_editor(environ: Mapping[str, str]) -> str:
    """The editor as the user names it, with its options; empty where none is named."""
    return next((named for name in VARIABLES if (named := environ.get(name, "").strip())), "")


def command_line(named: str) -> list[str]:
    """The words of a command, read as a shell reads them; none where it makes no sense."""
    posix = sys.platform != "win32"
    try:
        words = shlex.split(named, posix=posix)
    except ValueError:
        return []
    return words if posix else [word.strip('"') for word in words]


def edit(command: Sequence[str], path: Path) -> int | None:
    """Run an editor on a file and wait for its end; None where it cannot be started.

    The exit code is negative for a signal. Keys that interrupt are the editor's alone. The
    editor writes to the terminal of standard error: standard output may be a pipe.
    """
    if not command:
        return None
    with _deaf():
        try:
            done = subprocess.run([*command, str(path)], stdout=sys.__stderr__, check=False)
        except OSError:
            return None
    return done.returncode


@contextmanager
def _deaf() -> Iterator[None]:
    """Let interrupts pass by; a handler does that, as an ignored signal stays so in a child."""
    numbers = [number for name in INTERRUPTS if (number := getattr(signal, name, None))]
    handlers = [(number, signal.signal(number, lambda *_: None)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in handlers:
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
