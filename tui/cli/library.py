"""``daily-papers library``: the whole library, shared, as one file, or looked over."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from tui.cli.arguments import STREAM
from tui.cli.exits import Exit
from tui.cli.run import Stop, with_library
from tui.cli.streams import say
from tui.page import counted
from tui.settings import Settings
from tui.sync import Sync, SyncError, export, import_

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from typing import TextIO

    from tui.library import Library
    from tui.paths import Paths

PARTIAL: Final = ".partial"
"""What the name of a file ends with until it is whole."""


def run(given: argparse.Namespace) -> int:
    """Do one of the actions; the exit code."""
    return with_library(given, lambda library, paths: _act(library, paths, given))


def _act(library: Library, paths: Paths, given: argparse.Namespace) -> int:
    if not library.current:
        raise Stop(Exit.TROUBLE, f"This needs the whole library: {library.trouble}.")
    try:
        if given.action == "sync":
            return _sync(library, paths, demo=given.demo)
        if given.action == "export":
            return _export(library, given.file)
        if given.action == "import":
            return _import(library, given.file)
        return _check(library)
    except SyncError as error:
        raise Stop(Exit.TROUBLE, str(error)) from None


def _sync(library: Library, paths: Paths, *, demo: bool) -> int:
    if demo:
        raise Stop(Exit.USAGE, "The marks on the sample are not shared.")
    folder = Settings.load(paths.config).sync_folder
    if folder is None:
        raise Stop(Exit.USAGE, f"No folder is shared: set sync_folder in {paths.config} to one.")
    synced = Sync(library, folder, paths.sync).run()
    for remark in synced.skipped:
        say(remark)
    say(f"{counted(synced.written, 'change')} written, {counted(synced.merged, 'change')} merged.")
    return Exit.DONE


def _export(library: Library, name: str) -> int:
    if name == STREAM:
        written = export(library, _bytes(sys.stdout))
    else:
        with _replacing(Path(name)) as file:
            written = export(library, file)
    say(f"{counted(written, 'change')} exported.")
    return Exit.DONE


def _import(library: Library, name: str) -> int:
    """Add what a file holds; what is damaged in it is told by the exit code too."""
    if name == STREAM:
        imported = import_(library, _bytes(sys.stdin))
    else:
        with Path(name).open("rb") as file:
            imported = import_(library, file)
    say(f"{counted(imported.new, 'change')} imported, {imported.known:,} were here already.")
    if imported.refused:
        raise Stop(Exit.TROUBLE, f"{counted(imported.refused, 'line')} could not be read.")
    return Exit.DONE


def _check(library: Library) -> int:
    address = f"{library.path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise Stop(Exit.TROUBLE, f"{library.path} cannot be checked ({error}).") from None
    if found != "ok":
        raise Stop(Exit.TROUBLE, f"The library {library.path} is damaged.")
    totals = library.totals()
    say(f"The library is sound. Papers: {totals.read:,} read, {totals.starred:,} starred, "
        f"{totals.noted:,} with a note, {totals.tagged:,} tagged.")  # fmt: skip
    return Exit.DONE


def _bytes(stream: TextIO | None) -> BinaryIO:
    """The stream below a stream of text, which is None when it was closed from the start."""
    if stream is None:
        raise Stop(Exit.USAGE, "The stream is closed; name a file.")
    return stream.buffer


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of the one at ``path`` once it is whole and on disk.

    What is no ordinary file, such as a pipe, is written to as it is.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    target = path.resolve()
    partial = target.with_name(f"{target.name}.{os.getpid()}{PARTIAL}")
    try:
        with open(partial, "wb", opener=_private) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
