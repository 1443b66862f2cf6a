"""A cache that someone or something has written into: nothing runs, nothing outside is touched."""

from __future__ import annotations

import logging
import os
import pickle
import sqlite3
import zlib
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

import diskcache
import pytest

from tests.test_cache import ENTRY, NOW, put
from tui.cache import Cache, Entry
from tui.cache.database import BytesDisk
from tui.cache.entry import HEADER, MAX_BODY, Damaged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PICKLE_MODE: Final = 4
FILE_MODE: Final = 2


class Bomb:
    """Makes a directory when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.mark),)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "answers"


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A file outside of the cache."""
    file = tmp_path / "victim.txt"
    file.write_text("mine")
    return file


@pytest.fixture
def cache(directory: Path) -> Iterator[Cache]:
    with closing(Cache.open(directory)) as opened:
        assert put(opened, "day")
        yield opened


def write(directory: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(directory / "cache.db", isolation_level=None)) as connection:
        connection.execute(statement, values)


def plant(directory: Path, mode: int, filename: str | None, value: object) -> None:
    """Turn the row of ``day`` into another one."""
    write(directory, "UPDATE Cache SET mode = ?, filename = ?, value = ?", mode, filename, value)


def rows(directory: Path) -> int:
    with closing(sqlite3.connect(directory / "cache.db")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM Cache").fetchone()
        return int(count)


def test_a_pickle_in_a_row_does_not_run(cache: Cache, directory: Path, tmp_path: Path) -> None:
    plant(directory, PICKLE_MODE, None, pickle.dumps(Bomb(tmp_path / "ran")))
    assert cache.get("day") is None
    assert not (tmp_path / "ran").exists()
    assert rows(directory) == 0


def test_a_pickle_in_a_file_does_not_run(cache: Cache, directory: Path, tmp_path: Path) -> None:
    (directory / "a.val").write_bytes(pickle.dumps(Bomb(tmp_path / "ran")))
    plant(directory, PICKLE_MODE, "a.val", None)
    assert cache.get("day") is None
    assert not (tmp_path / "ran").exists()


def test_a_pickled_key_does_not_run(cache: Cache, directory: Path, tmp_path: Path) -> None:
    key = pickle.dumps(Bomb(tmp_path / "ran"))
    write(directory, "UPDATE Cache SET key = ?, raw = 0", key)
    assert cache.get("day") is None
    assert put(cache, "day")
    with (
        closing(diskcache.Cache(str(directory), disk=BytesDisk)) as raw,
        pytest.raises(Damaged),
    ):
        list(raw)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("mode", [FILE_MODE, 3, PICKLE_MODE, 1])
@pytest.mark.parametrize("absolute", [True, False])
def test_a_row_that_names_a_file_outside_is_refused(
    mode: int, absolute: bool, cache: Cache, directory: Path, victim: Path
) -> None:
    plant(directory, mode, str(victim) if absolute else "../victim.txt", None)
    assert cache.get("day") is None
    assert victim.read_text() == "mine"


def test_replacing_a_row_deletes_no_file(cache: Cache, directory: Path, victim: Path) -> None:
    plant(directory, FILE_MODE, str(victim), None)
    assert put(cache, "day")
    assert victim.exists()


def test_culling_a_row_deletes_no_file(cache: Cache, directory: Path, victim: Path) -> None:
    plant(directory, FILE_MODE, str(victim), None)
    with closing(Cache.open(directory, size_limit=1)) as small:
        assert put(small, "other")
        assert small.get("day") is None
    assert rows(directory) == 0
    assert victim.exists()


@pytest.mark.parametrize("value", [pickle, {"a": 1}, "text", bytearray(b"x")])
def test_nothing_but_bytes_is_ever_stored(value: object, directory: Path) -> None:
    disk = BytesDisk(str(directory))
    with pytest.raises(TypeError):
        disk.store(value, read=False)
    with pytest.raises(TypeError):
        disk.put(value if not isinstance(value, str) else 7)


def header(form: int = 1, microseconds: int = 0, length: int = 0) -> bytes:
    return HEADER.pack(form, microseconds, length)


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"\x01",
        b"garbage of some length",
        header(form=2) + zlib.compress(b"[]"),
        header() + zlib.compress(b"[]" * 500)[:-8],
        header() + zlib.compress(b"\0" * (MAX_BODY + 1)),
        header(length=9) + zlib.compress(b"[]"),
        header(length=2) + b"\xff\xff" + zlib.compress(b"[]"),
        header(microseconds=2**62) + zlib.compress(b"[]"),
        "text",
        7,
        None,
    ],
    ids=range(12),
)
def test_a_value_that_cannot_be_decoded_is_a_miss_and_goes(
    value: object, cache: Cache, directory: Path
) -> None:
    plant(directory, 1, None, value)
    assert cache.get("day") is None
    assert rows(directory) == 0
    assert put(cache, "day")
    assert cache.get("day") == ENTRY


