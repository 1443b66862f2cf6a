"""Where parts of a text have come to stand in the lines that it was wrapped into."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Place(NamedTuple):
    """``lines[line][start:end]`` holds the part of that number, or some of it."""

    part: int
    line: int
    start: int
    end: int


def places(text: str, parts: Iterable[tuple[int, int]], lines: Sequence[str]) -> Iterator[Place]:
    """The places of the parts, given as start and end in ``text``, in order and apart.

    The lines hold every letter of ``text`` in its order, only spaces may differ.
    """
    ends = list(accumulate(len(line) - line.count(" ") for line in lines))
    last = at = 0
    for number, (start, end) in enumerate(parts):
        first = last + _letters(text[at:start])
        last, at = first + _letters(text[start:end]), end
        for line in range(bisect_right(ends, first), len(lines)):
            before = ends[line - 1] if line else 0
            if before >= last:
                break
            begin = _position(lines[line], max(first - before, 0))
            final = _position(lines[line], min(last, ends[line]) - before - 1)
            yield Place(number, line, begin, final + 1)


def _letters(text: str) -> int:
    """Characters that are no white space."""
    return len("".join(text.split()))


def _position(line: str, number: int) -> int:
    """The index of a letter, counted from 0 without spaces; there is one."""
    if " " not in line:
        return number
    return next(islice((at for at, letter in enumerate(line) if letter != " "), number, None))
