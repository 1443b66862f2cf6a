"""The same library on every machine: through a folder, or one file."""

from __future__ import annotations

from tui.sync.errors import (
    FolderMissing,
    FolderUnreadable,
    FolderUnwritable,
    NewerFormat,
    SyncError,
)
from tui.sync.exchange import Imported, export, import_, is_export
from tui.sync.sync import Sync, Synced

__all__ = [
    "FolderMissing",
    "FolderUnreadable",
    "FolderUnwritable",
    "Imported",
    "NewerFormat",
    "Sync",
    "SyncError",
    "Synced",
    "export",
    "import_",
    "is_export",
]
