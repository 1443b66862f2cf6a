"""A program that looks at papers and records them one by one, until all of it is in the file.

``python -m tests.observations.writer FILE NAME COUNT`` does so with NAME.0, NAME.1, ...
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from tests.observations import HOUR, NOW, paper, unseen
from tui.observations import Observations


def main(path: Path, name: str, count: int) -> None:
    with closing(Observations.open(path)) as observations:
        for number in range(count):
            write(observations, f"{name}.{number}")


def write(observations: Observations, name: str) -> None:
    """Try until it is done: a write that another process keeps out too long is dropped."""
    while unseen(observations, [paper(name=name)]):
        observations.look([paper(1, name=name)], NOW)
    while name not in observations.rates([name]):
        observations.record([paper(1, name=name)], NOW)
        observations.record([paper(3, name=name)], NOW + HOUR)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