def set_aside(directory: Path) -> list[Path]:
    return [path for path in directory.parent.iterdir() if path.name.startswith("answers.")]


@pytest.mark.parametrize("size", [50, 5_000, 50_000])
def test_garbage_is_set_aside_with_one_line_in_the_log(
    size: int, directory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    directory.mkdir()
    (directory / "cache.db").write_bytes(b"garbage! " * size)
    with closing(Cache.open(directory)) as cache:
        assert cache.trouble is None
        assert put(cache, "day")
        assert cache.get("day") == ENTRY
    (aside,) = set_aside(directory)
    assert (aside / "cache.db").read_bytes() == b"garbage! " * size
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_one_damaged_cache_is_kept_aside_and_no_more(directory: Path) -> None:
    for number in range(3):
        directory.mkdir(exist_ok=True)
        (directory / "cache.db").write_bytes(b"garbage %d " % number * 1_000)
        Cache.open(directory).close()
        for log_file in directory.glob("cache.db-*"):
            log_file.unlink()
    (aside,) = set_aside(directory)
    assert (aside / "cache.db").read_bytes().startswith(b"garbage 2")


def test_a_directory_in_the_place_of_the_database(directory: Path) -> None:
    (directory / "cache.db").mkdir(parents=True)
    with closing(Cache.open(directory)) as cache:
        assert put(cache, "day")
    assert len(set_aside(directory)) == 1


def test_a_database_of_another_shape(directory: Path) -> None:
    directory.mkdir()
    write(directory, "CREATE TABLE Cache (shape TEXT)")
    with closing(Cache.open(directory)) as cache:
        assert put(cache, "day")
    assert len(set_aside(directory)) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("disk_fetch", "x"),
        ("disk_nonsense", 1),
        ("get", "x"),
        ("_disk", "x"),
        ("sqlite_journal_mode", "wal; DROP TABLE Cache"),
        ("sqlite_cache_size", "garbage"),
        ("size", "garbage"),
        ("count", None),
        ("eviction_policy", "nonsense"),
        ("cull_limit", "garbage"),
        ("statistics", 1),
    ],
)
def test_settings_that_are_not_ours_are_dropped_and_the_answers_kept(
    name: str, value: object, directory: Path
) -> None:
    with closing(Cache.open(directory)) as cache:
        assert put(cache, "day")
    write(directory, "INSERT OR REPLACE INTO Settings VALUES (?, ?)", name, value)
    with closing(Cache.open(directory)) as cache:
        assert cache.trouble is None
        assert cache.get("day") == ENTRY
        assert put(cache, "other")


def spoil(directory: Path, pages: int) -> None:
    """Write garbage over all but the first ``pages``, as a dying disk does."""
    with (directory / "cache.db").open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(pages * 4096)
        file.write(b"\xa5" * (end - pages * 4096))


@pytest.mark.parametrize("sound", [1, 12])
def test_damage_that_shows_itself_while_running_is_set_aside(sound: int, directory: Path) -> None:
    large = Entry(os.urandom(9_000), NOW, None)
    with closing(Cache.open(directory)) as cache:
        for number in range(20):
            assert put(cache, str(number), large)
    with closing(Cache.open(directory)) as cache:
        spoil(directory, sound)
        assert cache.get("19") is None
        fresh = [put(cache, "day") for _ in range(2)]
        assert fresh[-1]
        assert cache.get("day") == ENTRY
        assert cache.trouble is None
    assert len(set_aside(directory)) == 1


def test_a_directory_that_is_removed_while_running_is_made_again(directory: Path) -> None:
    with closing(Cache.open(directory)) as cache:
        assert put(cache, "day")
        for path in directory.iterdir():
            path.unlink()
        directory.rmdir()
        fresh = [put(cache, "day") for _ in range(3)]
        assert fresh[-1]
        assert cache.touch(["day"], NOW)
