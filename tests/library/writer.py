"""A program that makes one change after another and says each one once it was acknowledged.

``python -m tests.library.writer LIBRARY NAME [BYTES]`` changes NAME.0, NAME.1, ... until it is
killed. What was refused it says after an exclamation mark, and tries again. No file of it grows
beyond BYTES.
"""

from __future__ import annotations

import resource
import sys
from itertools import count
from pathlib import Path

from tui.library import Library, LibraryBusy, LibraryUnwritable


def main(path: Path, name: str, most: int | None = None) -> None:
    library = Library.open(path)
    if most is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    for number in count():
        paper = f"{name}.{number}"
        mark(library, paper)
        say(paper)


def mark(library: Library, paper: str) -> None:
    """Try until it is done: a window that never rests may keep another out for seconds."""
    while True:
        try:
            library.mark(
                [paper], read=True, starred=True, tags={"x": True}, note=paper,
                kept={paper: paper}, label=paper,
            )  # fmt: skip
        except LibraryBusy:
            continue
        except LibraryUnwritable as error:
            say(f"! {error.reason}")
        else:
            return


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:]))
