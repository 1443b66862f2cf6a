"""The user's ``.bib`` file: entries are put behind what is there, which is never rewritten.

So a crash, a full disk or another program can cost the user nothing but what was being added.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from stat import S_ISREG
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from tui.text.citing.bibfile import Addition, addition
from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tui.papers import Paper

LOCK_PATIENCE_S: Final = 2.0
LOCK_TURN_S: Final = 0.02
TRIES: Final = 5
"""How often a file is opened anew that another program has replaced meanwhile."""
READ_AT_ONCE: Final = 1 << 20  # bytes
MAX_PATH: Final = 500  # characters
FULL_ERRNOS: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FLAGS: Final = (
    os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NONBLOCK", 0)
)  # fmt: skip
"""A pipe in place of the file does not block."""


class BibliographyError(Exception):
    """Nothing was added; the message is a sentence for the user."""


def append(path: Path, papers: Sequence[Paper]) -> Addition:
    """Put the entries that the file at ``path`` lacks behind its text, in one write, on disk.

    A file that is not there is made, its folder is not. May wait LOCK_PATIENCE_S for another
    window. Raises BibliographyError.
    """
    try:
        for _ in range(TRIES):
            with _opened(path) as descriptor:
                text = _text(descriptor)
                if "\0" in text:  # such as UTF-16
                    raise _refusal(path, "it is no text that BibTeX reads")
                added = addition(text, papers)
                _write(descriptor, added.text.encode())
                if _is_there(path, descriptor):
                    return added
    except OSError as error:
        raise _refusal(path, _reason(error)) from error
    raise _refusal(path, "another program keeps replacing it")


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """The file's descriptor, locked against other windows."""
    is_new = not path.exists()
    descriptor = os.open(path, FLAGS, 0o666)
    try:
        if not S_ISREG(os.fstat(descriptor).st_mode):
            raise _refusal(path, "it is no ordinary file")
        if is_new:
            _keep_name(path)
        _lock(path, descriptor)
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(path: Path, descriptor: int) -> None:
    """Wait for other windows to be done; where there are no locks, do without."""
    if sys.platform == "win32":
        return
    import fcntl

    deadline = monotonic() + LOCK_PATIENCE_S
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > deadline:
                raise _refusal(path, "another program holds it") from None
            sleep(LOCK_TURN_S)
        except OSError:  # a disk in the network that knows no locks
            return
        else:
            return


def _text(descriptor: int) -> str:
    """The whole file, a byte a character."""
    pieces = []
    while piece := os.read(descriptor, READ_AT_ONCE):
        pieces.append(piece)
    return b"".join(pieces).decode("latin-1")


def _write(descriptor: int, new: bytes) -> None:
    """Write all of it to disk, or nothing: what went out before a failure is taken back."""
    if not new:
        return
    before, written = os.fstat(descriptor).st_size, 0
    try:
        while written < len(new):
            written += os.write(descriptor, new[written:])
        os.fsync(descriptor)
    except OSError:
        if os.fstat(descriptor).st_size == before + written:
            os.ftruncate(descriptor, before)
        raise


def _is_there(path: Path, descriptor: int) -> bool:
    """Whether the name still leads to what was written, and not to what an editor put there."""
    with suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    return False


def _keep_name(path: Path) -> None:
    """See to it that a new file's name is on disk as well."""
    if sys.platform == "win32":
        return
    folder = os.open(path.resolve().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _refusal(path: Path, reason: str) -> BibliographyError:
    file = clean_line(str(path), MAX_PATH)
    return BibliographyError(f"Nothing was added to {file}: {reason}.")


def _reason(error: OSError) -> str:
    """What the operating system says, in a few words."""
    if error.errno in FULL_ERRNOS:
        return "the disk is full"
    if isinstance(error, FileNotFoundError):
        return "its folder is not there"
    return (error.strerror or str(error)).lower()
