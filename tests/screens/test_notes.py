"""Notes in the small editor and on the screen; other editors are in tests/program."""

from __future__ import annotations

from contextlib import closing
from itertools import product
from threading import Event
from typing import TYPE_CHECKING

from textual.events import Paste

from tests.library.obstacles import frozen
from tests.screens.session import PATIENCE_S, Home, Session, running
from tests.screens.visits import hurry
from tui.commands import Pane
from tui.library import Library
from tui.library.drafts import Draft, Memory
from tui.screens import note_editor

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

CLASH = "also written on another machine"


def note(home: Home, paper: str) -> str:
    """The note of a paper, as another program finds it."""
    with closing(Library.open(home.library)) as library:
        return library.note(paper)


def write(home: Home, paper: str, text: str) -> None:
    """Write a note from another program."""
    with closing(Library.open(home.library)) as library:
        library.mark([paper], note=text)


def drafts(home: Home) -> list[Path]:
    return list(home.library.parent.glob("note-*"))


async def writes(session: Session, *keys: str, end: str = "ctrl+s") -> None:
    """Type into the note of the paper under the cursor, and close the editor."""
    await opens(session)
    await session.rush(*keys, end)
    folder = session.screen.feed.library.path.parent
    await session.until(
        lambda: session.app.screen is session.screen and not list(folder.glob("note-*"))
    )
    await session.settle()


async def opens(session: Session) -> None:
    """Open the editor for the note of the paper under the cursor."""
    await session.press("e")
    await session.until(lambda: isinstance(session.app.screen, note_editor.NoteEditor))


async def test_what_is_typed_is_kept_in_either_way(reader_home: Home) -> None:
    ways = list(product(Pane, ("ctrl+s", "escape")))
    async with running(reader_home) as session:
        for number, (pane, end) in enumerate(ways):
            session.screen.select(number)
            session.screen.focus_pane(pane)
            await writes(session, *"# Herons", "enter", *"q, wait", end=end)
            assert (pane, end, note(reader_home, session.current.paper.id)) == (
                pane, end, "# Herons\nq, wait",
            )  # fmt: skip
            assert session.screen.pane is pane
            assert session.app.screen is session.screen
            assert drafts(reader_home) == []
        session.screen.select(len(ways))
        await session.rush("e", *"quick and", "enter", *"short", "escape")
        paper = session.current.paper.id
        await session.until(lambda: note(reader_home, paper) == "quick and\nshort")
        assert session.app.screen is session.screen


