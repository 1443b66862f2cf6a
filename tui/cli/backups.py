"""``daily-papers library backup`` and ``restore``: copies of the library, and the way back."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.cli.exits import Exit
from tui.cli.ids import quoted
from tui.cli.run import Stop
from tui.cli.streams import say
from tui.deeds import deed
from tui.explain import RESTORE
from tui.library import (
    Library,
    LibraryDamaged,
    LibraryError,
    LibraryUnwritable,
    backup,
    copies,
    copy_now,
    require_sound,
)
from tui.library.errors import NOT_WRITABLE
from tui.page import counted
from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    import argparse

    from tui.library import Totals
    from tui.library.restoring import Difference

COUNTED: Final = ("read", "starred", "with a note", "tagged")
"""The totals of a library, in their order."""
MAX_NAME: Final = 200  # characters
PARTS: Final = ("", "-wal", "-shm", "-journal")
"""What SQLite adds to the name of a database for each of the files that hold it."""


def run_backup(path: Path, given: argparse.Namespace) -> int:
    """Copy the library at ``path`` to the file that is named, or among the other copies."""
    require_library(path)
    if given.file is None:
        target = copy_now(path, datetime.now(UTC))
    else:
        target = _new_file(path, given.file)
        _backup(path, target)
    say(f"The library is copied to {target}.")
    return Exit.DONE


def _backup(path: Path, target: Path) -> None:
    """Copy the library to a file that may be anywhere."""
    try:
        backup(path, target)
    except LibraryUnwritable as error:
        is_there = error.path == target and error.reason == NOT_WRITABLE
        why = f"{target.parent} cannot be written" if is_there else error.reason
        raise Stop(Exit.TROUBLE, f"No copy was made: {why}.") from None


def run_restore(path: Path, given: argparse.Namespace) -> int:
    """Tell what a copy would change, or bring it back; without a copy, list those there are."""
    if given.copy is None:
        return _list(path)
    copy = _copy(path, given.copy)
    if not _is_usable(path):
        return _put_in_place(path, copy, agreed=given.yes)
    with closing(Library.open(path)) as library, closing(Library.read_only(copy)) as earlier:
        differences = library.differences(earlier)
        if not differences:
            say(f"Nothing differs from {copy.name}.")
        elif given.yes:
            _restore(library, earlier)
        else:
            _preview(library, earlier, differences)
    return Exit.DONE


def require_library(path: Path) -> None:
    """Stop where there is no file at ``path``, with a word on the copies of one that is gone."""
    if not path.exists():
        gone = f"The library {path} is not there; {RESTORE} lists its copies."
        raise Stop(Exit.NOTHING_FOUND, gone if copies(path) else "There is no library yet.")


def require_other(target: Path, path: Path) -> None:
    """Stop where a file that is to be replaced is the library at ``path`` itself, or holds a part
    of it."""
    parts = [path.with_name(f"{path.name}{suffix}") for suffix in PARTS]
    if any(_is_same(target, part) for part in parts):
        raise Stop(Exit.USAGE, f"{target} is the library itself; name another file.")


def _is_same(one: Path, other: Path) -> bool:
    """Whether both are one file, which need not be there yet."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def _new_file(path: Path, name: str) -> Path:
    """Where the copy is to be: nothing that is there is replaced."""
    target = Path(name).resolve()
    if target.is_dir():
        target /= path.name
    require_other(target, path)
    if target.exists():
        raise Stop(Exit.USAGE, f"{target} is there already; name another file.")
    if not target.parent.is_dir():
        raise Stop(Exit.TROUBLE, f"There is no folder {target.parent}.")
    return target


def _list(path: Path) -> int:
    found = copies(path)
    for copy in found:
        made = datetime.fromtimestamp(copy.stat().st_mtime, UTC)
        print(copy.name, f"{made:%Y-%m-%d %H:%M} UTC", _held(copy), sep="\t")
    if not found:
        say("There are no copies of the library yet; one is made on each day with changes.")
        return Exit.NOTHING_FOUND
    return Exit.DONE


def _held(copy: Path) -> str:
    """What is in a copy, in words."""
    try:
        with closing(Library.read_only(copy)) as library:
            counts = zip(library.totals(), COUNTED, strict=True)
            return ", ".join(f"{count:,} {words}" for count, words in counts)
    except LibraryError:
        return "cannot be read"


def _copy(path: Path, name: str) -> Path:
    """The sound copy of that name, among the copies of the library or anywhere."""
    beside = {copy.name: copy for copy in copies(path)}
    copy = beside.get(name) or beside.get(f"library-{name}.db") or Path(name)
    if not copy.is_file():
        words = f"There is no copy {quoted(name)}; {RESTORE} lists those there are."
        raise Stop(Exit.NOTHING_FOUND, words)
    try:
        require_sound(copy)
    except LibraryDamaged as error:
        raise Stop(Exit.TROUBLE, f"{copy} cannot be used: {error.detail}.") from None
    return copy


def _is_usable(path: Path) -> bool:
    """Whether there is a library that changes can be added to."""
    if not path.exists():
        return False
    try:
        require_sound(path)
    except LibraryDamaged:
        return False
    return True


def _put_in_place(path: Path, copy: Path, *, agreed: bool) -> int:
    """Where the library is damaged or gone, there is nothing to compare and nothing to undo."""
    from tui.library.recovery import replace

    state = "damaged; it would be kept beside" if path.exists() else "not there"
    if not agreed:
        say(f"The library {path} is {state}. {copy.name} would take its place with "
            f"{_held(copy)}. Nothing is changed yet; --yes does it.")  # fmt: skip
        return Exit.DONE
    aside = replace(path, copy, datetime.now(UTC))
    kept = f"; the damaged library is {aside}" if aside else ""
    say(f"{copy.name} is in place, with {_held(path)}{kept}.")
    return Exit.DONE


def _preview(library: Library, earlier: Library, differences: list[Difference]) -> None:
    """Each paper that would change on a line, then the sums."""
    papers = 0
    for paper, fields in groupby(differences, attrgetter("paper")):
        print(paper, ", ".join(_words(each) for each in fields), sep="\t")
        papers += 1
    sums = _sums(library.totals(), earlier.totals())
    say(f"{earlier.path.name} would change {counted(papers, 'paper')}{sums}. "
        "Nothing is changed yet; --yes does it.")  # fmt: skip


def _words(difference: Difference) -> str:
    if isinstance(difference.then, str) and difference.now and difference.then:
        return "note changed"
    return deed(difference.field, difference.then)


def _sums(now: Totals, then: Totals) -> str:
    """The totals that differ, as the end of a clause."""
    numbers = zip(COUNTED, now, then, strict=True)
    sums = [
        f"{words} {before:,} → {after:,}" for words, before, after in numbers if before != after
    ]
    return f": {', '.join(sums)}" if sums else ""


def _restore(library: Library, earlier: Library) -> None:
    kept = copy_now(library.path, datetime.now(UTC), "before-restoring-")
    before = library.totals()
    name = clean_line(earlier.path.name, MAX_NAME)
    changed = library.restore(earlier, label=f"restored {name}")
    say(f"{counted(changed, 'paper')} changed{_sums(before, library.totals())}. "
        f"U in the reader takes it back, and {kept.name} has what was there.")  # fmt: skip
