from __future__ import annotations

from dataclasses import replace

import pytest
from textual import events

from tests.generate import CROWD
from tests.widgets.host import make_papers, paper, seen, showing
from tui.page import Own
from tui.papers import Author, Gain, Paper
from tui.text.width import cell_width
from tui.widgets.reader import Reader

SIZE = (60, 12)


def long_paper(number: int) -> Paper:
    """A paper that fills many screens."""
    abstract = "\n".join(f"Line {line} of paper {number}." for line in range(200))
    return Paper(f"2608.{number:05}", f"Paper {number}", abstract)


def words(reader: Reader) -> str:
    return " ".join(" ".join(seen(reader)).split())


async def test_it_starts_at_the_title_and_shows_nothing_without_a_paper() -> None:
    reader = Reader()
    async with showing(reader, SIZE) as (pilot, _):
        assert words(reader) == ""
        reader.show(long_paper(1))
        await pilot.pause()
        assert seen(reader)[0].strip() == "Paper 1"
        reader.show(None)
        await pilot.pause()
        assert words(reader) == ""


async def test_each_paper_keeps_its_place() -> None:
    reader = Reader()
    async with showing(reader, SIZE) as (pilot, _):
        first, second = long_paper(1), long_paper(2)
        reader.show(first)
        await pilot.pause()
        reader.scroll_lines(30)
        reader.show(second)
        await pilot.pause()
        assert reader.scroll_offset.y == 0
        reader.scroll_lines(7)
        for shown, y in ((first, 30), (second, 7), (None, 0), (first, 30)):
            reader.show(shown)
            await pilot.pause()
            assert reader.scroll_offset.y == y


async def test_newer_facts_about_the_paper_do_not_move_the_text() -> None:
    reader = Reader()
    async with showing(reader, SIZE) as (pilot, _):
        reader.show(long_paper(1))
        await pilot.pause()
        reader.scroll_lines(30)
        await pilot.pause()
        before = seen(reader)
        reader.show(replace(long_paper(1), upvotes=5))
        await pilot.pause()
        assert seen(reader) == before


@pytest.mark.parametrize("columns", [60, 24])
async def test_facts_that_take_more_lines_do_not_move_the_abstract(columns: int) -> None:
    shown = long_paper(1)
    richer = replace(shown, ai_summary="A summary that came later.", comments=5)
    reader = Reader()
    async with showing(reader, (columns, 12)) as (pilot, _):
        reader.show(shown)
        await pilot.pause()
        reader.scroll_lines(30)
        await pilot.pause()
        before, place = seen(reader), reader.scroll_offset.y
        reader.show(richer, Gain(41, 3, repo=True))
        await pilot.pause()
        assert seen(reader) == before
        assert reader.scroll_offset.y > place
        reader.show(shown)
        await pilot.pause()
        assert (seen(reader), reader.scroll_offset.y) == (before, place)


async def test_at_the_top_the_title_stays_while_nobody_is_in_the_text() -> None:
    shown = long_paper(1)
    reader = Reader()
    async with showing(reader, SIZE) as (pilot, _):
        pilot.app.set_focus(None)
        reader.show(shown)
        await pilot.pause()
        reader.show(replace(shown, ai_summary="A summary that came later."), Gain(41))
        await pilot.pause()
        assert seen(reader)[0].strip() == "Paper 1"
        assert "0 upvotes (+41) since you last looked" in words(reader)


async def test_at_the_top_what_is_being_read_stays() -> None:
    shown = long_paper(1)
    richer = replace(shown, ai_summary="A summary that came later.")
    reader = Reader()
    async with showing(reader, SIZE) as (pilot, _):
        reader.show(shown)
        reader.focus()
        await pilot.pause()
        first = next(y for y, line in enumerate(seen(reader)) if "Line 0 of" in line)
        before = seen(reader)[first:]
        reader.show(richer, Gain(41))
        await pilot.pause()
        assert seen(reader)[first:] == before
        assert reader.scroll_offset.y > 0
        reader.scroll_to(y=0, animate=False)
        reader.show(richer, Gain(41), Own("A note", ("moe",)))  # which the user has made just now
        await pilot.pause()
        assert seen(reader)[0].strip() == "Paper 1"


