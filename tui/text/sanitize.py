"""What of a foreign text may reach a terminal: no controls, nothing hidden, no lost words."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category, combining, is_normalized, normalize

MARKS_PER_BASE: Final = 4
"""Combining marks kept on one character; no living script needs more."""

_IGNORABLE: Final = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef"
)  # fmt: skip
"""The inside of a character class: letters and marks that show nothing."""
HIDDEN: Final = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # Cc without white space
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"  # Cf
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff" + _IGNORABLE +  # tags, variation selectors
    "\ufdd0-\ufdef" + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}"
                              for plane in range(0, 0x110000, 0x10000))  # noncharacters
)  # fmt: skip
"""The inside of a character class: Unicode's Cc, Cf, default ignorables and noncharacters, but
white space."""

# A string goes on to its terminator, one that was cut off to the end of its line.
_INSIDE: Final = "[^\x07\x1b\x80-\x9f]*"
_SEQUENCE: Final = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI
    rf"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])"  # OSC, DCS, SOS, PM, APC
    rf"(?:{_INSIDE}(?:\x07|\x1b\\|\x9c)|[^\n\x07\x1b\x80-\x9f]*)"
    "|\x1b[ -/]*[0-~]?"
)
"""Whole escape sequences (ECMA-48 §5.4, §5.6; BEL ends a string as in xterm)."""
_JOINERS: Final = "\u200c\u200d"
_HIDDEN: Final = re.compile(f"(?:(?![{_JOINERS}])[{HIDDEN}])+")
_JOINED: Final = "[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u1aaf\ua840-\ua8ff\ufb50-\ufdcf]"
"""Arabic and its neighbours, the scripts of India, Myanmar, Khmer, Mongolian."""
_PICTURE: Final = "[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_JOINER: Final = re.compile(
    f"((?<={_JOINED})[{_JOINERS}](?={_JOINED})|(?<={_PICTURE})\u200d(?={_PICTURE})"
    f"|(?<=\u0d4d)\u200d(?!\\w|{_PICTURE}))|[{_JOINERS}]"
)
"""A joiner; the group holds one that a script or a picture of several parts needs.

In Malayalam it makes a letter of its own of a word's last consonant.
"""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# Combining marks are no word characters: five in a row are worth a closer look.
_MARKS: Final = re.compile(rf"[^\w\x00-\x7f]{{{MARKS_PER_BASE + 1},}}")
_SHOWS_NOTHING: Final = re.compile(f"[{_IGNORABLE}]")
_LINE_END: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
_BLANK: Final = re.compile(r"[^\S\n ]")


def clean_line(text: str, limit: int) -> str:
    """``text`` as one harmless line of at most ``limit`` characters, white space collapsed."""
    return _cut(" ".join(_harmless(text).split()), limit)


def clean_block(text: str, limit: int) -> str:
    r"""``text`` as harmless lines parted by ``\n``, at most ``limit`` characters in all."""
    lines = _harmless(text)
    if not _is_printable(lines):
        lines = _BLANK.sub(" ", _LINE_END.sub("\n", lines))
    return _cut(lines.strip(), limit)


def _harmless(text: str) -> str:
    printable = text.isprintable() or _is_printable(text)
    if printable and text.isascii():
        return text
    if not printable or _SHOWS_NOTHING.search(text):
        text = _without_hidden(_SURROGATE.sub("\ufffd", _SEQUENCE.sub("", text)))
    text = _composed(text)
    if printable or _JOINER.sub(r"\1", text) == text:
        return text
    # Sorted marks have come between a joiner and its script: no writing that needs one.
    return _composed(text.replace(_JOINERS[0], "").replace(_JOINERS[1], ""))


def _composed(text: str) -> str:
    """``text`` in NFC, with a bounded number of marks on each base."""
    text = _MARKS.sub(_bounded_marks, text)
    if is_normalized("NFC", text):
        return text
    # Some marks are two in NFC.
    return _MARKS.sub(_bounded_marks, normalize("NFC", text))


def _is_printable(text: str) -> bool:
    """Whether there is no white space but spaces and newlines, and none of Unicode's category C."""
    return text.replace("\n", " ").isprintable()


def _without_hidden(text: str) -> str:
    """``text`` without what does not show; joiners stay where scripts and pictures need them."""
    return _JOINER.sub(r"\1", _HIDDEN.sub("", text))


def _bounded_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= MARKS_PER_BASE:
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    return combining(character) != 0 or category(character) in ("Mn", "Me")


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: limit - 1].rstrip().rstrip(_JOINERS) + "…" if limit > 0 else ""
