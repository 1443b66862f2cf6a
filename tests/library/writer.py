"""A program that makes one change after another and says each one once it was acknowledged.

``python -m tests.library.writer LIBRARY NAME`` marks NAME.0, NAME.1, ... until it is killed.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from tui.library import Library


def main(path: Path, name: str) -> None:
    library = Library.open(path)
    for number in count():
        paper = f"{name}.{number}"
        library.mark([paper], read=True, label=paper)
        sys.stdout.write(f"{paper}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
