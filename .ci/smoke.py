"""Run an installed ``daily-papers`` from an empty home: the screen, and the plain commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.terminal import Terminal

FIRST = "EnvHarness: Awakening Static Worlds"
SECOND = "FACET: Preserving Source Intent"
SECOND_ID = "2608.18580"


def main() -> int:
    """Any failure is an exception."""
    program = str(Path(sys.argv[1]).absolute())
    with tempfile.TemporaryDirectory() as folder:
        environ = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8"}
        os.environ.clear()
        os.environ.update(environ)
        read_two_papers(program, Path(folder))
        ask(program, Path(folder))
    print(f"{program} works")
    return 0


def read_two_papers(program: str, home: Path) -> None:
    """Start, go to the second paper, open it, come back, quit."""
    with Terminal([program, "--demo"], cwd=home) as terminal:
        terminal.wait_for(FIRST)
        terminal.wait_for("13 unread")
        terminal.press("j")
        terminal.wait_for(lambda screen: screen.count(SECOND) == 2)
        terminal.press("<enter>")
        terminal.wait_for("12 unread")
        terminal.press("q")
        terminal.wait_for("Enter read")
        terminal.press("q")
        code = terminal.wait_exit()
    if code:
        raise SystemExit(f"the screen ended with {code}")


def ask(program: str, home: Path) -> None:
    """The version, a day and a paper; what was read stays read."""

    def output(*arguments: str) -> str:
        done = subprocess.run(
            [program, *arguments], cwd=home, check=True, capture_output=True, text=True
        )
        if done.stderr:
            raise SystemExit(f"{arguments} said {done.stderr}")
        return done.stdout

    version = output("--version").split()
    papers = json.loads(output("--demo", "list", "--json"))
    read = [paper["id"] for paper in papers if paper["read"]]
    rows = [line.split("\t") for line in output("--demo", "list").splitlines()]
    shown = output("--demo", "show", SECOND_ID)
    if version[0] != "daily-papers" or read != [SECOND_ID]:
        raise SystemExit(f"{version} {read}")
    if {len(row) for row in rows} != {8} or SECOND not in shown:
        raise SystemExit(f"{rows}\n{shown}")


if __name__ == "__main__":
    raise SystemExit(main())
