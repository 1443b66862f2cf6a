"""Fractions, roots and the names of operators: what a formula builds of its factors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import combining

from tui.text import scripts, symbols
from tui.text.groups import Group

if TYPE_CHECKING:
    from tui.text.groups import Shown

OPTION: Final = re.compile(r"\[([^][{}]{0,100})\]")

_FACTOR: Final = re.compile(r"[^\W_]|\\([A-Za-z]+)")
"""What a fraction or the name of an operator does not run into."""
_OPENING: Final = re.compile(
    r"(?:\\(?:left|[bB]igg?l?|!)(?![A-Za-z]) ?)*"
    r"(?:[(\[^_]|\{(?!\})|\\\{|(?:\||\\\||\\l?[vV]ert ?)(?=\\?[^\W_])"
    r"|\\(?:langle|lfloor|lceil|lbrace|lbrack)(?![A-Za-z]))"
)
"""A script, or brackets: with what stands in them, they are a factor too."""
_ONE_SIGN: Final = re.compile(
    rf"(\d|\\(?:{'|'.join(symbols.GREEK)}|ell|partial|nabla)(?![A-Za-z]))"
)
_ONE_SIGN_OF_MATHS: Final = re.compile(rf" ?({_ONE_SIGN.pattern}|[A-Za-z])")
"""An argument without braces."""
_RAISED: Final = "".join(map(chr, (*symbols.SUPERSCRIPTS.values(), *symbols.SUBSCRIPTS.values())))
_ONE_FACTOR: Final = re.compile(
    rf"(?:\d+(?:\.\d+)?|[^\W\d_])[\u0300-\u036f\u20d7{re.escape(_RAISED)}]*|[A-Za-z]{{3,}}"
)
"""A number, a variable or a word."""


class _Argument(NamedTuple):
    """Where an argument's content lies, and where to read on."""

    start: int
    stop: int
    end: int


class Formulas(Group):
    """Reads what keeps apart from the factors around it, or gets brackets."""

    def operator(self, name: str, at: int) -> Shown:
        r"""The name of an operator apart from what it stands between: ``n\log n``."""
        found = self.argument(at, maths=True)
        if found:
            return f"{self.gap_of_factors}{name} {found[0]}", found[1]
        return self.gap_of_factors + name + " " * self.factor_follows(at), at

    def fraction(self, name: str, at: int) -> Shown | None:
        """One argument over another, in brackets where a factor would run into them."""
        above = self._argument_at(at)
        below = self._argument_at(above.end) if above else None
        if above is None or below is None:
            return None
        parts = _term(self._read(above)), _divisor(self._read(below))
        gap, fraction, end = self.gap_of_factors, "/".join(parts), below.end
        if fraction in symbols.FRACTIONS:
            return gap + symbols.FRACTIONS[fraction], end
        is_factor = self.last == "/" or self._goes_on(end)
        return gap + (f"({fraction})" if is_factor else fraction), end

    def root(self, name: str, at: int) -> Shown | None:
        """The sign of a root before one letter, or before brackets."""
        degree = self.match(OPTION, at)
        found = self._argument_at(degree.end() if degree else at)
        if found is None:
            return None
        raised = scripts.set_as("^", self.inside(*degree.span(1), maths=True)) if degree else ""
        radicand = self._read(found)
        is_one = len(radicand) == 1 and not self._goes_on(found.end)
        return f"{raised}√{radicand}" if is_one else f"{raised}√({radicand})", found.end

    def _argument_at(self, at: int) -> _Argument | None:
        r"""A group, or one sign: ``\frac1{n}``; in formulas a letter too, also after a space."""
        opening = at + (self.maths and self.text.startswith(" {", at))
        if closing := self.closing(opening):
            return _Argument(opening + 1, closing, closing + 1)
        sign = self.match(_ONE_SIGN_OF_MATHS if self.maths else _ONE_SIGN, at)
        return _Argument(*sign.span(1), sign.end()) if sign else None

    def _read(self, argument: _Argument) -> str:
        return self.inside(argument.start, argument.stop, maths=True)

    def _goes_on(self, at: int) -> bool:
        return self.factor_follows(at) or self.match(_OPENING, at) is not None

    def factor_follows(self, at: int) -> bool:
        """Whether a figure, a letter or a macro for one begins at ``at``."""
        found = self.match(_FACTOR, at)
        return found is not None and (found[1] is None or found[1] in symbols.FACTORS)

    @property
    def gap(self) -> str:
        """The space that keeps a word apart from what was shown."""
        return " " if self.last.isalnum() else ""

    @property
    def gap_of_factors(self) -> str:
        """The space that keeps a factor apart from the one before it."""
        return self.gap or " " * (self.last == ")")


def _term(above: str) -> str:
    """What a fraction divides, in brackets where it is more than a name, a number or a sign."""
    letters = "".join(sign for sign in above if not combining(sign))
    return above if letters.isalnum() or len(letters) == 1 else f"({above})"


def _divisor(below: str) -> str:
    """What a fraction divides by, in brackets where it is more than one factor."""
    return below if _ONE_FACTOR.fullmatch(below) else f"({below})"
