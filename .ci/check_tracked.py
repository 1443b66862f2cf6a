"""Check that no file names a package index's host or an absolute path of somebody's machine."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTS: Final = r"py[p]i\.org|python[h]osted\.org|simple\.artif[a]ct|artif[a]ctory|index[-_]url"
PATHS: Final = r"(?<![\w.~>-])/(?:work|root|home|Users)/\w"
FORBIDDEN: Final = re.compile(f"{HOSTS}|{PATHS}".encode())


def found(folder: Path) -> Iterator[str]:
    """Each offence as ``file:line: text``."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        for number, line in enumerate(file.read_bytes().splitlines(), 1):
            if match := FORBIDDEN.search(line):
                yield f"{file.relative_to(folder)}:{number}: {match[0].decode()}"


def main() -> int:
    """Print every offence in the folder named; 1 when there is any."""
    offences = list(found(Path(sys.argv[1])))
    print("\n".join(offences) or "none")
    return bool(offences)


if __name__ == "__main__":
    raise SystemExit(main())
