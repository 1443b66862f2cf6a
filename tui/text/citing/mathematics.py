"""Mathematics of a title that has no dollars, as the reader finds it on the screen too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from tui.text import scripts, symbols
from tui.text.typography import BARE, is_bare_symbol

if TYPE_CHECKING:
    from collections.abc import Iterable

_OF_TWO: Final = frozenset(["frac", "dfrac", "tfrac", "binom", "overset", "underset", "stackrel"])
_OF_ONE: Final = (
    {name for name in symbols.ACCENTS if len(name) > 1}
    | {name for name in symbols.UNWRAPPED if name.startswith("math")}
    | {"bm", "pmb", "boldsymbol", "operatorname", "ensuremath", "sqrt", "overbrace", "underbrace"}
)
"""Macros of formulas with one argument; those above have two."""
_OF_TEXT: Final = symbols.LETTERS | {
    "S", "P", "copyright", "pounds", "euro", "dots", "ldots", "dag", "ddag", "slash",
    "guillemotleft", "guillemotright", "LaTeX", "TeX", "BibTeX",
}  # fmt: skip
"""Signs that TeX takes in words too, as those whose names begin with text."""
_SIGNS: Final = {
    name
    for name in symbols.SYMBOLS.keys() - _OF_TEXT
    if name.isalpha() and not name.startswith("text")
}
HARMLESS: Final = (
    symbols.SYMBOLS.keys() | symbols.ACCENTS.keys() | symbols.UNWRAPPED | symbols.SILENT
    | symbols.SPACES | _OF_ONE | _OF_TWO | {"textsuperscript", "textsubscript", "url"}
)  # fmt: skip
"""Macros that typeset and do no more; a title may not have TeX read or write files."""


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


def _group(depth: int) -> str:
    """The pattern of a group with so many others within one another."""
    inner = f"|{_group(depth - 1)}" if depth else ""
    return rf"\{{(?:[^{{}}$\\]|\\.{inner})*+\}}"


_GROUP: Final = _group(3)
_NAME: Final = re.compile(r"\\([A-Za-z]+)")
_ARGUMENT: Final = re.compile(rf"(?:\[\w+\])?{_GROUP}| [A-Za-z](?![A-Za-z])")
_ARGUMENTS: Final = re.compile(rf"{_GROUP}{_GROUP}|\d\d")
_SCRIPT: Final = re.compile(rf"(\\text[a-z]*{_GROUP})|{_GROUP}")
_INNER_FORMULA: Final = re.compile(
    r"\\(?:text[a-z]*|mbox)\{(?:[^{}$\\]|\\.)*+\$(?:[^$\\]|\\.)*+\$(?:[^{}$\\]|\\.)*+\}|\\."
)
"""Words within a formula that hold one; or an escaped sign."""
_PIECE: Final = re.compile(r"\\(?:[A-Za-z]+|.)|\^\^|[{}%&#]")
_LOST: Final = re.compile(
    r"\\(?:[A-Za-z]+|.)"
    rf"|(?<![A-Za-z])(?P<font>{_any(symbols.UNWRAPPED)})(?=\{{[^{{}}]*\}})"
    rf"|(?<=\S\^)(?P<script>{_any(symbols.BARE_SCRIPTS)})(?![A-Za-z])"
    rf"|(?<=[\s\d^_~]\{{)(?P<grouped>{_any(symbols.BARE_SYMBOLS)})(?=\}})"
    rf"|(?<![A-Za-z])(?P<greek>{_any(symbols.GREEK)}|ell)(?=[\^_])"
    rf"|(?P<word>{BARE})"
)
"""A macro, or the name of one, as far as ``_is_macro`` agrees."""


_MACROS: Final = {
    sign: name
    for name, sign in symbols.SYMBOLS.items()
    if name.lower() in symbols.GREEK or name in symbols.RELATIONS | {"infty", "ell", "partial"}
    if sign > "\u00ff"
} | {"ϵ": "epsilon", "ϕ": "phi"}
"""Signs that are written as macros; LaTeX takes those of Latin-1 as they are."""
_SIGN: Final = re.compile(
    r"(?P<below>[\u2080-\u2089]+)|(?P<above>[\u00b2\u00b3\u00b9\u2070\u2074-\u2079]+)"
    rf"|[\u0370-\u03ff\u1f00-\u1fff]+|[{''.join(_MACROS)}]"
)
_LONGEST_SIGN: Final = 2
"""Greek letters in a row that are no word."""


def with_macros(line: str) -> str:
    """``line`` with TeX in place of Greek letters that are no word, of relations and scripts."""
    return _SIGN.sub(_with_macro, line)


def _with_macro(found: re.Match[str]) -> str:
    if found.lastgroup:
        return f"{'_' if found['below'] else '^'}{{{normalize('NFKC', found[0])}}}"
    if len(found[0]) > _LONGEST_SIGN or not all(sign in _MACROS for sign in found[0]):
        return found[0]
    is_letter_next = found.string[found.end() : found.end() + 1].isalpha()
    return "".join(f"\\{_MACROS[sign]}" for sign in found[0]) + "{}" * is_letter_next


def with_backslashes(line: str) -> str:
    """``line`` with the backslashes that the Hub took from macros (API.md §2b)."""
    return _LOST.sub(lambda found: "\\" * _is_macro(line, found) + found[0], line)


def _is_macro(line: str, found: re.Match[str]) -> bool:
    """Whether a name is that of a macro that has lost its backslash."""
    if found.lastgroup == "greek":
        return _script(line, found.end()) is not None
    if found.lastgroup == "word":
        return found[0] in _SIGNS and is_bare_symbol(line, found.start(), found[0])
    return found.lastgroup is not None


def bare_formula(line: str, at: int) -> tuple[str, int] | None:
    """Macros of formulas and scripts that begin there, and where they end."""
    formula, end, signs = "", at, ""
    while found := _macro(line, end) or _script(line, end, signs):
        signs = "" if found[0][0] == "\\" else signs + found[0][0]
        formula, end = formula + found[0], found[1]
    return (formula, end) if formula and is_formula(formula) else None


def _macro(line: str, at: int) -> tuple[str, int] | None:
    """The macro of formulas that begins there, with its arguments."""
    name = _NAME.match(line, at)
    if name is None or name[1] in _SIGNS:
        return (name[0], name.end()) if name else None
    arguments = _ARGUMENTS if name[1] in _OF_TWO else _ARGUMENT if name[1] in _OF_ONE else None
    found = arguments.match(line, name.end()) if arguments else None
    return (name[0] + found[0], found.end()) if found else None


def _script(line: str, at: int, taken: str = "") -> tuple[str, int] | None:
    """The script that begins there, in braces where it has several signs; TeX takes one a side."""
    sign, before = line[at : at + 1], line[at - 1 : at] if at else ""
    if sign not in ("^", "_") or sign in taken:
        return None
    if group := _SCRIPT.match(line, at + 1):
        return sign + (f"{{{group[1]}}}" if group[1] else group[0]), group.end()
    found = scripts.unbraced(line, at, maths=False) if before.strip() else None
    if found is None or not found[0].isascii() or (sign == "_" and found[0].isupper()):
        return None
    whole = len(found[0]) == 1 or found[0].startswith("\\")
    return sign + (found[0] if whole else f"{{{found[0]}}}"), found.end()


def is_formula(text: str) -> bool:
    """Whether TeX takes the text, without its dollars, as one formula: no brace left open, none
    escaped, no comment, no dollar that ends it too early.

    Nor does it hold a macro that does more, or ``^^5c``, which is a backslash for TeX.
    """
    if "$" in _INNER_FORMULA.sub("", text):
        return False
    depth = 0
    for piece in _PIECE.findall(text):
        depth += (piece == "{") - (piece == "}")
        if depth < 0 or piece in ("%", "&", "#", "^^", r"\{", r"\}"):
            return False
        if piece[0] == "\\" and piece[1:].isalpha() and piece[1:] not in HARMLESS:
            return False
    return depth == 0
