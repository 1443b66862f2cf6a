"""Text as TeX takes it: signs escaped around the TeX that is there, accents spelt out."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

from tui.text import symbols
from tui.text.typography import formula_end

_SPECIAL: Final = re.compile(
    r"\\(?:(?P<macro>[A-Za-z]+)|[&%#_$'\"`^~=.,;: {}\\-])"  # TeX that is there already
    r"|[\^_]\{(?:[^{}$\\]|\\[A-Za-z])*\}"  # scripts whose dollars the Hub took away
    r"|\^(?:\d+|[A-Za-z](?![A-Za-z]))|(?<![^\W_][^\W_])(?<=\w)_(?:\d+|[a-z])(?!\w)"
    r"|[\\&%#_$^~{}]"
)
_IN_WORDS: Final = {
    "\\": r"\textbackslash{}",
    "\\\\": r"\textbackslash{}\textbackslash{}",
    r"\{": r"\textbraceleft{}",
    r"\}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
}
_BRACE: Final = re.compile(r"\\.|[{}]")
_MACRO_BEFORE: Final = re.compile(r"\\([A-Za-z]+|[^\sA-Za-z{}])$")
_TIE: Final = re.compile(r"(?<=[\w.)])~(?=[^\W\d])")
_OF_FORMULAS: Final = re.compile(r"\\(?:[A-Za-z]+|.)|\^\^|[{}%&#]")
_HARMLESS: Final = (
    symbols.SYMBOLS.keys() | symbols.ACCENTS.keys() | symbols.UNWRAPPED | symbols.SILENT
    | symbols.SPACES
    | {"frac", "dfrac", "tfrac", "sqrt", "binom", "overset", "underset", "stackrel", "overbrace",
       "underbrace", "textsuperscript", "textsubscript", "url"}
)  # fmt: skip
"""Macros that typeset and do no more; a title may not have TeX read or write files."""

_ACCENTS: Final = dict(
    zip("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0327\u0328\u0331",
        "`'^~=u.\"rHvdckb", strict=True)
)  # fmt: skip
"""Combining marks and the macros for them."""
_LETTERS: Final = (
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "dj", "Đ": "DJ", "ð": "dh", "Ð": "DH"}
    | {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH", "ß": "ss", "ı": "i"}
)  # fmt: skip
"""Letters that have macros of their own."""
_DOTTED: Final = frozenset("ij")
"""Letters that lose their dot below an accent."""
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")


def spelt_out(text: str) -> str:
    r"""``text`` with its Latin letters in ASCII: ``é`` is ``{\'{e}}``.

    BibTeX counts bytes: of ``Łukasz`` it would make half a character for an initial, and see a
    word that begins small.
    """
    return _BEYOND_ASCII.sub(lambda found: _spelt_out(found[0]), normalize("NFC", text))


def _spelt_out(letter: str) -> str:
    """One letter as a group of macros, or as it is where there are none."""
    if letter in _LETTERS:
        return f"{{\\{_LETTERS[letter]}}}"
    base, *marks = list(normalize("NFD", letter))
    macros = [_ACCENTS.get(mark) for mark in marks]
    if not (base.isascii() and base.isalpha() and macros and all(macros)):
        return letter
    shown = f"\\{base}" if base in _DOTTED else base
    for macro in macros:
        shown = f"\\{macro}{{{shown}}}"
    return f"{{{shown}}}"


def tex(text: str) -> str:
    """``text`` on one line for a BibTeX field, the TeX that is in it kept; braces are balanced."""
    line = " ".join(text.split())
    kept = _kept_braces(line)
    out: list[str] = []
    at = 0
    while special := _SPECIAL.search(line, at):
        out.append(line[at : special.start()])
        shown, at = _escaped(line, special, kept)
        out.append(shown)
    out.append(line[at:])
    return "".join(out)


def _escaped(line: str, special: re.Match[str], kept: set[int]) -> tuple[str, int]:
    """What to write for a special piece of the line, and where to read on."""
    at, piece, end = special.start(), special[0], special.end()
    if piece == "$" and (formula := formula_end(line, at)) and _is_formula(line[at : formula + 1]):
        return line[at : formula + 1], formula + 1
    if special["macro"] and special["macro"] not in _HARMLESS:
        return _IN_WORDS["\\"], at + 1
    if len(piece) > 1 and piece[0] in "^_" and not _is_formula(piece):
        return _IN_WORDS.get(piece[0], "\\_"), at + 1
    if at in kept or (piece == "~" and _TIE.match(line, at)):
        return piece, end
    if piece in _IN_WORDS:
        return _IN_WORDS[piece], end
    if len(piece) == 1:
        return "\\" + piece, end
    return piece if piece[0] == "\\" else f"${piece}$", end


def _kept_braces(line: str) -> set[int]:
    """The places of the braces that are TeX's: balanced, and an argument or a group of a macro."""
    kept: set[int] = set()
    opened: list[tuple[int, bool]] = []
    closed_by_tex = -2
    for brace in _BRACE.finditer(line):
        at = brace.start()
        if brace[0] == "{":
            is_tex = at == closed_by_tex + 1 or line.startswith("\\", at + 1)
            opened.append((at, is_tex or _takes_argument(line[max(at - 30, 0) : at])))
        elif brace[0] == "}" and opened:
            start, is_tex = opened.pop()
            if is_tex:
                kept |= {start, at}
                closed_by_tex = at
    return kept


def _takes_argument(before: str) -> bool:
    """Whether a text ends in a macro that is kept."""
    found = _MACRO_BEFORE.search(before)
    return found is not None and (not found[1].isalpha() or found[1] in _HARMLESS)


def _is_formula(text: str) -> bool:
    """Whether TeX takes the text as one formula: no brace left open, none escaped, no comment.

    Nor does it hold a macro that does more, or ``^^5c``, which is a backslash for TeX.
    """
    depth = 0
    for piece in _OF_FORMULAS.findall(text):
        depth += (piece == "{") - (piece == "}")
        if depth < 0 or piece in ("%", "&", "#", "^^", r"\{", r"\}"):
            return False
        if piece[0] == "\\" and piece[1:].isalpha() and piece[1:] not in _HARMLESS:
            return False
    return depth == 0
