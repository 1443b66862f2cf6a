"""Time the program against a bare Textual app: ``python -m tests.bench``.

Both run on a pseudo-terminal, in turn. The exit code says nothing about speed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections import defaultdict
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from tests.bench import ahead, commands, days, library, loop, month, report, text
from tests.bench.session import Program, Samples, measure, warm_up
from tests.hubserver import HubServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from tests.generate import Item

CHECKOUT: Final = Path(__file__).parents[2]
KEPT: Final = ("PATH", "SYSTEMROOT", "TMPDIR")
"""What of the environment reaches the programs; the user's settings and files do not."""
PARTS: Final = ("screen", "ahead", "month", "loop", "library", "commands", "text")
LAST_DAY: Final = ("--date", days.full_month().last.isoformat())
"""Where a look at the month begins."""
RUN_FLOOR: Final = "from tests.bench.floor import main; main()"
ANSWERS: Final = 3
"""How often a command is asked in each round."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; always 0."""
    given = _parser().parse_args(arguments)
    print(environment(), flush=True)
    with tempfile.TemporaryDirectory() as home, patch.dict(os.environ, _clean(home), clear=True):
        floor, program = compare(given.venv / "bin", Path(home), given.rounds, given.only or PARTS)
    print(report.table(floor, program))
    print(environment())
    if given.json:
        measured = {"environment": environment(), "floor": floor, "program": program}
        given.json.write_text(json.dumps(measured, indent=1), encoding="utf-8")
    return 0


def compare(
    programs: Path, home: Path, rounds: int, only: Sequence[str]
) -> tuple[Samples, Samples]:
    """Samples of the floor and of the program, which take turns and turns at being first."""
    floor: Samples = defaultdict(list)
    program: Samples = defaultdict(list)
    if "screen" in only:
        _compare_screens(programs, home, rounds, floor, program)
    if "ahead" in only:
        for _ in _told("reading ahead", rounds):
            _add(program, _read_ahead(programs))
    if "month" in only:
        _look_at_months(programs, rounds, program)
    if "loop" in only:
        for _ in _told("event loop", rounds):
            _watch_loop(programs, program)
    if "library" in only:
        _use_library(rounds, program)
    if "commands" in only:
        for _ in range(rounds * ANSWERS):
            _compare_commands(programs, floor, program)
    if "text" in only:
        for _ in _told("text", rounds):
            _add(program, text.measure())
    return floor, program


def _compare_screens(
    programs: Path, home: Path, rounds: int, floor: Samples, program: Samples
) -> None:
    papers = days.make()
    file = home / "days.txt"
    file.write_text(days.for_floor(papers), encoding="utf-8")
    bare = Program([str(programs / "python"), "-c", RUN_FLOOR, str(file)], CHECKOUT)
    with HubServer(papers, today=days.today()) as hub:
        ours = Program([str(programs / "daily-papers")], home, {"HF_ENDPOINT": hub.url})
        for each in (bare, ours):
            warm_up(each)
        pair = [(bare, floor), (ours, program)]
        for number in _told("screen", rounds):
            for each, samples in pair if number % 2 else reversed(pair):
                _add(samples, measure(each))


def _read_ahead(programs: Path) -> Samples:
    with _alone([str(programs / "daily-papers")], days.make()) as (program, hub):
        return ahead.measure(program, hub)


def _look_at_months(programs: Path, rounds: int, samples: Samples) -> None:
    asked = [str(programs / "daily-papers"), *LAST_DAY]
    with _alone(asked, days.make_month()) as (program, _):
        month.warm_up(program)
        for _ in _told("month", rounds):
            _add(samples, month.measure(program))


def _watch_loop(programs: Path, samples: Samples) -> None:
    watched = [str(programs / "python"), "-P", str(loop.WATCHED)]
    with _alone(watched, days.make() | {days.today(): days.crowded()}) as (program, hub):
        _add(samples, loop.refresh(program, hub))
    with _alone([*watched, *LAST_DAY], days.make_month()) as (program, hub):
        _add(samples, loop.arrival(program, hub))


def _use_library(rounds: int, samples: Samples) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        library.make(path)
        for number in _told("library", rounds):
            _add(samples, library.measure(path, number))


@contextmanager
def _alone(
    argv: list[str], papers: Mapping[date, list[Item]]
) -> Iterator[tuple[Program, HubServer]]:
    """The program in an empty home, in front of a hub that nobody has asked yet."""
    with tempfile.TemporaryDirectory() as home, HubServer(papers, today=days.today()) as hub:
        env = {"HF_ENDPOINT": hub.url, "HOME": home}
        yield Program(argv, Path(home), env), hub


def _told(part: str, rounds: int) -> Iterator[int]:
    """The numbers of the rounds, each told when its turn comes."""
    for number in range(rounds):
        print(f"{part}: round {number + 1} of {rounds}", file=sys.stderr)
        yield number


def _compare_commands(programs: Path, floor: Samples, program: Samples) -> None:
    elapsed, cpu = commands.run([str(programs / "python"), "-c", "pass"])
    for name in ("version", "help"):
        _add(floor, {name: [elapsed], f"{name} cpu": [cpu]})
        asked = commands.run([str(programs / "daily-papers"), f"--{name}"])
        _add(program, {name: [asked[0]], f"{name} cpu": [asked[1]]})


def _add(samples: Samples, more: Samples) -> None:
    for name, values in more.items():
        samples[name] += values


def environment() -> str:
    """What the figures depend on, in a line."""
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    return (
        f"{platform.python_implementation()} {platform.python_version()}, "
        f"Textual {version('textual')}, {os.cpu_count()} cores, load {load}, "
        f"{platform.system()} {platform.machine()}"
    )


def _clean(home: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "HOME": home, "LC_ALL": "C.UTF-8"}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, metavar="N")
    parser.add_argument("--only", action="append", choices=PARTS, help="may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every sample")
    parser.add_argument(
        "--venv",
        type=Path,
        default=Path(sys.prefix),
        metavar="DIR",
        help="where program and floor are installed (this environment)",
    )
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
