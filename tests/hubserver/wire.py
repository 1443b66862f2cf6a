"""As much of HTTP/1.1 as the Hub needs, on asyncio streams, with every byte in our hands."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass, field, replace
from email.utils import format_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterable, Iterator
    from datetime import datetime

JSON_TYPE: Final = "application/json; charset=utf-8"
HTML_TYPE: Final = "text/html; charset=utf-8"


@dataclass(eq=False)
class Request:
    """A request as it arrived; ``status`` is what answered it, None while nothing has."""

    method: str
    target: str
    headers: dict[str, str]
    """With names in lower case."""
    status: int | None = None

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))


@dataclass(frozen=True)
class Answer:
    """An answer on its way out; faults may replace any part of it.

    ``blocks``, when given, go out as they are in place of the body.
    """

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    blocks: Iterable[bytes] | None = None

    def having(self, **headers: str) -> Answer:
        """The same answer with more headers; underscores stand for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers=self.headers | named)


def encode(value: Any) -> bytes:
    """JSON as Express writes it: UTF-8 as it is, lone surrogates as escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")


def json_answer(value: Any, status: int = HTTPStatus.OK) -> Answer:
    """An answer with ``value`` as its JSON body."""
    return Answer(status, encode(value), {"Content-Type": JSON_TYPE})


def error_answer(status: int, message: str) -> Answer:
    """A refusal as the Hub words it: an object with ``error`` (API.md §4)."""
    return json_answer({"error": message}, status)


def html_answer(status: int, title: str) -> Answer:
    """A page for people where a program hoped for JSON."""
    page = f"<!doctype html><html><head><title>{title}</title></head><body>{title}</body></html>"
    return Answer(status, page.encode(), {"Content-Type": HTML_TYPE})


async def read_request(reader: asyncio.StreamReader) -> Request:
    """The next request on a connection; raises IncompleteReadError when there is none."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, target, _ = first.split(" ")
    pairs = (line.partition(":") for line in lines)
    return Request(method, target, {name.lower(): value.strip() for name, _, value in pairs})


def finish(
    answer: Answer, request: Request, *, date: datetime | None, validates: bool, packs: bool
) -> Answer:
    """Add what Express and CloudFront add: date (in UTC), validator, compression and length.

    ``validates`` says whether If-None-Match is heeded, ``packs`` whether Accept-Encoding is.
    """
    etag = _etag(answer.body)
    answer = answer.having(Vary="Accept-Encoding", ETag=etag)
    if date is not None:
        answer = answer.having(Date=format_datetime(date, usegmt=True))
    if validates and answer.status == HTTPStatus.OK and _matches(request, etag):
        return replace(answer, status=HTTPStatus.NOT_MODIFIED, body=b"")
    if packs and "gzip" in request.headers.get("accept-encoding", ""):
        packed = gzip.compress(answer.body, compresslevel=1, mtime=0)
        answer = replace(answer, body=packed).having(Content_Encoding="gzip")
    return answer.having(Content_Length=str(len(answer.body)))


def head_of(answer: Answer) -> bytes:
    """The status line and headers on the wire."""
    status = HTTPStatus(answer.status)
    lines = [f"HTTP/1.1 {status} {status.phrase}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "backslashreplace")


def blocks_of(answer: Answer) -> Iterable[bytes]:
    """The body on the wire, block by block."""
    return [answer.body] if answer.blocks is None else answer.blocks


def chunked(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The blocks in chunked transfer coding."""
    for block in blocks:
        yield b"%x\r\n%b\r\n" % (len(block), block)
    yield b"0\r\n\r\n"


def _etag(body: bytes) -> str:
    """A weak validator of the body before compression (API.md §6)."""
    digest = base64.b64encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
    return f'W/"{len(body):x}-{digest.rstrip("=")}"'


def _matches(request: Request, etag: str) -> bool:
    known = request.headers.get("if-none-match", "")
    return known == "*" or etag in (tag.strip() for tag in known.split(","))
