"""What is opened at the start, and what is told when it cannot be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY
from tests.hubserver import Fault
from tests.library.obstacles import fill, frozen, small_disk
from tui.hub.errors import RateLimited
from tui.hub.settings import DEFAULT_ENDPOINT
from tui.library import (
    Library,
    LibraryDamaged,
    LibraryTooNew,
    LibraryUnwritable,
    copies,
)
from tui.paths import Paths
from tui.periods import Period
from tui.sample import DAYS
from tui.services import Services, back_up, open_services, start_afresh
from tui.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.hubserver import HubServer

    Start = Callable[..., Services]

DAY = Period.day(date(2026, 8, 20))
JUNK = b"this was a library once " * 500


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(
        config=tmp_path / "config" / "settings.toml",
        cache=tmp_path / "cache" / "http",
        observations=tmp_path / "cache" / "observations.db",
        library=tmp_path / "data" / "library.db",
        log=tmp_path / "state" / "log",
        sync=tmp_path / "cache" / "sync.json",
    )


@pytest.fixture
async def start(paths: Paths) -> AsyncIterator[Start]:
    """Opens services and closes them at the end; keywords become the environment."""
    opened: list[Services] = []

    def start_services(*, demo: bool = False, **environ: str) -> Services:
        opened.append(open_services(paths, environ, demo=demo))
        return opened[-1]

    yield start_services
    for services in opened:
        await services.feed.close()
        services.feed.library.close()


async def test_all_is_well(start: Start, paths: Paths, hub: HubServer) -> None:
    services = start(HF_ENDPOINT=hub.url)
    assert services[1:5] == (False, None, "", "")
    assert (await services.feed.refresh(DAY)).papers
    assert services.feed.library.mark(["2608.00001"], read=True) == 1
    assert paths.library.is_file()


def test_the_environment_names_the_hub(start: Start) -> None:
    services = start(HF_ENDPOINT="https://hub.example/", HF_TOKEN="hf_x", HF_HUB_OFFLINE="yes")
    settings = services.feed.settings
    assert (settings.endpoint, settings.token, settings.offline) == (
        "https://hub.example", "hf_x", True,
    )  # fmt: skip
    assert start().feed.settings.endpoint == DEFAULT_ENDPOINT


@pytest.mark.parametrize("endpoint", ["nonsense", "file:///etc", "https://user:pw@x", "http://:0"])
def test_an_endpoint_that_is_none(endpoint: str, start: Start, paths: Paths) -> None:
    with pytest.raises(SettingsError, match="HF_ENDPOINT"):
        start(HF_ENDPOINT=endpoint)
    assert not paths.library.exists()


async def test_a_cache_that_cannot_be_written(start: Start, paths: Paths, hub: HubServer) -> None:
    paths.cache.parent.write_text("a file where the folder should be", encoding="utf-8")
    services = start(HF_ENDPOINT=hub.url)
    assert services.cache_trouble == (
        f"Nothing is kept for later: the cache directory cannot be written ({paths.cache})."
    )
    edition = await services.feed.refresh(DAY)
    assert services.feed.peek(DAY) == edition
    assert services.feed.library.writable


async def test_a_full_cache(start: Start, paths: Paths, hub: HubServer) -> None:
    paths.cache.mkdir(parents=True)
    with small_disk(paths.cache, "128k"):
        fill(paths.cache)
        services = start(HF_ENDPOINT=hub.url)
        assert "the disk is full" in services.cache_trouble
        edition = await services.feed.refresh(DAY)
        assert services.feed.peek(DAY) == edition
        assert await services.feed.find_newest() == TODAY
        await services.feed.close()


def test_a_data_folder_that_cannot_be_written(start: Start, paths: Paths) -> None:
    with closing(Library.open(paths.library)) as library:
        library.mark(["2608.00001"], starred=True)
    with frozen(paths.library), frozen(paths.library.parent):
        services = start()
        assert services.marks_trouble == (
            f"Marks cannot be kept: the data directory cannot be written ({paths.library.parent})."
        )
        assert services.feed.library.marks(["2608.00001"])["2608.00001"].starred
        with pytest.raises(LibraryUnwritable):
            services.feed.library.mark(["2608.00001"], read=True)
        services.feed.library.close()


async def test_a_damaged_library_is_kept_until_the_user_agrees(
    start: Start, paths: Paths, hub: HubServer
) -> None:
    paths.library.parent.mkdir(parents=True)
    paths.library.write_bytes(JUNK)
    services = start(HF_ENDPOINT=hub.url)
    error = services.library_error
    assert isinstance(error, LibraryDamaged)
    assert (services.cache_trouble, services.marks_trouble) == ("", "")
    assert paths.library.read_bytes() == JUNK
    assert (await services.feed.refresh(DAY)).papers
    with pytest.raises(LibraryUnwritable):
        services.feed.library.mark(["2608.00001"], read=True)

    recovered = await start_afresh(services.feed, error.path)
    assert recovered
    assert (recovered.changes, recovered.papers) == (0, 0)
    assert recovered.aside.read_bytes() == JUNK
    assert recovered.aside.parent == paths.library.parent
    assert services.feed.library.mark(["2608.00001"], read=True) == 1
    assert start().feed.library.marks(["2608.00001"])["2608.00001"].read


async def test_an_empty_library_of_which_there_are_copies_is_damaged(
    start: Start, paths: Paths
) -> None:
    with closing(Library.open(paths.library)) as library:
        library.mark(["2608.00001"], read=True)
        back_up(library)
    paths.library.write_bytes(b"")
    services = start()
    assert isinstance(services.library_error, LibraryDamaged)
    recovered = await start_afresh(services.feed, paths.library)
    assert recovered
    assert recovered.papers == 0
    assert services.feed.library.mark(["2608.00001"], read=True) == 1


async def test_a_log_whose_library_is_gone_makes_way_for_a_fresh_one(
    start: Start, paths: Paths
) -> None:
    with closing(Library.open(paths.library)) as library:
        library.mark(["2608.00001"], read=True)
        back_up(library)
        content = paths.library.with_name("library.db-wal").read_bytes()
        paths.library.unlink()
        paths.library.with_name("library.db-wal").write_bytes(content)
        services = start()
        assert isinstance(services.library_error, LibraryDamaged)
        assert services.library_lost == ""
        recovered = await start_afresh(services.feed, paths.library)
    assert recovered
    assert recovered.papers == 0
    assert recovered.aside.read_bytes() == content
    assert services.feed.library.mark(["2608.00001"], read=True) == 1


def broken(path: Path, *papers: str) -> None:
    """A library in which the papers are read, and which lost the table of its marks."""
    with closing(Library.open(path)) as library:
        library.mark(papers, read=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE marks")


async def test_what_can_be_read_of_a_damaged_library_is_saved(start: Start, paths: Paths) -> None:
    broken(paths.library, "2608.00001", "2608.00002")
    services = start()
    assert isinstance(services.library_error, LibraryDamaged)
    assert not services.feed.library.current
    recovered = await start_afresh(services.feed, paths.library)
    assert recovered
    assert (recovered.changes, recovered.papers) == (2, 2)
    assert recovered.aside.is_file()
    assert services.feed.library.marks(["2608.00001"])["2608.00001"].read
    assert services.feed.library.writable


async def test_what_another_window_has_saved_is_not_put_aside(start: Start, paths: Paths) -> None:
    broken(paths.library, "2608.00001")
    one, other = start(), start()
    assert await start_afresh(one.feed, paths.library)
    one.feed.library.mark(["2608.00001"], starred=True)
    assert await start_afresh(other.feed, paths.library) is None
    assert other.feed.library.marks(["2608.00001"])["2608.00001"].starred
    assert one.feed.library.mark(["2608.00002"], read=True) == 1


async def test_when_no_fresh_library_can_be_made_nothing_changes(
    start: Start, paths: Paths
) -> None:
    paths.library.parent.mkdir(parents=True)
    paths.library.write_bytes(JUNK)
    services = start()
    with frozen(paths.library.parent), pytest.raises(LibraryUnwritable):
        await start_afresh(services.feed, paths.library)
    assert paths.library.read_bytes() == JUNK
    assert services.feed.library.marks(["2608.00001"])


def make_newer(path: Path, script: str = "") -> None:
    """Let the library look as if a later version of the program had written it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"PRAGMA user_version = 99; {script}")


