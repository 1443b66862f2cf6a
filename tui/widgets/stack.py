"""Rows of two or three lines one under the other: which line is whose."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

PAPER_LINES: Final = 2
"""Lines of a paper, without the heading that may stand above it."""
HEADING: Final = -1
TITLE: Final = 0
FACTS: Final = 1
"""The lines of a row, counted from its title."""


class Stack:
    """Where each row lies, in lines from the top; a heading belongs to the row below it."""

    def __init__(self, headed: Iterable[bool] = ()) -> None:
        """One row for each item: whether it has a heading."""
        self._ends = list(accumulate(PAPER_LINES + has_heading for has_heading in headed))

    @property
    def length(self) -> int:
        """Lines of all rows together."""
        return self._ends[-1] if self._ends else 0

    def top(self, index: int) -> int:
        """The first line of a row, its heading included."""
        return self._ends[index - 1] if index else 0

    def title(self, index: int) -> int:
        """The line of a row's title."""
        return self._ends[index] - PAPER_LINES

    def end(self, index: int) -> int:
        """The line after a row's last."""
        return self._ends[index]

    def row_at(self, line: int) -> int:
        """Index of the row that ``line`` belongs to; the number of rows when it is below them."""
        return bisect_right(self._ends, line)
