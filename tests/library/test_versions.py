"""A library that any earlier version wrote opens in this one."""

from __future__ import annotations

import stat
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.library import raw
from tests.library.obstacles import frozen
from tui.library import Library, Mark, Starred, Undone

if TYPE_CHECKING:
    from tests.library.conftest import Clock

VERSIONS = Path(__file__).parent
ONE, TWO, THREE, FOUR = PAPERS = [f"2608.{number:05}" for number in range(1, 5)]
MARKS_1 = {
    ONE: Mark(read=True),
    TWO: Mark(read=True, starred=True),
    THREE: Mark(read=True),
    FOUR: Mark(),
}


def written(path: Path, version: int) -> Path:
    """The library that was written by the program of that schema version."""
    path.parent.mkdir()
    raw.run(path, (VERSIONS / f"v{version}.sql").read_text(encoding="utf-8"))
    return path


def undone(library: Library) -> list[str]:
    """The labels of all that can be undone, by undoing it."""
    labels = []
    while step := library.undo():
        labels.append(step.label)
    return labels


def test_version_1(path: Path) -> None:
    with closing(Library.open(written(path, 1))) as library:
        assert library.marks(PAPERS) == MARKS_1
        assert library.redo() == Undone("star “Four”")
        assert undone(library) == ["star “Four”", "star “Two”", "read 2 papers", "read “One”"]
        assert library.marks(PAPERS) == dict.fromkeys(PAPERS, Mark())
    assert raw.marks(path) == raw.replayed(path)


def test_the_changes_of_version_1_can_be_merged(path: Path, tmp_path: Path) -> None:
    with (
        closing(Library.open(written(path, 1))) as library,
        closing(Library.open(tmp_path / "other.db")) as other,
    ):
        changes = list(library.changes(library.machine))
        assert [change.number for change in changes] == list(range(1, 13))
        steps = [change.clock for change in changes]
        assert steps == sorted(steps)
        assert changes[0].made_ms == changes[0].clock >> 16 == 1795161660000
        assert other.merge(changes) == 12
        assert other.marks(PAPERS) == MARKS_1


def test_steps_out_of_time_stay_in_order(path: Path) -> None:
    written(path, 1)
    raw.run(path, "UPDATE steps SET made_ms = 1795161660000 - 1000 * number")
    with closing(Library.open(path)) as library:
        clocks = [change.clock for change in library.changes()]
        assert clocks == sorted(clocks)
        assert library.marks(PAPERS) == MARKS_1


def test_a_copy_is_made_before_a_library_is_brought_up_to_date(path: Path, clock: Clock) -> None:
    Library.open(written(path, 1), now=clock).close()
    (copy,) = (path.parent / "backups").iterdir()
    assert copy.name == "library-v1-20260821T093001Z.db"
    assert raw.rows(copy, "PRAGMA user_version") == [(1,)]
    assert raw.rows(copy, "SELECT count(*) FROM changes") == [(12,)]
    if sys.platform != "win32":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    Library.open(path).close()
    assert list(copy.parent.iterdir()) == [copy]


def test_without_room_for_the_copy_version_1_is_only_read(path: Path) -> None:
    written(path, 1)
    (path.parent / "backups").write_text("in the way", encoding="utf-8")
    before = path.read_bytes()
    with closing(Library.open(path)) as library:
        assert library.trouble == "the data directory cannot be written"
        assert library.marks(PAPERS) == MARKS_1
    assert path.read_bytes() == before


def test_version_1_in_a_frozen_directory_answers_everything(path: Path) -> None:
    with frozen(written(path, 1).parent), closing(Library.open(path)) as library:
        assert not library.writable
        assert library.marks(PAPERS) == MARKS_1
        assert [each.paper for each in library.starred()] == [TWO]


def test_a_failure_midway_leaves_version_1(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(path, 1)
    raw.run(path, "UPDATE changes SET became = 'x' WHERE step = 1; DELETE FROM steps")
    raw.run(path, "CREATE TABLE notes (in_the_way)")
    before = raw.rows(path, "SELECT * FROM changes")
    with pytest.raises(Exception, match="notes"):
        Library.open(path)
    assert raw.rows(path, "SELECT * FROM changes") == before
    assert raw.rows(path, "PRAGMA user_version") == [(1,)]


def test_version_2(path: Path) -> None:
    with closing(Library.open(written(path, 2))) as library:
        assert library.marks(PAPERS) == {
            ONE: Mark(True, True, True, ("to teach", "ünïcode")),
            TWO: Mark(starred=True),
            THREE: Mark(starred=True, tags=("to teach", "ünïcode")),
            FOUR: Mark(),
        }
        line = "--- also written on another machine, 2026-11-22 17:03 UTC ---"
        assert library.note(ONE) == f"mine\n\n{line}\n\ntheirs"
        assert library.starred() == [
            Starred(TWO, 1795367160000, '{"id": "2608.00002", "title": "Two"}'),
            Starred(THREE, 1795367010001, '{"id": "2608.00003", "title": "Three"}'),
            Starred(ONE, 1795366920000, '{"id": "2608.00001", "title": "One"}'),
        ]
        assert len(library.machines) == 2
        assert len(list(library.changes("00000000000000ff"))) == 3
        before = raw.derived(path)
        library.rebuild()
        assert raw.derived(path) == before
        assert library.redo() == Undone("note on “Four”")
        assert library.note(FOUR) == "gone"
        assert undone(library) == [
            "note on “Four”", "tagged 2 papers", "note on “One”", "starred 2 papers", "read “One”",
        ]  # fmt: skip
        assert library.note(ONE) == "theirs"
