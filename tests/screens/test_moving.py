from __future__ import annotations

from typing import TYPE_CHECKING

from tests.screens.session import running
from tui.commands import Pane
from tui.screens.panes import ALL_AUTHORS, ONE_FITS

if TYPE_CHECKING:
    from tests.screens.session import Home, Session

SMALL = (80, 24)
"""A window in which there is less to paint."""
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


async def test_every_key_that_moves_the_cursor_brings_its_text_and_marks_nothing(
    reader_home: Home,
) -> None:
    async with running(reader_home) as session:
        assert shows_current(session)
        for key, cursor in IN_LIST:
            await session.press(key)
            assert (key, session.papers.cursor) == (key, cursor)
            assert shows_current(session)
        assert session.screen.pane is Pane.LIST
        await session.press("tab")
        for key, cursor in (("J", 1), ("J", 2), ("K", 1)):
            await session.press(key)
            assert session.reader.has_focus
            assert (key, session.papers.cursor) == (key, cursor)
            assert shows_current(session)
        await session.press("tab")
        assert not any(row.read for row in session.rows)
    assert not any(read for read, _ in reader_home.marks(*session.ids))


async def test_every_key_that_scrolls_the_text_which_keeps_its_place(reader_home: Home) -> None:
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
            ("j", 1), ("j", 2), ("j", 3), ("J", 0), ("j", 1), ("K", 3),
        ]  # fmt: skip
        for key, y in steps:
            await session.press(key)
            assert (key, session.reader.scroll_offset.y) == (key, y)
        assert session.papers.cursor == 0
        for key, y in (("h", 0), ("l", 3)):
            await session.press(key)
            await session.settle()
            assert (key, session.reader.scroll_offset.y) == (key, y)


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
        await session.pilot.click("#papers", offset=(10, 5))
        assert session.papers.cursor == 2
        assert shows_current(session)
        assert not session.current.read
        await session.pilot.click("#papers", offset=(10, 9), times=2)
        await session.settle()
        assert session.papers.cursor == 4
        assert session.current.read
        assert session.screen.pane is Pane.READER


async def test_the_layout_follows_the_window_and_zoom(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        await session.press("G", "r")
        for size in (SMALL, (60, 20), (20, 5), (120, 40)):
            await session.pilot.resize_terminal(*size)
            await session.still()
            both = session.lines
            assert session.papers.cursor == LAST
            assert any(line.startswith("▌") for line in both)
            assert max(map(len, both)) <= size[0]
            has_two = session.reader.display
            assert has_two == (size[0] >= 80)
            if has_two:
                assert session.papers.region.intersection(session.reader.region).area == 0
                await session.press("z")
            for key, shown in (("", (True, False)), ("enter", (False, True)), ("q", (True, False))):
                await session.press(*filter(None, [key]))
                panes = session.papers.display, session.reader.display
                assert (size, key, panes) == (size, key, shown)
                if key == "enter" and size != (20, 5):
                    assert shows_current(session)
            assert session.toasts == []
            await session.press("z")
            if has_two:
                await session.until(lambda: session.lines[5:-1] == both[5:-1])  # noqa: B023
                assert session.toasts == []
            else:
                await session.until(lambda: session.toasts == [ONE_FITS])
                session.screen.toasts.clear()
        await session.press("z")
        await session.until(lambda: not session.reader.display)
        await session.pilot.resize_terminal(60, 20)
        await session.press("z")
        await session.until(lambda: session.toasts == [ONE_FITS])
        await session.pilot.resize_terminal(120, 40)
        await session.until(lambda: session.papers.display and session.reader.display)


async def test_all_authors_and_raw_tex(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        many = next(i for i, row in enumerate(session.rows) if row.paper.authors > 10)
        session.screen.select(many)
        await session.pilot.pause()
        assert "more" in session.text
        await session.press("a")
        assert " more\n" not in session.text
        assert session.toasts == []
        few = next(i for i, row in enumerate(session.rows) if row.paper.authors <= 10)
        session.screen.select(few)
        await session.press("a")
        assert session.toasts == [ALL_AUTHORS]
        typed = next(i for i, row in enumerate(session.rows) if "10^{19}" in row.paper.title)
        session.screen.select(typed)
        await session.press("M")
        assert "10^{19}" in session.text
        assert session.toasts == ["TeX is shown as typed."]
        await session.press("M")
        assert "10^{19}" not in session.text
        assert session.toasts == ["TeX is shown as Unicode."]


async def test_keys_typed_ahead_are_for_the_pane_that_has_them_by_then(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        for size in (SMALL, (60, 20)):
            await session.pilot.resize_terminal(*size)
            await session.still()
            await session.press("g")
            await session.rush("enter", "j", "j", "q", "j", "tab", "q", "j")
            await session.settle()
            assert session.screen.pane is Pane.LIST, size
            assert session.papers.cursor == 2, size
            assert session.app.is_running
