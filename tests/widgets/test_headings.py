"""Rows under headings: what is painted, where the cursor and clicks go."""

from __future__ import annotations

import pytest

from tests.widgets.host import (
    CountedList,
    in_view,
    line_of,
    make_month,
    make_rows,
    paper_names,
    seen,
    showing,
    under_bar,
)
from tui.widgets.paper_list import CURSOR_BAR, PaperList

SIZE = (60, 20)


async def test_a_heading_stands_above_its_row() -> None:
    papers = PaperList()
    async with showing(papers, (40, 12)) as (pilot, _):
        papers.show(make_month(4, every=2))
        await pilot.pause()
        headings = [line.rstrip(" ─") for line in seen(papers)]
        assert [headings.index(f" Day {day}") for day in range(2)] == [0, 5]
        assert [line_of(papers, number) for number in range(4)] == [1, 3, 6, 8]


async def test_the_cursor_marks_the_paper_and_not_its_heading() -> None:
    papers = CountedList()
    async with showing(papers, (40, 12)) as (pilot, _):
        papers.show(make_month(4, every=2))
        await pilot.pause()
        papers.painted = 0
        papers.move_to(2)
        await pilot.pause()
        assert papers.painted == 4
        barred = [y for y, line in enumerate(seen(papers)) if line.startswith(CURSOR_BAR)]
        assert barred == [6, 7]


async def test_the_cursor_brings_its_heading_into_view() -> None:
    papers = PaperList()
    async with showing(papers, (40, 6)) as (pilot, _):
        papers.show(make_month(20, every=5))
        papers.move_to(9)
        papers.move_to(5)
        await pilot.pause()
        assert seen(papers)[0].startswith(" Day 1 ─")
        assert line_of(papers, 5) == 1


@pytest.mark.parametrize(
    "height", [2, *(pytest.param(each, marks=pytest.mark.torture) for each in (1, 3))]
)
async def test_where_both_do_not_fit_the_paper_comes_before_its_heading(height: int) -> None:
    papers = PaperList()
    async with showing(papers, (40, height)) as (pilot, _):
        papers.show(make_month(20, every=5))
        for way in (range(20), range(19, -1, -1)):
            for number in way:
                papers.move_to(number)
                await pilot.pause()
                assert under_bar(papers) == [f"Paper {number}"]
                is_first = number % 5 == 0
                assert seen(papers)[0].startswith(" Day ") == (is_first and height == 3)


async def test_a_click_on_a_heading_is_one_on_the_row_below() -> None:
    papers = PaperList()
    async with showing(papers, (40, 12)) as (pilot, host):
        papers.show(make_month(4, every=2))
        await pilot.pause()
        for y in range(11):
            await pilot.click(papers, offset=(10, y))
        assert [click.index for click in host.clicks] == [0, 0, 0, 1, 1, 2, 2, 2, 3, 3]


async def test_a_screen_of_steps_passes_over_no_paper() -> None:
    papers = PaperList()
    async with showing(papers, (40, 21)) as (pilot, _):
        papers.show(make_month(90, every=3))
        await pilot.pause()
        passed = set(in_view(papers))
        while papers.move_to(papers.cursor + papers.page_size):
            await pilot.pause()
            passed |= set(in_view(papers))
        assert passed == set(paper_names(range(90)))


async def test_many_headings_cost_what_is_on_the_screen() -> None:
    painted = {}
    for count in (30, 900):
        papers = CountedList()
        async with showing(papers, SIZE) as (pilot, _):
            papers.show(make_month(count, every=29))
            await pilot.pause()
            papers.painted = 0
            papers.move_to(1)
            await pilot.pause()
            stepped, papers.painted = papers.painted, 0
            papers.move_to(count - 1)
            await pilot.pause()
            painted[count] = (stepped, papers.painted)
    assert painted[30] == painted[900]
    assert painted[900][0] == 4


async def test_the_rows_in_view() -> None:
    papers = PaperList()
    async with showing(papers, (40, 6)) as (pilot, _):
        assert papers.in_view == range(0)
        papers.show(make_month(20, every=5))
        await pilot.pause()
        assert papers.in_view == range(3)
        papers.scroll_to(y=1, animate=False)
        assert papers.in_view == range(3)
        papers.scroll_to(y=3, animate=False)
        assert papers.in_view == range(1, 4)
        papers.move_to(19)
        assert papers.in_view == range(17, 20)
        papers.show(make_rows(2))
        assert papers.in_view == range(2)
