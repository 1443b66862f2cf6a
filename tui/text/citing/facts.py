"""What a paper's arXiv id alone tells: its cite key, year, class and DOI."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tui.papers import Paper

FIRST_YEAR: Final = 91
"""arXiv began in 1991: a smaller number in an id is of this century."""

_NEW: Final = re.compile(r"(\d\d)\d\d\.\d{4,5}", re.ASCII)
_OLD: Final = re.compile(r"([a-z-]+)(\.[A-Z]{2})?/((\d\d)\d{5})", re.ASCII)
_NO_KEY: Final = re.compile(r"[^A-Za-z0-9.-]+")


def eprint(paper_id: str) -> str:
    """The id as arXiv writes it now: ``math.GT/0309136`` and ``math/0309136`` are one paper."""
    old = _OLD.fullmatch(paper_id)
    return f"{old[1]}/{old[3]}" if old else paper_id


def cite_key(paper_id: str) -> str:
    """``arxiv-1706.03762``, ``arxiv-cs.0112017``: ASCII without a sign that TeX or a shell minds.

    It is made of the id, for nothing else of a paper stays: later versions change the title, and
    the Hub hides first authors and mends their names (API.md §2b). No two ids have the same.
    """
    return "arxiv-" + _NO_KEY.sub(".", eprint(paper_id))


def primary_class(paper_id: str) -> str:
    """What an id from before April 2007 tells, such as ``cs`` or ``math.GT``; else empty."""
    old = _OLD.fullmatch(paper_id)
    return old[1] + (old[2] or "") if old else ""


def doi(paper_id: str) -> str:
    """The DOI that arXiv registers for every paper."""
    return f"10.48550/arXiv.{eprint(paper_id)}"


def year(paper: Paper) -> int | None:
    """The year of the first version; by the id where the Hub does not tell."""
    if paper.published:
        return paper.published.year
    old = _OLD.fullmatch(paper.id)
    new = _NEW.fullmatch(paper.id)
    short = old[4] if old else new[1] if new else None
    if short is None:
        return None
    return int(short) + (1900 if old and int(short) >= FIRST_YEAR else 2000)
