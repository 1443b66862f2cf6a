from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from tests.widgets.host import make_papers, make_row, make_rows, seen, showing, titles
from tui.papers import Gain
from tui.widgets.paper_list import CURSOR_BAR, PaperList, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.strip import Strip

SIZE = (60, 20)
PAPERS = SIZE[1] // 2


def make_month(count: int, every: int) -> list[Row]:
    """Rows with a heading above every so many."""
    return [
        make_row(number, heading="" if number % every else f"Day {number // every}")
        for number in range(count)
    ]


def numbered(numbers: Iterable[int]) -> list[Row]:
    return [make_row(number) for number in numbers]


def line_of(papers: PaperList, number: int) -> int:
    """The line of the screen on which a paper's title is."""
    return [line[4:] for line in seen(papers)].index(f"Paper {number}")


class CountedList(PaperList):
    """Counts the lines it is asked to paint."""

    painted: int = 0

    def render_line(self, y: int) -> Strip:
        self.painted += 1
        return super().render_line(y)


def under_bar(papers: PaperList) -> list[str]:
    """The titles that have the cursor's bar before them."""
    return titles([line for line in seen(papers) if line.startswith(CURSOR_BAR)])


def in_view(papers: PaperList) -> list[str]:
    return titles(seen(papers))


def paper_names(numbers: range) -> list[str]:
    return [f"Paper {number}" for number in numbers]


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


# -- headings -----------------------------------------------------------------------------


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


@pytest.mark.parametrize("height", [1, 2, 3])
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


# -- newer facts ----------------------------------------------------------------------------


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


# -- what became of a paper -----------------------------------------------------------------


async def test_newcomers_leavers_and_gains_are_told_without_colour() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.show(
            [make_row(0, new=True), make_row(1, gone=True), make_row(2, gain=Gain(41))], cursor=2
        )
        await pilot.pause()
        assert [line.split() for line in seen(papers)[1:6:2]] == [
            ["+", "▲0", "✎0"],
            ["-", "▲0", "✎0", "left", "the", "list"],
            [CURSOR_BAR, "▲0", "+41", "✎0"],
        ]


async def test_one_that_left_is_dimmed() -> None:
    papers = PaperList()
    async with showing(papers, SIZE) as (pilot, _):
        papers.show([make_row(0), make_row(1, gone=True)])
        await pilot.pause()
        styles = [list(papers.render_line(y))[-1].style for y in (0, 2)]
        assert styles[0] != styles[1]
        assert styles[1] == papers.look("paper-list--title-gone")
