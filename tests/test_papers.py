"""Editions as they change while somebody reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from tui.papers import Edition, Paper

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