def test_the_library_of_a_newer_program_is_read_and_not_touched(start: Start, paths: Paths) -> None:
    with closing(Library.open(paths.library)) as library:
        library.mark(["2608.00001"], starred=True)
    make_newer(paths.library, "ALTER TABLE marks ADD COLUMN more; CREATE TABLE news (text)")
    before = paths.library.read_bytes()
    services = start()
    assert isinstance(services.library_error, LibraryTooNew)
    library = services.feed.library
    assert (library.writable, library.current) == (False, True)
    assert library.marks(["2608.00001"])["2608.00001"].starred
    with pytest.raises(LibraryUnwritable, match="newer daily-papers"):
        library.mark(["2608.00001"], read=True)
    assert back_up(library) is None
    library.close()
    assert paths.library.read_bytes() == before


def test_a_newer_library_that_this_program_cannot_read(start: Start, paths: Paths) -> None:
    Library.open(paths.library).close()
    make_newer(paths.library, "ALTER TABLE marks RENAME TO others")
    services = start()
    assert isinstance(services.library_error, LibraryTooNew)
    assert not services.feed.library.current
    assert services.feed.library.marks(["2608.00001"])


def test_a_backup_is_made_once(start: Start, paths: Paths) -> None:
    library = start().feed.library
    library.mark(["2608.00001"], read=True)
    copy = back_up(library)
    assert copy
    assert copies(paths.library) == [copy]
    assert back_up(library) is None


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_the_sample_lives_in_folders_of_its_own(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "nonsense")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    own, sample = Paths.of_user(), Paths.of_user(demo=True)
    assert sample.config == own.config
    assert sample.observations.parent == sample.cache.parent != own.observations.parent
    services = open_services(sample, {"HF_ENDPOINT": "nonsense", "HF_HUB_OFFLINE": "1"}, demo=True)
    feed = services.feed
    assert services.demo
    assert await feed.find_newest() == DAYS[-1]
    assert (await feed.refresh(Period.day(DAYS[0]))).papers
    feed.library.mark(["2608.19880"], read=True)
    await feed.close()
    feed.library.close()
    written = files_below(home)
    assert written
    assert all({sample.cache.parent, sample.library.parent} & {*path.parents} for path in written)
    places = {own.cache, own.observations.parent, own.library.parent}
    assert not places & {path.parent for path in written}


