"""A program that makes one change after another and says each one once it was acknowledged.

``python -m tests.library.writer LIBRARY NAME`` changes NAME.0, NAME.1, ... until it is killed.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

from tui.library import Library, LibraryBusy


def main(path: Path, name: str) -> None:
    library = Library.open(path)
    for number in count():
        paper = f"{name}.{number}"
        mark(library, paper)
        sys.stdout.write(f"{paper}\n")
        sys.stdout.flush()


def mark(library: Library, paper: str) -> None:
    """Try until it is done: a window that never rests may keep another out for seconds."""
    while True:
        with suppress(LibraryBusy):
            library.mark(
                [paper], read=True, starred=True, tags={"x": True}, note=paper,
                kept={paper: paper}, label=paper,
            )  # fmt: skip
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
