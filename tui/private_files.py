"""Files and folders that are made for the user alone."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def make_file(path: Path) -> None:
    """Make the file, empty, and its folders where they are missing. Raises OSError.

    A file that exists is not opened: closing it again would drop the locks that another
    connection of this process holds on it.
    """
    make_folder(path.parent)
    with suppress(FileExistsError):
        path.touch(mode=0o600, exist_ok=False)


def make_folder(folder: Path) -> None:
    """Make the folder and those above it where they are missing. Raises OSError."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
