"""Whatever the Hub does, an error of the family comes of it, and what was known stays readable."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import TODAY
from tests.generate import make_day
from tests.hubserver import Fault
from tui.explain import sentence
from tui.feed import OLDER
from tui.hub import connection
from tui.hub.errors import HubError
from tui.hub.settings import HubSettings

if TYPE_CHECKING:
    from tests.feed.conftest import StartFeed
    from tests.hubserver import HubServer
    from tui.feed import Feed

DAY: Final = date(2026, 8, 20)
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


@pytest.fixture(autouse=True)
def _short_of_patience(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    fault = request.node.callspec.params["fault"]
    if fault is Fault.HANG:
        monkeypatch.setattr(connection, "STEP_TIMEOUT", SHORT)
    if fault is Fault.TRICKLE:
        monkeypatch.setattr(connection, "DEADLINE", SHORT)


@pytest.mark.parametrize("fault", BAD, ids=lambda fault: fault.name)
async def test_a_fault_is_told_and_nothing_is_lost(
    fault: Fault, start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    hub.days[DAY] = make_day(DAY, 4)
    known = await feed.refresh(DAY)
    hub.days[DAY] = make_day(DAY, 5)  # so that the answer has a body
    hub.fault(fault)
    with pytest.raises(HubError) as caught:
        await feed.refresh(DAY, force=True)
    assert sentence(caught.value).isprintable()
    for one in (feed, start()):
        assert one.peek(DAY) == known
        assert one.step_on_disk(TODAY, OLDER) == DAY
        assert one.peek_paper(known.papers[0].id) is not None
    hub.heal()
    assert len((await feed.refresh(DAY, force=True)).papers) == 5


@pytest.mark.parametrize("fault", BAD, ids=lambda fault: fault.name)
async def test_a_fault_on_a_cold_start_leaves_nothing_wrong_behind(
    fault: Fault, start: StartFeed, feed: Feed, hub: HubServer
) -> None:
    hub.fault(fault)
    with pytest.raises(HubError):
        await feed.find_newest()
    assert feed.peek_newest() is None
    assert feed.peek(TODAY) is None
    hub.heal()
    assert await start().find_newest() == TODAY


@pytest.mark.parametrize("fault", [*HARMLESS], ids=lambda fault: fault.name)
async def test_a_smaller_fault_costs_no_more_than_what_it_spoils(
    fault: Fault, feed: Feed, hub: HubServer
) -> None:
    hub.days[DAY] = make_day(DAY, 40)
    whole = await feed.refresh(DAY)
    hub.fault(fault)
    spoiled = await feed.refresh(DAY, force=True)
    lost = len(whole.papers) - len(spoiled.papers)
    assert lost <= spoiled.unreadable <= 1


@pytest.mark.parametrize("fault", [Fault.STATUS_401])
async def test_a_refused_token_is_told_and_the_papers_come_all_the_same(
    fault: Fault, start: StartFeed, hub: HubServer
) -> None:
    feed = start(token="hf_expired")
    assert not feed.token_refused
    assert (await feed.refresh(DAY)).papers
    assert feed.token_refused
    assert "hf_expired" not in repr(HubSettings(token="hf_expired"))
