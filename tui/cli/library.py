"""``daily-papers library``: the whole library, shared, in one file, copied, checked, counted."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from tui.cli.arguments import STREAM
from tui.cli.backups import require_other, run_backup, run_restore
from tui.cli.checking import run_check, run_repair
from tui.cli.exits import Exit
from tui.cli.run import Stop, with_library, with_paths
from tui.cli.stats import run_stats
from tui.cli.streams import say
from tui.library import copy_now
from tui.page import counted
from tui.settings import Settings
from tui.sync import Sync, SyncError, export, import_, is_export

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from typing import TextIO

    from tui.library import Library
    from tui.paths import Paths

PARTIAL: Final = ".partial"
"""What the name of a file ends with until it is whole."""
ON_FILES: Final = {
    "backup": run_backup,
    "restore": run_restore,
    "check": run_check,
    "repair": run_repair,
}
"""The actions that take the library as it lies there, damaged ones too."""
ONLY_READ: Final = ("export", "stats")


def run(given: argparse.Namespace) -> int:
    """Do one of the actions; the exit code."""
    if given.action in ON_FILES:
        return with_paths(given, lambda paths: ON_FILES[given.action](paths.library, given))
    return with_library(
        given,
        lambda library, paths: _act(library, paths, given),
        reads=given.action in ONLY_READ,
    )


def _act(library: Library, paths: Paths, given: argparse.Namespace) -> int:
    if not library.current:
        raise Stop(Exit.TROUBLE, f"This needs the whole library: {library.trouble}.")
    try:
        if given.action == "sync":
            return _sync(library, paths, demo=given.demo)
        if given.action == "export":
            return _export(library, given.file)
        if given.action == "stats":
            return run_stats(library, given)
        return _import(library, given.file)
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
        target = Path(name)
        require_other(target, library.path)
        _require_replaceable(target)
        with _replacing(target) as file:
            written = export(library, file)
    say(f"{counted(written, 'change')} exported.")
    return Exit.DONE


def _import(library: Library, name: str) -> int:
    """Add what a file holds; what is damaged in it is told by the exit code too."""
    with _opened(name) as file, _copied_before(library) as kept:
        imported = import_(library, file)
    words = f"{counted(imported.new, 'change')} imported, {imported.known:,} were here already."
    if kept and imported.new:
        words += f" U does not take them back; {kept} has what was there."
    say(words)
    if imported.refused:
        raise Stop(Exit.TROUBLE, f"{counted(imported.refused, 'line')} could not be read.")
    return Exit.DONE


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == STREAM:
        yield _bytes(sys.stdin)
        return
    if not Path(name).exists():
        raise Stop(Exit.TROUBLE, f"There is no file {name}.")
    with Path(name).open("rb") as file:
        yield file


@contextmanager
def _copied_before(library: Library) -> Iterator[str]:
    """Copy a library that holds something; the copy's name, which is gone if nothing changes."""
    before = library.last_change
    kept = copy_now(library.path, datetime.now(UTC), "before-import-") if before else None
    try:
        yield kept.name if kept else ""
    finally:
        if kept and library.last_change == before:
            kept.unlink(missing_ok=True)


def _bytes(stream: TextIO | None) -> BinaryIO:
    """The stream below a stream of text, which is None when it was closed from the start."""
    if stream is None:
        raise Stop(Exit.USAGE, "The stream is closed; name a file.")
    return stream.buffer


def _require_replaceable(target: Path) -> None:
    """Stop where a file would be lost that is no earlier export, and where there is no folder."""
    if target.is_file() and not is_export(target):
        raise Stop(Exit.USAGE, f"{target} is no export of a library; name another file.")
    if not target.parent.is_dir():
        raise Stop(Exit.TROUBLE, f"There is no folder {target.parent}.")


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
