from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.host import paper
from tui.papers import Gain, Headline
from tui.text.highlights import Highlights
from tui.text.width import cell_width
from tui.widgets.row import (
    MARGIN,
    ROOM_FOR_GAINS,
    Row,
    facts,
    facts_line,
    heading_line,
    short,
    signed,
    title_line,
)

CJK = "白鹭的稀疏路由与缓慢思考"
WIDTHS = range(MARGIN, 90)
NARROW = 34
"""Cells of facts in a terminal of 40 columns."""


def row(title: str = "Heron", *, gain: Gain | None = None, **fields: Any) -> Row:
    """The row of one paper with what a test is about."""
    marks = {name: fields.pop(name) for name in ("read", "starred", "new", "gone") & fields.keys()}
    return Row(paper(title, **fields).headline, gain=gain or Gain(), **marks)


def told(row: Row, cells: int) -> str:
    """The facts of a row where they have so many cells."""
    return "".join(span.text for span in facts(row, cells))


def text(line: list[Any]) -> str:
    return "".join(span.text for span in line)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1.0k"),
        (1234, "1.2k"),
        (9949, "9.9k"),
        (9950, "10k"),
        (91_981, "92k"),
        (999_499, "999k"),
        (1_000_000, "1.0M"),
        (3_400_000, "3.4M"),
        (12_000_000, "12M"),
    ],
)
def test_a_figure_is_short(number: int, text: str) -> None:
    assert short(number) == text


def test_no_figure_up_to_a_billion_is_wider_than_its_column() -> None:
    numbers = [n for power in range(9) for n in (10**power, 10 ** (power + 1) - 1, 95 * 10**power)]
    assert max(len(short(number)) for number in numbers) <= 5


@pytest.mark.parametrize(
    ("change", "text"), [(0, ""), (41, "+41"), (-2, "-2"), (1234, "+1.2k"), (-91_981, "-92k")]
)
def test_a_change_has_a_sign(change: int, text: str) -> None:
    assert signed(change) == text


@pytest.mark.parametrize(
    ("read", "starred", "glyphs"),
    [
        (False, False, " ●  "),
        (True, False, " ·  "),
        (False, True, " ●★ "),
        (True, True, " ·★ "),
    ],
)
def test_marks_are_glyphs(read: bool, starred: bool, glyphs: str) -> None:
    line = title_line(row(read=read, starred=starred), 12)
    assert text(line) == f"{glyphs}Heron   "


@pytest.mark.parametrize("title", ["Heron " * 30, CJK * 5, "a" + CJK * 5, "e\u0301" * 200, ""])
def test_a_title_fills_its_cells_whatever_its_characters(title: str) -> None:
    for width in WIDTHS:
        assert cell_width(text(title_line(row(title), width))) == width


def test_a_title_is_cut_between_wide_characters() -> None:
    assert title_line(row(CJK), MARGIN + 6)[-1].text == "白鹭… "
    assert title_line(row(CJK), MARGIN + 7)[-1].text == "白鹭的…"


def test_tex_in_a_title_is_unicode() -> None:
    assert title_line(row("At 10^{19} FLOPs"), 30)[-1].text.rstrip() == "At 10¹⁹ FLOPs"


def test_the_facts_of_a_paper() -> None:
    known = row(org="Heron Lab", upvotes=1234, comments=17, github_stars=91_981)
    assert told(known, 60) == "▲1.2k  ✎17   gh 92k    Heron Lab  3 authors"


def test_facts_that_are_absent_leave_their_column_empty() -> None:
    assert told(row(authors=0, upvotes=7), 60).rstrip() == "▲7"
    assert told(row(authors=0, comments=0), 60).rstrip() == "▲0     ✎0"
    assert told(Row(Headline("2608.00001", "2608.00001")), 60).strip() == ""
    assert told(row(authors=1), 60).endswith("  1 author")
    assert told(row(authors=3303), 60).endswith("  3,303 authors")


def test_a_long_organization_leaves_room_for_the_authors() -> None:
    crowded = row(org=CJK * 4, authors=3303)
    for cells in range(50, 100):
        line = told(crowded, cells)
        assert line.endswith("…  3,303 authors") or cells > 90
        assert cell_width(line) <= cells


@pytest.mark.parametrize("gain", [Gain(), Gain(41, -3, repo=True), Gain(10**6, 10**6, repo=True)])
def test_the_line_of_facts_fills_its_cells(gain: Gain) -> None:
    for fields in ({}, {"github_stars": 5}, {"gone": True}, {"new": True}):
        for width in WIDTHS:
            line = facts_line(row(org=CJK * 4, gain=gain, **fields), width)
            assert cell_width(text(line)) == width


