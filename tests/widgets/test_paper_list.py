from __future__ import annotations

import pytest
from textual import events

from tests.widgets.host import (
    CountedList,
    in_view,
    make_papers,
    make_row,
    make_rows,
    paper_names,
    seen,
    showing,
    under_bar,
)
from tui.papers import Gain
from tui.widgets import paper_list
from tui.widgets.paper_list import CURSOR_BAR, PaperList, Row

SIZE = (60, 20)
PAPERS = SIZE[1] // 2


async def test_fifty_thousand_papers_cost_what_is_on_the_screen() -> None:
    painted = {}
    for count in (50, 50_000):
        papers = CountedList()
        async with showing(papers, SIZE) as (pilot, _):
            papers.painted = 0
            papers.show(make_rows(count))
            await pilot.pause()
            shown, papers.painted = papers.painted, 0
            papers.move_to(1)
            await pilot.pause()
            moved, papers.painted = papers.painted, 0
            papers.move_to(count - 1)
            await pilot.pause()
            painted[count] = (shown, moved, papers.painted)
    assert painted[50] == painted[50_000]
    assert painted[50][0] <= 2 * SIZE[1]


async def test_a_walk_keeps_no_more_than_a_few_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_list, "MOST_KEPT", 5 * SIZE[1])
    papers, few = PaperList(), 0
    async with showing(papers, SIZE) as (pilot, _):
        papers.show(make_rows(300))
        for index in range(0, 300, 3):
            papers.move_to(index)
            await pilot.pause()
            assert seen(papers)[-1]
            few = max(few, len(papers._strips))
    assert 2 * SIZE[1] < few <= 5 * SIZE[1]


async def test_a_step_paints_the_two_rows_that_changed() -> None:
    papers = CountedList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.show(make_rows(50))
        await pilot.pause()
        papers.painted = 0
        papers.move_to(1)
        await pilot.pause()
        assert papers.painted == 4


async def test_the_cursor_stays_in_view_with_no_more_scrolling_than_that_takes() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.show(make_rows(50))
        for cursor, first in ((9, 0), (10, 1), (30, 21), (22, 21), (21, 21), (20, 20), (49, 40)):
            papers.move_to(cursor)
            await pilot.pause()
            assert in_view(papers) == paper_names(range(first, first + PAPERS))
            assert under_bar(papers) == [f"Paper {cursor}"]


@pytest.mark.parametrize("height", [20, 21, 3, 2])
async def test_the_cursor_is_in_view_whatever_the_height(height: int) -> None:
    papers = PaperList()
    async with showing(papers, (60, height)) as (pilot, _):
        papers.show(make_rows(50), cursor=25)
        await pilot.pause()
        assert under_bar(papers) == ["Paper 25"]


