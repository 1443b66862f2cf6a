"""The three streams of a command, each of which may be closed, full, or unable to say a word."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

TYPE_CHECKING = False  # typing would be the costliest import of --version
if TYPE_CHECKING:
    from typing import TextIO

LONGEST = 20_000
"""Characters of a sentence, which may name several files."""


def say(words: str) -> None:
    """A sentence for the user, who may have sent stdout elsewhere."""
    if sys.stderr is None:
        return
    from tui.text.sanitize import clean_line

    try:
        print(f"daily-papers: {clean_line(words, LONGEST)}", file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def typed_lines() -> list[str]:
    """What standard input holds, line by line; nothing where it was closed from the start."""
    if sys.stdin is None:
        return []
    return sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody sits at the stream, which is None when it was closed from the start."""
    return stream is not None and stream.isatty()


def forgive_encoding() -> None:
    """Let what stdout's encoding cannot say become a question mark instead of a failure."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def flush() -> None:
    """Write out what was printed, while a failure can still be told. Raises OSError."""
    if sys.stdout is not None:
        sys.stdout.flush()


def silence(stream: TextIO | None) -> None:
    """Send what is still to be written to nowhere: the interpreter flushes once more at its end."""
    if stream is None:
        return
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)