async def test_the_text_shows_the_note_and_the_row_a_glyph(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await writes(session, *"one", "enter", *"two")
        lines = session.lines
        top = next(y for y, text in enumerate(lines) if text.endswith("▎ Note"))
        assert [text.partition("▎ ")[2] for text in lines[top + 1 : top + 3]] == ["one", "two"]
        assert lines[3].startswith("▌ n ▲")
        await session.press("j")
        await session.still()
        assert "▎ Note" not in session.text
        await session.press("k", "U")
        await session.still()
        assert "▎ Note" not in session.text
        assert session.toasts[0].startswith("Undid: note on “")
        assert note(reader_home, session.ids[0]) == ""


async def test_a_note_is_gone_on_with_at_its_end_and_taken_off_when_emptied(
    reader_home: Home,
) -> None:
    async with running(reader_home) as session:
        paper = session.ids[0]
        write(reader_home, paper, "first\r\n")
        await writes(session, *"second")
        assert note(reader_home, paper) == "first\r\nsecond"
        await writes(session, "ctrl+u", "backspace", *["backspace"] * len("first"))
        assert note(reader_home, paper) == ""
        await session.press("U")
        assert session.toasts[0].startswith("Undid: note taken off “")
        assert note(reader_home, paper) == "first\r\nsecond"


async def test_a_note_that_is_only_looked_at_stays_as_it_is(reader_home: Home) -> None:
    odd = "tabs\t and \x1b]0;title\x07 and \x0b and \u202e\r\nline \n"
    async with running(reader_home) as session:
        write(reader_home, session.ids[0], odd)
        await session.press("e")
        await session.still()
        assert "\x1b" not in session.text
        assert "\u202e" not in session.text
        await session.press("escape")
        await session.settle()
        assert note(reader_home, session.ids[0]) == odd
        assert drafts(reader_home) == []
        session.screen.look_around()
        await session.still()
        assert "▎ tabs and and and" in session.text


async def test_every_byte_stays_that_was_not_typed_over(reader_home: Home) -> None:
    odd = "one\x0ctwo\u2028three\x85four\tend\r\nfive\nsix"
    windows = "one\x0b\r\ntwo\r\n"
    async with running(reader_home) as session:
        paper = session.ids[0]
        write(reader_home, paper, odd)
        await opens(session)
        await session.shows("one\ufffdtwo\ufffdthree\ufffdfour")
        assert not set(session.text) & set("\x0b\x0c\r\x85\u2028")
        await session.rush("x", "enter", "y", "escape")
        await session.until(lambda: note(reader_home, paper) == f"{odd}x\ny")
        await session.until(lambda: session.app.screen is session.screen)
        write(reader_home, paper, windows)
        await writes(session, "x", "enter", "y")
        assert note(reader_home, paper) == f"{windows}x\r\ny"


def test_a_document_of_a_note_joins_what_it_parts() -> None:
    texts = ["", "\n", "\r", "\r\n", "\n\r", "a\r\r\nb", "a\r\nb\n", "a\n\nb\u2029", "\x1c\x0b"]
    for text in texts:
        document = note_editor.NoteDocument(text)
        assert document.text == text
        row, column = document.end
        taken = document.replace_range((0, 0), (row + 1, 0), "x").replaced_text
        assert (taken, document.text) == (text, "x")
        assert document.replace_range((0, 0), (0, 1), text).end_location == (row, column)
        assert document.text == text
        document.replace_range((row, column), (row, column), f"end{document.newline}\x0c")
        assert document.text == f"{text}end{document.newline}\x0c"


async def test_what_is_pasted_ends_its_lines_as_the_note_does(reader_home: Home) -> None:
    async with running(reader_home) as session:
        write(reader_home, session.ids[0], "a\r\n")
        await opens(session)
        session.app.post_message(Paste("b\rc\nd\r\n"))
        await session.shows("d")
        await session.press("ctrl+z", "ctrl+y", "escape")
        await session.until(lambda: note(reader_home, session.ids[0]) == "a\r\nb\r\nc\r\nd\r\n")


async def test_an_empty_text_of_an_earlier_run_takes_no_note_off(reader_home: Home) -> None:
    async with running(reader_home) as session:
        paper, other = session.ids[:2]
        write(reader_home, paper, "words")
        folder = reader_home.library.parent
        for each, text in ((paper, ""), (other, "saved")):
            draft = Draft.begin(folder, Memory(each, "words"))
            draft.write(text)
            draft.release()
    async with running(reader_home) as session:
        await session.until(lambda: not drafts(reader_home))
        assert note(reader_home, paper) == "words"
        assert note(reader_home, other) == "saved"


async def test_a_note_of_another_window_shows_without_a_key_and_none_is_lost_to_it(
    reader_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    async with running(reader_home) as session:
        paper = session.ids[0]
        for text in ("from elsewhere", "and changed there"):
            write(reader_home, paper, text)
            await session.shows(f"▎ {text}")
        await opens(session)
        await session.rush(*" and here")
        write(reader_home, paper, "elsewhere again")
        await session.press("escape")
        await session.until(lambda: CLASH in note(reader_home, paper))
        kept = note(reader_home, paper)
        assert "and changed there and here" in kept
        assert "elsewhere again" in kept
        await session.shows("▎ and changed there and here")


async def test_what_is_typed_is_saved_while_it_is(
    reader_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_editor, "SAVE_S", 0.01)
    async with running(reader_home) as session:
        await opens(session)
        await session.rush(*"half a though")
        [draft] = reader_home.library.parent.glob("note-*.md")
        await session.until(lambda: draft.read_text() == "half a though")
        await session.press("t", "escape")
        await session.until(lambda: note(reader_home, session.ids[0]) == "half a thought")


async def test_an_older_text_that_is_still_being_saved_overtakes_no_newer_one(
    reader_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, write = note_editor.NoteEditor._save, Draft.write
    is_held, may_go_on, is_written = Event(), Event(), Event()
    saves: list[note_editor.NoteEditor] = []

    async def counted_save(editor: note_editor.NoteEditor) -> bool:
        saves.append(editor)
        return await save(editor)

    def held_write(draft: Draft, text: str) -> None:
        if text != "a":
            write(draft, text)
            return
        is_held.set()
        assert may_go_on.wait(PATIENCE_S)
        write(draft, text)
        is_written.set()

    monkeypatch.setattr(note_editor, "SAVE_S", 0.01)
    monkeypatch.setattr(note_editor.NoteEditor, "_save", counted_save)
    monkeypatch.setattr(Draft, "write", held_write)
    async with running(reader_home) as session:
        await opens(session)
        session.app.simulate_key("a")
        await session.until(is_held.is_set)
        before = len(saves)
        session.app.simulate_key("b")
        session.app.simulate_key("escape")
        await session.until(lambda: len(saves) > before)
        paper = session.ids[0]
        await session.until(
            lambda: bool(saves[-1]._saving._waiters) or note(reader_home, paper) == "ab"
        )
        may_go_on.set()
        await session.until(is_written.is_set)
        await session.until(lambda: note(reader_home, paper) == "ab")
        await session.until(lambda: session.app.screen is session.screen)
        await session.until(lambda: not drafts(reader_home))


async def test_where_nothing_can_be_saved_the_text_is_kept_on_the_screen(
    reader_home: Home,
) -> None:
    async with running(reader_home) as session:
        await session.press("e", *"words")
        with frozen(reader_home.library.parent):
            await session.press("escape")
            await session.shows("Esc once more gives up what you wrote.")
            await session.shows("words")
        await session.press("escape")
        await session.settle()
        assert note(reader_home, session.ids[0]) == "words"


async def test_what_is_too_long_is_refused_while_it_can_be_mended(
    reader_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_editor, "MOST_NOTE", 10)
    monkeypatch.setattr("tui.library.drafts.MOST_NOTE", 10)
    async with running(reader_home, size=(80, 24)) as session:
        paper = session.ids[0]
        await opens(session)
        await session.rush(*"twelve signs", "escape")
        await session.shows("A note has at most 10 characters, and this one 12.")
        await session.press("escape")
        await session.until(lambda: session.app.screen is session.screen)
        assert "It is kept in " in session.toasts[-1]
        assert note(reader_home, paper) == ""
        await opens(session)
        await session.shows("What you wrote is longer than")
        await session.shows("twelve signs")
        await session.press("backspace", "backspace", "escape")
        await session.until(lambda: note(reader_home, paper) == "twelve sig")
        await session.until(lambda: not drafts(reader_home))


async def test_what_is_not_utf8_can_be_mended(reader_home: Home) -> None:
    async with running(reader_home, size=(80, 24)) as session:
        paper = session.ids[0]
        draft = Draft.begin(reader_home.library.parent, Memory(paper))
        draft.path.write_bytes(b"h\xe9ron")
        draft.release()
        await opens(session)
        await session.shows("What you wrote is not UTF-8 text.")
        await session.shows("héron")
        await session.press("escape")
        await session.until(lambda: note(reader_home, paper) == "héron")
        await session.until(lambda: not drafts(reader_home))


async def test_where_no_mark_can_be_made_no_editor_opens(reader_home: Home) -> None:
    Library.open(reader_home.library).close()
    reader_home.library.write_text("no database")
    async with running(reader_home) as session:
        await session.press("q")
        await session.press("e")
        assert session.app.screen is session.screen
        assert session.toasts[0].startswith("Nothing was changed: ")
        assert drafts(reader_home) == []
