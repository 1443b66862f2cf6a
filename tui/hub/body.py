"""An answer's body while it arrives: unpacked and bounded, so that no answer fills the memory."""

from __future__ import annotations

import zlib
from typing import Final

from tui.hub.errors import BadAnswer

ENCODINGS: Final = "gzip"
"""What to say in Accept-Encoding."""


class Body:
    """Bytes of at most ``limit`` once unpacked; a short gzip stream can hold a thousandfold."""

    def __init__(self, encoding: str, limit: int) -> None:
        """``encoding`` is the Content-Encoding; raises BadAnswer for one that was not asked for."""
        if encoding not in ("", "identity", "gzip"):
            raise BadAnswer("the answer is packed in a way that was not asked for")
        self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None
        self._limit = limit
        self._bytes = bytearray()

    def add(self, chunk: bytes) -> None:
        """Take what arrived; raises BadAnswer beyond the limit and for damaged gzip."""
        if self._inflate is not None:
            chunk = self._unpacked(self._inflate, chunk)
        if len(self._bytes) + len(chunk) > self._limit:
            raise too_large(self._limit)
        self._bytes += chunk

    def whole(self) -> bytes:
        """All of it; raises BadAnswer when the gzip stream has not come to its end."""
        if self._inflate is not None and self._bytes and not self._inflate.eof:
            raise BadAnswer("the answer is cut off")
        return bytes(self._bytes)

    def _unpacked(self, inflate: zlib._Decompress, chunk: bytes) -> bytes:
        room = self._limit - len(self._bytes) + 1
        try:
            return inflate.decompress(chunk, room)
        except zlib.error:
            raise BadAnswer("the answer's gzip is damaged") from None


def too_large(limit: int) -> BadAnswer:
    """The error for an answer of more than ``limit`` bytes."""
    return BadAnswer(f"the answer is larger than {limit // 2**20} MB")
