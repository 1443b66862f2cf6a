"""What of a foreign text may reach a terminal: no controls, nothing hidden, no lost words."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category

MARKS_PER_BASE: Final = 4
"""Combining marks kept on one character; no living script needs more."""

HIDDEN: Final = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # Cc without white space
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"  # Cf
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # other default ignorables
    "\ufe00-\ufe0f\U000e0000-\U000e0fff"  # variation selectors and tags
)
"""The inside of a character class: Unicode's Cc, Cf and default ignorables, but white space."""

_HIDDEN: Final = re.compile(f"[{HIDDEN}]+")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# Combining marks are no word characters: five in a row are worth a closer look.
_MARKS: Final = re.compile(rf"[^\w\x00-\x7f]{{{MARKS_PER_BASE + 1},}}")
_SUSPECT: Final = re.compile(f"[{HIDDEN}\ud800-\udfff]|{_MARKS.pattern}")
_LINE_END: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
_BLANK: Final = re.compile(r"[^\S\n ]")


def clean_line(text: str, limit: int) -> str:
    """``text`` as one harmless line of at most ``limit`` characters, white space collapsed."""
    return _cut(" ".join(_harmless(text).split()), limit)


def clean_block(text: str, limit: int) -> str:
    r"""``text`` as harmless lines parted by ``\n``, at most ``limit`` characters in all."""
    lines = _LINE_END.sub("\n", _harmless(text))
    return _cut(_BLANK.sub(" ", lines).strip(), limit)


def _harmless(text: str) -> str:
    plain = text.isascii() and text.replace("\n", " ").isprintable()
    if plain or not _SUSPECT.search(text):
        return text
    text = _HIDDEN.sub("", _SURROGATE.sub("\ufffd", text))
    return _MARKS.sub(_bounded_marks, text)


def _bounded_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if category(character) in ("Mn", "Me") else 0
        if marks <= MARKS_PER_BASE:
            kept.append(character)
    return "".join(kept)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: limit - 1].rstrip() + "…" if limit > 0 else ""
