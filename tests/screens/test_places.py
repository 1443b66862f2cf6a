"""What stays where it is: the reader's place, looks, footer and header, whatever else changes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.screens.pictures import luminance
from tests.screens.session import Home, Session, running
from tui.commands import Pane

if TYPE_CHECKING:
    import pytest

    from tui.widgets.line_view import LineView

SMALL = (80, 24)
"""A window in which there is less to paint."""
MIDWAY = 6
"""Lines scrolled down, fewer than any text here has."""


def lightness(view: LineView) -> float:
    """How light the ground of the view's first line is, from 0 to 1."""
    grounds = [style.bgcolor for _, style, _ in view.render_line(2) if style and style.bgcolor]
    return luminance(grounds[-1].get_truecolor())


async def scrolled(session: Session) -> int:
    """Go into the text and some lines down; how many those were."""
    await session.press("enter", *["j"] * MIDWAY)
    await session.still()
    return int(session.reader.scroll_offset.y)


async def test_one_pane_brings_the_text_before_it_pages_it_and_keeps_the_place(
    reader_home: Home,
) -> None:
    async with running(reader_home, size=(60, 20)) as session:
        await session.press("space")
        assert session.screen.pane is Pane.READER
        assert session.papers.cursor == 0
        assert session.reader.scroll_offset.y == 0
        assert [row.read for row in session.rows[:3]] == [True, False, False]
        await session.press("q", "j", "space")
        assert [row.read for row in session.rows[:3]] == [True, True, False]
        for size in ((60, 20), (20, 5)):
            await session.pilot.resize_terminal(*size)
            await session.press("q", "g")
            place = await scrolled(session)
            assert place > 0, size
            await session.press("q", "j", "enter")
            await session.still()
            assert session.reader.scroll_offset.y == 0, size
            await session.press("q", "k", "enter")
            await session.still()
            assert session.reader.scroll_offset.y == place, size


async def test_zoom_and_a_narrower_window_keep_the_same_part_of_the_text_on_top(
    reader_home: Home,
) -> None:
    async with running(reader_home, size=(120, 12)) as session:
        assert await scrolled(session) == MIDWAY
        top = session.reader.render_line(0).text.split()
        await session.press("q", "z")
        await session.still()
        await session.press("z")
        await session.still()
        assert session.reader.scroll_offset.y == MIDWAY
        assert session.reader.render_line(0).text.split() == top
        await session.press("enter", "G")
        await session.still()
        end = session.reader.scroll_offset.y
        await session.pilot.resize_terminal(50, 12)
        await session.still()
        assert session.reader.scroll_offset.y > end
        await session.pilot.resize_terminal(120, 12)
        await session.still()
        assert abs(session.reader.scroll_offset.y - end) <= 1


async def test_another_theme_is_seen_on_every_row_and_a_click_changes_the_footer(
    reader_home: Home,
) -> None:
    async with running(reader_home, size=SMALL) as session:
        views = (session.papers, session.reader)
        for theme, is_light in (("textual-light", True), ("textual-dark", False)):
            session.app.theme = theme
            await session.still()
            assert [lightness(view) > 0.5 for view in views] == [is_light, is_light]
        for pane, footer in (("#reader", "q back"), ("#papers", "Enter read")):
            await session.pilot.click(pane, offset=(5, 5))
            await session.still()
            assert session.lines[-1].strip().startswith(footer), pane


async def test_the_header_grows_older_by_itself(
    reader_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.current.TICK_S", 0.01)
    async with running(reader_home, size=SMALL) as session:
        assert session.header.endswith("· just now")
        reader_home.now += timedelta(minutes=5)
        await session.until(lambda: session.header.endswith("· 5 min ago"))
