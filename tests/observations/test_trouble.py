"""Files, directories and disks that are not as they should be: nothing raises."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from tests.library.obstacles import fill, frozen, small_disk
from tests.observations import DAY, HOUR, NOW, A, B, paper, papers, unseen
from tui.observations import Observations
from tui.papers import Gain

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A directory of our own: pytest stumbles in later runs over one that a kill left frozen."""
    with TemporaryDirectory() as directory:
        yield Path(directory).resolve()


@pytest.fixture
def written(path: Path) -> Path:
    """A closed file in which A was looked at with three upvotes."""
    with closing(Observations.open(path)) as observations:
        observations.look([paper(3)], NOW)
    return path


def alter(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


def spoil(path: Path) -> None:
    """Write garbage over all but the first page, as a dying disk does."""
    with path.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(4096)
        file.write(b"\xa5" * (end - 4096))


def assert_works(observations: Observations) -> None:
    """Nothing is known from before, and what is kept from now on makes a gain and a rate."""
    assert unseen(observations, [paper()]) == {A}
    observations.look([paper(3)], NOW)
    observations.record([paper(3)], NOW)
    observations.record([paper(5)], NOW + HOUR)
    assert observations.gains([paper(5)], NOW + HOUR) == {A: Gain(2)}
    assert observations.rates([A]) == {A: 2}


def assert_begins_anew(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The file is no trouble to this run, and serves the next one; one line is logged."""
    with closing(Observations.open(path)) as observations:
        assert_works(observations)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    with closing(Observations.open(path)) as observations:
        assert observations.gains([paper(5)], NOW + HOUR) == {A: Gain(2)}


def assert_does_without(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What is seen makes gains within the run; one line is logged."""
    with closing(Observations.open(path)) as observations:
        assert_works(observations)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


@pytest.mark.skipif(sys.platform == "win32", reason="no modes on Windows")
def test_only_the_user_can_read_it(observations: Observations, path: Path) -> None:
    observations.look([paper()], NOW)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == dict.fromkeys((path.name, f"{path.name}-wal", f"{path.name}-shm"), 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"garbage! " * 5, b"garbage! " * 5000], ids=len)
def test_garbage(content: bytes, path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert_begins_anew(path, caplog)


def test_garbage_with_a_log_beside_it(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).write_bytes(b"garbage! " * 5000)
    assert_begins_anew(path, caplog)


def test_damage_with_the_log_of_a_crash_beside_it(
    observations: Observations, path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    observations.look(papers(100, 3), NOW)
    copy = tmp_path / "copy" / path.name
    copy.parent.mkdir()
    for suffix in ("-wal", "-shm"):
        shutil.copy(path.with_name(path.name + suffix), copy.parent)
    copy.write_bytes(b"garbage! " * 5000)
    assert_begins_anew(copy, caplog)


def test_a_file_cut_short(written: Path, caplog: pytest.LogCaptureFixture) -> None:
    os.truncate(written, 4096)
    assert_begins_anew(written, caplog)


def test_an_empty_file_is_a_new_one(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    path.touch()
    with closing(Observations.open(path)) as observations:
        assert_works(observations)
    assert not caplog.records


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE looks",
        "DROP TABLE observations",
        "DROP TABLE days",
        "ALTER TABLE looks DROP COLUMN was_repo",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = -1; DROP TABLE looks",
    ],
)
def test_a_database_of_another_shape(
    statement: str, written: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for each in statement.split(";"):
        alter(written, each)
    assert_begins_anew(written, caplog)


def test_damage_that_shows_itself_while_running(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(Observations.open(path)) as observations:
        observations.look(papers(5000, 3), NOW)
    with closing(Observations.open(path)) as observations:
        spoil(path)
        assert observations.gains(papers(5000, 5), NOW + HOUR) == {}
        assert_works(observations)
    assert len(caplog.records) == 2
    with closing(Observations.open(path)) as observations:
        assert observations.gains([paper(5)], NOW + HOUR) == {A: Gain(2)}


def test_an_observed_count_that_is_no_number_while_running(written: Path) -> None:
    with closing(Observations.open(written)) as observations:
        observations.record([paper(3)], NOW)
        alter(written, "UPDATE observations SET upvotes = 'many'")
        assert observations.newest([paper(5)], NOW - HOUR) == [paper(5)]
        assert_works(observations)


@pytest.mark.parametrize("value", ["'many'", "x'00'"])
@pytest.mark.parametrize("column", ["upvotes", "comments"])
def test_a_count_that_is_no_number_while_running(column: str, value: str, written: Path) -> None:
    with closing(Observations.open(written)) as observations:
        alter(written, f"UPDATE looks SET {column} = {value}")
        assert observations.gains([paper(5)], NOW + HOUR) == {}
        assert_works(observations)


def test_text_that_cannot_be_decoded_while_running(written: Path) -> None:
    with closing(Observations.open(written)) as observations:
        alter(written, "UPDATE looks SET upvotes = CAST(x'ff' AS TEXT)")
        assert observations.gains([paper(5)], NOW + HOUR) == {}
        assert_works(observations)


def test_a_file_of_a_newer_version_is_left_alone(
    written: Path, caplog: pytest.LogCaptureFixture
) -> None:
    alter(written, "PRAGMA user_version = 3")
    before = written.read_bytes()
    assert_does_without(written, caplog)
    assert written.read_bytes() == before


def test_a_file_of_the_first_version_keeps_its_looks_and_learns_of_days(
    written: Path, caplog: pytest.LogCaptureFixture
) -> None:
    alter(written, "DROP TABLE days")
    alter(written, "PRAGMA user_version = 1")
    for _ in range(2):
        with closing(Observations.open(written)) as observations:
            assert observations.gains([paper(5)], NOW + HOUR) == {A: Gain(2)}
    with closing(Observations.open(written)) as observations:
        assert observations.newcomers([paper(name=B, day=DAY)]) == set()
        observations.look([paper(3, day=DAY)], NOW, {DAY})
        assert observations.newcomers([paper(name=B, day=DAY)]) == {B}
    assert not caplog.records


def test_a_file_that_vanishes_while_running(written: Path) -> None:
    with closing(Observations.open(written)) as observations:
        for file in written.parent.iterdir():
            file.unlink()
        written.parent.rmdir()
        observations.look([paper(5)], NOW + HOUR)
        observations.record([paper(5)], NOW + HOUR)
        observations.gains([paper(5)], NOW + HOUR)
    with closing(Observations.open(written)) as observations:
        assert_works(observations)


def test_a_directory_in_the_place_of_the_file(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (path / "something").mkdir(parents=True)
    assert_does_without(path, caplog)


def test_below_a_regular_file(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert_does_without(tmp_path / "file" / "observations.db", caplog)


def test_a_frozen_directory(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with frozen(tmp_path):
        assert_does_without(tmp_path / "observations.db", caplog)


def test_a_frozen_directory_with_a_file(written: Path, caplog: pytest.LogCaptureFixture) -> None:
    with frozen(written.parent):
        assert_does_without(written, caplog)


def test_a_frozen_file(written: Path, caplog: pytest.LogCaptureFixture) -> None:
    with frozen(written):
        assert_does_without(written, caplog)


def test_damage_in_a_frozen_directory(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    path.write_bytes(b"garbage" * 1000)
    with frozen(path.parent), closing(Observations.open(path)) as observations:
        assert_works(observations)
    assert path.read_bytes() == b"garbage" * 1000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    directory = tmp_path / "disk"
    directory.mkdir()
    with small_disk(directory, "1m"):
        yield directory


def test_on_a_disk_that_becomes_full_writes_are_dropped_until_there_is_room(
    disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(Observations.open(disk / "observations.db")) as observations:
        observations.look([paper(3)], NOW)
        filler = fill(disk)
        for _ in range(2):
            observations.look(papers(2000, 5), NOW + HOUR)
            observations.record(papers(2000), NOW)
        assert observations.gains([paper(5)], NOW + HOUR) == {A: Gain(2)}
        assert [record.levelno for record in caplog.records] == [logging.WARNING]
        filler.unlink()
        observations.look(papers(10), NOW)
        assert unseen(observations, papers(10)) == set()


def test_on_a_full_disk_observations_are_kept_for_the_run(
    disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fill(disk)
    assert_does_without(disk / "observations.db", caplog)


def test_a_file_on_a_full_disk_is_left_alone(disk: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = disk / "observations.db"
    with closing(Observations.open(path)) as observations:
        observations.look([paper(3)], NOW)
    filler = fill(disk)
    assert_does_without(path, caplog)
    filler.unlink()
    with closing(Observations.open(path)) as observations:
        assert observations.gains([paper(4)], NOW + HOUR) == {A: Gain(1)}
