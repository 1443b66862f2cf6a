"""Notes that are being written, as files beside the library.

What an editor has saved outlives a crash of it and of the program: each text has a file of its
own, and beside it another one that remembers what the text was written over.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from tui.library.change import MOST_NOTE
from tui.library.errors import LibraryError, unwritable
from tui.papers import find_paper_id

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

PREFIX: Final = "note-"
SUFFIX: Final = ".md"
MEMORY: Final = ".json"
"""Suffix of the file that remembers; it is locked for as long as its text is being written."""
WRITING: Final = ".new"
"""Suffix of a text that is not yet complete."""
MOST_BYTES: Final = 4 * MOST_NOTE
"""A file that is larger holds more characters than a note can."""
TOO_LONG: Final = f"is longer than {MOST_NOTE:,} characters"


class NoteUnusable(LibraryError):
    """What is in a draft cannot be a note; ``reason`` is a clause such as "is not UTF-8"."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.reason = reason


class Memory(NamedTuple):
    """What a text was written over; with nothing remembered, it stands beside what there is."""

    paper: str
    before: str = ""
    over: tuple[str, ...] = ()
    """The versions of the note that its writer had seen."""


class Draft:
    """The note of one paper while it is written; nobody else takes it until it is released."""

    def __init__(self, path: Path, memory: Memory, lock: TextIO) -> None:
        self.path = path
        self.paper, self.before, self.over = memory
        self._lock = lock

    @classmethod
    def begin(cls, folder: Path, memory: Memory) -> Self:
        """Put a note into a new file, 0600, that is named for its paper.

        Raises LibraryUnwritable, and leaves nothing behind then.
        """
        with unwritable(folder):
            path, lock = _new_file(folder, memory.paper)
            draft = cls(path, memory, lock)
            try:
                json.dump(memory._asdict(), lock)
                lock.flush()
                draft._write(memory.before)
            except OSError:
                draft.discard()
                raise
        return draft

    def text(self) -> str:
        """What is in the file now, or what it began with where an editor took it away.

        Raises NoteUnusable, and LibraryUnwritable where the file cannot be read.
        """
        found = self._bytes()
        if found is None:
            return self.before
        try:
            text = found.decode()
        except UnicodeDecodeError:
            raise NoteUnusable(self.path, "is not UTF-8 text") from None
        if len(text) > MOST_NOTE:
            raise NoteUnusable(self.path, TOO_LONG)
        return text

    def text_to_mend(self) -> str:
        """What is in a file that cannot be a note, which is in UTF-8 from now on.

        Other bytes are taken for Latin-1, which loses none. Raises NoteUnusable for a file that is
        by far too long, and LibraryUnwritable.
        """
        found = self._bytes() or b""
        try:
            return found.decode()
        except UnicodeDecodeError:
            text = found.decode("latin-1")
        self.write(text)
        return text

    def _bytes(self) -> bytes | None:
        """What is in the file, None where an editor took it away; raises as ``text`` does."""
        with unwritable(self.path):
            try:
                if self.path.stat().st_size > MOST_BYTES:
                    raise NoteUnusable(self.path, TOO_LONG)
                return self.path.read_bytes()
            except FileNotFoundError:
                return None

    def change(self, *, cut_short: bool = False) -> str | None:
        """The note to keep, empty when nothing is left of it; None when it is as it was.

        An editor that ends the last line, and does no more, has changed nothing. Nor has one that
        was ``cut_short`` and left nothing: it may have died between emptying and writing the file.
        Raises as ``text`` does.
        """
        text = self.text()
        if text.rstrip("\r\n") == self.before.rstrip("\r\n"):
            return None
        if not text.strip():
            return None if cut_short else ""
        return text

    def write(self, text: str) -> None:
        """Save the text, whole or not at all. Raises LibraryUnwritable."""
        with unwritable(self.path):
            self._write(text)

    def _write(self, text: str) -> None:
        new = self.path.with_suffix(WRITING)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(text.encode())
        new.replace(self.path)

    def release(self) -> None:
        """Leave the file for whoever looks for it next.

        Closing writes what a full disk refused once more, and closes the file all the same.
        """
        with suppress(OSError):
            self._lock.close()

    def discard(self) -> None:
        """Remove the file, of which nothing is needed any more."""
        self.release()
        for suffix in (SUFFIX, WRITING, MEMORY):
            with suppress(OSError):
                self.path.with_suffix(suffix).unlink()


def left_over(folder: Path, paper: str | None = None) -> list[Draft]:
    """The drafts that nobody is writing any more: their editor or their program came to grief.

    Those of all papers, or of one. Raises LibraryUnwritable where they cannot be read.
    """
    with unwritable(folder):
        drafts = (
            _claim(path)
            for path in sorted(folder.glob(f"{PREFIX}*{SUFFIX}"))
            if paper in (None, _paper(path))
        )
        return [draft for draft in drafts if draft]


def _paper(path: Path) -> str | None:
    """The id of the paper that a draft is named for."""
    return find_paper_id(path.stem.removeprefix(PREFIX).replace("_", "/"))


def _new_file(folder: Path, paper: str) -> tuple[Path, TextIO]:
    """A name that no other draft has, and its memory, locked."""
    stem = PREFIX + paper.replace("/", "_")
    for number in count(1):
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}{SUFFIX}"
        with suppress(FileExistsError):
            if not path.exists():
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
                lock = os.fdopen(os.open(path.with_suffix(MEMORY), flags, 0o600), "w")
                _is_locked(lock)
                return path, lock
    raise AssertionError("there is always another number")


def _claim(path: Path) -> Draft | None:
    """The draft if it is nobody's; None too for a file that is named for no paper."""
    paper = _paper(path)
    if paper is None:
        return None
    lock = path.with_suffix(MEMORY).open("a+", encoding="utf-8")
    if not _is_locked(lock):
        lock.close()
        return None
    lock.seek(0)
    return Draft(path, _remembered(paper, lock.read()), lock)


def _is_locked(file: TextIO) -> bool:
    """Lock a file for as long as it is open; False where another process has.

    Windows lets nobody remove a file that is open, and some file systems know no locks: a draft
    that is taken while it is written is then taken twice, and no text is lost.
    """
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
    return True


def _remembered(paper: str, text: str) -> Memory:
    """What the file remembers, as far as that makes sense."""
    try:
        known: Any = json.loads(text)
        memory = Memory(known["paper"], known["before"], tuple(known["over"]))
    except (ValueError, TypeError, KeyError):
        return Memory(paper)
    said = (memory.paper, memory.before, *memory.over)
    return memory if all(isinstance(each, str) for each in said) else Memory(paper)
