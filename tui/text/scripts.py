"""Superscripts and subscripts: where prose holds one, and how Unicode writes it."""

from __future__ import annotations

import re
from typing import Final

from tui.text import symbols

NAMED: Final = re.compile(
    rf"(?:{'|'.join(sorted(symbols.BARE_SCRIPTS, key=len, reverse=True))})(?![A-Za-z])"
)
"""A symbol without its backslash, as in ``360^circ``."""
FONT: Final = re.compile(rf"(?:{'|'.join(symbols.FONTS)})(?=\{{)")
"""A font macro without its backslash, before its argument."""

LONGEST_NAME: Final = 16
"""Characters before a script that are looked at to tell what has it."""
LONGEST_WORD: Final = 3
"""Letters that are raised or lowered at most."""

_NUMBER: Final = r"\d+(?:\.\d+)?"
_SYMBOL: Final = (
    rf"\\(?:{'|'.join(name for name in symbols.SYMBOLS if name.isalpha())})(?![A-Za-z])"
)
_IN_MATHS: Final = re.compile(rf"[-+−]?{_NUMBER}|\\[A-Za-z]+|[^\s{{}}^_$\\]")
_SUPERSCRIPT: Final = re.compile(
    rf"[-+−]?{_NUMBER}|{_SYMBOL}|[^\W\d_](?![^\W_])|[*†‡§′]|[-+−](?=[\s.,;:)\]}}/]|\Z)"
)
_SUBSCRIPT: Final = re.compile(
    rf"{_NUMBER}(?![a-z_@]|\.[A-Za-z])|{_SYMBOL}|[^\W\d_](?![\w@]|\.[A-Za-z])"
)
_VARIABLE_BEFORE: Final = re.compile(
    rf"(?:^|[^\w./@\\])(?:[^\W\d_]|{'|'.join(symbols.GREEK)}|ell)$|[)\]}}|]$|{_SYMBOL}$"
)
_ELEMENTS_BEFORE: Final = re.compile(r"(?<![\w./@\\])[A-Z]{2}$")


def unbraced(text: str, at: int, *, maths: bool) -> re.Match[str] | None:
    """The script without braces after the sign at ``at``; None in a snake_case name and the like.

    Outside formulas a subscript follows a variable's one letter, or ``CO`` as in CO₂. What begins
    with ``[^`` is a class of characters.
    """
    if maths:
        return _IN_MATHS.match(text, at + 1)
    if text[at] == "^":
        return None if text[at - 1] == "[" else _SUPERSCRIPT.match(text, at + 1)
    word = text[max(at - LONGEST_NAME, 0) : at]
    match = _SUBSCRIPT.match(text, at + 1)
    if match is None or _VARIABLE_BEFORE.search(word):
        return match
    return match if match[0].isdigit() and _ELEMENTS_BEFORE.search(word) else None


def set_as(sign: str, script: str) -> str:
    """``script`` raised or lowered where Unicode has all of it, else after ``sign``.

    Words stay words: a long one is easier to read on the line.
    """
    table = symbols.SUPERSCRIPTS if sign == "^" else symbols.SUBSCRIPTS
    letters = "".join(script.split())
    if sum(map(str.isalpha, letters)) <= LONGEST_WORD and all(ord(c) in table for c in letters):
        return letters.translate(table)
    return sign + script if len(script) == 1 else f"{sign}({script})"
