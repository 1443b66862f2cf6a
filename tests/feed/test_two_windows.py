"""Two feeds on one disk, each with its own connection to it: one asks, both know."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tests.feed import MONTH, THURSDAY, WEEK, listed, see, shown
from tests.generate import make_day
from tui.feed.memory import arrival, day_list
from tui.periods import TRENDING, Period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    import pytest

    from tests.feed.conftest import FeedClock, StartFeed
    from tests.hubserver import HubServer
    from tui.cache import Entry
    from tui.feed import Feed

DAY: Final = Period.day(THURSDAY)
WRITER: Final = """
import asyncio, sys
from datetime import datetime
from pathlib import Path
from tui.cache import Cache
from tui.feed import Clock, Feed, Stores
from tui.hub.client import Hub
from tui.hub.settings import HubSettings
from tui.library import Library
from tui.observations import Observations
from tui.periods import Period

endpoint, folder, day, now = sys.argv[1:]
folder, now = Path(folder), datetime.fromisoformat(now)

async def fetch():
    stores = Stores(
        Cache.open(folder / "http"), Library.open(folder / "library.db"),
        lambda: Observations.open(folder / "observations.db"),
    )
    clock = Clock(now=lambda: now, open_day=lambda _: now.date())
    feed = Feed(stores, HubSettings(endpoint=endpoint), Hub, clock)
    await feed.refresh(Period.day(datetime.fromisoformat(day).date()))
    await feed.close()
    feed.library.close()

asyncio.run(fetch())
"""


async def test_what_one_window_fetches_the_other_shows_at_once(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    other = start()
    for period in (DAY, WEEK, MONTH, TRENDING):
        other.peek(period)
        edition = await feed.refresh(period)
        asked = len(hub.requests)
        assert other.peek(period) == edition
        assert await other.refresh(period) == edition
        assert other.papers(edition) == feed.papers(edition)
        assert len(hub.requests) == asked


async def test_what_was_on_screen_gives_way_to_what_the_other_window_fetched(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    hub.days[THURSDAY] = make_day(THURSDAY, 5)
    other = start()
    known = await other.refresh(DAY)
    assert len(other.papers(known)) == 5
    hub.days[THURSDAY] = make_day(THURSDAY, 3)
    clock.pass_by(minutes=10)
    version = other.disk_version()
    edition = await feed.refresh(DAY)
    assert other.disk_version() != version
    assert other.peek(DAY) == edition != known
    assert (len(other.papers(edition)), len(feed.papers(edition))) == (3, 3)
    assert other.ids(THURSDAY) == tuple(shown(edition))
    assert await other.refresh(DAY) == edition
    assert len(hub.requests) == 2


async def test_what_another_window_stores_in_the_same_instant_is_not_missed(
    start: StartFeed,
    feed: Feed,
    hub: HubServer,
    clock: FeedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = start()
    newer = json.dumps(make_day(THURSDAY, 4)).encode()
    late = arrival(day_list(THURSDAY), newer, clock.time + timedelta(seconds=1), None)
    hub.days[THURSDAY] = make_day(THURSDAY, 2)
    put_all = feed._cache.put_all

    def overtaken(
        entries: Mapping[str, Entry], *, now: datetime | None = None
    ) -> frozenset[str] | None:
        kept = put_all(entries, now=now)
        other._cache.put_all(late.entries)
        return kept

    monkeypatch.setattr(feed._cache, "put_all", overtaken)
    assert len((await feed.refresh(DAY)).papers) == 4
    assert feed.peek(DAY) == other.peek(DAY)


async def test_a_304_in_one_window_renews_the_age_in_both(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    other = start()
    await other.refresh(DAY)
    clock.pass_by(minutes=10)
    edition = await feed.refresh(DAY)
    assert hub.requests[-1].status == 304
    assert other.peek(DAY) == edition
    assert other.is_fresh(edition)


async def test_the_newest_day_is_asked_for_by_one_of_them(
    start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    other = start()
    assert other.peek_newest() is None
    newest = await feed.find_newest()
    assert other.peek_newest() == await other.find_newest() == newest
    assert len(hub.requests) == 2


async def test_on_a_clock_that_was_set_back_the_later_answer_still_counts(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    hub.days[THURSDAY] = make_day(THURSDAY, 5)
    other = start()
    await other.refresh(DAY)
    clock.time -= timedelta(hours=2)
    hub.days[THURSDAY] = make_day(THURSDAY, 3)
    edition = await feed.refresh(DAY)
    assert (len(edition.papers), edition.fetched) == (3, clock.time)
    assert other.peek(DAY) == edition


async def test_a_window_keeps_what_the_disk_did_not_take(
    start: StartFeed, hub: HubServer, clock: FeedClock, tmp_path: Path
) -> None:
    (tmp_path / "http").write_text("a file where the folder should be", encoding="utf-8")
    feed = start()
    for count in (3, 5):
        hub.days[THURSDAY] = make_day(THURSDAY, count)
        clock.pass_by(minutes=10)
        edition = await feed.refresh(DAY)
        assert feed.peek(DAY) == edition
        assert len(feed.papers(edition)) == count
    clock.pass_by(minutes=10)
    assert (await feed.refresh(DAY)).fetched == clock.time
    assert await feed.refresh(DAY) == feed.peek(DAY)
    assert len(hub.requests) == 3


async def test_a_window_in_a_process_of_its_own(
    feed: Feed, hub: HubServer, clock: FeedClock, tmp_path: Path
) -> None:
    await see(feed, THURSDAY)
    clock.pass_by(minutes=10)
    hub.days[THURSDAY] = make_day(THURSDAY, 3)
    given = [hub.url, str(tmp_path), str(THURSDAY), str(clock.time)]

    def fetch() -> None:
        subprocess.run([sys.executable, "-c", WRITER, *given], check=True, timeout=30)

    await asyncio.to_thread(fetch)
    assert len(hub.requests) == 2
    edition = feed.peek(DAY)
    assert edition is not None
    assert set(shown(edition)) == listed(hub, THURSDAY)
    assert await feed.refresh(DAY) == edition
    assert len(hub.requests) == 2
