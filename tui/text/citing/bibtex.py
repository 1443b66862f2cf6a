"""Papers as BibTeX entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tui.text.citing.facts import cite_key, eprint, primary_class, year
from tui.text.citing.letters import spelt_out
from tui.text.citing.names import Name, parse_name
from tui.text.latex import may_hold_names
from tui.text.links import arxiv_page

if TYPE_CHECKING:
    from tui.papers import Paper

_BEGINS_BIG: Final = re.compile(r"[A-Z]")
_SPECIAL: Final = re.compile(r"[\\&%#_$^~{}]")
_SIGN: Final = re.compile("[\u0370-\u03ff\u2070-\u209c\u2190-\u22ff]")
"""Greek, scripts, arrows and mathematics."""


def bibtex(paper: Paper, key: str | None = None) -> str:
    """The paper as a ``@misc`` entry, under its cite key or another one; its braces are balanced.

    The title stands in braces of its own, which keep its capitals.
    """
    title = "{" + _title(paper.title) + "}"
    fields = {
        "title": title,
        "author": " and ".join(_author(parse_name(author.name)) for author in paper.authors),
        "key": "" if paper.authors else title,  # what BibTeX sorts by in place of authors
        "year": str(year(paper) or ""),
        "eprint": _tex(eprint(paper.id)),
        "archivePrefix": "arXiv",
        "primaryClass": primary_class(paper.id),
        "url": arxiv_page(eprint(paper.id)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key or cite_key(paper.id)},", *lines, "}"])


def _title(text: str) -> str:
    """``text`` with TeX in place of the signs that LaTeX has only in formulas."""
    if _SIGN.search(text):
        from tui.text.citing.mathematics import with_macros

        text = with_macros(text)
    return _tex(text)


def _author(name: Name) -> str:
    """``van der Berg, Jr., Jan``: with the last name first, BibTeX has nothing to guess."""
    if name.is_whole:
        return "{" + _name(name.family) + "}"
    family = _name(name.family)
    *inner, _ = name.family.split()
    if not all(map(_BEGINS_BIG.match, inner)):
        family = "{" + family + "}"  # or a part of it would be taken for a particle
    last = " ".join(filter(None, [_name(name.particle), family]))
    return ", ".join(filter(None, [last, _name(name.suffix), _name(name.given)]))


def _name(text: str) -> str:
    return spelt_out(_tex(text))


def _tex(text: str) -> str:
    """``text`` on one line, escaped around its TeX; what that takes loads where there is any."""
    line = " ".join(text.split())
    if not (_SPECIAL.search(line) or may_hold_names(line)):
        return line
    from tui.text.citing.escaping import escaped

    return escaped(line)
