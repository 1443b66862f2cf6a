"""A whole library as one readable file of JSON Lines, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from tui.sync import lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.library import Change, Library


class Imported(NamedTuple):
    """What became of the lines of a file."""

    new: int
    """Changes that were added to the library."""
    known: int
    """Changes that it had already."""
    refused: int
    """Lines that could not be read."""


def is_export(path: Path) -> bool:
    """Whether the file begins as ``export`` does, whatever the version, or is empty.

    Raises OSError.
    """
    with path.open("rb") as file:
        begun = file.read(len(lines.BEGINNING))
    return begun in (b"", lines.BEGINNING)


def export(library: Library, stream: BinaryIO) -> int:
    """Write every change that was made on any machine; return how many.

    Raises LibraryError, and OSError of the stream.
    """
    written = 0
    stream.write(lines.FIRST_LINE)
    for change in library.changes():
        stream.write(lines.encode(change))
        written += 1
    return written


def import_(library: Library, stream: BinaryIO) -> Imported:
    """Merge what ``export`` wrote; a damaged line costs that line.

    Raises LibraryError, OSError of the stream, and NewerFormat where a newer program wrote it;
    what was merged until then stays.
    """
    read = refused = 0

    def changes() -> Iterator[Change]:
        nonlocal read, refused
        while line := stream.readline(lines.MAX_LINE):
            try:
                change = lines.decode(line)
            except lines.Damaged:
                refused += 1
                continue
            if change is not None:
                read += 1
                yield change

    new = library.merge(changes())
    return Imported(new, read - new, refused)
