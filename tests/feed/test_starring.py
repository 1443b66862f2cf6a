"""The reading list: whole, newest star first, with or without a cache."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY
from tests.generate import make_day
from tests.hubserver import Fault
from tui.hub.item import dump_paper
from tui.library import Change, Library
from tui.papers import Headline, Paper
from tui.periods import STARRED, Period

if TYPE_CHECKING:
    from pathlib import Path

    from tests.feed.conftest import StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed

THURSDAY = date(2026, 8, 20)
LOCAL = date.today()  # noqa: DTZ011 - the library's own clock says when something was starred


async def star(feed: Feed, day: date, *places: int) -> list[str]:
    """Star papers of a day one after the other, as the screen does it."""
    edition = await feed.refresh(Period.day(day))
    chosen = [edition.papers[place] for place in places]
    for headline in chosen:
        kept = await feed.to_keep(edition.period, [headline])
        feed.library.mark([headline.id], starred=True, kept=kept)
    return [headline.id for headline in chosen]


async def ids(feed: Feed) -> list[str]:
    return [paper.id for paper in (await feed.refresh(STARRED)).papers]


async def test_the_newest_star_comes_first_under_the_day_it_was_given(feed: Feed) -> None:
    one, two = await star(feed, TODAY, 3, 1)
    (three,) = await star(feed, THURSDAY, 0)
    edition = await feed.refresh(STARRED)
    assert [paper.id for paper in edition.papers] == [three, two, one]
    assert {paper.day for paper in edition.papers} == {LOCAL}
    assert feed.peek(STARRED) == edition


async def test_nothing_is_known_before_it_was_read(feed: Feed) -> None:
    assert feed.peek(STARRED) is None
    assert await ids(feed) == []


async def test_starred_papers_outlive_the_cache(
    start: StartFeed, hub: HubServer, tmp_path: Path
) -> None:
    before = start()
    starred = await star(before, THURSDAY, 0, 2)
    whole = {paper.id: paper for paper in before.papers(await before.refresh(Period.day(THURSDAY)))}
    await before.close()
    shutil.rmtree(tmp_path / "http")
    hub.fault(Fault.REFUSE, times=1000)
    after = start()
    edition = await after.refresh(STARRED)
    assert [after.paper(STARRED, line) for line in edition.papers] == [
        whole[paper] for paper in reversed(starred)
    ]


async def test_one_starred_paper_outlives_the_cache_too(
    start: StartFeed, hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = start()
    (paper,) = await star(before, THURSDAY, 0)
    known = before.peek_paper(paper)
    before.library.mark(["2608.00001"], starred=True, kept={"2608.00001": "{"})
    await before.close()
    shutil.rmtree(tmp_path / "http")
    after = start()
    monkeypatch.setattr(Library, "starred", None)  # the other stars are not read for it
    assert known is not None
    assert after.peek_paper(paper) == (known[0], False)
    assert after.peek_paper("2608.00001") is None
    assert after.peek_paper("2608.00002") is None
    after.library.close()
    assert after.peek_paper(paper) is None


async def test_counts_are_those_of_the_newest_list_on_disk(feed: Feed, hub: HubServer) -> None:
    (paper,) = await star(feed, TODAY, 0)
    hub.days[TODAY] = make_day(TODAY)
    for item in hub.days[TODAY]:
        item["paper"]["upvotes"] = 4321
    await feed.refresh(Period.day(TODAY), force=True)
    (headline,) = (await feed.refresh(STARRED)).papers
    shown = feed.paper(STARRED, headline)
    assert shown is not None
    assert (headline.id, headline.upvotes, shown.upvotes) == (paper, 4321, 4321)


async def test_a_star_that_came_or_went_makes_the_list_stale(feed: Feed) -> None:
    (paper,) = await star(feed, TODAY, 0)
    edition = await feed.refresh(STARRED)
    assert feed.is_fresh(edition)
    feed.library.mark([paper], starred=False)
    assert not feed.is_fresh(edition)
    assert await ids(feed) == []


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("opened", [False, True])
async def test_a_star_without_anything_kept_is_completed_from_disk(
    opened: bool, late: bool, feed: Feed, hub: HubServer
) -> None:
    hub.days[TODAY] = make_day(TODAY)
    if late:
        hub.days[TODAY][0]["paper"]["id"] = "2001.00001"
    one = hub.days[TODAY][0]["paper"]["id"]
    papers = {paper.id: paper for paper in (await feed.refresh(Period.day(TODAY))).papers}
    shown = [papers[one]._replace(day=LOCAL)]
    feed.library.mark([one], starred=True)
    if opened:
        assert [*(await feed.refresh(STARRED)).papers] == shown, "before it is kept"
    asked = len(hub.requests)
    await feed.complete_stars()
    assert len(hub.requests) == asked
    assert feed.library.kept([one]) != [None]
    assert [*(await feed.refresh(STARRED)).papers] == shown


async def test_a_star_is_known_where_nothing_can_be_kept(
    start: StartFeed, hub: HubServer, tmp_path: Path
) -> None:
    there, elsewhere = make_day(TODAY)[0]["paper"]["id"], make_day(THURSDAY)[0]["paper"]["id"]
    feed = start()
    await feed.refresh(Period.day(TODAY))
    feed.library.mark([there, elsewhere], starred=True)
    feed.library.close()
    with closing(sqlite3.connect(tmp_path / "library.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    feed.library = Library.read_only(tmp_path / "library.db")
    edition = await feed.refresh(STARRED)
    titles = {line.id: line.title for line in edition.papers}
    assert titles[there] != there
    assert titles[elsewhere] == elsewhere
    await feed.complete_stars()
    assert not feed.is_fresh(edition)
    titles = {line.id: line.title for line in (await feed.refresh(STARRED)).papers}
    assert titles[elsewhere] != elsewhere
    await feed.complete_stars()
    assert feed.is_fresh(edition)


async def test_what_disk_does_not_know_the_hub_completes(feed: Feed, hub: HubServer) -> None:
    paper = make_day(THURSDAY)[0]["paper"]["id"]
    feed.library.mark([paper, "2608.99999"], starred=True)
    await feed.refresh(STARRED)
    await feed.complete_stars()
    titles = {line.id: line.title for line in (await feed.refresh(STARRED)).papers}
    assert titles[paper] != paper
    assert titles["2608.99999"] == "2608.99999"
    asked = len(hub.requests)
    await feed.complete_stars()
    assert len(hub.requests) == asked, "what the Hub does not know is asked for once"


@pytest.mark.parametrize(
    "kept", ["", "[]", "{}", "null", '{"paper": {"id": "2608.00001"}}', "{" * 5000]
)
async def test_what_cannot_be_read_of_a_star_costs_only_that(
    feed: Feed, tmp_path: Path, kept: str
) -> None:
    (sound,) = await star(feed, TODAY, 0)
    with_other = Library.open(tmp_path / "library.db")
    with_other.mark(["2608.00001"], starred=True, kept={"2608.00001": kept})
    with_other.close()
    papers = (await feed.refresh(STARRED)).papers
    assert [paper.id for paper in papers] == ["2608.00001", sound]
    assert papers[0] == Headline("2608.00001", "2608.00001", day=LOCAL)


async def test_hostile_text_that_came_with_a_star_is_made_safe(feed: Feed) -> None:
    paper = (await feed.refresh(Period.day(TODAY))).papers[0]
    known = feed.paper(Period.day(TODAY), paper)
    assert known is not None
    item = json.loads(dump_paper(known))
    item["paper"]["title"] = "\x1b]0;owned\x07Harmless \u202etext"
    feed.library.mark([paper.id], starred=True, kept={paper.id: json.dumps(item)})
    feed.library.mark(["2608.00001"], read=True)
    await feed.refresh(STARRED)
    stars = feed.peek(STARRED)
    assert stars is not None
    shown = feed.paper(STARRED, stars.papers[0])
    assert shown is not None
    assert shown.title.endswith("Harmless text")
    assert shown.title.isprintable()


async def test_what_another_machine_cannot_mean_is_no_paper(feed: Feed) -> None:
    other = dump_paper(Paper("2608.00009", "Another one"))
    stars = {"2608.00001": other, "2608.00002": other, "../models": None}
    feed.library.merge(
        Change("ab" * 8, number, number, number, paper, "starred", True, (), kept)
        for number, (paper, kept) in enumerate(stars.items(), 1)
    )
    edition = await feed.refresh(STARRED)
    assert {paper.id: paper.title for paper in edition.papers} == {
        "2608.00001": "2608.00001",
        "2608.00002": "2608.00002",
    }


async def test_only_what_is_about_stars_makes_the_list_old(feed: Feed) -> None:
    one, two = await star(feed, TODAY, 1, 2)
    edition = await feed.refresh(STARRED)
    feed.library.mark([one], read=True, tags={"later": True})
    assert feed.is_fresh(edition)
    feed.library.mark([two], starred=False)
    assert not feed.is_fresh(edition)
    assert (await feed.refresh(STARRED)).papers == edition.papers[1:]
    assert feed.library.undo() is not None
    assert not feed.is_fresh(edition)
    edition = await feed.refresh(STARRED)
    feed.library.merge([Change("ab" * 8, 1, 1, 1, "2608.00001", "starred", True)])
    assert not feed.is_fresh(edition)
    await feed.refresh(STARRED)
    assert feed.library.keep({"2608.00001": dump_paper(Paper("2608.00001", "One"))})
    assert not feed.is_fresh(edition)
