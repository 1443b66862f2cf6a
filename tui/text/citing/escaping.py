"""Text as TeX takes it: signs escaped around the TeX that is there."""

from __future__ import annotations

import re
from typing import Final

from tui.text.citing.mathematics import HARMLESS, bare_formula, is_formula, with_backslashes
from tui.text.typography import formula_end

_SPECIAL: Final = re.compile(
    r"\\(?:(?P<macro>[A-Za-z]+)|[&%#_$'\"`^~=.,;: {}\\-])"  # TeX that is there already
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


def escaped(line: str) -> str:
    """``line`` for a BibTeX field, the TeX that is in it kept; its braces are balanced."""
    line = with_backslashes(line)
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
    if piece == "$" and (formula := formula_end(line, at)) and is_formula(line[at + 1 : formula]):
        return line[at : formula + 1], formula + 1
    if bare := bare_formula(line, at):
        return f"${bare[0]}$", bare[1]
    if special["macro"] and special["macro"] not in HARMLESS:
        return _IN_WORDS["\\"], at + 1
    if at in kept or (piece == "~" and _TIE.match(line, at)):
        return piece, end
    if piece in _IN_WORDS:
        return _IN_WORDS[piece], end
    if len(piece) == 1:
        return "\\" + piece, end
    return piece, end


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
    return found is not None and (not found[1].isalpha() or found[1] in HARMLESS)
