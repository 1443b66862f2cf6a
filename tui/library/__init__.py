"""What is the user's own: marks, tags and notes on papers, journalled and undoable."""

from __future__ import annotations

from tui.library.backup import backup, require_sound
from tui.library.backups import copies, copy_now, copy_of_day
from tui.library.change import Change
from tui.library.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryInUse,
    LibraryTooNew,
    LibraryUnwritable,
)
from tui.library.marks import Event, Mark, Note, ReadPaper, Starred, Totals, Undone
from tui.library.store import Library

__all__ = [
    "Change",
    "Event",
    "Library",
    "LibraryBusy",
    "LibraryDamaged",
    "LibraryError",
    "LibraryInUse",
    "LibraryTooNew",
    "LibraryUnwritable",
    "Mark",
    "Note",
    "ReadPaper",
    "Starred",
    "Totals",
    "Undone",
    "backup",
    "copies",
    "copy_now",
    "copy_of_day",
    "require_sound",
]
