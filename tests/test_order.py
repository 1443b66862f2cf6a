"""The orders of a list, each with its ties and with what is not known."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.order import Order, arranged
from tui.papers import Headline

MONDAY, TUESDAY = date(2026, 8, 17), date(2026, 8, 18)
PAPERS: Final = [
    Headline("a", "beta", 5, comments=None, day=MONDAY, published=date(2026, 8, 1)),
    Headline("b", "Alpha", 5, comments=3, day=TUESDAY, published=None),
    Headline("c", "Émile", 9, comments=0, day=None, published=date(2026, 8, 9)),
    Headline("d", "alpha", 0, comments=3, day=TUESDAY, published=date(2026, 8, 9)),
]
RATES: Final = {"a": -2.0, "c": 0.5, "d": 0.5}

headlines = st.lists(
    st.builds(
        Headline,
        st.text("abcd", min_size=1, max_size=2),
        st.sampled_from(["", "Beta", "beta", "ß", "ΩΣ"]),
        st.integers(0, 3),
        st.sampled_from([None, 0, 2]),
        day=st.sampled_from([None, MONDAY, TUESDAY]),
        published=st.sampled_from([None, MONDAY, TUESDAY]),
    )
)
rates = st.dictionaries(st.text("abcd", min_size=1, max_size=2), st.floats(-9, 9))


def names(order: Order, *, grouped: bool = False) -> str:
    return "".join(paper.id for paper in arranged(PAPERS, order, grouped=grouped, rates=RATES))


@pytest.mark.parametrize(
    ("order", "expected", "by_day"),
    [
        (Order.HUB, "abcd", "bdac"),
        (Order.UPVOTES, "cabd", "bdac"),
        (Order.RISING, "cdab", "dbac"),
        (Order.COMMENTS, "bdac", "bdac"),
        (Order.ARXIV_DATE, "cdab", "dbac"),
        (Order.TITLE, "bdac", "bdac"),
    ],
)
def test_an_order(order: Order, expected: str, by_day: str) -> None:
    assert names(order) == expected
    assert names(order, grouped=True) == by_day


def test_nothing_rises_where_no_rate_is_known() -> None:
    assert arranged(PAPERS, Order.RISING) == tuple(PAPERS)


@given(headlines, st.sampled_from(Order), st.booleans(), rates)
def test_every_order_keeps_every_paper_and_is_settled(
    papers: list[Headline], order: Order, grouped: bool, gained: dict[str, float]
) -> None:
    once = arranged(papers, order, grouped=grouped, rates=gained)
    assert sorted(map(repr, once)) == sorted(map(repr, papers))
    assert arranged(once, order, grouped=grouped, rates=gained) == once
    if grouped:
        days = [paper.day or date.min for paper in once]
        assert days == sorted(days, reverse=True)


def test_the_sentence_of_each_order_differs() -> None:
    assert len({order.value for order in Order}) == len(Order)
