from __future__ import annotations

from datetime import date

import pytest
from textual.command import CommandPalette

from tests.screens.session import Home, Session, running
from tui.commands import COMMANDS, Pane, keys_text
from tui.screens.daily import DailyScreen
from tui.screens.help import GAP, GLYPHS, KEY_CELLS, NOTHING, Help, KeyTable
from tui.screens.palette import Commands
from tui.widgets.row import GONE, NEW, READ, STARRED, UNREAD, signed


def test_every_command_is_carried_out_by_the_screen() -> None:
    for command in COMMANDS:
        assert callable(getattr(DailyScreen, f"action_{command.id}", None)), command.id


def test_every_key_is_bound_in_its_pane() -> None:
    from tui.widgets.paper_list import PaperList
    from tui.widgets.reader import Reader

    for pane, widget in ((Pane.LIST, PaperList), (Pane.READER, Reader)):
        bound = {binding.key: binding.action for binding in widget.BINDINGS}  # type: ignore[union-attr]
        for command in COMMANDS:
            for key in () if command.prefix else command.keys(pane):
                assert bound[key] == f"screen.{command.id}"


def key_lines(session: Session) -> list[str]:
    """All lines of the help, in view or not."""
    return session.app.screen.query_one(KeyTable).render().plain.splitlines()


def table(session: Session) -> str:
    """All of the help's text, as if on one line."""
    return " ".join(" ".join(key_lines(session)).split())


async def test_the_help_lists_every_key_of_the_table(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await session.press("?")
        text = table(session)
        for command in COMMANDS:
            for pane in Pane:
                if command.keys(pane):
                    assert " ".join(keys_text(command, pane).split()) in text
            assert command.help in text
        for glyph in (UNREAD, READ, STARRED, NEW, GONE, signed(41)):
            assert f"{glyph} " in text
        assert text.index("In the list") < text.index("In the text")
        await session.press(*"star")
        assert "Star, or take the star away" in table(session)
        assert "Older day" not in table(session)
        await session.press(*"zzz")
        assert "Star," not in table(session)
        assert NOTHING in session.text


async def test_no_word_of_the_help_stands_among_the_keys_and_no_meaning_is_broken(
    reader_home: Home,
) -> None:
    async with running(reader_home, size=(60, 20)) as session:
        await session.press("?")
        await session.still()
        lines = key_lines(session)
        rest = [line.strip() for line in lines if line.startswith(" " * KEY_CELLS)]
        assert "unread paper" in rest
        assert "open, in capitals to copy" in rest
        glyphs = {item for line in lines[lines.index("") :] for item in line.split(GAP)}
        assert glyphs >= {item for items in GLYPHS for item in items}
        await session.pilot.resize_terminal(20, 5)
        await session.still()
        lines = key_lines(session)
        assert lines[lines.index("j  ↓  J") + 1] == "  Next paper"


async def test_the_help_over_the_text_scrolls_and_its_escape_has_a_twin(reader_home: Home) -> None:
    async with running(reader_home, size=(80, 24)) as session:
        await session.press("tab")
        for close in ("escape", "enter"):
            await session.press("?")
            text = table(session)
            assert text.index("In the text") < text.index("In the list")
            await session.still()
            first = session.text
            await session.press("pagedown")
            assert session.text != first
            await session.press("pageup")
            assert session.text == first
            await session.press("pagedown", "pagedown")
            twice = session.text
            await session.press("pageup", "pageup")
            await session.rush("pagedown", "pagedown")
            assert session.text == twice
            await session.press(close)
            assert session.app.screen is session.screen
        await session.press("D", "?")
        assert not isinstance(session.app.screen, Help)
        await session.press("escape")
        assert session.app.screen is session.screen


async def test_the_palette_offers_every_command_and_runs_one(reader_home: Home) -> None:
    async with running(reader_home) as session:
        provider = Commands(session.screen)
        offered = {str(hit.text) async for hit in provider.discover()}
        assert offered == {command.help for command in COMMANDS if command.id != "palette"}
        for key, day in ((":", date(2026, 8, 20)), ("ctrl+p", date(2026, 8, 19))):
            await session.press(key)
            await session.until(lambda: isinstance(session.app.screen, CommandPalette))
            await session.rush(*"older day that has")
            await session.shows("Older day that has papers")
            await session.press("enter", "enter")
            await session.until(lambda day=day: session.day == day)  # type: ignore[misc]
            assert session.app.screen is session.screen


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(("q",), marks=pytest.mark.torture),
        pytest.param(("ctrl+q",), marks=pytest.mark.torture),
        ("tab", "ctrl+q"),
        ("tab", "q", "q"),
    ],
    ids=" ".join,
)
async def test_the_way_out(reader_home: Home, keys: tuple[str, ...]) -> None:
    async with running(reader_home) as session:
        for key in keys:
            assert session.app._exit is False
            await session.press(key)
        assert session.app._exit is True
