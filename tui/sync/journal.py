"""The files that one machine writes: only ever added to, never locked, deleted or cut."""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from itertools import chain, count
from stat import S_ISREG
from typing import TYPE_CHECKING, Final

from tui.sync.lines import FIRST_LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FULL_FILE: Final = 1_000_000
"""Bytes from which on a file is left as it is and another begun."""
NAME: Final = re.compile(r"([0-9]{6,9})\.jsonl", re.ASCII)
APPEND_FLAGS: Final = (
    os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
)  # fmt: skip


def append(folder: Path, lines: Iterable[bytes]) -> None:
    """Add the lines to the files in ``folder``, which is made where there is something to add.

    They are on disk when this returns. A file that ends within a line, as after a crash, is left
    so, and another begun: nothing can be swallowed by the broken line, nor mistaken for its end.
    Raises OSError.
    """
    rest = iter(lines)
    while (first := next(rest, None)) is not None:
        _make(folder)
        _fill(_open_last(folder), chain([first], rest))
        _sync_directory(folder)


def _fill(descriptor: int, lines: Iterator[bytes]) -> None:
    """Write lines until the file is full."""
    try:
        size = os.fstat(descriptor).st_size
        content = [] if size else [FIRST_LINE]
        for line in lines:
            content.append(line)
            size += len(line)
            if size >= FULL_FILE:
                break
        _write(descriptor, b"".join(content))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


def _make(folder: Path) -> None:
    """Make the folder, and ours that it is in, in one that has to be there."""
    for each in (folder.parent, folder):
        if each.is_symlink():
            raise NotADirectoryError(errno.ENOTDIR, "a link to somewhere else is in the way")
        each.mkdir(mode=0o700, exist_ok=True)


def _open_last(folder: Path) -> int:
    """Open the last file, or a new one where that one is full, broken, or something else."""
    names = map(NAME.fullmatch, (file.name for file in folder.iterdir()))
    numbers = [int(found[1]) for found in names if found]
    files = (folder / f"{number:06}.jsonl" for number in count(max(numbers, default=1)))
    return next(descriptor for file in files if (descriptor := _opened(file)) is not None)


def _opened(file: Path) -> int | None:
    """Open a file to append to, made where missing; None where it is not fit for that."""
    with suppress(FileNotFoundError):
        if not S_ISREG(file.lstat().st_mode):
            return None
    descriptor = os.open(file, APPEND_FLAGS, 0o600)
    if _is_fit(descriptor):
        return descriptor
    os.close(descriptor)
    return None


def _is_fit(descriptor: int) -> bool:
    """Whether the file is of this format, not full yet, and ends with a whole line."""
    size = os.fstat(descriptor).st_size
    if not size:
        return True
    os.lseek(descriptor, 0, os.SEEK_SET)
    begins_well = os.read(descriptor, len(FIRST_LINE)).startswith(FIRST_LINE.rstrip())
    os.lseek(descriptor, -1, os.SEEK_END)
    return begins_well and size < FULL_FILE and os.read(descriptor, 1) == b"\n"


def _sync_directory(folder: Path) -> None:
    """See to it that the names of new files are on disk too, where directories can be opened."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):  # not every network file system can
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
