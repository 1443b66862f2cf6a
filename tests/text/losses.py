"""What of a text was lost on the way to the screen, counted through a documented table.

Every letter, digit and sign of the source has to be shown, but for what TeX itself takes away:
- the name of a macro that is read; it stands for a sign, which has to be shown;
- what only groups, joins or quotes: see STRUCTURE;
- names of colours, places and spaces, the brackets of a root's degree, the signs around code:
  see TYPESETTING, which also parts two names that ran into each other;
- an address that stands twice: see TWICE.
A name that may have lost its backslash has to be shown, or its sign.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final
from unicodedata import normalize

from tui.text import symbols

STRUCTURE: Final = frozenset("\\{}$^_~*`'\"")
"""Signs that TeX and Markdown use up; that they stay where they are text, the other tests say."""
SAME: Final = str.maketrans(
    {"−": "-", "–": "--", "—": "---", "“": "", "”": "", "‘": "", "’": "",
     "∘": "°", "⊤": "T", "∗": "", "⋆": "", "′": "", "ı": "i", "ȷ": "j"}
)  # fmt: skip
"""Signs that are shown for others, by those that they count as."""
SIGNS: Final = {
    **symbols.SYMBOLS,
    **{name: words.removesuffix(".") for name, words in symbols.ABBREVIATIONS.items()},
    **dict.fromkeys("%&#", ""),
}
"""What a macro stands for; an abbreviation's dot may be that of the sentence."""
READ: Final = frozenset(
    {*SIGNS, *symbols.UNWRAPPED, *symbols.SILENT, *symbols.ACCENTS, *symbols.CITING}
    | {*symbols.SPACES, *symbols.COLOURS, *symbols.FRACTIONS_OF, "sqrt"}
    | {"url", "path", "href", "footnote", "thanks", "textsuperscript", "textsubscript", "verb"}
)
"""Macros whose names are not shown."""
BARE: Final = frozenset(
    {*symbols.GREEK, *symbols.BARE_SCRIPTS, *symbols.NO_WORDS, *symbols.UNWRAPPED}
    | {*symbols.CITING, *symbols.COLOURS, "frac", "sqrt", "url", "href", "footnote", "hat", "tilde"}
    | {"widehat", "widetilde", "overline", "bar", "vec", "dot", "ddot", "check", "breve"}
    | {"cal", "mid", "sum"}
)
"""Names that are read without a backslash too."""
TYPESETTING: Final = (
    (re.compile(r"\\(?:verb|lstinline)\*?([^\w\s*{}\\,.;:)\]-])((?:(?!\1).)+)\1"), r" \2 "),
    (re.compile(r"\\?textcolor\{[^{}]*\}|\\color\{[^{}]*\}"), " "),
    (re.compile(r"\\(?:label|[vh]space|[vh]?phantom)\*?\{[^{}]*\}"), " "),
    (re.compile(r"\\(?:left|right)\.|\\[()\[\]]"), " "),
    (re.compile(r"\\?sqrt\[([^][{}]*)\]"), r" \1 "),
    (re.compile(r"(?<=\d)timessim(?=\d)"), "times sim"),
    (re.compile(r"(\$[^$]*?)\\>(?=[^$]*\$)"), r"\1 "),
)
TWICE: Final = re.compile(r"(https?://([^\s{}]+))\}?\{(?:\1|\2)(?![\w/])")
NAME: Final = re.compile(
    r"(?<!(?<!\\)\\['`^\"~=.])(?<![\^_])https?://[^\s{}<>\"'*$`]+"
    r"|\\(?P<macro>[A-Za-z]+|[^%&#A-Za-z\d])"
    rf"|(?<![A-Za-z])(?<!(?<!\\)\\['`^\"~=.])(?P<bare>{'|'.join(sorted(BARE))})(?![a-z])",
    re.DOTALL,
)
"""Addresses, which are as typed, and names that may be read."""


def lost(source: str, shown: str) -> Counter[str]:
    """The signs and names of ``source`` that ``shown`` has fewer of, and how many fewer.

    A name counts as shown when its sign is: code and what is nested too deep stay as typed.
    """
    for pattern, stays in TYPESETTING:
        source = pattern.sub(stays, source)
    names: Counter[str] = Counter()

    def taken(found: re.Match[str]) -> str:
        name = found["bare"] or found["macro"]
        if name not in READ | BARE:
            return found[0]
        names[name] += 1
        return ""

    there = counted(shown)
    missing = counted(NAME.sub(taken, TWICE.sub(r"\1", source))) - there
    for name, times in names.items():
        as_sign = min((there[sign] for sign in counted(SIGNS.get(name, ""))), default=times)
        missing[name] += max(0, times - as_sign - shown.count(name))
    return +missing


def counted(text: str) -> Counter[str]:
    """Letters, digits and signs wherever they stand: ``x²`` and ``x2`` count the same."""
    plain = normalize("NFKD", normalize("NFKD", text).translate(SAME))
    return Counter(sign for sign in plain if not sign.isspace() and sign not in STRUCTURE)
