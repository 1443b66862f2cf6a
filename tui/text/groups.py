"""A group of TeX while it is read: where its braces close, and what of it was shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.text import emphasis

if TYPE_CHECKING:
    from tui.text.emphasis import Style

DEEPEST: Final = 12
"""Braces within braces that are read; what is deeper stays as typed."""

_BRACE: Final = re.compile(r"\{|\}|\\.", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\([_%#&~])")
_CODES_TOKEN: Final = re.compile(r"\\(?:[A-Za-z]+|.)|\$\$?", re.DOTALL)
"""What is read in code, where dashes, quotes and scripts are none."""
_LONGEST_NAME: Final = 20
"""Characters that are looked at for a bare macro name."""
_LATIN: Final = re.compile("[A-Za-zÀ-ɏ]")


def closing_braces(text: str) -> dict[int, int]:
    """The place of each closing brace by the place of its opening one, escaped ones apart."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif brace[0] == "}" and opened:
            closing[opened.pop()] = brace.start()
    return closing


def unescaped(text: str) -> str:
    r"""``text`` with the backslashes gone that stand before signs, as in ``\_``."""
    return _ESCAPED.sub(r"\1", text)


Shown = tuple[str, int]
"""What to show, and where to read on."""


class Source(NamedTuple):
    """A text with what all its groups need to know."""

    text: str
    closing: dict[int, int]
    tokens: re.Pattern[str]
    """What may have to be read."""


class Group:
    """Text between braces; what subclasses read of it, they append to ``out``."""

    def __init__(
        self,
        source: Source,
        *,
        maths: bool = False,
        script: bool = False,
        code: bool = False,
        depth: int = 0,
    ) -> None:
        self.source = source
        self.text = source.text
        self.tokens = _CODES_TOKEN if code else source.tokens
        self.maths = maths
        self.script = script
        self.code = code
        self.depth = depth
        self.stop = len(source.text)
        """Where the group ends: what begins in it and ends behind it is not read."""
        self.out: list[str] = []
        self.switches = 0
        """Styles that hold until the group ends."""
        self.quoted = False
        """Whether a quotation is open."""

    def read(self, start: int, end: int) -> str:
        """The text from ``start`` to ``end``, read."""
        raise NotImplementedError

    def inside(
        self, start: int, end: int, *, maths: bool = False, script: bool = False, code: bool = False
    ) -> str:
        """The text of a group within this one, read."""
        if self.depth >= DEEPEST:
            return self.text[start:end]
        inner = type(self)(
            self.source,
            maths=maths or self.maths,
            script=script,
            code=(code or self.code) and not maths,
            depth=self.depth + 1,
        )
        return inner.read(start, end)

    def closing(self, at: int) -> int | None:
        """The place of the brace that closes the one at ``at``; None where this group has none."""
        end = self.source.closing.get(at)
        return None if end is None or end >= self.stop else end

    def match(self, pattern: re.Pattern[str], at: int) -> re.Match[str] | None:
        """What ``pattern`` finds at ``at`` that ends within the group."""
        return pattern.match(self.text, at, self.stop)

    def is_whole(self, start: int, end: int) -> bool:
        """Whether all braces that open from ``start`` to ``end`` close there, within the group."""
        closing = self.source.closing
        return end < self.stop and all(closing.get(at, at) < end for at in range(start, end))

    def argument(self, at: int, *, maths: bool = False, code: bool = False) -> Shown | None:
        """What the braces at ``at`` hold, read, and where to read on; None without braces."""
        end = self.closing(at)
        if end is None:
            return None
        return self.inside(at + 1, end, maths=maths, code=code), end + 1

    def raw_argument(self, at: int) -> Shown | None:
        """As ``argument``, but for an address or the like: only its escapes are read."""
        end = self.closing(at)
        return None if end is None else (unescaped(self.text[at + 1 : end]), end + 1)

    def styled(self, text: str, style: Style) -> str:
        """``text`` in ``style``, which formulas do without."""
        return text if self.maths else emphasis.marked(text, style)

    @property
    def last(self) -> str:
        """The last character that was shown."""
        return emphasis.unmarked("".join(piece[-4:] for piece in self.out[-3:]))[-1:]

    def take_back(self, pattern: re.Pattern[str]) -> str:
        """Take a bare macro name off the end of what was shown; empty when there is none.

        What goes on behind a letter that was set apart, as by an accent, is the end of a word.
        """
        piece = self.out.pop()
        found = pattern.search(piece[-_LONGEST_NAME:])
        name = found[0] if found else ""
        if name == piece and _LATIN.match(self.last):
            name = ""
        self.out.append(piece[: len(piece) - len(name)])
        return name
