"""How a change is written down: one line of JSON that says of itself whether it is whole.

{"clock":…,"field":"read","machine":"…","made_ms":…,"number":1,"paper":"…","value":true,"sum":"…"}

The keys are the fields of a Change in alphabetical order, ``kept`` and ``parents`` only where
there is something in them; ``sum`` comes last and is the CRC-32 of all bytes before its comma, in
eight hexadecimal digits. Everything is ASCII with JSON's escapes, so that neither a line separator
in a note nor a tool that changes encodings can do harm. A file begins with FIRST_LINE.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final
from zlib import crc32

from tui.library import Change
from tui.library.change import is_valid
from tui.sync.errors import NewerFormat

VERSION: Final = 1
"""Of the format; a file of a greater one is for newer programs only."""
FORMAT: Final = "daily-papers changes"
BEGINNING: Final = f'{{"format":"{FORMAT}",'.encode("ascii")
FIRST_LINE: Final = b'%b"version":%d}\n' % (BEGINNING, VERSION)
MAX_LINE: Final = 64_000_000
"""Bytes; every change that a library can hold fits."""
LONG_LINE: Final = 100_000
"""Bytes from which on a line is worth a look before it is parsed."""
MAX_STRUCTURE: Final = 100_000
"""Bytes outside of strings; a million empty lists in a line would take all memory."""
STRING: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"')


class Damaged(ValueError):
    """The line is not what ``encode`` writes."""


def encode(change: Change) -> bytes:
    """The line that holds the change, with its end."""
    fields = change._asdict()
    if not change.parents:
        del fields["parents"]
    if change.kept is None:
        del fields["kept"]
    body = json.dumps(fields, sort_keys=True, separators=(",", ":"))[:-1].encode("ascii")
    return b'%b,"sum":"%08x"}\n' % (body, crc32(body))


def decode(line: bytes) -> Change | None:
    """The change on the line; None for an empty line and the first one of a file.

    Only what ``encode`` would write counts, whatever the line ends with.
    Raises Damaged and NewerFormat.
    """
    line = line.rstrip(b"\r\n")
    if not line:
        return None
    fields = _fields(line)
    if fields.get("format") == FORMAT:
        _check_version(fields.get("version"))
        return None
    change = _change(fields)
    if not is_valid(change) or encode(change) != line + b"\n":
        raise Damaged
    return change


def _fields(line: bytes) -> dict[str, Any]:
    if len(line) > LONG_LINE and not _is_bearable(line):
        raise Damaged
    try:
        fields = json.loads(line.decode("ascii"))
    except (ValueError, RecursionError):
        raise Damaged from None
    if not isinstance(fields, dict):
        raise Damaged
    return fields


def _is_bearable(line: bytes) -> bool:
    return len(line) < MAX_LINE and len(STRING.sub(b"", line)) <= MAX_STRUCTURE


def _check_version(version: object) -> None:
    if type(version) is not int or version < 1:
        raise Damaged
    if version > VERSION:
        raise NewerFormat


def _change(fields: dict[str, Any]) -> Change:
    fields.pop("sum", None)
    try:
        return Change(**{**fields, "parents": tuple(fields.get("parents", ()))})
    except TypeError:
        raise Damaged from None
