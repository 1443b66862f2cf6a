"""Files and folders in every bad state, with the installed command in front of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.library.obstacles import fill, frozen, small_disk
from tests.program.user import FIRST_PAPER, PATIENCE_S, User, dialog, quits, row_of, shows, toast

if TYPE_CHECKING:
    from tests.terminal import Terminal

GARBAGE = b"no database " * 1000


def is_told(terminal: Terminal, words: str, _: str) -> bool:
    """Whether the words float over the screen."""
    return words in toast(terminal)


def stand_in_the_way(folder: Path) -> None:
    """Put a file where a folder would be made, which stops root too."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_bytes(b"")


def reads_but_cannot_mark(terminal: Terminal, sentence: str) -> None:
    """Papers show, and a mark is refused with the sentence, and nothing changes."""
    shows(terminal, "29 papers · 29 unread")
    terminal.press("s")
    shows(terminal, lambda _: sentence in toast(terminal))
    assert row_of(terminal, 0).startswith("▌●  ")


@pytest.mark.torture
def test_a_cache_that_cannot_be_written(newcomer: User) -> None:
    stand_in_the_way(newcomer.paths.cache)
    with newcomer.starts() as terminal:
        shows(terminal, lambda _: "Nothing is kept for later" in toast(terminal))
        shows(terminal, "29 papers · 29 unread")
        terminal.press("s")
        shows(terminal, lambda _: row_of(terminal, 0).startswith("▌●★"))
        quits(terminal)


def test_neither_cache_nor_data_directory_can_be_written(newcomer: User) -> None:
    for folder in (newcomer.paths.cache, newcomer.paths.library.parent):
        stand_in_the_way(folder)
    with newcomer.starts() as terminal:
        for words in ("Nothing is kept for later", "Marks cannot be kept"):
            shows(terminal, partial(is_told, terminal, words))
        reads_but_cannot_mark(terminal, "Nothing was changed: ")
        quits(terminal)


@pytest.mark.torture
def test_a_frozen_data_directory_with_marks_in_it(reader: User) -> None:
    with reader.starts() as terminal:
        shows(terminal, "29 papers · 29 unread")
        terminal.press("js")
        shows(terminal, lambda _: row_of(terminal, 1).startswith("▌●★"))
        quits(terminal)
    with frozen(reader.paths.library.parent), reader.starts() as terminal:
        shows(terminal, lambda _: "Marks cannot be kept" in toast(terminal))
        reads_but_cannot_mark(terminal, "Nothing was changed: ")
        assert row_of(terminal, 1).startswith(" ●★")
        quits(terminal)


@pytest.fixture
def full_disk(reader: User) -> Path:
    """The folder of the library, which is about to get a disk of its own."""
    folder = reader.paths.library.parent
    folder.mkdir(parents=True)
    return folder


def test_a_disk_that_fills_up_while_it_runs(reader: User, full_disk: Path) -> None:
    with small_disk(full_disk, "400k"), reader.starts() as terminal:
        shows(terminal, "29 papers · 29 unread")
        terminal.press("s")
        shows(terminal, lambda _: row_of(terminal, 0).startswith("▌●★"))
        filler = fill(full_disk)
        terminal.press("jA")
        shows(terminal, lambda _: "Nothing was changed: the disk is full" in toast(terminal))
        assert row_of(terminal, 1).startswith("▌●")
        filler.unlink()
        terminal.press("A")
        shows(terminal, "0 unread")
        quits(terminal)


@pytest.mark.torture
def test_a_cache_on_a_full_disk(newcomer: User) -> None:
    folder = newcomer.paths.cache
    folder.mkdir(parents=True)
    with small_disk(folder, "400k"):
        fill(folder)
        with newcomer.starts() as terminal:
            shows(terminal, "29 papers · 29 unread")
            terminal.press("h")
            shows(terminal, "Thu 20 Aug 2026 · 19 papers")
            quits(terminal)


@pytest.fixture
def damaged(reader: User) -> Path:
    path = reader.paths.library
    path.parent.mkdir(parents=True)
    path.write_bytes(GARBAGE)
    return path


def test_a_damaged_library_is_left_alone_until_the_user_agrees(reader: User, damaged: Path) -> None:
    with reader.starts() as terminal:
        shows(terminal, "Your library is damaged")
        assert str(damaged) in "".join("".join(dialog(terminal)).split())
        terminal.press("q")
        shows(terminal, lambda text: "is damaged" not in text)
        reads_but_cannot_mark(terminal, "Nothing was changed: ")
        quits(terminal)
    assert damaged.read_bytes() == GARBAGE
    with reader.starts() as terminal:
        shows(terminal, "Your library is damaged")
        terminal.press("f")
        shows(terminal, lambda _: "a fresh library is in use" in toast(terminal))
        said = "".join(toast(terminal).split())
        terminal.press("s")
        shows(terminal, lambda _: row_of(terminal, 0).startswith("▌●★"))
        quits(terminal)
    files = filter(Path.is_file, damaged.parent.iterdir())
    [kept] = [path for path in files if path.read_bytes() == GARBAGE]
    assert str(kept) in said
    assert reader.marks(FIRST_PAPER) == [(False, True)]


@pytest.mark.torture
def test_a_damaged_cache_is_fetched_again(reader: User) -> None:
    for path in filter(lambda path: path.is_file(), reader.paths.cache.rglob("*")):
        path.write_bytes(GARBAGE)
    with reader.starts() as terminal:
        shows(terminal, "29 papers · 29 unread · just now")
        quits(terminal)


@pytest.mark.torture
def test_a_log_that_cannot_be_written_is_no_trouble(reader: User) -> None:
    stand_in_the_way(reader.paths.log.parent)
    with reader.starts() as terminal:
        shows(terminal, "29 papers · 29 unread · just now")
        quits(terminal)
        assert terminal.wait_exit(PATIENCE_S) == 0