def test_places_obey_xdg(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name))
    paths = Paths.of_user()
    assert paths.config == home / "CONFIG" / "daily-papers" / "settings.toml"
    assert paths.cache.is_relative_to(home / "CACHE")
    assert paths.observations.parent == paths.cache.parent
    assert paths.library.is_relative_to(home / "DATA")
    assert paths.log.is_relative_to(home / "STATE")
    assert not list(home.iterdir())


@pytest.mark.parametrize("reads_ahead", [True, False])
async def test_the_users_settings_say_whether_days_are_read_ahead(
    reads_ahead: bool, start: Start, paths: Paths, hub: HubServer
) -> None:
    paths.config.parent.mkdir(parents=True)
    paths.config.write_text(f"[feed]\nread_ahead = {str(reads_ahead).lower()}\n", encoding="utf-8")
    feed = start(HF_ENDPOINT=hub.url).feed
    await feed.refresh(DAY)
    await feed.read_ahead(DAY, strip=0)
    assert (len(hub.requests) > 1) == reads_ahead


def test_a_mistake_in_the_settings_leaves_everything_unopened(start: Start, paths: Paths) -> None:
    paths.config.parent.mkdir(parents=True)
    paths.config.write_text("[feed]\nread_ahead = 7\n", encoding="utf-8")
    with pytest.raises(SettingsError):
        start()
    assert not paths.cache.exists()
    assert not paths.library.exists()


async def test_who_is_in_a_hurry_sits_out_no_pause(paths: Paths, hub: HubServer) -> None:
    hub.pause = 200
    hub.fault(Fault.STATUS_429)
    services = open_services(paths, {"HF_ENDPOINT": hub.url}, patient=False)
    with pytest.raises(RateLimited):
        await services.feed.refresh(DAY)
    await services.feed.close()
    services.feed.library.close()
