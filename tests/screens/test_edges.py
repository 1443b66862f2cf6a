"""The panes paint their own edges, exactly as Textual would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.geometry import Region
from textual.widget import Widget

from tests.screens.session import Home, running

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.strip import Strip

    from tui.widgets.line_view import LineView

NARROW = (70, 40)
SIZES = [(120, 40), (80, 24), (60, 20), NARROW, (20, 5)]


def cells(strips: Sequence[Strip], width: int) -> list[list[tuple[str, Style | None]]]:
    """Each character of so many cells, with its look."""
    cut = [strip.crop(0, width) for strip in strips]
    return [[(char, style) for text, style, _ in strip for char in text] for strip in cut]


def assert_alike(view: LineView, crop: Region) -> None:
    """What is painted of a view is what Textual would paint, but for what the scroll bar hides."""
    width = min(crop.width, view.region.width - 1)
    expected = Widget.render_lines(view, crop)
    assert cells(view.render_lines(crop), width) == cells(expected, width)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
@pytest.mark.parametrize("size", SIZES)
async def test_they_are_the_same_in_every_layout(
    reader_home: Home, size: tuple[int, int], theme: str
) -> None:
    async with running(reader_home, size=size) as session:
        session.app.theme = theme
        for key in ("j", "tab", "j", "f"):
            await session.press(key)
            await session.still()
            for view in (session.papers, session.reader):
                if view.display:
                    width, height = view.region.size
                    assert_alike(view, Region(0, 0, width, height))
                    assert_alike(view, Region(2, 1, width - 4, height - 1))


async def test_the_reader_has_a_border_where_it_stands_under_the_list(reader_home: Home) -> None:
    async with running(reader_home, size=NARROW) as session:
        region = session.reader.region
        assert session.reader.styles.border_top[0]
        assert set(session.lines[region.y]) == {"─"}
        await session.press("tab")
        assert set(session.lines[region.y]) == {"━"}


async def test_they_are_gray_where_no_colour_is_wanted(
    reader_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(reader_home) as session:
        for view in (session.papers, session.reader):
            strips = view.render_lines(Region(0, 0, view.region.width, view.region.height))
            looks = [style for strip in strips for _, style, _ in strip if style]
            colours = {colour for look in looks for colour in (look.color, look.bgcolor) if colour}
            assert colours
            for colour in colours:
                assert len(set(colour.get_truecolor())) == 1
