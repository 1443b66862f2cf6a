"""Check that a wheel holds what the program needs besides its code."""

from __future__ import annotations

import sys
from pathlib import Path
from zipfile import ZipFile


def expected() -> set[str]:
    """The files beside the code, by their names in the wheel."""
    sheets = {f"tui/styles/{sheet.name}" for sheet in Path("styles").glob("*.tcss")}
    sample = {str(day) for day in Path("tui/sample").glob("*.json")}
    code = {str(module) for module in Path("tui").rglob("*.py")}
    if not (sheets and sample and code):
        raise SystemExit("run this in the checkout")
    return sheets | sample | code | {"tui/py.typed"}


def main() -> int:
    """Say what is missing, and what is there that has no place in a wheel."""
    with ZipFile(sys.argv[1]) as wheel:
        names = set(wheel.namelist())
    missing = sorted(expected() - names)
    if not any(name.endswith("dist-info/licenses/LICENSE") for name in names):
        missing.append("LICENSE")
    foreign = sorted(name for name in names if not name.startswith(("tui/", "daily_papers-")))
    print(f"{len(names)} files; missing: {missing or 'none'}; foreign: {foreign or 'none'}")
    return bool(missing or foreign)


if __name__ == "__main__":
    raise SystemExit(main())
