from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.screens.session import running
from tui.commands import Pane

if TYPE_CHECKING:
    from tests.screens.session import Home, Session

LAST = 28
"""Index of the last of the 29 papers of the latest day."""
PAGE = 18
"""Papers that fit at 120x40: two lines each, below and above three rows of edges."""

IN_LIST = [
    ("j", 1), ("down", 2), ("J", 3), ("k", 2), ("up", 1), ("K", 0), ("K", 0),
    ("G", LAST), ("j", LAST), ("g", 0), ("end", LAST), ("home", 0),
    ("ctrl+d", PAGE // 2), ("ctrl+d", PAGE), ("ctrl+u", PAGE // 2), ("ctrl+u", 0),
    ("pagedown", PAGE), ("pagedown", LAST), ("pageup", LAST - PAGE), ("pageup", 0),
]  # fmt: skip


def shows_current(session: Session) -> bool:
    """Whether the text beside the list is that of the paper under the cursor."""
    title = session.current.paper.title.split()[0]
    first = session.reader.render_line(0).text
    return session.reader.scroll_offset.y == 0 and first.strip().startswith(title)


async def test_every_key_that_moves_the_cursor_brings_its_text(reader_home: Home) -> None:
    async with running(reader_home) as session:
        assert shows_current(session)
        for key, cursor in IN_LIST:
            await session.press(key)
            assert (key, session.papers.cursor) == (key, cursor)
            assert shows_current(session)
        assert session.screen.pane is Pane.LIST


async def test_moving_the_cursor_marks_nothing(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await session.press("j", "G", "g", "pagedown", "tab", "J", "K", "tab")
        assert not any(row.read for row in session.rows)
    assert not any(read for read, _ in reader_home.marks(*session.ids))


async def test_every_key_that_scrolls_the_text(reader_home: Home) -> None:
    async with running(reader_home, size=(120, 12)) as session:
        await session.press("tab")
        assert session.screen.pane is Pane.READER
        page, end = session.reader.text_height, session.reader.max_scroll_y
        assert end > 2 * page
        steps = [
            ("j", 1), ("down", 2), ("k", 1), ("up", 0), ("up", 0),
            ("ctrl+d", page // 2), ("ctrl+u", 0),
            ("pagedown", page - 1), ("space", 2 * page - 2), ("b", page - 1), ("pageup", 0),
            ("G", end), ("j", end), ("g", 0), ("end", end), ("home", 0),
        ]  # fmt: skip
        for key, y in steps:
            await session.press(key)
            assert (key, session.reader.scroll_offset.y) == (key, y)
        assert session.papers.cursor == 0


async def test_the_next_paper_without_leaving_the_text(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await session.press("tab", "J", "J", "K")
        assert session.screen.pane is Pane.READER
        assert session.papers.cursor == 1
        assert shows_current(session)


async def test_every_way_into_the_text_and_back(reader_home: Home) -> None:
    ways = [("tab", "tab"), ("shift+tab", "shift+tab"), ("enter", "q"), ("enter", "escape")]
    async with running(reader_home) as session:
        for there, back in ways:
            await session.press(there)
            assert session.reader.has_focus
            assert session.lines[-1].strip().startswith("q back")
            await session.press(back)
            assert session.papers.has_focus
            assert session.lines[-1].strip().startswith("Enter read")


async def test_a_paper_keeps_its_scroll_position(reader_home: Home) -> None:
    async with running(reader_home, size=(120, 16)) as session:
        await session.press("tab", "j", "j", "j", "J")
        assert session.reader.scroll_offset.y == 0
        await session.press("j", "K")
        assert session.reader.scroll_offset.y == 3
        await session.press("h")
        await session.settle()
        assert session.reader.scroll_offset.y == 0
        await session.press("l")
        await session.settle()
        assert session.reader.scroll_offset.y == 3


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_zoom_leaves_the_pane_in_focus_alone_on_the_screen(
    reader_home: Home, size: tuple[int, int]
) -> None:
    async with running(reader_home, size=size) as session:
        both = session.lines
        await session.press("z")
        assert session.papers.display
        assert not session.reader.display
        await session.press("enter")
        assert not session.papers.display
        assert shows_current(session)
        await session.press("q", "z")
        await session.until(lambda: session.lines[5:-1] == both[5:-1])


async def test_a_small_window_shows_one_pane_at_a_time(reader_home: Home) -> None:
    async with running(reader_home, size=(60, 20)) as session:
        assert (session.papers.display, session.reader.display) == (True, False)
        await session.press("enter")
        assert (session.papers.display, session.reader.display) == (False, True)
        assert shows_current(session)
        await session.press("q")
        assert (session.papers.display, session.reader.display) == (True, False)


async def test_the_layout_follows_the_window(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await session.press("G")
        for size in ((80, 24), (60, 20), (20, 5), (120, 40)):
            await session.pilot.resize_terminal(*size)
            await session.pilot.pause()
            assert session.papers.cursor == LAST
            assert any(line.startswith("▌") for line in session.lines)
            assert max(map(len, session.lines)) <= size[0]
            if session.papers.region and session.reader.region:
                assert session.papers.region.intersection(session.reader.region).area == 0


async def test_a_click_selects_and_a_double_click_reads(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await session.pilot.click("#papers", offset=(10, 5))
        assert session.papers.cursor == 2
        assert shows_current(session)
        assert not session.current.read
        await session.pilot.click("#papers", offset=(10, 9), times=2)
        await session.settle()
        assert session.papers.cursor == 4
        assert session.current.read
        assert session.screen.pane is Pane.READER


async def test_all_authors_and_raw_tex(reader_home: Home) -> None:
    async with running(reader_home) as session:
        many = next(i for i, row in enumerate(session.rows) if row.paper.authors > 10)
        session.screen.select(many)
        await session.pilot.pause()
        assert "more" in session.text
        await session.press("a")
        assert " more\n" not in session.text
        typed = next(i for i, row in enumerate(session.rows) if "10^{19}" in row.paper.title)
        session.screen.select(typed)
        await session.press("M")
        assert "10^{19}" in session.text
        await session.press("M")
        assert "10^{19}" not in session.text


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
async def test_keys_typed_ahead_are_for_the_pane_that_has_them_by_then(
    reader_home: Home, size: tuple[int, int]
) -> None:
    async with running(reader_home, size=size) as session:
        await session.rush("enter", "j", "j", "q", "j", "tab", "q", "j")
        await session.settle()
        assert session.screen.pane is Pane.LIST
        assert session.papers.cursor == 2
        assert session.app.is_running
