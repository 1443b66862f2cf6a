"""Newer facts about a list come in without the rows moving on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.widgets.host import (
    line_of,
    make_month,
    make_row,
    make_rows,
    seen,
    showing,
    under_bar,
)
from tui.widgets.paper_list import PaperList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.widgets.paper_list import Row

SIZE = (60, 20)


def numbered(numbers: Iterable[int]) -> list[Row]:
    return [make_row(number) for number in numbers]


@pytest.mark.parametrize(
    ("cursor", "scrolled"), [(10, 12), (15, 12), (7, 14)], ids=["middle", "bottom", "top"]
)
async def test_the_paper_under_the_cursor_keeps_its_line(cursor: int, scrolled: int) -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.show(make_rows(50), cursor)
        papers.scroll_to(y=scrolled, animate=False)
        await pilot.pause()
        line = line_of(papers, cursor)
        below = seen(papers)[line:]
        for numbers in ([*range(60, 70), *range(50)], range(3, 50), [0, *range(5, 50)]):
            papers.update(numbered(numbers))
            await pilot.pause()
            assert line_of(papers, cursor) == line
            assert under_bar(papers) == [f"Paper {cursor}"]
            assert seen(papers)[line:] == below
            assert papers.current == make_row(cursor).paper


async def test_a_heading_that_comes_above_moves_no_paper() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.show(make_rows(50), cursor=15)
        papers.scroll_to(y=20, animate=False)
        await pilot.pause()
        line = line_of(papers, 15)
        papers.update(make_month(50, every=5))
        await pilot.pause()
        assert line_of(papers, 15) == line
        assert seen(papers)[line - 1].startswith(" Day 3 ─")


async def test_with_the_cursor_out_of_view_the_first_row_in_view_keeps_its_line() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.show(make_rows(50))
        papers.scroll_to(y=41, animate=False)
        await pilot.pause()
        before = seen(papers)
        papers.update(numbered([60, 0, 61, 62, *range(1, 50)]))
        await pilot.pause()
        assert seen(papers) == before
        assert (papers.cursor, papers.current) == (1, make_row(0).paper)


async def test_where_the_first_row_in_view_has_gone_the_next_one_stays() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.show(make_rows(50))
        papers.scroll_to(y=40, animate=False)
        await pilot.pause()
        before = seen(papers)
        papers.update(numbered([*range(18), *range(22, 50)]))
        await pilot.pause()
        assert seen(papers)[4:] == before[4:]


@pytest.mark.parametrize(
    ("kept", "current"),
    [([*range(15), *range(20, 50)], 20), (range(15), 14), (range(30, 50), 30), (range(60, 90), 60)],
)
async def test_a_cursor_whose_paper_has_gone_is_on_the_next_and_in_view(
    kept: Iterable[int], current: int
) -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.show(make_rows(50), cursor=15)
        await pilot.pause()
        papers.update(numbered(kept))
        await pilot.pause()
        assert under_bar(papers) == [f"Paper {current}"]


async def test_an_empty_list_may_be_filled_and_emptied() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.update(make_rows(3))
        await pilot.pause()
        assert under_bar(papers) == ["Paper 0"]
        papers.update([])
        assert papers.current is None
        assert papers.in_view == range(0)
