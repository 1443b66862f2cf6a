from __future__ import annotations

import pytest

from tests.widgets.host import paper
from tui.text.width import cell_width
from tui.widgets.row import MARGIN, facts, facts_line, short, title_line

CJK = "白鹭的稀疏路由与缓慢思考"
WIDTHS = range(MARGIN, 90)


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
    ("read", "starred", "glyphs"),
    [
        (False, False, " ●  "),
        (True, False, " ·  "),
        (False, True, " ●★ "),
        (True, True, " ·★ "),
    ],
)
def test_marks_are_glyphs(read: bool, starred: bool, glyphs: str) -> None:
    line = title_line(paper("Heron"), 12, read=read, starred=starred)
    assert "".join(span.text for span in line) == f"{glyphs}Heron   "


@pytest.mark.parametrize("title", ["Heron " * 30, CJK * 5, "a" + CJK * 5, "e\u0301" * 200, ""])
def test_a_title_fills_its_cells_whatever_its_characters(title: str) -> None:
    for width in WIDTHS:
        line = title_line(paper(title), width, read=False, starred=False)
        assert cell_width("".join(span.text for span in line)) == width


def test_a_title_is_cut_between_wide_characters() -> None:
    assert title_line(paper(CJK), MARGIN + 6, read=True, starred=False)[-1].text == "白鹭… "
    assert title_line(paper(CJK), MARGIN + 7, read=True, starred=False)[-1].text == "白鹭的…"


def test_tex_in_a_title_is_unicode() -> None:
    line = title_line(paper("At 10^{19} FLOPs"), 30, read=False, starred=False)
    assert line[-1].text.rstrip() == "At 10¹⁹ FLOPs"


def test_the_facts_of_a_paper() -> None:
    known = paper(org="Heron Lab", upvotes=1234, comments=17, github_stars=91_981)
    assert facts(known, 60) == "▲1.2k  ✎17   gh 92k    Heron Lab  3 authors"


def test_facts_that_are_absent_leave_their_column_empty() -> None:
    assert facts(paper(authors=0, upvotes=7), 60).rstrip() == "▲7     ✎0"
    assert facts(paper(authors=1), 60).endswith("  1 author")
    assert facts(paper(authors=3303), 60).endswith("  3,303 authors")


def test_a_long_organization_leaves_room_for_the_authors() -> None:
    crowded = paper(org=CJK * 4, authors=3303)
    for cells in range(50, 100):
        text = facts(crowded, cells)
        assert text.endswith("…  3,303 authors") or cells > 90
        assert cell_width(text) <= cells


def test_the_line_of_facts_fills_its_cells() -> None:
    for width in WIDTHS:
        line = facts_line(paper(org=CJK * 4, github_stars=5), width)
        assert cell_width("".join(span.text for span in line)) == width
