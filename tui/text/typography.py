"""What keyboards make do with: ties, dashes, quotes, dollars, and symbols without backslash."""

from __future__ import annotations

import re
from typing import Final

LONGEST_FORMULA: Final = 400
"""Characters between two signs that may still be one formula's."""
BARE: Final = "(?:times|sim(?!2real|2sim)|approx|[lg]eq|(?:right|left|up|down)arrow)(?![a-z])"
"""The pattern of symbols that the Hub's texts hold with their backslash lost (API.md §2b)."""

_MATHS_SIGN: Final = re.compile(r"[\\^_{}=<>+*/|]")
_CODE: Final = re.compile(r"`(?!\s)[^`\n]{1,80}(?<!\s)`")
_QUOTED: Final = re.compile(r"`([^`'\n]{1,80})'(?!\w)")


def formula_end(text: str, start: int) -> int | None:
    """Where the formula ends that the dollar sign at ``start`` opens; None for money and the like.

    Neither side of the formula is a space, no digit follows it, and it is a name or looks like
    mathematics.
    """
    end = text.find("$", start + 1, start + LONGEST_FORMULA)
    inside = text[start + 1 : end]
    if end < 0 or not inside or inside[0].isspace() or inside[-1].isspace():
        return None
    if text[end + 1 : end + 2].isdigit() or "\n\n" in inside:
        return None
    return end if len(inside) <= 2 or _MATHS_SIGN.search(inside) else None


def tie(text: str, at: int) -> str:
    """What the ``~`` at ``at`` is: a space, or a tilde that may mean "about" before a figure."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not (before.isalnum() or before in tuple("),.]}")):
        return "~"
    if after.isdigit():
        word = text[max(at - 20, 0) : at].split()[-1]
        return " " if word[0].isupper() or not before.isalnum() else "~"
    return " " if after.isalpha() or after in tuple("(\\[$") else "~"


def dash(text: str, at: int, hyphens: str) -> str:
    """The dash that ``hyphens`` at ``at`` stand for; a command's ``--option`` and rules stay."""
    after = text[at + len(hyphens) : at + len(hyphens) + 1]
    is_option = after.isalpha() and not text[at - 1 : at].strip() if at else after.isalpha()
    return hyphens if is_option or len(hyphens) > 3 else "–—"[len(hyphens) - 2]


def between_backticks(text: str, at: int) -> tuple[str, int] | None:
    """A `quotation' that begins at ``at`` in real quotes, or `code` as typed, and its end."""
    if quoted := _QUOTED.match(text, at):
        return f"‘{quoted[1]}’", quoted.end()
    code = _CODE.match(text, at)
    return (code[0], code.end()) if code else None


def is_bare_symbol(text: str, at: int, name: str) -> bool:
    """Whether ``name`` at ``at`` is a symbol: a figure stands beside it, or it is an arrow."""
    before, after = text[at - 1 : at] if at else "", text[at + len(name) : at + len(name) + 1]
    by_figure = before.isdigit() or before == "%" or after.isdigit()
    return not before.isalpha() and (by_figure or name.endswith("arrow"))
