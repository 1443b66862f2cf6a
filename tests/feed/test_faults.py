"""Whatever the Hub does, an error of the family comes of it, and what was known stays readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import TODAY
from tests.feed import (
    MONTH,
    THURSDAY,
    WEDNESDAY,
    WEEK,
    listed,
    queries,
    see,
    shown,
    undated,
)
from tests.generate import make_day, make_item
from tests.hubserver import Fault
from tui.explain import sentence
from tui.feed import OLDER
from tui.hub import connection, refusal
from tui.hub.errors import BadAnswer, HubError
from tui.hub.settings import HubSettings
from tui.periods import TRENDING, Period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _pytest.mark import ParameterSet

    from tests.feed.conftest import FeedClock, StartFeed
    from tests.hubserver import HubServer, Request
    from tui.feed import Feed

DAY: Final = Period.day(THURSDAY)
SHORT: Final = 0.3
"""Seconds of patience, where a fault is that time passes."""
HARMLESS: Final = (
    Fault.ONE_WRONG_FIELD,
    Fault.ONE_MALFORMED,
    Fault.REDIRECT_WITHIN,
    Fault.LINK_LOOP,
    Fault.NO_HEADERS,
)
"""Faults that cost less than the answer."""
BAD: Final = [fault for fault in Fault if fault not in HARMLESS]
BAD_ON_A_PAGE: Final = [fault for fault in BAD if fault is not Fault.REFUSE]
"""Those that can befall one page alone."""
OF_EACH_KIND: Final = (Fault.REFUSE, Fault.DROP, Fault.STATUS_503, Fault.HTML, Fault.WRONG_TYPES)
"""Where all the others take the same way."""
TELLING: Final = (
    Fault.REFUSE, Fault.STATUS_503, Fault.WRONG_TYPES, Fault.LINK_LOOP, Fault.ONE_MALFORMED,
)  # fmt: skip
"""One for each sentence that the user may read, and a page that names itself."""


def quick_of(faults: Iterable[Fault]) -> list[ParameterSet]:
    """All of them; those that are less telling take part in the torture alone."""
    torture = [pytest.mark.torture]
    return [
        pytest.param(fault, id=fault.name, marks=[] if fault in TELLING else torture)
        for fault in faults
    ]


FULL: Final = 120
"""Papers of a week that has two pages."""


@pytest.fixture(autouse=True)
def _short_of_patience(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, hub: HubServer
) -> None:
    hub.pause = 0
    monkeypatch.setattr(refusal, "DEFAULT_WAIT", 0.0)
    params = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    if params.get("fault") is Fault.HANG:
        monkeypatch.setattr(connection, "STEP_TIMEOUT", SHORT)
    if params.get("fault") is Fault.TRICKLE:
        monkeypatch.setattr(connection, "DEADLINE", SHORT)


def second_page(request: Request) -> bool:
    return request.query.get("p") == "1"


def two_pages(hub: HubServer) -> None:
    """Fill the week so that it has two pages."""
    for day in WEEK.days[:5]:
        hub.days[day] = make_day(day, FULL // 5)


@pytest.mark.parametrize("fault", quick_of(BAD))
async def test_a_fault_is_told_and_nothing_is_lost(
    fault: Fault, start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    hub.days[THURSDAY] = make_day(THURSDAY, 4)
    known = await feed.refresh(DAY)
    hub.days[THURSDAY] = make_day(THURSDAY, 5)  # so that the answer has a body
    hub.fault(fault)
    with pytest.raises(HubError) as caught:
        await feed.refresh(DAY, force=True)
    assert sentence(caught.value).isprintable()
    for one in (feed, start()):
        assert one.peek(DAY) == known
        assert one.step_on_disk(TODAY, OLDER) == THURSDAY
        assert one.peek_paper(known.papers[0].id) is not None
    hub.heal()
    assert len((await feed.refresh(DAY, force=True)).papers) == 5


@pytest.mark.parametrize("fault", quick_of(BAD))
async def test_a_fault_on_a_cold_start_leaves_nothing_wrong_behind(
    fault: Fault, start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    hub.fault(fault)
    with pytest.raises(HubError):
        await feed.find_newest()
    assert feed.peek_newest() is None
    for period in (Period.day(TODAY), WEEK, TRENDING):
        assert feed.peek(period) is None
    hub.heal()
    assert await start().find_newest() == TODAY


@pytest.mark.parametrize("fault", quick_of(BAD_ON_A_PAGE))
async def test_a_fault_on_the_second_page_leaves_what_was_known(
    fault: Fault, start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    hub.days[THURSDAY] = make_day(THURSDAY, 7)
    await see(feed, THURSDAY)
    known = feed.peek(WEEK)
    clock.pass_by(hours=1)
    two_pages(hub)
    hub.fault(fault, when=second_page)
    with pytest.raises(HubError) as caught:
        await feed.refresh(WEEK)
    assert sentence(caught.value).isprintable()
    assert any(map(second_page, hub.requests))
    for one in (feed, start()):
        assert one.peek(WEEK) == known
        assert known is not None
        assert len(one.papers(known)) == 7
        assert one.ids(TODAY) is None
    hub.heal()
    assert len((await feed.refresh(WEEK)).papers) == FULL


@pytest.mark.parametrize("fault", quick_of(HARMLESS))
async def test_a_smaller_fault_on_the_second_page_costs_what_it_spoils(
    fault: Fault, feed: Feed, hub: HubServer
) -> None:
    two_pages(hub)
    hub.fault(fault, when=second_page)
    try:
        edition = await feed.refresh(WEEK)
    except BadAnswer:
        assert fault is Fault.LINK_LOOP  # a page that names itself is a fault of the list
        assert feed.peek(WEEK) is None
        return
    assert len(edition.papers) >= FULL - (2 if fault is Fault.ONE_WRONG_FIELD else 0)
    assert not edition.missing


@pytest.mark.parametrize("fault", quick_of(OF_EACH_KIND))
async def test_days_that_are_asked_for_one_by_one_fail_one_by_one(
    fault: Fault, feed: Feed, hub: HubServer
) -> None:
    two_pages(hub)
    await see(feed, *WEEK.days[:3])
    known = feed.peek(WEEK)
    hub.fault(fault, when=lambda request: request.query.get("date") == str(TODAY))
    with pytest.raises(HubError):
        await feed.refresh(WEEK)
    edition = feed.peek(WEEK)
    assert known is not None
    assert edition is not None
    assert set(shown(known)) <= set(shown(edition))
    assert len(edition.missing) == (2 if fault is Fault.REFUSE else 1)


@pytest.mark.parametrize("fault", quick_of(OF_EACH_KIND))
async def test_a_fault_in_what_is_trending_leaves_the_ranking_that_was_known(
    fault: Fault, start: StartFeed, feed: Feed, hub: HubServer, clock: FeedClock
) -> None:
    known = await feed.refresh(TRENDING)
    clock.pass_by(hours=1)
    hub.days[TODAY] = make_day(TODAY, 5)
    hub.fault(fault)
    with pytest.raises(HubError):
        await feed.refresh(TRENDING)
    assert feed.peek(TRENDING) == start().peek(TRENDING) == known


async def test_a_month_with_one_malformed_paper_is_short_of_that_paper(
    feed: Feed, hub: HubServer
) -> None:
    hub.days[THURSDAY] = [
        make_item(0, THURSDAY), make_item(1, THURSDAY, id=7), make_item(2, THURSDAY),
    ]  # fmt: skip
    edition = await feed.refresh(MONTH)
    assert (edition.missing, edition.unreadable) == (frozenset(), 1)
    assert feed.ids(THURSDAY) is not None
    assert {"2608.20000", "2608.20002"} < set(shown(edition))


async def test_a_day_of_a_month_that_makes_no_sense_is_missing(feed: Feed, hub: HubServer) -> None:
    hub.days[THURSDAY] = [make_item(number, THURSDAY, id=None) for number in range(3)]
    edition = await feed.refresh(MONTH)
    assert (edition.missing, feed.ids(THURSDAY)) == (frozenset({THURSDAY}), None)
    hub.days[THURSDAY] = make_day(THURSDAY, 3)
    assert not (await feed.refresh(MONTH)).missing


async def test_where_papers_of_a_month_name_no_day_the_days_are_asked_for_by_themselves(
    feed: Feed, hub: HubServer
) -> None:
    hub.days[WEDNESDAY] = make_day(WEDNESDAY, 7)
    hub.days[THURSDAY], hub.days[TODAY] = make_day(THURSDAY, 31), make_day(TODAY, 5)
    await see(feed, THURSDAY, TODAY)
    for item in [*hub.days[WEDNESDAY], *hub.days[THURSDAY][:3]]:
        item["paper"].pop("submittedOnDailyAt")
    hub.days[TODAY] = make_day(TODAY, 6)
    edition = await feed.refresh(MONTH)
    assert len(edition.papers) == len(listed(hub, *hub.days))
    for day, papers in ((WEDNESDAY, 7), (THURSDAY, 31), (TODAY, 6)):
        assert len(feed.ids(day) or ()) == papers
    days = [query for query in queries(hub, 2) if query.startswith("date")]
    assert len(set(days)) == len(days) == 20  # but for today, which has lost none


async def test_a_day_that_lost_papers_is_shorter_in_a_month_that_places_them_all(
    feed: Feed, hub: HubServer
) -> None:
    hub.days[THURSDAY] = make_day(THURSDAY, 31)
    await see(feed, THURSDAY)
    hub.days[THURSDAY] = make_day(THURSDAY, 28)
    await feed.refresh(MONTH)
    assert len(feed.ids(THURSDAY) or ()) == 28


async def test_a_month_of_which_no_paper_names_a_day_is_no_month(
    feed: Feed, hub: HubServer
) -> None:
    await see(feed, TODAY)
    known = feed.peek(MONTH)
    for day in list(hub.days):
        hub.days[day] = [make_item(0, day, submittedOnDailyAt=None)]
    with pytest.raises(BadAnswer):
        await feed.refresh(MONTH)
    assert feed.peek(MONTH) == known


@pytest.mark.parametrize("fault", quick_of(HARMLESS))
async def test_a_smaller_fault_costs_no_more_than_what_it_spoils(
    fault: Fault, feed: Feed, hub: HubServer
) -> None:
    hub.days[THURSDAY] = make_day(THURSDAY, 40)
    whole = await feed.refresh(DAY)
    hub.fault(fault)
    spoiled = await feed.refresh(DAY, force=True)
    lost = len(whole.papers) - len(spoiled.papers)
    assert lost <= spoiled.unreadable <= 1


async def test_a_refused_token_is_told_and_the_papers_come_all_the_same(
    start: StartFeed,
) -> None:
    feed = start(token="hf_expired")
    assert not feed.token_refused
    assert (await feed.refresh(DAY)).papers
    assert feed.token_refused
    assert "hf_expired" not in repr(HubSettings(token="hf_expired"))


async def test_a_pause_that_the_hub_asks_for_can_be_seen(feed: Feed, hub: HubServer) -> None:
    assert feed.pause_left == 0
    hub.pause = 3000
    hub.fault(Fault.STATUS_429, 1, undated)
    assert await feed.find_newest() == TODAY
    assert feed.pause_left > 0
