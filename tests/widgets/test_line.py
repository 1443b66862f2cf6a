from __future__ import annotations

import pytest

from tests.widgets.host import showing
from tui.text.width import cell_width
from tui.widgets.line import Piece, PieceLine, fitting

PIECES = [Piece("first", rank=1), Piece("", rank=0), Piece("second", rank=2), Piece("last")]


def texts(cells: int) -> list[str]:
    return [piece.text for piece in fitting(PIECES, cells, gap=2)]


def test_everything_shows_where_there_is_room() -> None:
    assert texts(len("first  second  last")) == ["first", "second", "last"]


def test_the_least_important_piece_goes_first() -> None:
    assert texts(len("first  second  last") - 1) == ["first", "last"]
    assert texts(len("first  last") - 1) == ["last"]


def test_the_most_important_piece_is_cut() -> None:
    assert texts(3) == ["la…"]


@pytest.mark.parametrize("cells", [0, -1])
def test_no_room_at_all_is_no_trouble(cells: int) -> None:
    assert texts(cells) == [""]


def test_of_equals_the_later_goes_first() -> None:
    equals = [Piece("one", rank=1), Piece("two", rank=1), Piece("three", rank=1)]
    assert [piece.text for piece in fitting(equals, 8, gap=1)] == ["one", "two"]


def test_wide_characters_count_twice() -> None:
    wide = [Piece("白鹭"), Piece("x", rank=1)]
    assert [piece.text for piece in fitting(wide, 6, gap=1)] == ["白鹭", "x"]
    assert [piece.text for piece in fitting(wide, 5, gap=1)] == ["白鹭"]


def test_what_is_kept_always_fits() -> None:
    for cells in range(1, 40):
        assert cell_width("  ".join(texts(cells))) <= cells


class Links(PieceLine):
    """A plain piece, a wide one that leads somewhere, and one that looks like markup."""

    clicked: str = ""

    def pieces(self, cells: int) -> list[Piece]:
        return [Piece("plain"), Piece("白鹭", target="heron"), Piece("[/x]", target="markup")]

    def on_piece_line_clicked(self, message: PieceLine.Clicked) -> None:
        self.clicked = str(message.target)


async def test_a_click_goes_where_the_piece_leads() -> None:
    line = Links()
    async with showing(line, (40, 3)) as (pilot, _):
        await pilot.pause()
        assert line.render_line(0).text.startswith("plain  白鹭  [/x]")
        for column, target in (
            (0, ""), (6, ""), (7, "heron"), (10, "heron"), (11, ""), (13, "markup"),
            (16, "markup"), (17, ""), (30, ""),
        ):  # fmt: skip
            line.clicked = ""
            await pilot.click(line, offset=(column, 0))
            await pilot.pause()
            assert (column, line.clicked) == (column, target)
