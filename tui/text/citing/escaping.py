"""Text as TeX takes it: signs escaped around the TeX that is there, accents spelt out."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

from tui.text.typography import formula_end

_SPECIAL: Final = re.compile(
    r"\\(?:[A-Za-z]+|[&%#_$'\"`^~=.,;: {}\\-])"  # TeX that is there already
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
_MACRO_BEFORE: Final = re.compile(r"\\(?:[A-Za-z]+|[^\sA-Za-z{}])$")
_TIE: Final = re.compile(r"(?<=[\w.)])~(?=[^\W\d])")


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
            opened.append((at, is_tex or bool(_MACRO_BEFORE.search(line[max(at - 30, 0) : at]))))
        elif brace[0] == "}" and opened:
            start, is_tex = opened.pop()
            if is_tex:
                kept |= {start, at}
                closed_by_tex = at
    return kept


def _is_formula(text: str) -> bool:
    """Whether TeX takes the text as one formula: no brace left open, none escaped, no comment."""
    depth = 0
    for piece in re.findall(r"\\.|[{}%&#]", text):
        depth += (piece == "{") - (piece == "}")
        if depth < 0 or piece in ("%", "&", "#", r"\{", r"\}"):
            return False
    return depth == 0
