from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.generate import make_day, make_item
from tests.screens.session import LATEST, Home, Session, running
from tui.commands import Pane

if TYPE_CHECKING:
    from tests.hubserver import HubServer

SMALL = (80, 24)
"""A window in which there is less to paint."""
THURSDAY = date(2026, 8, 20)


def marks(session: Session) -> list[tuple[bool, bool]]:
    """Read and starred of every row, as the list shows them."""
    return [(row.read, row.starred) for row in session.rows]


def list_lines(session: Session) -> list[str]:
    """The list's part of the screen."""
    region = session.papers.region
    return [line[: region.width].rstrip() for line in session.lines[region.y : region.bottom]]


async def test_a_marked_row_changes_in_place_and_nothing_else_moves(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        await session.press("j", "j")
        before = list_lines(session)
        await session.press("r", "s")
        after = list_lines(session)
        changed = [y for y, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        assert changed == [4]
        assert (before[4][:4], after[4][:4]) == ("▌●  ", "▌·★ ")
        assert session.papers.cursor == 2
        assert "28 unread" in session.header
        await session.shows("[Fri 21 28/29]")


async def test_opening_a_paper_reads_it_and_the_keys_mark_from_the_text_too(
    reader_home: Home,
) -> None:
    async with running(reader_home, size=SMALL) as session:
        await session.press("j", "enter")
        assert [read for read, _ in marks(session)[:3]] == [False, True, False]
        await session.press("q", "enter")
        assert session.current.read
        await session.press("K", "r", "s")
        assert session.screen.pane is Pane.READER
        assert marks(session)[0] == (True, True)


async def test_paging_the_text_reads_the_paper_and_at_its_end_goes_to_the_next_unread_one(
    reader_home: Home,
) -> None:
    async with running(reader_home, size=(120, 12)) as session:
        await session.press("space")
        assert session.current.read
        assert session.screen.pane is Pane.LIST
        assert session.reader.scroll_offset.y > 0
        await session.press("b")
        assert session.reader.scroll_offset.y == 0
        await session.press("j", "tab", "pagedown")
        assert session.current.read
        await session.press("J", "J", "r", "K", "G", "space")
        await session.settle()
        assert [read for read, _ in marks(session)[:5]] == [True, True, True, True, False]
        assert session.papers.cursor == 4
        assert session.reader.scroll_offset.y == 0


async def test_all_in_view_at_once(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        for key, mark in (("r", (True, False)), ("s", (True, True)), ("r", (False, True)),
                          ("s", (False, False))):  # fmt: skip
            await session.press(key)
            assert (session.current.read, session.current.starred) == mark
            assert reader_home.marks(session.ids[0]) == [mark]
        await session.press("r", "A")
        assert all(row.read for row in session.rows)
        assert session.toasts == ["Marked 28 read; U takes it back."]
        assert "0 unread" in session.header
        await session.shows("[Fri 21 ✓ 29]")
        await session.press("A")
        assert session.toasts == ["Everything here is read already."]
        session.screen.toasts.clear()
        await session.press("U")
        assert session.toasts == ["Undid: all of Fri 21 Aug 2026 read."]
        assert sum(row.read for row in session.rows) == 1
        await session.press("j", "s", "j", "s", "v", "v", "A")
        assert len(session.rows) == 2
        session.screen.toasts.clear()
        await session.press("U")
        assert session.toasts == ["Undid: read 2 papers of Fri 21 Aug 2026."]
        await session.press("v", "U", "U")
        await session.press("h")
        await session.settle()
        await session.press("U")
        await session.shows("[Thu 20 19/19]  Fri 21 29/29")


async def test_undo_and_redo_walk_back_and_forth(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        states = [marks(session)]
        for key in "rjsA":
            await session.press(key)
            states.append(marks(session))
        for key, left in (("U", 3), ("ctrl+z", 1), ("U", 0)):
            await session.press(key)
            assert marks(session) == states[left]
        await session.press("U")
        assert session.toasts == ["There is nothing to undo."]
        for left in (1, 3, 4):
            await session.press("ctrl+y")
            assert marks(session) == states[left]
        await session.press("ctrl+y")
        assert session.toasts == ["There is nothing to redo."]
        await session.press("U")
    async with running(reader_home, size=SMALL) as session:  # both outlast a restart
        assert marks(session) == states[3]
        await session.press("ctrl+y")
        assert marks(session) == states[4]
        await session.press("U", "U")
        title = session.rows[1].paper.title.split()[0]
        assert session.toasts[0].startswith(f"Undid: starred “{title}")
        assert marks(session) == states[1]


async def test_a_paper_on_two_days_is_read_on_both(new_home: Home, hub: HubServer) -> None:
    twice = make_item(900, LATEST, title="A [/] and [@click=app.quit]x[/]")
    hub.days[LATEST] = [twice, *make_day(LATEST, 3)]
    hub.days[THURSDAY] = [*make_day(THURSDAY, 3), twice]
    async with running(new_home) as session:
        place = session.ids.index(twice["paper"]["id"])
        session.screen.select(place)
        await session.press("s", "U")
        await session.shows("Undid: starred “A [/] and [@click=app.quit]x[/]”.")
        await session.press("s", "enter", "h")
        await session.settle()
        assert session.day == THURSDAY
        again = session.rows[session.ids.index(twice["paper"]["id"])]
        assert (again.read, again.starred) == (True, True)
        await session.shows("[Thu 20 3/4]")


async def test_keys_that_need_a_paper_do_nothing_without_one(new_home: Home) -> None:
    new_home.settings = type(new_home.settings)(endpoint="http://127.0.0.1:9", offline=True)
    async with running(new_home, size=SMALL) as session:
        for key in ("r", "s", "A", "c", "y", "o", "O", "enter", "space", "b", "j", "k", "G", "g",
                    "a", "M", "n", "p", "tab", "j", "J", "space", "G", "tab"):  # fmt: skip
            await session.press(key)
            assert (key, session.app.screen) == (key, session.screen)
        await session.settle()
        assert session.app.screen is session.screen
        assert not session.rows
