"""What keyboards make do with: ties, dashes, quotes, dollars, stars, and lost backslashes."""

from __future__ import annotations

import re
from typing import Final

from tui.text import symbols

LONGEST_FORMULA: Final = 400
"""Characters between two signs that may still be one formula's, or one group's."""

_NAMES_WITH_SIM: Final = r"2real|2sim|(?<![\d%s]sim)(?:10k\b|3(?![\w%\\]|[.,]\d))"
"""How ``sim`` goes on in plain names: sim2real, the data set sim10k, the group sim3."""
BARE: Final = (
    rf"(?:frac(?=\d\d)|times(?=sim\d)|mid(?=\s[A-Za-z\\])|cal(?=[A-Z](?![A-Za-z\d]))"
    r"|sum(?=_[a-z]\s+[A-Za-z][_^(])"
    rf"|(?:times|sim(?!{_NAMES_WITH_SIM})|approx|{'|'.join(sorted(symbols.NO_WORDS))})(?![A-Za-z]))"
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
_TERM: Final = re.compile(
    r"(?:[A-Z]{1,3}|[a-z])'*\([\w\s,'-]+\)|[A-Za-z]'*(?:-\d+)?|\d[\d,]*(?:\.\d+)?(?<!,)"
)
"""``x``, ``f(x)``, ``SO(3)``, ``0.5``."""
_MONEY: Final = re.compile(
    r"\d[\d.,]*[KMBkmb]?(?:\s+(?:a\s+)?(?P<word>[A-Za-z]{2,})\b(?![\\^{])"
    r"|/(?:hour|hr|day|week|month|year|min|minute|second|token|image|query|task|sample|paper|user"
    r"|call|request|page|GPU)s?\b)"
)
"""How a price goes on behind its dollar."""
_IN_FORMULAS: Final = symbols.OPERATORS | symbols.BARE_SYMBOLS | symbols.GREEK.keys()
"""Words behind a figure that make no price of it."""
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
_FIGURE_AHEAD: Final = re.compile(
    r"\s{1,3}\d[\d.,]*+(?!\w|\s?\\?%"
    r"|[\s-](?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|percent)\b)"
)
_TIMES_BEFORE: Final = re.compile(r"\dtimes$")
_CAPITAL_BEFORE: Final = re.compile(r"(?:[^\W_a-z]|\}[a-z]{1,3})$")
_NAME: Final = re.compile(r"[A-Z][\w.-]*")
_PHRASE: Final = re.compile(r"[A-Za-z-]{3,}(?:\s+[\w()-]{2,})+")
_STARRED: Final = re.compile(
    r"(\*{1,2})(?=[\w(\"“\\$])((?:[^*\n]|\n(?!\s*\n)){0,200}?[\w.!?)%”\"}$])\1(?![\w*])"
)

# Seldom needed: compiled when they are.
_SIGN: Final = r"[^\\{}]|\\[\s\S]"
_FLAT: Final = rf"\{{(?:{_SIGN})*+\}}"
_NESTED: Final = rf"\{{(?:{_SIGN}|{_FLAT})*+\}}"
_GROUP: Final = rf"\{{(?:{_SIGN}|{_NESTED})*+\}}"
_FORMULA: Final = {
    "$": rf"(?:[^\\{{$]|\\[\s\S]|{_GROUP}|\{{)*+(?=\$)",
    "$$": rf"(?:[^\\{{$]|\\[\s\S]|{_GROUP}|\{{|\$(?!\$))*+(?=\$\$)",
}
"""What stands before the dollars that end it: those that are escaped or in braces do not."""
_GREEK: Final = "|".join(symbols.GREEK)
_INDEX: Final = r"(?:[_^](?:\w|\{\w{1,4}\}))?"
_VARIABLE: Final = rf"(?:[^\W\d_]|{_GREEK}){_INDEX}"
_VARIABLES: Final = rf"{_VARIABLE}(?:,\s?{_VARIABLE}){{0,3}}"
_QUANTITY_BEFORE: Final = rf"(?<![^\W_])(?![aAI]\b){_VARIABLE}\s$"
"""A variable; a, A and I are words."""
_VALUE_AHEAD: Final = r"\s\d+(?:\.\d+)?(?:\\?%)?(?:[),;]|\.(?!\d)|$)"
_OF_BEFORE: Final = rf"\w\({_VARIABLES}\s$"
_GIVEN_AHEAD: Final = rf"\s{_VARIABLES}\)"


def formula_end(text: str, start: int, dollars: str = "$") -> int | None:
    """Where the formula ends that ``dollars`` at ``start`` open; None for money and the like.

    Neither side of the formula is a space, no digit follows it but behind a relation, and it
    is a name or looks like mathematics.
    """
    begin = start + len(dollars)
    found = re.match(_FORMULA[dollars], text[begin : begin + LONGEST_FORMULA])
    inside = found[0] if found else ""
    end = begin + len(inside)
    if not inside or inside[0].isspace() or inside[-1].isspace():
        return None
    if "\n\n" in inside or inside[-1] in ("/", ":"):  # as in $HOME/$USER
        return None
    if text[end + 1 : end + 2].isdigit() and not _RELATION.match(inside):
        return None
    if _is_price(inside) or (inside[0].isdigit() and text[start - 1 : start].isupper()):
        return None
    is_maths = len(inside) <= 2 or _MATHS_SIGN.search(inside) or _TERM.fullmatch(inside)
    return end if is_maths else None


def _is_price(text: str) -> bool:
    """Whether ``text`` begins as what stands behind the dollar of a price."""
    found = _MONEY.match(text)
    return found is not None and found["word"] not in _IN_FORMULAS


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
    """Whether ``name`` at ``at`` is a symbol: it is no word, or it stands beside a figure.

    ``cal`` is a letter's font, as in ``calO(1/k)``.
    """
    before, after = text[at - 1 : at] if at else "", text[at + len(name) : at + len(name) + 1]
    if before.isalpha() and (before.isascii() or name not in symbols.NO_WORDS):
        is_factor = name == "sim" and after.isdigit()  # as in 3timessim5
        return is_factor and _TIMES_BEFORE.search(text[max(at - 6, 0) : at]) is not None
    if name in symbols.NO_WORDS:
        return before not in tuple("._/@\\") and after not in tuple("_(/")
    if name == "cal":
        return not before.isdigit() and before not in tuple("._/@\\-")
    if name == "sum":
        return before in ("=", "+")
    if name in _BETWEEN and _BETWEEN[name](text, at, at + len(name)):
        return True
    return before.isdigit() or before == "%" or after.isdigit()


def _is_between_factors(text: str, start: int, end: int) -> bool:
    """Whether a formula follows the word, or it has a figure on either side: ``512 times 512``."""
    if _FORMULA_AHEAD.match(text, end):
        return True
    before = _FIGURE_BEFORE.search(text[max(start - 4, 0) : start])
    return bool(before and _FIGURE_AHEAD.match(text, end))


def _is_between_quantities(text: str, start: int, end: int) -> bool:
    """Whether a variable and its value stand on either side: ``(G approx 1)``."""
    before = re.search(_QUANTITY_BEFORE, text[max(start - _LONGEST_VARIABLE, 0) : start])
    return bool(before and re.match(_VALUE_AHEAD, text[end : end + _LONGEST_VARIABLE]))


def _is_between_variables(text: str, start: int, end: int) -> bool:
    """Whether a probability's variables stand on either side: ``p(y mid x)``."""
    before = re.search(_OF_BEFORE, text[max(start - _LONGEST_WORD, 0) : start])
    return bool(before and re.match(_GIVEN_AHEAD, text[end : end + _LONGEST_WORD]))


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


_BETWEEN: Final = {
    "times": _is_between_factors,
    "approx": _is_between_quantities,
    "mid": _is_between_variables,
}
"""Names that are symbols between others."""
