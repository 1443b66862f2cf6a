"""What keyboards make do with: ties, dashes, quotes, dollars, stars, and lost backslashes."""

from __future__ import annotations

import re
from typing import Final

from tui.text import symbols

LONGEST_FORMULA: Final = 400
"""Characters between two signs that may still be one formula's, or one group's."""

BARE: Final = (
    rf"(?:frac(?=\d\d)|times(?=sim\d)|(?:times|sim(?!2real|2sim)|approx|{'|'.join(sorted(symbols.NO_WORDS))})"
    r"(?![A-Za-z]))"
)
"""The pattern of symbols that the Hub's texts hold with their backslash lost (API.md §2b)."""
CODE: Final = re.compile(r"`(?!\s)[^`\n]{1,80}(?<!\s)`")
QUOTED: Final = re.compile(r"`([^`'\n]{1,80})'(?!\w)")

_LONGEST_VARIABLE: Final = 12
_LONGEST_WORD: Final = 40
"""Characters of a group that is a word's part."""
_MATHS_SIGN: Final = re.compile(r"[\\^_{}=<>+*/|]")
_RELATION: Final = re.compile(r"\\[A-Za-z]|[<>=]=?$")
_OPENED: Final = re.compile(r"(?:(?<!\S)|[(\[])[\"'`‘“]*$")
"""What may stand before a command's option: a space, an open bracket, an open quote."""
_NO_LETTER: Final = re.compile(r"\W")
_TERM: Final = re.compile(r"[A-Za-z]'*(?:\([\w\s,'-]+\)|-\d+)?")
_MONEY: Final = re.compile(
    r"\d[\d.,]*[KMBkmb]?(?:\s+(?:and|or|to|per|for|in|with|while|versus|vs)\b"
    r"|/(?:hour|hr|day|week|month|year|min|minute|second|token|image|query|task|sample|paper|user"
    r"|call|request|page|GPU)s?\b)"
)
"""How a price goes on behind its dollar."""
_VARIABLE_BEFORE: Final = re.compile(
    rf"(?<![^\W_])(?:[^\W\d_]|{'|'.join(symbols.GREEK)})(?:_[^\W_])?$|[)\]}}]$"
)
_LAW: Final = re.compile(
    r"(?:[pqBDGNPQU]|[A-Z][a-z]+)[(\[]|[pqDPQ]_|\\?mathcal\{"
    rf"|(?:\\(?:{'|'.join(symbols.GREEK)})|[α-ω])(?![^\W_]|-)"
)
"""A distribution: ``N(``, ``p_``, ``Uniform(``, a Greek letter."""
_FORMULA_AHEAD: Final = re.compile(r"\s+[A-Za-z][\^_]")
_FIGURE_BEFORE: Final = re.compile(r"\d\s{1,3}$")
_FIGURE_AHEAD: Final = re.compile(r"\s{1,3}\d[\d.,]*+(?!\w)")
_TIMES_BEFORE: Final = re.compile(r"\dtimes$")
_CAPITAL_BEFORE: Final = re.compile(r"(?:[^\W_a-z]|\}[a-z]{1,3})$")
_NAME: Final = re.compile(r"[A-Z][\w.-]*")
_PHRASE: Final = re.compile(r"[A-Za-z-]{3,}(?:\s+[\w()-]{2,})+")
_STARRED: Final = re.compile(
    r"(\*{1,2})(?=[\w(\"“\\$])((?:[^*\n]|\n(?!\s*\n)){0,200}?[\w.!?)%”\"}$])\1(?![\w*])"
)


def formula_end(text: str, start: int, dollars: str = "$") -> int | None:
    """Where the formula ends that ``dollars`` at ``start`` open; None for money and the like.

    Neither side of the formula is a space, no digit follows it but behind a relation, and it
    is a name or looks like mathematics.
    """
    begin = start + len(dollars)
    end = text.find(dollars, begin, begin + LONGEST_FORMULA)
    inside = text[begin:end]
    if end < 0 or not inside or inside[0].isspace() or inside[-1].isspace():
        return None
    if "\n\n" in inside or inside[-1] in ("/", ":"):  # as in $HOME/$USER
        return None
    if text[end + 1 : end + 2].isdigit() and not _RELATION.match(inside):
        return None
    if _MONEY.match(inside) or (inside[0].isdigit() and text[start - 1 : start].isupper()):
        return None
    is_maths = len(inside) <= 2 or _MATHS_SIGN.search(inside) or _TERM.fullmatch(inside)
    return end if is_maths else None


