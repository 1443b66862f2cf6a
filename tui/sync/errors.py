"""What can go wrong between us and the folder that machines share.

SyncError
├── FolderMissing       the folder is not there: an unplugged stick, an unmounted disk
├── FolderUnreadable    it is there and cannot be looked into
├── FolderUnwritable    what others wrote was read, and nothing could be added
└── NewerFormat         a file is for newer versions of the program only

The message of each is a sentence for the user.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from pathlib import Path

FULL_ERRNOS: Final = (errno.ENOSPC, errno.EDQUOT)
MAX_PATH: Final = 500  # characters


class SyncError(Exception):
    """Base of the family; ``merged`` is how many changes had been taken over by then."""

    def __init__(self, sentence: str, merged: int = 0) -> None:
        super().__init__(sentence)
        self.merged = merged


class FolderMissing(SyncError):
    """The folder is not there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"The folder {shown(folder)} is not there: nothing is shared until it is.")


class FolderUnreadable(SyncError):
    """The folder cannot be listed."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"The folder {shown(folder)} cannot be read ({reason}).")


class FolderUnwritable(SyncError):
    """Nothing can be added to the folder; what others wrote has been read all the same."""

    def __init__(self, folder: Path, reason: str, merged: int) -> None:
        super().__init__(
            f"Nothing can be written to {shown(folder)} ({reason}): changes made here reach other "
            "machines once it can.",
            merged,
        )


class NewerFormat(SyncError):
    """What follows in a file was written by a newer version of the program."""

    def __init__(self) -> None:
        super().__init__("It was written by a newer version of this program: update it here too.")


def reason(error: OSError) -> str:
    """What the operating system says, in a few words."""
    if error.errno in FULL_ERRNOS:
        return "the disk is full"
    return error.strerror or str(error)


def shown(path: Path | str) -> str:
    """The path as it may stand in a sentence."""
    return clean_line(str(path), MAX_PATH)
