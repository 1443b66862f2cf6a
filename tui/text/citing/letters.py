"""Letters as BibTeX takes them: accents spelt out."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

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
