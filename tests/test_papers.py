"""Ids of papers, and editions as they change while somebody reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

import pytest

from tui.papers import Edition, Paper, find_paper_id, is_paper_id

DAY: Final = date(2026, 8, 20)
NOW: Final = datetime(2026, 8, 20, 12, tzinfo=UTC)
A, B, C = (Paper(id=f"2608.0000{number}", title=str(number)) for number in range(3))


def test_what_was_shown_stays_in_its_place() -> None:
    newer = Paper(id=B.id, title=B.title, upvotes=99)
    shown, fresh = Edition(DAY, (A, B), NOW), Edition(DAY, (C, newer), NOW, unreadable=1)
    assert fresh.in_order_of(shown) == Edition(DAY, (A, newer, C), NOW, unreadable=1)


def test_the_first_list_is_in_the_order_in_which_it_came() -> None:
    fresh = Edition(DAY, (C, A), NOW)
    assert fresh.in_order_of(Edition(DAY, (), NOW)) == fresh


@pytest.mark.parametrize("text", ["2608.19880", "0704.0001", "cs/0112017", "math.GT/0309136"])
def test_ids_of_papers(text: str) -> None:
    assert is_paper_id(text)


@pytest.mark.parametrize(
    "text",
    ["", "2608.198801", "2608.1988\n", "２６０８.19880", "cs/../0112017", "/0112017", "cs//011"],
)
def test_what_is_no_id(text: str) -> None:
    assert not is_paper_id(text)


@pytest.mark.parametrize(
    ("text", "paper_id"),
    [
        ("https://arxiv.org/abs/2608.19880v2", "2608.19880"),
        ("https://huggingface.co/papers/2608.19880?x=1", "2608.19880"),
        ("arXiv:math.GT/0309136", "math.GT/0309136"),
        ("12608.19880", None),
        ("2608.198801", None),
        ("nothing of the kind", None),
    ],
)
def test_an_id_is_found_wherever_it_stands(text: str, paper_id: str | None) -> None:
    assert find_paper_id(text) == paper_id