def tie(text: str, at: int) -> str:
    """What the ``~`` at ``at`` is: a space, or a tilde that may mean "about" before a figure."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if is_drawn(text, at) and _LAW.match(text, at + 1):
        return "~"
    if not (before.isalnum() or before in tuple("),.]}")):
        return "~"
    if after.isdigit():
        word = text[max(at - 20, 0) : at].split()[-1]
        is_name = any(part[:1].isupper() for part in _NO_LETTER.split(word))
        return " " if is_name or not before.isalnum() else "~"
    return " " if after.isalpha() or after in tuple("(\\[$") else "~"


def is_drawn(text: str, at: int) -> bool:
    """Whether a variable or brackets stand before the ``~`` at ``at``, as in ``x~p(x)``."""
    return _VARIABLE_BEFORE.search(text[max(at - _LONGEST_VARIABLE, 0) : at]) is not None


def dash(text: str, at: int, hyphens: str) -> str:
    """The dash that ``hyphens`` stand for; a command's ``--option``, arrows and rules stay."""
    before = text[at - 1 : at] if at else ""
    after = text[at + len(hyphens) : at + len(hyphens) + 1]
    is_option = after.isalpha() and _OPENED.search(text, max(at - 3, 0), at) is not None
    is_arrow = after == ">" or before in ("<", "!")
    return hyphens if is_option or is_arrow or len(hyphens) > 3 else "–—"[len(hyphens) - 2]


def between_stars(text: str, at: int) -> int | None:
    """Where ``*words*`` or ``**words**`` end that begin at ``at``: the place of the last stars."""
    if text[at - 1 : at].isalnum() or text[at - 1 : at] in tuple("*^_{\\"):
        return None
    found = _STARRED.match(text, at)
    return found.end(2) if found else None


def is_bare_symbol(text: str, at: int, name: str) -> bool:
    """Whether ``name`` at ``at`` is a symbol: it is no word, or it stands beside a figure."""
    before, after = text[at - 1 : at] if at else "", text[at + len(name) : at + len(name) + 1]
    if before.isalpha() and (before.isascii() or name not in symbols.NO_WORDS):
        return name == "sim" and _TIMES_BEFORE.search(text[max(at - 6, 0) : at]) is not None
    if name in symbols.NO_WORDS:
        return before not in tuple("._/@\\") and after not in tuple("_(/")
    if name == "times" and _is_between_factors(text, at, at + len(name)):
        return True
    return before.isdigit() or before == "%" or after.isdigit()


def _is_between_factors(text: str, start: int, end: int) -> bool:
    """Whether a formula follows the word, or it has a figure on either side: ``512 times 512``."""
    if _FORMULA_AHEAD.match(text, end):
        return True
    before = _FIGURE_BEFORE.search(text[max(start - 4, 0) : start])
    return bool(before and _FIGURE_AHEAD.match(text, end))


def only_groups(text: str, at: int, content: str, end: int) -> bool:
    """Whether the braces from ``at`` to ``end`` only group, and are no set, placeholder or code."""
    before, after = text[at - 1 : at], text[end + 1 : end + 2]
    if content.startswith("\\"):
        return True
    if len(content) < 2 and not content.isalnum():
        return bool(content) or before.isalnum()
    if end - at < _LONGEST_WORD and content.isalpha():
        if after.islower():
            return True
        if len(content) == 1 and before.isalpha():
            return after.isalpha() or _is_protected(text, at, content)
        if len(content) == 1 and after in ("_", "^"):
            return True
    return (not before or before in tuple(" \n(")) and _is_set_apart(content)


def _is_protected(text: str, at: int, letter: str) -> bool:
    """Whether braces at ``at`` keep a word's last letter: a capital among others, or no ASCII.

    ``f{x}`` may be code.
    """
    capitals = letter.isupper() and _CAPITAL_BEFORE.search(text[max(at - _LONGEST_WORD, 0) : at])
    return bool(capitals) or not letter.isascii()


def _is_set_apart(content: str) -> bool:
    r"""Whether a group's content is a name or a phrase whose ``\textbf`` the Hub took away."""
    return bool(_NAME.fullmatch(content) or _PHRASE.fullmatch(content) or "\\%" in content)
