"""A disk that an earlier version left: answers alone, or headlines in a form that is not ours."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TODAY
from tests.feed import MONDAY, THURSDAY, WEEK, listed, see, shown
from tests.generate import make_day, make_item
from tui.cache import Cache, Entry
from tui.feed import memory
from tui.feed.brief import load
from tui.feed.memory import brief_key, day_list
from tui.periods import TRENDING, Period

if TYPE_CHECKING:
    from pathlib import Path

    from tests.feed.conftest import FeedClock, StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed

DAY: Final = Period.day(THURSDAY)
NAME: Final = day_list(THURSDAY)
ROW: Final = b'["2608.20000","T",1,null,null,false,"",1,null,null]'
DAMAGED: Final = {
    "no JSON": b"\xff\x00",
    "an object": b'{"form":1}',
    "an older form": b"[0,0,[]]",
    "an object for a row": b"[1,0,[{}]]",
    "a row too short": b'[1,0,[["2608.20000"]]]',
    "a field of another type": b"[1,0,[" + ROW.replace(b"1,null", b'"1",null', 1) + b"]]",
    "no date": b"[1,0,[" + ROW.replace(b"null]", b'"soon"]') + b"]]",
    "no number": b'[1,"0",[' + ROW + b"]]",
    "too deep": b"[" * 100_000,
}
"""What may stand where headlines are expected; the kinds of damage that json or we tell apart."""


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    return tmp_path / "http"


def leave(disk: Path, headlines: bytes | None, *names: str) -> None:
    """Put that in place of the headlines of these lists; None for none."""
    with closing(Cache.open(disk)) as cache, closing(sqlite3.connect(disk / "cache.db")) as rows:
        for name in map(brief_key, names):
            known = cache.get(name)
            assert known is not None
            if headlines is None:
                rows.execute("DELETE FROM Cache WHERE key = ?", (name,))
                rows.commit()
            else:
                assert cache.put_all({name: known._replace(body=headlines)}) == frozenset()


@pytest.mark.parametrize("headlines", [None, *DAMAGED.values()], ids=["none", *DAMAGED])
async def test_the_answer_alone_gives_the_edition(
    headlines: bytes | None, start: StartFeed, feed: Feed, hub: HubServer, disk: Path
) -> None:
    first = make_item(3, THURSDAY, upvotes=1)
    hub.days[THURSDAY] = [first, make_item(4, THURSDAY, upvotes=9, submittedOnDailyAt=None)]
    edition = await feed.refresh(DAY)
    assert {paper.day for paper in edition.papers} == {THURSDAY}
    leave(disk, headlines, NAME)
    again = start()
    assert again.peek(DAY) == edition
    assert [paper.upvotes for paper in again.papers(edition)] == [9, 1]
    assert await again.refresh(DAY) == edition
    assert len(hub.requests) == 1


async def test_a_headline_leads_to_its_paper_whatever_is_asked_first(
    start: StartFeed, feed: Feed, hub: HubServer, disk: Path
) -> None:
    hub.days[THURSDAY] = [
        make_item(1, THURSDAY, upvotes=1), make_item(2, MONDAY, upvotes=2),
    ]  # fmt: skip
    edition = await feed.refresh(DAY)
    leave(disk, None, NAME)
    again = start()
    assert all(again.paper(DAY, headline) for headline in edition.papers)
    assert again.peek(DAY) == edition


async def test_a_week_and_trending_of_answers_alone(
    start: StartFeed, feed: Feed, disk: Path
) -> None:
    week, trending = await feed.refresh(WEEK), await feed.refresh(TRENDING)
    leave(disk, None, "trending", *map(day_list, WEEK.days[:5]))
    again = start()
    assert (again.peek(WEEK), again.peek(TRENDING)) == (week, trending)
    assert shown(trending) != sorted(shown(trending))


async def test_an_answer_is_read_in_full_once(
    start: StartFeed, feed: Feed, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await see(feed, THURSDAY)
    leave(disk, None, NAME)
    again = start()
    known = again.peek(DAY)
    await see(feed, MONDAY)  # in another window: what is on disk has changed
    with monkeypatch.context() as patch:
        patch.delattr(memory, "arrival")
        assert again.peek(DAY) == known


async def test_a_304_leaves_a_disk_in_order(
    start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock, disk: Path
) -> None:
    await see(feed, THURSDAY)
    leave(disk, None, NAME)
    clock.pass_by(minutes=10)
    edition = await start().refresh(DAY)
    assert [request.status for request in hub.requests] == [200, 304]
    assert edition.fetched == clock.time
    assert await start().refresh(DAY) == start().peek(DAY) == edition
    assert len(hub.requests) == 2


async def test_an_answer_in_ruins_is_as_good_as_none(
    start: StartFeed, feed: Feed, hub: HubServer, disk: Path, clock: FeedClock
) -> None:
    hub.days[TODAY] = make_day(TODAY, 3)
    await see(feed, THURSDAY, TODAY)
    with closing(Cache.open(disk)) as cache:
        for name, body in ((NAME, b'{"papers": 3}'), (day_list(TODAY), b"[{}]")):
            assert cache.put(name, body, fetched=clock.time, validator='W/"1"')
    leave(disk, DAMAGED["an older form"], NAME, day_list(TODAY))
    again = start()
    for day in (THURSDAY, TODAY):
        assert again.peek(Period.day(day)) is None
        assert set(shown(await again.refresh(Period.day(day)))) == listed(hub, day)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-1, 2) | st.sampled_from(["2026-08-20", "x"]),
        lambda part: st.lists(part, max_size=11) | st.dictionaries(st.text(max_size=2), part),
        max_leaves=40,
    )
)
def test_whatever_json_stands_for_headlines_is_read_or_not(value: object) -> None:
    for whole in ([1, 0, value], [1, value, []], value):
        load(Entry(json.dumps(whole).encode(), datetime(2026, 8, 21, tzinfo=UTC), None))
