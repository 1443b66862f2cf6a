"""What is the user's own: marks on papers, journalled and undoable."""

from __future__ import annotations

from tui.library.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryTooNew,
    LibraryUnwritable,
)
from tui.library.marks import Mark, Undone
from tui.library.store import Library

__all__ = [
    "Library",
    "LibraryBusy",
    "LibraryDamaged",
    "LibraryError",
    "LibraryTooNew",
    "LibraryUnwritable",
    "Mark",
    "Undone",
]
