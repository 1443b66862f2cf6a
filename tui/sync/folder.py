"""What others wrote: every ``*.jsonl`` file below the folder, whoever put it there.

Nothing here is trusted: names, kinds and sizes of files are whatever a tool that copies files, or
somebody else, made of them.
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.sync.errors import FolderMissing, FolderUnreadable, reason, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOM: Final = "daily-papers"
"""The folder of ours within the one that the user named."""
ENDING: Final = ".jsonl"
MAX_FILES: Final = 10_000
MAX_DEPTH: Final = 8
"""Levels of folders below ours."""
MAX_FILE: Final = 64 * 1024 * 1024
"""Bytes; ours end at about one megabyte."""

READ_FLAGS: Final = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)  # fmt: skip
"""What is swapped for a link or a pipe after it was listed neither leads away nor blocks."""


class Stamp(NamedTuple):
    """What a file's entry says of it; the content is the same while this is the same."""

    size: int
    modified_ns: int
    changed_ns: int


class File(NamedTuple):
    """A file that was there when the folder was listed."""

    name: str
    """Relative to our folder, with slashes."""
    path: Path
    stamp: Stamp


class Listing(NamedTuple):
    """The files below a folder, and a sentence about each part that could not be listed."""

    files: list[File]
    remarks: list[str]


def listed(folder: Path) -> Listing:
    """Every file to be read below the ``folder`` that the user named; links are not followed.

    Raises FolderMissing and FolderUnreadable.
    """
    room = folder / ROOM
    try:
        if not folder.is_dir():
            raise FolderMissing(folder)
        if room.is_symlink():
            raise FolderUnreadable(room, "it is a link to somewhere else")
        if room.exists():
            next(room.iterdir(), None)
    except OSError as error:
        raise FolderUnreadable(folder, reason(error)) from error
    listing = Listing([], [])
    for file in _walk(room, listing.remarks):
        if len(listing.files) == MAX_FILES:
            listing.remarks.append(f"Only {MAX_FILES:,} files of {shown(room)} are read.")
            break
        listing.files.append(file)
    return listing


def read(path: Path) -> tuple[bytes, Stamp]:
    """The first MAX_FILE bytes of a file, and its stamp from just before. Raises OSError."""
    descriptor = os.open(path, READ_FLAGS)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not S_ISREG(status.st_mode):
            raise FileNotFoundError(path)
        return file.read(MAX_FILE), _stamp(status)


def _walk(room: Path, remarks: list[str]) -> Iterator[File]:
    waiting = [(room, 0)]
    while waiting:
        folder, depth = waiting.pop()
        for entry in _entries(folder, remarks):
            try:
                if entry.is_dir(follow_symlinks=False) and depth < MAX_DEPTH:
                    waiting.append((Path(entry.path), depth + 1))
                elif entry.name.lower().endswith(ENDING) and entry.is_file(follow_symlinks=False):
                    yield _file(entry, room)
            except OSError as error:
                _remark(Path(entry.path), error, remarks)


def _entries(folder: Path, remarks: list[str]) -> list[os.DirEntry[str]]:
    """What is in one folder, by name; nothing when it has vanished."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        _remark(folder, error, remarks)
        return []


def _remark(path: Path, error: OSError, remarks: list[str]) -> None:
    """Say what cannot be read; what has vanished meanwhile is no loss."""
    if not isinstance(error, FileNotFoundError):
        remarks.append(f"{shown(path)} cannot be read now ({reason(error)}).")


def _file(entry: os.DirEntry[str], room: Path) -> File:
    path = Path(entry.path)
    return File(path.relative_to(room).as_posix(), path, _stamp(entry.stat(follow_symlinks=False)))


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns)