GAINED = row(upvotes=128, comments=12, github_stars=1200, gain=Gain(41, 3, repo=True))


def test_a_gain_stands_right_behind_its_figure() -> None:
    assert told(GAINED, 44) == "▲128 +41 ✎12 +3 gh 1.2k new  3 authors"
    gains = [span.text for span in facts(GAINED, 44) if span.kind == "gain"]
    assert gains == ["+41", "+3", "new"]


def test_a_loss_is_told_as_well() -> None:
    assert told(row(upvotes=126, comments=0, gain=Gain(-2)), NARROW).startswith("▲126 -2 ✎0")


def test_a_repository_may_appear_before_its_stars_are_known() -> None:
    assert "  gh new " in told(row(gain=Gain(repo=True)), NARROW)


def test_where_lines_are_narrow_the_authors_give_way_to_the_gains() -> None:
    assert told(GAINED, NARROW).rstrip() == "▲128 +41 ✎12 +3 gh 1.2k new"


@pytest.mark.parametrize("cells", [ROOM_FOR_GAINS, 90])
def test_where_there_is_room_gains_move_no_column(cells: int) -> None:
    plain = row(upvotes=128, comments=12, github_stars=1200)
    gained, without = told(GAINED, cells), told(plain, cells)
    for column in ("▲128", "✎12", "gh 1.2k", "3 authors"):
        assert gained.index(column) == without.index(column)


def test_a_new_paper_has_a_glyph_under_its_dot() -> None:
    assert text(facts_line(row(new=True), 60)).startswith(" +  ▲0")
    assert text(facts_line(row(), 60)).startswith("    ▲0")


def test_a_paper_that_left_has_a_glyph_and_words() -> None:
    line = text(facts_line(row(gone=True, org="Heron Lab"), 60))
    assert line.startswith(" -  ▲0")
    assert line.rstrip().endswith("left the list")


def test_a_heading_runs_to_the_edge() -> None:
    headed = row()._replace(heading="Fri 21 Aug 2026 · 29 papers")
    assert text(heading_line(headed, 36)) == " Fri 21 Aug 2026 · 29 papers ───────"
    for width in range(2, 60):
        assert cell_width(text(heading_line(headed, width))) == width


def test_a_note_has_a_glyph_under_the_star() -> None:
    noted = row(new=True)._replace(has_note=True)
    assert text(facts_line(noted, 60)).startswith(" +n ▲0")


def test_what_is_selected_has_a_glyph_in_the_first_cell() -> None:
    assert text(title_line(row(read=True)._replace(selected=True), 12)) == "x·  Heron   "


TAGGED = row(upvotes=7)._replace(tags=("moe", "to read", "\u202e[/]"))


def test_tags_come_last_and_are_safe() -> None:
    assert told(TAGGED, 70).endswith("  3 authors  #moe #to read #[/]")


def test_tags_take_no_more_than_what_is_left() -> None:
    assert told(TAGGED, 36).endswith("3 authors  #moe #to…")
    assert told(TAGGED, 30).endswith("3 authors")
    for width in WIDTHS:
        assert cell_width(text(facts_line(TAGGED, width))) == width


WATCHING = Highlights(["heron", "world model"], (), ["Heron Lab"])


def marked(spans: list[Any]) -> list[str]:
    return [span.text for span in spans if span.marked]


@pytest.mark.parametrize(
    ("cells", "found"),
    [(60, ["Heron", "World  Model"]), (24, ["Heron", "World  M"]), (14, ["Heron"]), (7, ["He"])],
)
def test_what_is_watched_for_is_marked_in_the_title(cells: int, found: list[str]) -> None:
    line = title_line(row("The Heron in a World  Model of $x$"), MARGIN + cells, WATCHING)
    assert cell_width(text(line)) == MARGIN + cells
    assert marked(line) == found


@pytest.mark.parametrize("cells", range(20))
def test_marks_change_nothing_of_the_title(cells: int) -> None:
    for title in ("The Heron", CJK + " heron", ""):
        assert text(title_line(row(title), cells, WATCHING)) == text(title_line(row(title), cells))


def test_an_organization_that_is_watched_for_is_marked() -> None:
    line = facts_line(row(org="heron-lab"), 70, WATCHING)
    assert marked(line) == ["heron-lab"]
    assert text(line) == text(facts_line(row(org="heron-lab"), 70))
    assert marked(facts_line(row(org="Heron Laboratory"), 70, WATCHING)) == []


def test_a_paper_that_is_watched_for_has_a_glyph() -> None:
    watched = row(org="Heron Lab")._replace(watched=True)
    assert text(facts_line(watched, 40)).startswith("   »▲0")
