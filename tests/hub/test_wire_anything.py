"""Whatever JSON says, no paper holds a text that a terminal would act on."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generate import hostile_day
from tests.hub.test_wire import DAY, FULL
from tui.hub.errors import BadAnswer
from tui.hub.wire import parse_items, parse_paper

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSAFE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories: controls, invisible formatting, surrogates, line and paragraph ends."""
FEW: Final = 25
"""Examples, where the torture has a hundred."""
BLOCKS: Final = frozenset({"abstract", "ai_summary"})
"""Fields that keep their line breaks."""

SPICE: Final = st.sampled_from("\x00\x07\x1b\x7f\x9b\xad\u200b\u202e\u2066\ufeff\r\n\t\ud800\u2028")
TEXTS: Final = st.text(st.one_of(st.characters(), SPICE), max_size=20)
SCALARS: Final = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
VALUES: Final = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)
PEOPLE: Final = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("name", "fullname", "user", "hidden"), VALUES)
)
FIELDS: Final = VALUES | PEOPLE | st.lists(PEOPLE, max_size=3)
PAPERS: Final = st.fixed_dictionaries(
    {"id": st.just("2608.00001") | VALUES, "title": TEXTS | VALUES},
    optional={key: FIELDS for key in FULL["paper"] if key not in ("id", "title")},
)
DETAILS: Final = PAPERS | VALUES
ITEMS: Final = st.fixed_dictionaries(
    {"paper": DETAILS}, optional={key: FIELDS for key in FULL if key != "paper"}
)
LISTS: Final = st.lists(ITEMS | VALUES, max_size=4)


def texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every string inside a domain object, with the name of the field that it stands in."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for entry in value:
            yield from texts(entry, name)
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts(getattr(value, each.name), each.name)


def assert_safe(value: Any) -> None:
    for name, text in texts(value):
        kept = text.replace("\n", "") if name in BLOCKS else text
        assert not UNSAFE & set(map(category, kept)), (name, text)


def read_list(items: list[object]) -> None:
    """Read a list as the Hub's, and see what became of it."""
    try:
        papers, unreadable = parse_items(json.dumps(items).encode())
    except BadAnswer:
        assert any(word in json.dumps(items) for word in ("NaN", "Infinity"))
        return
    assert unreadable <= len(items)
    assert len(papers) <= len(items) - unreadable
    assert_safe(papers)


@settings(max_examples=FEW)
@given(LISTS)
def test_a_list_of_anything(items: list[object]) -> None:
    read_list(items)


@pytest.mark.torture
@given(LISTS)
def test_many_lists_of_anything(items: list[object]) -> None:
    read_list(items)


def read_detail(value: object) -> None:
    """Read a value as a paper of the Hub, and see what became of it."""
    try:
        paper = parse_paper(json.dumps(value).encode())
    except BadAnswer:
        return
    assert_safe(paper)


@settings(max_examples=FEW)
@given(DETAILS)
def test_a_detail_of_anything(value: object) -> None:
    read_detail(value)


@pytest.mark.torture
@given(DETAILS)
def test_many_details_of_anything(value: object) -> None:
    read_detail(value)


@given(st.binary(max_size=60) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes(body: bytes) -> None:
    try:
        assert_safe(parse_items(body))
    except BadAnswer:
        return


def test_every_hostile_text_in_every_field() -> None:
    papers, unreadable = parse_items(json.dumps(hostile_day(DAY)).encode())
    assert papers
    assert_safe(papers)
    assert len(papers) + unreadable == len(hostile_day(DAY))
