"""What is kept with a star says all of the paper again."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generate import hostile_day, make_day
from tests.hub.test_wire import FULL
from tests.hub.test_wire_anything import FEW, ITEMS
from tests.recordings import needs_recordings, recorded_days, recorded_items
from tui.hub.errors import BadAnswer
from tui.hub.item import dump_paper
from tui.hub.wire import parse_item, parse_items

if TYPE_CHECKING:
    from tui.papers import Paper

DAY = date(2026, 8, 20)


def papers_of(items: list[dict[str, Any]]) -> tuple[Paper, ...]:
    return parse_items(json.dumps(items).encode())[0]


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def again(paper: Paper) -> Paper:
    return parse_item(dump_paper(paper).encode())


@pytest.mark.parametrize("items", [make_day(DAY), hostile_day(DAY), [FULL]])
def test_a_paper_comes_back_whole(items: list[dict[str, Any]]) -> None:
    papers = papers_of(items)
    assert papers
    assert [again(paper) for paper in papers] == list(papers)


def send_and_keep(item: dict[str, Any]) -> None:
    """Read an item as the Hub's, and see that it comes back from what is kept of it."""
    try:
        papers = papers_of([{**item, "paper": {**FULL["paper"], **_object(item.get("paper"))}}])
    except BadAnswer:
        papers = ()
    assert [again(paper) for paper in papers] == list(papers)


@settings(max_examples=FEW)
@given(ITEMS)
def test_whatever_the_hub_sent_comes_back(item: dict[str, Any]) -> None:
    send_and_keep(item)


@pytest.mark.torture
@given(ITEMS)
def test_all_that_the_hub_may_send_comes_back(item: dict[str, Any]) -> None:
    send_and_keep(item)


@needs_recordings
@pytest.mark.parametrize("day", recorded_days()[::20])
def test_real_papers_come_back_whole(day: date) -> None:
    papers = papers_of(recorded_items(day))
    assert [again(paper) for paper in papers] == list(papers)


@given(st.binary(max_size=60))
def test_what_is_no_item_is_refused(body: bytes) -> None:
    with pytest.raises(BadAnswer):
        parse_item(body)
