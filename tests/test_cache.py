"""Answers on disk: kept, renewed, bounded, and never in the way."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from tests.library.obstacles import fill, frozen, small_disk
from tui.cache import Cache, Entry, database
from tui.cache.entry import MAX_BODY, MAX_VALIDATOR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW: Final = datetime(2026, 8, 21, 12, 30, 15, 123456, tzinfo=UTC)
ENTRY: Final = Entry(b'[{"paper":1}]', NOW, 'W/"v"')


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "caches" / "answers"


@pytest.fixture
def cache(directory: Path) -> Iterator[Cache]:
    with closing(Cache.open(directory)) as opened:
        yield opened


def put(cache: Cache, key: str, entry: Entry = ENTRY) -> bool:
    return cache.put(key, entry.body, fetched=entry.fetched, validator=entry.validator)


def noise(size: int) -> bytes:
    """Bytes that cannot be packed."""
    return os.urandom(size)


@pytest.mark.parametrize("body", [b"", b"[]", bytes(range(256)) * 1_000])
@pytest.mark.parametrize("validator", [None, 'W/"é"'])
def test_what_was_put_is_there_in_the_next_run(
    body: bytes, validator: str | None, directory: Path
) -> None:
    entry = Entry(body, NOW, validator)
    for expected in (None, entry):
        with closing(Cache.open(directory)) as cache:
            assert cache.trouble is None
            assert cache.get("day") == expected
            assert put(cache, "day", entry)
            assert cache.get("day") == entry


def test_the_time_fetched_comes_back_in_utc(cache: Cache) -> None:
    west = NOW.astimezone(datetime.strptime("-0700", "%z").tzinfo)
    assert cache.put("day", b"[]", fetched=west, validator=None)
    entry = cache.get("day")
    assert entry is not None
    assert (entry.fetched, entry.fetched.tzinfo) == (NOW, UTC)


def test_a_newer_answer_takes_the_place_of_the_older(cache: Cache) -> None:
    newer = Entry(b"[2]", NOW + timedelta(hours=1), None)
    assert put(cache, "day")
    assert put(cache, "day", newer)
    assert cache.get("day") == newer


def test_touch_renews_the_age_alone(cache: Cache) -> None:
    later = NOW + timedelta(hours=1)
    assert not cache.touch(["day"], later)
    assert put(cache, "day")
    assert not cache.touch(["day", "another"], later)
    assert cache.touch(["day"], later)
    assert cache.get("day") == Entry(ENTRY.body, later, ENTRY.validator)


@pytest.mark.parametrize(
    ("lead", "stays"),
    [(timedelta(seconds=1), True), (timedelta(0), False), (timedelta(hours=1), False)],
)
def test_an_answer_that_lost_a_race_is_dropped(lead: timedelta, stays: bool, cache: Cache) -> None:
    ahead = Entry(b"[2]", NOW + lead, None)
    assert put(cache, "day", ahead)
    overtaken = cache.put_all({"day": ENTRY, "other": ENTRY})
    assert overtaken == frozenset({"day"} if stays else ())
    assert cache.get("day") == (ahead if stays else ENTRY)


def test_what_comes_from_a_future_that_was_taken_back_gives_way(cache: Cache) -> None:
    ahead = Entry(b"[2]", NOW + timedelta(minutes=5), None)
    assert put(cache, "day", ahead)
    assert cache.put_all({"day": ENTRY}, now=NOW + timedelta(seconds=1)) == frozenset()
    assert cache.get("day") == ENTRY


def test_several_answers_are_stored_together_or_not_at_all(cache: Cache) -> None:
    too_large = Entry(b"x" * (MAX_BODY + 1), NOW, None)
    assert cache.put_all({"one": ENTRY, "two": too_large}) is None
    assert cache.get("one") is None
    assert cache.put_all({"one": ENTRY, "two": ENTRY}) == frozenset()
    assert cache.get("one") == cache.get("two") == ENTRY


def test_keys_in_order_from_either_end(cache: Cache) -> None:
    for key in ("day/3", "day/1", "brief/2", "day/2", "paper/9"):
        assert put(cache, key)
    assert cache.keys("day/1", "day/3", 1, 9) == ["day/1", "day/2", "day/3"]
    assert cache.keys("day/1", "day/2", -1, 1) == ["day/2"]
    assert cache.keys("day/4", "day/9", 1, 9) == []


def test_what_another_one_stores_is_noticed(cache: Cache, directory: Path) -> None:
    assert put(cache, "day")
    before = cache.version()
    assert cache.version() == before
    with closing(Cache.open(directory)) as other:
        assert put(other, "another day")
    assert cache.version() != before


def test_what_is_out_of_bounds_is_not_kept(cache: Cache) -> None:
    assert put(cache, "full", Entry(b"x" * MAX_BODY, NOW, None))
    assert cache.get("full") is not None
    assert not put(cache, "body", Entry(b"x" * (MAX_BODY + 1), NOW, None))
    assert not put(cache, "validator", Entry(b"", NOW, "x" * (MAX_VALIDATOR + 1)))
    assert cache.get("body") is cache.get("validator") is None


def test_only_the_user_can_look_inside_whatever_the_umask(directory: Path) -> None:
    before = os.umask(0o000)
    try:
        with closing(Cache.open(directory)) as cache:
            assert put(cache, "day", Entry(noise(100_000), NOW, None))
            modes = {path.name: path.stat().st_mode & 0o777 for path in directory.iterdir()}
    finally:
        os.umask(before)
    for folder in (directory, directory.parent):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert modes == dict.fromkeys(("cache.db", "cache.db-shm", "cache.db-wal"), 0o600)


def test_a_cache_that_others_could_read_is_closed_to_them(directory: Path) -> None:
    Cache.open(directory).close()
    directory.chmod(0o755)
    (directory / "cache.db").chmod(0o644)
    Cache.open(directory).close()
    assert directory.stat().st_mode & 0o777 == 0o700
    assert (directory / "cache.db").stat().st_mode & 0o777 == 0o600


def test_the_oldest_answers_make_room(directory: Path) -> None:
    limit = 1_000_000
    with closing(Cache.open(directory, size_limit=limit)) as cache:
        keys = [f"day {number:02}" for number in range(40)]
        for key in keys:
            assert put(cache, key, Entry(noise(100_000), NOW, None))
        kept = [key for key in keys if cache.get(key)]
    assert kept
    assert kept == keys[-len(kept) :]
    assert (directory / "cache.db").stat().st_size < 2 * limit


def test_many_threads_at_once(cache: Cache) -> None:
    def work(number: int) -> bool:
        entry = Entry(noise(5_000), NOW, str(number))
        return put(cache, str(number % 7), entry) and cache.get(str(number % 7)) is not None

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(100)))


CHILD: Final = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tui.cache import Cache
cache = Cache.open(Path(sys.argv[1]))
for number in range(50):
    assert cache.put(f"{number % 5}", b"x" * 9_000, fetched=datetime.now(UTC), validator=None)
    assert cache.get(f"{number % 5}") is not None
assert cache.trouble is None
cache.close()
"""


