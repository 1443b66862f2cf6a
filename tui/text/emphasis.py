"""Bold, italic and code inside a text: marked while TeX is read, then told as runs."""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Style = Literal["plain", "bold", "italic", "code"]


class Run(NamedTuple):
    """A piece of text in one style."""

    text: str
    style: Style = "plain"


_BEGINS: Final[dict[Style, str]] = {"bold": "\ufdd0", "italic": "\ufdd1", "code": "\ufdd2"}
_ENDS: Final = "\ufdd3"
_STYLES: Final = {mark: style for style, mark in _BEGINS.items()}
_MARK: Final = re.compile("[\ufdd0-\ufdd3]")
"""Noncharacters, which no text may hold."""


def marked(text: str, style: Style) -> str:
    """``text`` between the marks of ``style``."""
    return _BEGINS[style] + text + _ENDS if text else ""


def begin(style: Style) -> str:
    """The mark from which on the text is in ``style``."""
    return _BEGINS[style]


def end(times: int) -> str:
    """The marks that end so many styles."""
    return _ENDS * times


def unmarked(text: str) -> str:
    """``text`` without its marks."""
    return _MARK.sub("", text)


def runs_of(text: str) -> tuple[Run, ...]:
    """Marked text as runs; the innermost style holds."""
    return merged(_pieces(text))


def merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with neighbours of one style made one."""
    return tuple(
        Run("".join(run.text for run in same), style)
        for style, same in groupby(runs, key=attrgetter("style"))
    )


def _pieces(text: str) -> Iterator[Run]:
    open_styles: list[Style] = ["plain"]
    at = 0
    for mark in _MARK.finditer(text):
        if mark.start() > at:
            yield Run(text[at : mark.start()], open_styles[-1])
        at = mark.end()
        if mark[0] != _ENDS:
            open_styles.append(_STYLES[mark[0]])
        elif len(open_styles) > 1:
            open_styles.pop()
    if at < len(text):
        yield Run(text[at:], open_styles[-1])
