"""What a library tells about papers and about what was undone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """What the user did to one paper; a paper that nothing was done to has the defaults."""

    read: bool = False
    starred: bool = False


@dataclass(frozen=True, slots=True)
class Undone:
    """The step that was taken back or done again: its label and the papers it had changed."""

    label: str
    ids: tuple[str, ...]
