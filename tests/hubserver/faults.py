"""Every way in which an answer can be wrong, one name each."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from enum import Enum, auto
from http import HTTPStatus
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from tests.hubserver import quota
from tests.hubserver.wire import (
    HTML_TYPE,
    Answer,
    Request,
    chunked,
    encode,
    error_answer,
    html_answer,
    json_answer,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEPTH: Final = 200_000
"""Brackets of DEEP."""
BLOCK: Final = b" " * 1_000_000
BLOCKS: Final = 300
"""Blocks of a huge answer, 300 MB."""
MOVED: Final = "/moved"
"""A prefix under which the server answers as without it."""
ERRORS: Final = {
    HTTPStatus.BAD_REQUEST: "✖ Invalid input",
    HTTPStatus.UNAUTHORIZED: "Invalid credentials in Authorization header",
    HTTPStatus.FORBIDDEN: "Forbidden",
    HTTPStatus.NOT_FOUND: "Not found",
    HTTPStatus.REQUEST_TIMEOUT: "Request timeout",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests",
}


class Fault(Enum):
    """What goes wrong; the groups say where it is made."""

    # on the connection, by the server
    REFUSE = auto()  # nobody listens, until healed
    RESET = auto()  # RST in place of an answer
    HANG = auto()  # no answer until released, then the right one
    DROP = auto()  # the connection ends in the middle of the body
    TRICKLE = auto()  # the right body, a byte at a time, for ever in practice
    NOT_HTTP = auto()  # a line of another protocol

    # in the content
    STATUS_400 = auto()
    STATUS_401 = auto()
    STATUS_403 = auto()
    STATUS_404 = auto()
    STATUS_408 = auto()
    STATUS_429 = auto()  # as the Hub says it, with the seconds to wait
    STATUS_500 = auto()
    STATUS_502 = auto()
    STATUS_503 = auto()
    CLOUDFRONT_429 = auto()  # a page for people, and no RateLimit headers
    HTML = auto()  # 200 and a page for people
    OBJECT = auto()  # an object where a list is promised
    CUT_JSON = auto()  # whole by its length, and half the JSON
    DEEP = auto()  # JSON nested 200,000 deep
    BAD_UTF8 = auto()  # bytes in titles that are no UTF-8
    EMPTY_BODY = auto()  # 200 and not a byte
    WRONG_TYPES = auto()  # every field of every paper
    ONE_WRONG_FIELD = auto()  # another field of each paper but the id
    ONE_MALFORMED = auto()  # one malformed paper more than there are good ones
    REDIRECT_WITHIN = auto()  # to a path of the same origin that answers
    REDIRECT_AWAY = auto()  # to another origin: localhost in place of 127.0.0.1
    REDIRECT_LOOP = auto()  # to itself
    LINK_LOOP = auto()  # the next page is this page
    LINK_AWAY = auto()  # the next page is at another origin

    # in the framing, of an answer that is not compressed
    HUGE = auto()  # 300 MB and an honest Content-Length
    HUGE_CHUNKED = auto()  # 300 MB of unsaid length
    GZIP_BOMB = auto()  # 300 MB in 300 kB
    LENGTH_TOO_LONG = auto()  # Content-Length promises more than comes
    LENGTH_TOO_SHORT = auto()  # Content-Length promises less than comes
    NO_HEADERS = auto()  # a status line and the body


def spoil_content(fault: Fault, answer: Answer, request: Request, *, pause: int) -> Answer:
    """The answer with the fault in its content, if it is one of those.

    ``pause`` is for how many seconds STATUS_429 sends clients away.
    """
    if fault.name.startswith("STATUS_"):
        return _status(int(fault.name.removeprefix("STATUS_")), answer, pause)
    if fault in PLACES:
        return PLACES[fault](answer, request)
    return CONTENT[fault](answer) if fault in CONTENT else answer


def spoil_framing(fault: Fault, answer: Answer) -> Answer:
    """The finished, uncompressed answer with the fault in its framing, if it is one of those."""
    return FRAMING[fault](answer) if fault in FRAMING else answer


def wrong(value: Any) -> Any:
    """The same JSON shape with another type in every leaf, as the wire might one day have it."""
    match value:
        case bool() | None:
            return "yes"
        case int() | float():
            return {"value": value}
        case str():
            return len(value)
        case []:
            return {}
        case list():
            return [wrong(part) for part in value]
        case _:
            return {key: wrong(part) for key, part in value.items()}


def _status(status: int, answer: Answer, pause: int) -> Answer:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _with_limit(html_answer(status, f"{status} {HTTPStatus(status).phrase}"), answer)
    refusal = _with_limit(error_answer(status, ERRORS[HTTPStatus(status)]), answer)
    if status == HTTPStatus.UNAUTHORIZED:
        return refusal.having(X_Error_Message=ERRORS[HTTPStatus.UNAUTHORIZED])
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        spent = quota.headers_for("api", quota.ANONYMOUS["api"], 0, pause)
        return replace(refusal, headers=refusal.headers | spent)
    return refusal


def _with_limit(answer: Answer, original: Answer) -> Answer:
    """The answer with the RateLimit headers that the original had."""
    limit = {name: text for name, text in original.headers.items() if "RateLimit" in name}
    return replace(answer, headers=answer.headers | limit)


def _items(answer: Answer) -> list[Any]:
    value = json.loads(answer.body)
    return value if isinstance(value, list) else [value]


def _each_wrong(answer: Answer) -> Answer:
    return replace(answer, body=encode([wrong(item) for item in _items(answer)]))


def _one_wrong_field(answer: Answer) -> Answer:
    items = _items(answer)
    for turn, item in enumerate(items):
        fields = [(part, key) for part in (item["paper"], item) for key in part]
        fields = [(part, key) for part, key in fields if key not in ("id", "paper")]
        part, key = fields[turn % len(fields)]
        part[key] = wrong(part[key]) if isinstance(part[key], str | int) else 7
    return replace(answer, body=encode(items))


def _one_malformed(answer: Answer) -> Answer:
    items = _items(answer)
    items.insert(len(items) // 2, {"paper": {"title": ["no", "id"]}})
    return replace(answer, body=encode(items))


def _redirect(location: str) -> Answer:
    return html_answer(HTTPStatus.TEMPORARY_REDIRECT, "Moved").having(Location=location)


def _elsewhere(request: Request) -> str:
    """The same server under its other name, which is another origin."""
    port = urlsplit(f"//{request.headers['host']}").port
    return f"http://localhost:{port}{request.target}"


def _huge(answer: Answer) -> Answer:
    sized = answer.having(Content_Length=str(len(BLOCK) * BLOCKS))
    return replace(sized, blocks=repeat(BLOCK, BLOCKS))


def _huge_chunked(answer: Answer) -> Answer:
    return _streamed(answer, repeat(BLOCK, BLOCKS))


def _gzip_bomb(answer: Answer) -> Answer:
    return _streamed(answer.having(Content_Encoding="gzip"), _packed(repeat(BLOCK, BLOCKS)))


def _packed(blocks: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(level=1, wbits=31)
    for block in blocks:
        if packed := packer.compress(block):
            yield packed
    yield packer.flush()


def _streamed(answer: Answer, blocks: Iterator[bytes]) -> Answer:
    headers = {key: text for key, text in answer.headers.items() if key != "Content-Length"}
    return replace(
        answer, headers=headers | {"Transfer-Encoding": "chunked"}, blocks=chunked(blocks)
    )


def _length(shift: int) -> Callable[[Answer], Answer]:
    return lambda answer: answer.having(
        Content_Length=str(max(0, len(answer.body) + shift)), Connection="close"
    )


CONTENT: Final[dict[Fault, Callable[[Answer], Answer]]] = {
    Fault.CLOUDFRONT_429: lambda _: html_answer(HTTPStatus.TOO_MANY_REQUESTS, "ERROR"),
    Fault.HTML: lambda answer: replace(
        html_answer(HTTPStatus.OK, "Hugging Face"),
        headers=answer.headers | {"Content-Type": HTML_TYPE},
    ),
    Fault.OBJECT: lambda answer: _with_limit(json_answer({"papers": _items(answer)}), answer),
    Fault.CUT_JSON: lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2]),
    Fault.DEEP: lambda answer: replace(answer, body=b"[" * DEPTH + b"]" * DEPTH),
    Fault.BAD_UTF8: lambda answer: replace(
        answer, body=answer.body.replace(b'"title":"', b'"title":"\xff\xc3(')
    ),
    Fault.EMPTY_BODY: lambda answer: replace(answer, body=b""),
    Fault.WRONG_TYPES: _each_wrong,
    Fault.ONE_WRONG_FIELD: _one_wrong_field,
    Fault.ONE_MALFORMED: _one_malformed,
}
PLACES: Final[dict[Fault, Callable[[Answer, Request], Answer]]] = {
    Fault.REDIRECT_WITHIN: lambda answer, request: (
        answer
        if request.path.startswith(MOVED)
        else _with_limit(_redirect(MOVED + request.target), answer)
    ),
    Fault.REDIRECT_AWAY: lambda _, request: _redirect(_elsewhere(request)),
    Fault.REDIRECT_LOOP: lambda _, request: _redirect(request.target),
    Fault.LINK_LOOP: lambda answer, request: answer.having(Link=f'<{request.target}>; rel="next"'),
    Fault.LINK_AWAY: lambda answer, request: answer.having(
        Link=f'<{_elsewhere(request)}>; rel="next"'
    ),
}
FRAMING: Final[dict[Fault, Callable[[Answer], Answer]]] = {
    Fault.HUGE: _huge,
    Fault.HUGE_CHUNKED: _huge_chunked,
    Fault.GZIP_BOMB: _gzip_bomb,
    Fault.LENGTH_TOO_LONG: _length(+100),
    Fault.LENGTH_TOO_SHORT: _length(-100),
    Fault.NO_HEADERS: lambda answer: replace(answer, headers={}),
}
