"""TeX as arXiv's titles and abstracts hold it, read as Unicode in a few styles."""

from __future__ import annotations

import re
from typing import Final

from tui.text.emphasis import Run, runs_of, unmarked

_SIGNS: Final = re.compile(r"[\\^_${~*`]")
_SIGN_WORDS: Final = ("--", "''", "arrow", "cdot", "propto", "infty", "angle", "frac", "subseteq")
_BY_FIGURE: Final = tuple(
    re.compile(pattern) for pattern in (r"times(?<=[\d%]times)", r"(?:sim|approx)(?=\d)")
)
_COMPARED: Final = re.compile(r"(?<![a-z])[lgn]eq(?![a-z])")


def to_unicode(text: str) -> str:
    r"""``text`` with the TeX that has a plain-text reading read: ``10^{19}`` is 10¹⁹.

    Unknown macros, money, file names, addresses and code stay as typed. The Hub strips dollar
    signs and at times the backslash of a symbol (``1.5times``), so scripts and some symbols are
    read outside formulas too (API.md §2b).
    """
    return unmarked(_read(text)) if _may_hold_tex(text) else text


def runs(text: str) -> tuple[Run, ...]:
    r"""What ``to_unicode`` shows, in the styles that ``\textbf`` and ``*words*`` ask for."""
    if _may_hold_tex(text):
        return runs_of(_read(text))
    return (Run(text),) if text else ()


def _read(text: str) -> str:
    from tui.text.tex import read_tex

    return read_tex(text)


def _may_hold_tex(text: str) -> bool:
    if _SIGNS.search(text) or any(word in text for word in _SIGN_WORDS):
        return True
    if any(pattern.search(text) for pattern in _BY_FIGURE):
        return True
    return "eq" in text and _COMPARED.search(text) is not None
