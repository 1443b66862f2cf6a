"""Notes in editors that are real programs, well-behaved and not."""

from __future__ import annotations

import os
import signal
import stat
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest

from tests.desktop.tools import install
from tests.program.user import PATIENCE_S, User, header, quits, shows, toast
from tui.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal import Terminal

pytestmark = pytest.mark.torture

LIST: Final = "29 papers · 29 unread"
WAITS: Final = "echo ready; read -r _"
"""Shell commands that say so and wait for Enter."""


def uses(user: User, folder: Path, script: str, options: str = "") -> None:
    """Have the user name an editor made of this shell script, in which ``$1`` is the file."""
    user.env["EDITOR"] = f"{install(folder, 'heron-editor', script)}{options}"


def notes(user: User) -> list[str]:
    """Every note, on disk."""
    with closing(Library.open(user.paths.library)) as library:
        return list(library.notes(library.with_note()).values())


def drafts(user: User) -> list[Path]:
    """The files that editors are given, without what is remembered of them."""
    return sorted(user.paths.library.parent.glob("note-*.md"))


def begins(terminal: Terminal) -> None:
    """Wait until the list is there and nothing more will be said about it."""
    shows(terminal, lambda _: LIST in header(terminal) and "just now" in header(terminal))


def says(terminal: Terminal, what: str) -> None:
    """Wait until a toast begins so."""
    shows(terminal, lambda _: toast(terminal).startswith(what))


def is_back(terminal: Terminal) -> None:
    """Wait until the program has the terminal again, all of it."""
    shows(terminal, lambda text: LIST in header(terminal) and "? keys" in text)


def test_an_editor_with_options_has_the_terminal_for_itself(reader: User, tmp_path: Path) -> None:
    script = 'echo "options: $1 $2"; read -r words; echo "$words" > "$3"'
    uses(reader, tmp_path, script, " -w 'two words'")
    reader.env |= {"VISUAL": reader.env["EDITOR"], "EDITOR": "false"}
    with reader.starts() as terminal:
        begins(terminal)
        terminal.press("e")
        shows(terminal, "options: -w two words")
        assert LIST not in terminal.text
        terminal.press("herons wait<enter>")
        shows(terminal, "▎ herons wait")
        is_back(terminal)
        assert notes(reader) == ["herons wait\n"]
        assert drafts(reader) == []
        terminal.press("U")
        says(terminal, "Undid: note on")
        assert notes(reader) == []
        quits(terminal)


def test_the_file_is_named_for_its_paper_and_for_the_user_alone(
    reader: User, tmp_path: Path
) -> None:
    uses(reader, tmp_path, WAITS)
    with reader.starts() as terminal:
        begins(terminal)
        terminal.press("e")
        shows(terminal, "ready")
        [draft] = drafts(reader)
        files = list(draft.parent.glob("note-*"))
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        terminal.press("<enter>")
        is_back(terminal)
        terminal.press("yi")
        shows(terminal, draft.stem.removeprefix("note-"))
        quits(terminal)
    assert notes(reader) == []


def test_an_interrupt_is_the_editors_own_and_a_new_size_is_noticed(
    reader: User, tmp_path: Path
) -> None:
    script = "trap 'echo interrupted' INT; echo ready; until read -r _; do :; done; echo kept > $1"
    uses(reader, tmp_path, script)
    with reader.starts() as terminal:
        begins(terminal)
        terminal.press("e")
        shows(terminal, "ready")
        terminal.resize(80, 24)
        terminal.press("<c-c>")
        shows(terminal, "interrupted")
        terminal.press("<enter>")
        is_back(terminal)
        assert len(terminal.screen) == 24
        shows(terminal, "▎ kept")
        quits(terminal)


@pytest.mark.parametrize(
    ("ending", "said"),
    [("exit 3", "ended with code 3"), ("kill -KILL $$", "was ended by signal 9")],
)
def test_what_a_crashing_editor_had_saved_is_kept(
    reader: User, tmp_path: Path, ending: str, said: str
) -> None:
    uses(reader, tmp_path, f'[ -s "$1" ] || echo saved > "$1"; {ending}')
    with reader.starts() as terminal:
        begins(terminal)
        terminal.press("e")
        says(terminal, f"The editor {said}: what it had saved is the note now")
        assert notes(reader) == ["saved\n"]
        terminal.press("e")
        says(terminal, f"The editor {said}: the note is as it was.")
        assert notes(reader) == ["saved\n"]
        assert drafts(reader) == []
        quits(terminal)


