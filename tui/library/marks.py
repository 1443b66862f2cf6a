"""What a library tells about papers and about what was undone."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """What the user did to one paper; a paper that nothing was done to has the defaults."""

    read: bool = False
    starred: bool = False
    has_note: bool = False
    tags: tuple[str, ...] = ()
    """In alphabetical order."""


class Undone(NamedTuple):
    """The step that was taken back or done again, by the label it was made with."""

    label: str


class Note(NamedTuple):
    """A note as it stands, and which versions of it that is, to be written over later."""

    text: str
    versions: tuple[str, ...]


class Starred(NamedTuple):
    """A paper on the reading list."""

    paper: str
    starred_ms: int
    """UTC, milliseconds since 1970."""
    kept: str | None
    """The paper's metadata as JSON; None where the star came without."""


class ReadPaper(NamedTuple):
    """A paper that is read."""

    paper: str
    read_ms: int
    """UTC, milliseconds since 1970."""
    kept: str | None
    """The paper's metadata as JSON, where it was kept with a star."""


class Event(NamedTuple):
    """One field of a paper that changed once."""

    made_ms: int
    """UTC, milliseconds since 1970."""
    field: str
    """``read``, ``starred``, ``note`` or ``tag:NAME``."""
    value: bool | str


class Totals(NamedTuple):
    """How many papers are marked in each way."""

    read: int
    starred: int
    noted: int
    tagged: int
