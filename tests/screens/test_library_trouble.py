"""A library that goes wrong while the program runs ends nothing and keeps the marks shown."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NoReturn

import pytest

from tests.library.obstacles import frozen
from tests.screens.session import NOW, Home, Session, running
from tui.app import DailyPapers
from tui.library import Library, LibraryDamaged, copy_now
from tui.screens.daily import DailyScreen

if TYPE_CHECKING:
    from collections.abc import Iterator


def shown(session: Session) -> list[tuple[bool, bool]]:
    return [(row.read, row.starred) for row in session.rows]


def break_library(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every use of the library finds it damaged."""
    library = session.screen.feed.library

    def damaged(*_: object, **__: object) -> NoReturn:
        raise LibraryDamaged(library.path, "database disk image is malformed")

    for name in ("marks", "mark", "undo", "redo"):
        monkeypatch.setattr(library, name, damaged)


async def test_a_library_damaged_meanwhile_keeps_the_screen_and_is_told(
    reader_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(reader_home) as session:
        await session.press("r", "j", "s", "k")
        day, before = session.day, shown(session)
        break_library(session, monkeypatch)
        for key in ("{", "}", "n", "p", "r", "s", "A", "U", "R", "enter", "space"):
            session.screen.toasts.clear()
            await session.press(key)
            await session.settle()
            assert (key, session.day, shown(session)) == (key, day, before)
            if key in "{rA":
                [told] = session.toasts
                left = f"The library {reader_home.library} is damaged; it was left as"
                assert told.startswith(left), key
            await session.press("escape", "g", "J")
            assert (key, session.papers.cursor) == (key, 1)
            await session.press("g")


async def test_a_library_that_is_gone_beside_its_copies_is_told_of_once(reader_home: Home) -> None:
    with closing(Library.open(reader_home.library)) as library:
        library.mark(["2608.00001"], read=True)
        copy_now(library.path, NOW)
    reader_home.library.unlink()
    async with running(reader_home) as session:
        [told] = session.toasts
        assert told.startswith(f"The library {reader_home.library} is gone, and a fresh one in use")
    async with running(reader_home) as session:
        assert session.toasts == []


async def test_two_troubles_at_the_start_are_both_told(reader_home: Home) -> None:
    nothing_kept, no_marks = "Nothing is kept for later.", "Marks cannot be kept."
    services = reader_home.services()._replace(cache_trouble=nothing_kept, marks_trouble=no_marks)
    app = DailyPapers(services)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, DailyScreen)
        assert app.screen.toasts.sentences == (f"{nothing_kept} {no_marks}",)


@pytest.fixture
def unwritable(reader_home: Home) -> Iterator[Home]:
    """A reader whose data folder nobody can write to."""
    folder = reader_home.library.parent
    folder.mkdir(parents=True)
    with frozen(folder):
        yield reader_home


async def test_marks_that_cannot_be_made_are_not_said_to_be(unwritable: Home) -> None:
    async with running(unwritable) as session:
        assert "marks off" in session.header
        for key in "Ar":
            session.screen.toasts.clear()
            await session.press(key)
            [told] = session.toasts
            assert told.startswith("Nothing was changed: "), key
            assert "29 unread" in session.header, key
            assert not any(row.read for row in session.rows), key