async def test_at_the_top_the_title_stays_where_it_fills_the_pane() -> None:
    shown = replace(long_paper(1), title="Herons " * 100)
    reader = Reader()
    async with showing(reader, SIZE) as (pilot, _):
        reader.show(shown)
        reader.focus()
        await pilot.pause()
        before = seen(reader)
        reader.show(replace(shown, ai_summary="A summary that came later."))
        await pilot.pause()
        assert seen(reader) == before


class HeardReader(Reader):
    """Keeps count of what it says."""

    said: int = 0

    def on_reader_scrolled(self) -> None:
        self.said += 1


@pytest.mark.parametrize("event", [events.MouseScrollDown, events.MouseScrollUp])
async def test_the_wheel_scrolls_and_says_so(event: type[events.MouseEvent]) -> None:
    reader = HeardReader()
    async with showing(reader, SIZE) as (pilot, _):
        reader.show(long_paper(1))
        await pilot.pause()
        reader.scroll_lines(30)
        await pilot.pause()
        assert reader.said == 0
        place = reader.scroll_offset.y
        await pilot._post_mouse_events([event], reader, offset=(5, 5))
        await pilot.pause()
        assert reader.said == 1
        assert (reader.scroll_offset.y > place) == (event is events.MouseScrollDown)
        assert reader.scroll_offset.y != place


async def test_scrolling_stops_at_both_ends() -> None:
    reader = Reader()
    async with showing(reader, SIZE) as (pilot, _):
        reader.show(long_paper(1))
        await pilot.pause()
        assert not reader.at_end
        reader.scroll_lines(10_000)
        await pilot.pause()
        assert reader.at_end
        assert "2608.00001" in seen(reader)[-1]
        reader.scroll_lines(-10_000)
        await pilot.pause()
        assert reader.scroll_offset.y == 0


async def test_a_short_paper_is_at_its_end_from_the_start() -> None:
    reader = Reader()
    async with showing(reader, (60, 30)) as (pilot, _):
        reader.show(paper())
        await pilot.pause()
        assert reader.at_end


async def test_all_authors_on_demand_and_for_this_paper_only() -> None:
    crowded = paper(authors=CROWD)
    reader = Reader()
    async with showing(reader, (80, 30)) as (pilot, _):
        reader.show(crowded)
        await pilot.pause()
        assert "Author 10 and 3,293 more" in words(reader)
        reader.toggle_all_authors()
        await pilot.pause()
        assert "Author 10, Author 11" in words(reader)
        assert "more" not in words(reader)
        reader.show(replace(crowded, id="2608.00002"))
        await pilot.pause()
        assert "and 3,293 more" in words(reader)
        reader.toggle_all_authors()
        reader.toggle_all_authors()
        await pilot.pause()
        assert "and 3,293 more" in words(reader)


async def test_tex_as_typed_on_demand_and_for_every_paper() -> None:
    typed = paper(title="At 10^{19} FLOPs", abstract="With \\textbf{Heron}.")
    reader = Reader()
    async with showing(reader, (80, 30)) as (pilot, _):
        reader.show(typed)
        await pilot.pause()
        assert "At 10¹⁹ FLOPs" in words(reader)
        assert "With Heron." in words(reader)
        reader.toggle_raw()
        reader.show(replace(typed, id="2608.00002"))
        await pilot.pause()
        assert "At 10^{19} FLOPs" in words(reader)
        assert "With \\textbf{Heron}." in words(reader)


async def test_what_the_authors_set_apart_is_set_apart() -> None:
    set_apart = paper(abstract=r"A \textbf{bold} and \emph{slanted}, then \texttt{code}.")
    reader = Reader()
    async with showing(reader, (80, 30)) as (pilot, _):
        reader.show(set_apart)
        await pilot.pause()
        painted = [segment for y in range(30) for segment in reader.render_line(y)]
        looks = {segment.text.strip(): segment.style for segment in painted if segment.style}
        assert looks["bold"].bold
        assert looks["slanted"].italic
        assert looks["code"].bgcolor != looks["and"].bgcolor
        for name in ("bold", "slanted"):
            assert looks[name].color == looks["and"].color
            assert looks[name].bgcolor == looks["and"].bgcolor
        assert not looks["and"].bold


async def test_markup_is_shown_as_it_is_written() -> None:
    trap = "[@click=app.quit]x[/] [/] [red]y[/red]"
    reader = Reader()
    async with showing(reader, (100, 30)) as (pilot, _):
        reader.show(paper(title=trap, abstract=trap, org=trap, keywords=(trap,), ai_summary=trap))
        await pilot.pause()
        assert words(reader).count(trap) == 5


