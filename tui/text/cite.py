"""Papers as others quote them: a BibTeX entry, a Markdown link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from tui.text.latex import to_unicode
from tui.text.links import arxiv_page, hub_page
from tui.text.typography import formula_end

if TYPE_CHECKING:
    from tui.papers import Paper

_CENTURY: Final = 2000
"""Of the years in arXiv ids of the form YYMM.NNNNN."""
_STOP_WORDS: Final = frozenset(
    ["a", "an", "the", "on", "in", "of", "for", "to", "and", "with", "from", "is", "are", "by"]
)
_NO_ASCII_TWIN: Final = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"}
    | {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "ð": "d"}
)
_WORD: Final = re.compile(r"[^\W_]+")
_NEEDS_BRACES: Final = re.compile(r",|\band\b", re.IGNORECASE)
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


def bibtex(paper: Paper) -> str:
    """The paper as a BibTeX ``@misc`` entry with an ASCII key; its braces are always balanced."""
    year = _year(paper)
    fields = {
        "title": "{" + _tex(paper.title) + "}",
        "author": " and ".join(_author(author.name) for author in paper.authors),
        "year": year,
        "eprint": _tex(paper.id),
        "archivePrefix": "arXiv",
        "url": arxiv_page(paper.id),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(paper, year)},", *lines, "}"])


def markdown_link(paper: Paper) -> str:
    """The paper's title as a Markdown link to its page on Hugging Face."""
    title = re.sub(r"[\\\[\]`<]", r"\\\g<0>", " ".join(to_unicode(paper.title).split()))
    return f"[{title}]({hub_page(paper.id)})"


def _year(paper: Paper) -> str:
    day = paper.published or paper.day
    if day is not None:
        return str(day.year)
    month = re.match(r"(\d\d)\d\d\.\d", paper.id, re.ASCII)
    return str(_CENTURY + int(month[1])) if month else ""


def _key(paper: Paper, year: str) -> str:
    """First author's last name, year, first telling word of the title: ``vaswani2017attention``."""
    names = _ascii_words(paper.authors[0].name) if paper.authors else []
    title = _ascii_words(to_unicode(paper.title))
    telling = [word for word in title if word not in _STOP_WORDS] or title
    key = "".join([*names[-1:], year, *telling[:1]])
    return key or "paper"


def _ascii_words(text: str) -> list[str]:
    plain = normalize("NFKD", text.translate(_NO_ASCII_TWIN)).encode("ascii", "ignore").decode()
    return [word.lower() for word in _WORD.findall(plain)]


def _author(name: str) -> str:
    """The name, in braces where BibTeX would take it apart at a comma or an "and"."""
    tex = _tex(name)
    return "{" + tex + "}" if _NEEDS_BRACES.search(tex) else tex


def _tex(text: str) -> str:
    """``text`` on one line for a BibTeX field, the TeX that is in it kept."""
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
