"""TeX as arXiv's titles and abstracts hold it, read as Unicode."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = re.compile(r"[\\^_${~]")
_SIGN_WORDS: Final = ("--", "``", "arrow")
_BY_FIGURE: Final = tuple(
    re.compile(pattern) for pattern in (r"times(?<=[\d%]times)", r"sim(?=\d)", r"eq(?=\d)")
)

def to_unicode(text: str) -> str:
    r"""``text`` with the TeX that has a plain-text reading read: ``10^{19}`` is 10¹⁹.

    Unknown macros, money, file names, addresses and code stay as typed. The Hub strips dollar
    signs and at times the backslash of a symbol (``1.5times``), so scripts and some symbols are
    read outside formulas too (API.md §2b).
    """
    if not _may_hold_tex(text):
        return text
    from tui.text.tex import read_tex

    return read_tex(text)


def _may_hold_tex(text: str) -> bool:
    if _SIGNS.search(text) or any(word in text for word in _SIGN_WORDS):
        return True
    return any(pattern.search(text) for pattern in _BY_FIGURE)