@pytest.mark.parametrize("columns", [1, 37, 200])
async def test_no_line_leaves_the_pane(columns: int) -> None:
    reader = Reader()
    async with showing(reader, (columns, 200)) as (pilot, _):
        for shown in (*make_papers(1), paper(title="白鹭" * 60, abstract="x" * 500)):
            reader.show(shown)
            await pilot.pause()
            width = reader.scrollable_content_region.width
            assert max(cell_width(line) for line in seen(reader)) <= width


async def test_the_text_is_wrapped_anew_when_the_window_changes() -> None:
    shown = paper(abstract="heron " * 100)
    reader = Reader()
    async with showing(reader, (100, 40)) as (pilot, _):
        reader.show(shown)
        for columns in (40, 120):
            await pilot.resize_terminal(columns, 40)
            await pilot.pause()
            assert words(reader).count("heron") == 100


async def test_a_window_that_changes_and_changes_back_leaves_the_text_in_its_place() -> None:
    shown = paper(abstract="\n\n".join(f"Paragraph {number} of it." * 9 for number in range(9)))
    reader = Reader()
    async with showing(reader, SIZE) as (pilot, _):
        reader.show(shown)
        await pilot.pause()
        reader.scroll_lines(31)
        await pilot.pause()
        before = seen(reader)
        for size in ((100, 12), (59, 17), (100, 90), (40, 90), (33, 7), SIZE):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert seen(reader) == before


async def test_a_paper_keeps_its_place_while_the_window_changes_elsewhere() -> None:
    shown = paper(abstract=" ".join(f"Sentence {number} of it." for number in range(2_000)))
    reader = Reader()
    async with showing(reader, (90, 12)) as (pilot, _):
        reader.show(shown)
        await pilot.pause()
        reader.scroll_lines(100)
        await pilot.pause()
        before = words(reader)
        reader.show(long_paper(2))
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        reader.show(shown)
        await pilot.pause()
        assert words(reader)[:20] in before


async def test_author_names_that_claim_to_be_markup_are_names() -> None:
    reader = Reader()
    async with showing(reader, (80, 30)) as (pilot, _):
        reader.show(Paper("2608.00001", "Title", authors=(Author("[/]"), Author("[b]B[/b]"))))
        await pilot.pause()
        assert "[/], [b]B[/b]" in words(reader)


async def test_text_that_grows_shorter_leaves_no_empty_screen() -> None:
    reader = Reader()
    async with showing(reader, SIZE) as (pilot, _):
        reader.show(paper(authors=CROWD))
        reader.toggle_all_authors()
        await pilot.pause()
        reader.scroll_lines(10_000)
        await pilot.pause()
        reader.toggle_all_authors()
        await pilot.pause()
        assert reader.at_end
        assert "2608.00001" in words(reader)


async def test_a_note_that_comes_later_does_not_move_the_abstract() -> None:
    reader = Reader()
    async with showing(reader, SIZE) as (pilot, _):
        reader.show(long_paper(1))
        await pilot.pause()
        reader.scroll_lines(30)
        await pilot.pause()
        before = seen(reader)
        reader.show(long_paper(1), own=Own("A note\nof two lines", ("moe",)))
        await pilot.pause()
        assert seen(reader) == before
        reader.scroll_to(y=0, animate=False)
        await pilot.pause()
        assert "Tags: moe" in words(reader)
        assert "▎ Note ▎ A note ▎ of two lines" in words(reader)


async def test_a_note_is_shown_as_it_is_written() -> None:
    trap = "[@click=app.quit]x[/] [/] [red]y[/red]"
    reader = Reader()
    async with showing(reader, (100, 30)) as (pilot, _):
        reader.show(paper(), own=Own(trap, (trap,)))
        await pilot.pause()
        assert words(reader).count(trap) == 2


async def test_all_parts_of_a_link_are_one_to_the_terminal() -> None:
    address = "https://heron.example/" + "far-" * 40
    reader = Reader()
    reader.has_hyperlinks = True
    async with showing(reader, (60, 30)):
        reader.show(Paper("2608.00001", "Title", f"See {address}"))
        strips = [reader.render_line(y) for _ in range(2) for y in range(20)]
        styles = [style for strip in strips for _, style, _ in strip if style]
        parts = [style for style in styles if style.link and "heron" in style.link]
        assert len(parts) > 4
        assert len({style.link_id for style in parts}) == 1
