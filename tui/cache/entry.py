"""The form in which an answer is stored: a small header, and the body packed by zlib."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

MAX_BODY: Final = 16 * 2**20  # bytes of one answer
MAX_VALIDATOR: Final = 1_000  # bytes
FORMAT: Final = 1
"""The first byte of every value; another one makes the value a miss."""

HEADER: Final = struct.Struct("!BqH")
"""The format, microseconds since 1970, and the length of the validator in bytes."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Damaged(Exception):
    """The database holds what this program never wrote."""


class Entry(NamedTuple):
    """One answer as it came, when it was fetched (aware, UTC), and the Hub's validator for it."""

    body: bytes
    fetched: datetime
    validator: str | None


def pack(entry: Entry) -> bytes | None:
    """The value to store, or None for an answer that is out of bounds."""
    validator = (entry.validator or "").encode()
    if len(entry.body) > MAX_BODY or len(validator) > MAX_VALIDATOR:
        return None
    microseconds = (entry.fetched - _EPOCH) // _MICROSECOND
    header = HEADER.pack(FORMAT, microseconds, len(validator))
    return header + validator + zlib.compress(entry.body, 1)


def time_of(value: bytes | None) -> datetime | None:
    """When the answer in a stored ``value`` was fetched; raises Damaged as ``unpack`` does."""
    if value is None:
        return None
    try:
        microseconds: int = HEADER.unpack_from(value)[1]
        return _EPOCH + microseconds * _MICROSECOND
    except (struct.error, OverflowError) as error:
        raise Damaged(str(error)) from None


def unpack(value: bytes | None) -> Entry | None:
    """The answer in a stored ``value``, if there is one; raises Damaged for any other form."""
    if value is None:
        return None
    try:
        form, microseconds, length = HEADER.unpack_from(value)
        validator = value[HEADER.size : HEADER.size + length].decode()
        fetched = _EPOCH + microseconds * _MICROSECOND
        inflate = zlib.decompressobj()
        body = inflate.decompress(value[HEADER.size + length :], MAX_BODY + 1)
    except (struct.error, zlib.error, UnicodeDecodeError, OverflowError) as error:
        raise Damaged(str(error)) from None
    if form != FORMAT or not inflate.eof or len(body) > MAX_BODY:
        raise Damaged("another format, too large, or cut off")
    return Entry(body, fetched, validator or None)
