"""What a terminal does: keys become bytes, bytes become a picture, queries get answers."""

from __future__ import annotations

import re
from typing import Final

import pyte

_CSI: Final = {
    "up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F", "s-tab": "Z",
    "insert": "2~", "delete": "3~", "pageup": "5~", "pagedown": "6~",
    "f5": "15~", "f6": "17~", "f7": "18~", "f8": "19~",
    "f9": "20~", "f10": "21~", "f11": "23~", "f12": "24~",
}  # fmt: skip
KEYS: Final = {
    "enter": "\r", "tab": "\t", "esc": "\x1b", "space": " ", "backspace": "\x7f", "lt": "<",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS",
    **{name: f"\x1b[{code}" for name, code in _CSI.items()},
}  # fmt: skip

QUERY: Final = re.compile(
    rb"\x1b\[0?(?P<attributes>c)"
    rb"|\x1b\[6(?P<cursor>n)"
    rb"|\x1b\[\?(?P<mode>\d+)\$p"
    rb"|\x1b\](?P<colour>1[01]);\?(?:\x07|\x1b\\)"
)
"""DA1, CPR, DECRQM, OSC 10 and 11."""
LONGEST_QUERY: Final = 16
"""Bytes."""

_FOREIGN: Final = re.compile(
    rb"\x1b[PX^_].*?\x1b\\"  # strings: DCS, SOS, PM, APC
    rb"|\x1b\[[<=>][0-?]*[ -/]*[@-~]"  # the kitty keyboard and its like
    rb"|\x1b\[\?[0-?]*[ -/]*[@-gi-km-~]",  # private, and neither set (h) nor reset (l)
    re.DOTALL,
)
"""What pyte would print, or fail on."""
_UNFINISHED: Final = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[PX^_](?:(?!\x1b\\).)*)?\Z", re.DOTALL)
_HOLD_BACK: Final = b"\x1b[?2026h"
_SHOW: Final = b"\x1b[?2026l"
"""Between the two a picture is incomplete (synchronized output)."""
_SWITCH_SCREEN: Final = re.compile(rb"\x1b\[\?1049[hl]")
_CLEAR: Final = b"\x1b[2J\x1b[H"


def keystrokes(keys: str) -> bytes:
    """The bytes of ``jj<enter><c-z><s-tab>``; raises ValueError for an unknown name."""
    return b"".join(
        char.encode() if char else _named_key(name.lower())
        for name, char in re.findall(r"<([^<>]+)>|(.)", keys, re.DOTALL)
    )


def _named_key(name: str) -> bytes:
    if name in KEYS:
        return KEYS[name].encode()
    if re.fullmatch(r"c-[a-z@\[\\\]^_]", name):
        return bytes([ord(name[2].upper()) & 0x1F])
    raise ValueError(f"no such key: <{name}>")


def answer(query: re.Match[bytes]) -> bytes:
    """What a modern, dark terminal says that can hold its picture back until it is complete."""
    if query["attributes"]:
        return b"\x1b[?62;22c"
    if query["cursor"]:
        return b"\x1b[1;1R"
    if query["mode"]:
        return b"\x1b[?%b;%d$y" % (query["mode"], 2 if query["mode"] == b"2026" else 0)
    shade = b"dddd" if query["colour"] == b"10" else b"1111"
    return b"\x1b]%b;rgb:%b/%b/%b\x1b\\" % (query["colour"], shade, shade, shade)


class Picture:
    """What a terminal shows after the bytes it was given.

    Leaving the alternate screen clears it, where a terminal would show what was there before.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._unfinished = b""

    def feed(self, data: bytes) -> None:
        """Draw what is complete; an escape sequence, or a picture, may end in a later call."""
        data = self._unfinished + data
        end = data.rfind(_HOLD_BACK)
        if end <= data.rfind(_SHOW):
            cut = _UNFINISHED.search(data)
            end = cut.start() if cut else len(data)
        data, self._unfinished = data[:end], data[end:]
        self._stream.feed(_SWITCH_SCREEN.sub(_CLEAR, _FOREIGN.sub(b"", data)))

    def resize(self, columns: int, rows: int) -> None:
        """Take another size, keeping what is in both."""
        self._screen.resize(rows, columns)

    def rows(self) -> list[str]:
        """The rows without trailing blanks; the cell after a wide character holds nothing."""
        columns, rows = range(self._screen.columns), range(self._screen.lines)
        buffer = self._screen.buffer
        return ["".join(buffer[row][column].data for column in columns).rstrip() for row in rows]