def test_an_editor_that_dies_while_it_saves_takes_no_note_off(reader: User, tmp_path: Path) -> None:
    uses(reader, tmp_path, 'if [ -s "$1" ]; then : > "$1"; kill -KILL $$; fi; echo words > "$1"')
    with reader.starts() as terminal:
        begins(terminal)
        terminal.press("e")
        shows(terminal, "▎ words")
        terminal.press("e")
        says(terminal, "The editor was ended by signal 9: the note is as it was.")
        assert notes(reader) == ["words\n"]
        assert drafts(reader) == []
        quits(terminal)


def test_an_emptied_note_is_taken_off(reader: User, tmp_path: Path) -> None:
    uses(reader, tmp_path, 'if [ -s "$1" ]; then echo > "$1"; else echo words > "$1"; fi')
    with reader.starts() as terminal:
        begins(terminal)
        terminal.press("e")
        shows(terminal, "▎ words")
        terminal.press("e")
        shows(terminal, lambda text: "▎ words" not in text and LIST in text)
        assert notes(reader) == []
        terminal.press("U")
        says(terminal, "Undid: note taken off")
        quits(terminal)


def test_an_editor_that_is_not_there_is_replaced(reader: User) -> None:
    reader.env["EDITOR"] = "no-such-heron -w"
    with reader.starts() as terminal:
        begins(terminal)
        terminal.press("e")
        shows(terminal, "“no-such-heron -w” cannot run here.")
        terminal.press("typed here<c-s>")
        shows(terminal, "▎ typed here")
        assert notes(reader) == ["typed here"]
        quits(terminal)


@pytest.mark.parametrize("number", [None, signal.SIGHUP, signal.SIGTERM])
def test_leaving_the_program_in_the_small_editor_loses_nothing(
    reader: User, number: signal.Signals | None
) -> None:
    with reader.starts() as terminal:
        begins(terminal)
        terminal.press("e")
        shows(terminal, "Note on “")
        terminal.press("typed here")
        shows(terminal, "typed here")
        if number:
            os.kill(terminal.pid, number)
        else:
            terminal.press("<c-q>")
        terminal.wait_exit(PATIENCE_S)
    with reader.starts() as terminal:
        shows(terminal, "▎ typed here")
        assert notes(reader) == ["typed here"]
        quits(terminal)


@pytest.mark.parametrize("script", ['echo saved > "$1"; ' + WAITS, ""], ids=["editor", "small"])
def test_what_was_saved_when_the_program_was_killed_is_there_again(
    reader: User, tmp_path: Path, script: str
) -> None:
    if script:
        uses(reader, tmp_path, script)
    with reader.starts() as terminal:
        begins(terminal)
        terminal.press("e")
        if script:
            shows(terminal, "ready")
        else:
            shows(terminal, "Note on “")
            terminal.press("saved<enter>")
        shows(terminal, lambda _: [file.read_text() for file in drafts(reader)] == ["saved\n"])
        terminal.kill()
        terminal.wait_exit(PATIENCE_S)
    assert notes(reader) == []
    with reader.starts() as terminal:
        says(terminal, "What an earlier run had not finished is in the notes now (1 paper)")
        assert notes(reader) == ["saved\n"]
        assert drafts(reader) == []
        shows(terminal, "▎ saved")
        terminal.press("U")
        says(terminal, "Undid: note on")
        quits(terminal)


def test_two_windows_that_write_at_once_keep_both_notes(reader: User, tmp_path: Path) -> None:
    uses(reader, tmp_path, f'{WAITS}; echo "by $WRITER" >> "$1"')
    one, other = (
        User(reader.hub, reader.now, reader.env | {"WRITER": name}) for name in ("one", "other")
    )
    with one.starts() as first, other.starts() as second:
        for terminal in (first, second):
            begins(terminal)
            terminal.press("e")
            shows(terminal, "ready")
        assert len(drafts(reader)) == 2
        for terminal in (first, second):
            terminal.press("<enter>")
            is_back(terminal)
        for terminal in (first, second):
            shows(terminal, lambda text: "▎ by one" in text and "▎ by other" in text)
            quits(terminal)
    assert drafts(reader) == []


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (r"printf '\377\n'", "is not UTF-8 text"),
        ("head -c 1000001 /dev/zero | tr '\\0' x", "is longer than 1,000,000 characters"),
    ],
)
def test_what_can_be_no_note_stays_in_its_file(
    reader: User, tmp_path: Path, spoil: str, why: str
) -> None:
    uses(reader, tmp_path, f'if [ -s "$1" ]; then echo mended; else {spoil}; fi > "$1.tmp"; '
         'mv "$1.tmp" "$1"')  # fmt: skip
    with reader.starts() as terminal:
        begins(terminal)
        terminal.press("e")
        says(terminal, f"Nothing was changed: what you wrote {why}. It is kept in")
        assert len(drafts(reader)) == 1
        terminal.press("e")
        shows(terminal, "▎ mended")
        assert notes(reader) == ["mended\n"]
        assert drafts(reader) == []
        quits(terminal)
