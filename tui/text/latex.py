"""TeX as arXiv's titles and abstracts hold it, read as Unicode in a few styles."""

from __future__ import annotations

import re
from typing import Final

from tui.text.emphasis import Run, runs_of, unmarked

_SIGNS: Final = re.compile(r"[\\^_${~*`]")
# Each begins with letters, which a search finds fast.
_NAMES: Final = tuple(
    map(
        re.compile,
        (
            r"times(?:(?<=[\d%]times)|(?=\d)|(?=\s+(?:[A-Za-z][\^_]|\d)))",
            r"sim(?:(?<=[\d%]sim)|(?=\d))",
            r"approx(?:(?<=[\d%]approx)|(?=\s?\d))",
            r"mid(?<= mid)(?=\s[A-Za-z\\])",
            r"eq(?![A-Za-z])(?<=[lgn]eq)",
            r"angle(?![A-Za-z])(?<=[lr]angle)",
            r"arrow(?![A-Za-z])(?<=[tnp]arrow)",
            r"dot(?:s(?<=[cl]dots)|(?<=[cl]dot))(?![A-Za-z])",
            r"cal[A-Z](?![A-Za-z\d])",
            r"sum_[a-z]\s",
            "propto|infty|subseteq",
            r"frac\d\d",
        ),
    )
)
"""Where a symbol may stand whose backslash the Hub lost (API.md §2b)."""


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
    return _SIGNS.search(text) is not None or "--" in text or may_hold_names(text)


def may_hold_names(text: str) -> bool:
    """Whether it is worth looking for names of symbols that lost their backslash."""
    return any(name.search(text) for name in _NAMES)
