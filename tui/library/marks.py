"""What a library tells about papers and about what was undone."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """What the user did to one paper; a paper that nothing was done to has the defaults."""

    read: bool = False
    starred: bool = False


class Undone(NamedTuple):
    """The step that was taken back or done again, by the label it was made with."""

    label: str
