"""Bodies are unpacked and bounded while they arrive."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from typing import Final

import pytest

from tui.hub.body import Body
from tui.hub.errors import BadAnswer

LIMIT: Final = 10_000
TEXT: Final = b"0123456789" * 1_000


def read(packed: bytes, encoding: str, step: int = 7) -> bytes:
    body = Body(encoding, LIMIT)
    for start in range(0, len(packed), step):
        body.add(packed[start : start + step])
    return body.whole()


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [(TEXT, ""), (TEXT, "identity"), (gzip.compress(TEXT), "gzip")],
    ids=["bare", "identity", "gzip"],
)
def test_as_large_as_allowed(packed: bytes, encoding: str) -> None:
    assert read(packed, encoding) == TEXT


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [(TEXT + b"0", ""), (gzip.compress(TEXT + b"0"), "gzip")],
    ids=["bare", "gzip"],
)
@pytest.mark.parametrize("step", [1, 100_000])
def test_one_byte_too_many(packed: bytes, encoding: str, step: int) -> None:
    with pytest.raises(BadAnswer, match="larger than"):
        read(packed, encoding, step)


@pytest.mark.parametrize(
    "packed",
    [b"not gzip", gzip.compress(TEXT)[:-1], zlib.compress(TEXT)],
    ids=["not gzip", "cut off", "zlib"],
)
def test_damaged_gzip(packed: bytes) -> None:
    with pytest.raises(BadAnswer):
        read(packed, "gzip")


def test_a_bomb_is_not_unpacked_beyond_the_limit() -> None:
    bomb = gzip.compress(bytes(50_000_000), 1)
    tracemalloc.start()
    try:
        with pytest.raises(BadAnswer, match="larger than"):
            Body("gzip", LIMIT).add(bomb)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000


def test_gzip_of_nothing() -> None:
    assert read(b"", "gzip") == b""
    assert read(gzip.compress(b""), "gzip") == b""


def test_an_encoding_that_was_not_asked_for() -> None:
    with pytest.raises(BadAnswer):
        Body("br", LIMIT)
