"""How far the folder was read: what makes the next look at it cheap, and nothing more.

Losing it costs one reading of the whole folder.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tui.private_files import make_folder
from tui.sync import lines
from tui.sync.folder import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

VERSION: Final = 1
MAX_BYTES: Final = 16 * 1024 * 1024
UNUSABLE: Final = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What comes of reading a file that another program wrote, or half of one."""
UNSTAMPED: Final = Stamp(-1, 0, 0)
"""What no file has: the file is looked into next time, whatever its stamp."""


class Progress(NamedTuple):
    """How far one file was read."""

    stamp: Stamp
    offset: int
    """Bytes up to the end of the last whole line that was read."""
    checksum: int
    """CRC-32 of these bytes."""
    damaged: int
    """Lines among them that could not be read."""
    newer: bool = False
    """Whether it was written by a newer program, so that nothing of it was taken."""


class Point(NamedTuple):
    """A place in the changes of one machine."""

    number: int
    clock: int


START: Final = Point(0, 0)
"""Before the first change."""


@dataclass(slots=True)
class Memory:
    """What is known of the folder, for one library; another folder is found out by its files."""

    library: str
    """The name of the library: one that was put back from a backup has another."""
    files: dict[str, Progress] = field(default_factory=dict)
    shared: dict[str, Point] = field(default_factory=dict)
    """By machine, the change up to which all that are in the library are in the files too."""
    lost: int = 0
    """How often in a row something written was not found again; it is not saved."""

    @classmethod
    def load(cls, path: Path, library: str) -> Memory:
        """What was saved for this library, or nothing."""
        memory = cls(library)
        with suppress(OSError, *UNUSABLE):
            saved = json.loads(_text(path))
            if saved["of"] == memory._of():
                files = {name: _progress(each) for name, each in saved["files"].items()}
                shared = {name: Point(*_integers(at)) for name, at in saved["shared"].items()}
                memory.files, memory.shared = files, shared
        return memory

    def save(self, path: Path) -> None:
        """Put it in place of what was saved before, where the disk lets us."""
        content = {"of": self._of(), "files": self.files, "shared": self.shared}
        partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
        with suppress(OSError):
            make_folder(path.parent)
            try:
                partial.touch(mode=0o600)
                partial.write_text(json.dumps(content), encoding="ascii")
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)

    def copy(self) -> Memory:
        """The same, to go on from."""
        return replace(self, files=dict(self.files), shared=dict(self.shared))

    def forget(self) -> None:
        """Know nothing, so that everything is read again."""
        self.files.clear()
        self.shared.clear()

    def _of(self) -> list[str | int]:
        """What it holds for; a program that reads another format finds other changes."""
        return [VERSION, lines.VERSION, self.library]


def _text(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES)


def _progress(saved: Sequence[Any]) -> Progress:
    stamp, newer = saved[0], saved[4]
    offset, checksum, damaged = _integers(saved[1:4])
    return Progress(Stamp(*_integers(stamp)), offset, checksum, damaged, newer is True)


def _integers(values: Iterable[Any]) -> list[int]:
    """The values. Raises ValueError for what is none."""
    integers = list(values)
    if any(type(each) is not int for each in integers):
        raise ValueError(integers)
    return integers