def test_several_processes_at_once(directory: Path) -> None:
    command = [sys.executable, "-c", CHILD, str(directory)]
    children = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    results = [(child.communicate()[1], child.returncode) for child in children]
    assert results == [("", 0)] * 3


def test_after_closing_everything_is_a_miss(cache: Cache) -> None:
    assert put(cache, "day")
    cache.close()
    cache.close()
    assert cache.get("day") is None
    assert not put(cache, "day")


def test_while_another_program_holds_the_lock_reading_goes_on(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    with closing(Cache.open(directory)) as cache:
        assert put(cache, "day")
        with closing(sqlite3.connect(directory / "cache.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert cache.get("day") == ENTRY
            assert not put(cache, "other")
            assert cache.trouble == database.BUSY
        assert put(cache, "other")
        assert cache.trouble is None


def test_opening_waits_for_no_lock_and_reads_what_is_there(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    with closing(Cache.open(directory)) as cache:
        assert put(cache, "day")
        with closing(sqlite3.connect(directory / "cache.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with closing(Cache.open(directory)) as second:
                assert second.trouble == database.BUSY
                assert second.get("day") == ENTRY
                assert second.get("never seen") is None
                assert not put(second, "day")
                assert not second.touch(["day"], NOW)


def test_a_directory_that_cannot_be_written_is_read(directory: Path) -> None:
    with closing(Cache.open(directory)) as cache:
        assert put(cache, "day")
    with frozen(directory / "cache.db"), frozen(directory), closing(Cache.open(directory)) as cache:
        assert cache.trouble == database.UNWRITABLE
        assert cache.get("day") == ENTRY
        assert not put(cache, "day")


@pytest.mark.parametrize("place", ["/proc/nowhere/answers", "/dev/null/answers", "/dev/null"])
def test_where_nothing_can_be_made_nothing_is_kept(place: str, tmp_path: Path) -> None:
    with closing(Cache.open(tmp_path / place)) as cache:
        assert cache.trouble == database.UNWRITABLE
        assert not put(cache, "day")
        assert not cache.touch(["day"], NOW)
        assert cache.get("day") is None


def test_a_full_disk_drops_new_answers_and_keeps_the_old(
    directory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    directory.parent.mkdir()
    with small_disk(directory.parent, "2m"), closing(Cache.open(directory)) as cache:
        assert put(cache, "day")
        filler = fill(directory.parent)
        for _ in range(3):
            assert not put(cache, "large", Entry(noise(1_000_000), NOW, None))
        assert cache.trouble == database.FULL
        assert cache.get("day") == ENTRY
        with closing(Cache.open(directory)) as second:
            assert second.get("day") == ENTRY
        filler.unlink()
        assert put(cache, "large", Entry(noise(1_000), NOW, None))
        assert cache.trouble is None
    said = [record for record in caplog.records if record.getMessage().startswith("the disk")]
    assert len(said) == 1
    assert {record.levelno for record in caplog.records} == {logging.WARNING}