async def test_the_cursor_is_in_view_after_the_window_changes() -> None:
    papers = PaperList()
    async with showing(papers, (60, 40)) as (pilot, _):
        papers.show(make_rows(50), cursor=19)
        for size in ((60, 20), (30, 6), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert under_bar(papers) == ["Paper 19"]
            assert {len(line) for line in seen(papers)} <= set(range(size[0] + 1))


async def test_a_move_past_an_end_stops_there() -> None:
    papers = PaperList()
    async with showing(papers, SIZE):
        papers.show(make_rows(3))
        assert papers.move_to(99)
        assert papers.cursor == 2
        assert not papers.move_to(2)
        assert papers.move_to(-99)
        assert papers.cursor == 0


async def test_an_empty_list_has_no_current_paper_and_nowhere_to_go() -> None:
    papers = PaperList()
    async with showing(papers, SIZE):
        papers.show([])
        assert papers.current is None
        assert not papers.move_to(0)
        assert not papers.move_to(5)
        assert not papers.move_to(-5)


async def test_an_empty_list_says_why_as_it_is_written() -> None:
    papers = PaperList()
    async with showing(papers, (40, 8)) as (pilot, _):
        papers.show([])
        papers.say("Nothing [/] here, and nothing there: [@click=app.quit]x[/]")
        await pilot.pause()
        words = " ".join(" ".join(seen(papers)).split())
        assert words == "Nothing [/] here, and nothing there: [@click=app.quit]x[/]"


async def test_a_mark_repaints_one_row_in_place() -> None:
    papers = CountedList()
    async with showing(papers, SIZE) as (pilot, _):
        rows = make_rows(50)
        papers.show(rows, cursor=2)
        await pilot.pause()
        before, papers.painted = seen(papers), 0
        papers.painted = 0
        papers.change({5: rows[5]._replace(read=True, starred=True)})
        await pilot.pause()
        assert papers.painted == 2
        after = seen(papers)
        changed = [y for y, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        assert changed == [10]
        assert (before[10], after[10]) == (" ●  Paper 5", " ·★ Paper 5")


async def test_a_mark_out_of_view_is_there_when_it_comes_into_view() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        rows = make_rows(50)
        papers.show(rows)
        papers.move_to(45)
        papers.move_to(0)
        papers.change({45: rows[45]._replace(starred=True)})
        papers.move_to(45)
        await pilot.pause()
        assert f"{CURSOR_BAR}●★ Paper 45" in seen(papers)


async def test_all_lines_are_as_wide_as_the_widget() -> None:
    papers = PaperList()
    async with showing(papers, (47, 20)) as (pilot, _):
        papers.show([Row(paper.headline) for paper in make_papers(20)])
        await pilot.pause()
        lines = [papers.render_line(y) for y in range(papers.size.height)]
        assert {line.cell_length for line in lines} == {papers.scrollable_content_region.width}


async def test_a_click_names_the_paper_under_it_and_a_second_one_opens_it() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, host):
        papers.show(make_rows(50), cursor=30)
        await pilot.pause()
        first = papers.scroll_offset.y // 2
        await pilot.click(papers, offset=(10, 4))
        await pilot.click(papers, offset=(10, 7), times=2)
        clicks = [(click.index - first, click.twice) for click in host.clicks]
        assert clicks == [(2, False), (3, False), (3, True)]


async def test_a_click_below_the_last_paper_means_nothing() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, host):
        papers.show(make_rows(3))
        await pilot.pause()
        await pilot.click(papers, offset=(10, 6))
        assert host.clicks == []


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.show(make_rows(50))
        await pilot.pause()
        await pilot._post_mouse_events([events.MouseScrollDown], papers, offset=(5, 5))
        await pilot.pause()
        assert papers.scroll_offset.y > 0
        assert papers.cursor == 0


async def test_the_strips_know_nothing_of_a_cursor_that_left() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.show(make_rows(50))
        for cursor in (1, 2, 1, 0, 3):
            papers.move_to(cursor)
            await pilot.pause()
            assert under_bar(papers) == [f"Paper {cursor}"]


async def test_newcomers_leavers_and_gains_are_told_without_colour() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.show(
            [make_row(0, new=True), make_row(1, gone=True), make_row(2, gain=Gain(41))], cursor=2
        )
        await pilot.pause()
        assert [line.split() for line in seen(papers)[1:6:2]] == [
            ["+", "▲0"],
            ["-", "▲0", "left", "the", "list"],
            [CURSOR_BAR, "▲0", "+41"],
        ]


async def test_one_that_left_is_dimmed() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.show([make_row(0), make_row(1, gone=True)])
        await pilot.pause()
        styles = [list(papers.render_line(y))[-1].style for y in (0, 2)]
        assert styles[0] != styles[1]
        assert styles[1] == papers.look("paper-list--title-gone")


async def test_the_bar_leaves_the_glyph_of_a_selected_row_in_view() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.show([make_row(0, selected=True), make_row(1, selected=True), make_row(2)])
        await pilot.pause()
        firsts = [line[0] for line in seen(papers)[:6]]
        assert firsts == ["x", CURSOR_BAR, "x", " ", " ", " "]
