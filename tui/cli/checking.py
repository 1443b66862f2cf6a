"""``daily-papers library check`` and ``repair``: whether the library is sound, and what to do."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tui.cli.backups import require_library
from tui.cli.exits import Exit
from tui.cli.output import dump
from tui.cli.run import Stop
from tui.cli.streams import say
from tui.explain import REPAIR, RESTORE, started_afresh
from tui.library import Library, LibraryDamaged, copy_now
from tui.library.errors import NOT_READABLE
from tui.library.files import has_log
from tui.page import counted

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from tui.library.check import Checked


def run_check(path: Path, given: argparse.Namespace) -> int:
    """Say whether the library at ``path`` is sound; the exit code says it too."""
    checked = _checked(path)
    if given.json:
        print(dump(_as_json(path, checked)))
    else:
        say(_sentence(path, checked))
    return Exit.TROUBLE if any(checked) else Exit.DONE


def run_repair(path: Path, _given: argparse.Namespace) -> int:
    """Mend what can be mended; what was there is kept."""
    checked = _checked(path)
    if checked.faults:
        _recover(path)
    elif checked.papers:
        _rebuild(path, checked)
    else:
        say("The library is sound; there is nothing to repair.")
    return Exit.DONE


def _checked(path: Path) -> Checked:
    if not has_log(path):
        require_library(path)
    if path.exists() and not path.is_file():
        raise Stop(Exit.TROUBLE, f"This needs the whole library: {NOT_READABLE}.")
    return Library.check(path)


def _sentence(path: Path, checked: Checked) -> str:
    if checked.faults:
        return f"The library {path} is damaged ({checked.faults[0]}); {REPAIR} saves what it can."
    if checked.papers:
        return (f"The marks of {counted(len(checked.papers), 'paper')} are not what their history "
                f"says; {REPAIR} mends that.")  # fmt: skip
    totals = _totals(path)
    return (f"The library is sound. Papers: {totals['read']:,} read, {totals['starred']:,} "
            f"starred, {totals['noted']:,} with a note, {totals['tagged']:,} tagged.")  # fmt: skip


def _totals(path: Path) -> dict[str, int]:
    with closing(Library.read_only(path)) as library:
        return library.totals()._asdict()


def _as_json(path: Path, checked: Checked) -> dict[str, Any]:
    return {
        "library": str(path),
        "sound": not any(checked),
        "faults": checked.faults,
        "differing": checked.papers,
        "totals": None if checked.faults else _totals(path),
    }


def _recover(path: Path) -> None:
    try:
        recovered = Library.recover(path)
    except LibraryDamaged:
        words = f"Nothing in {path} can be read; it was left as it is. {RESTORE} lists its copies."
        raise Stop(Exit.TROUBLE, words) from None
    say(started_afresh(recovered))


def _rebuild(path: Path, checked: Checked) -> None:
    kept = copy_now(path, datetime.now(UTC), "before-repair-")
    with closing(Library.open(path)) as library:
        library.rebuild()
    say(f"The marks of {counted(len(checked.papers), 'paper')} are what their history says again; "
        f"{kept.name} has what was there.")  # fmt: skip
