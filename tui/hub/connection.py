"""One GET at the Hub, redirects and all; the errors of httpx become ours here."""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import dataclass
from http import HTTPStatus
from time import perf_counter
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urljoin, urlsplit

import httpx

from tui.hub.body import Body, too_large
from tui.hub.cancelling import Requests
from tui.hub.errors import MAX_DETAIL, BadAnswer, HubError, Offline, Reason, TooSlow
from tui.hub.httpdate import server_clock
from tui.hub.lost import lost_connection
from tui.hub.ratelimit import RateLimit
from tui.hub.refusal import pause_seconds, refusal
from tui.hub.transport import is_this_machine, open_client
from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tui.hub.admission import Admission
    from tui.hub.settings import HubSettings
    from tui.hub.transport import Answerer

log = logging.getLogger(__name__)

STEP_TIMEOUT: Final = 10.0  # seconds to connect, and between two arrivals
DEADLINE: Final = 30.0  # seconds for a whole answer
MAX_REDIRECTS: Final = 3
MAX_ANSWER: Final = 8 * 2**20  # bytes, unpacked
MAX_REFUSAL: Final = 64 * 2**10  # bytes of an error's body; the rest is left unread
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_VALIDATOR: Final = re.compile(r'(W/)?"[!#-~]{0,200}"')
_FAILURES: Final = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError)
"""What httpx is known to raise; TimeoutError is an OSError."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of status 200 or 304; ``next_page`` is the address that its Link names."""

    status: int
    body: bytes
    validator: str | None
    url: str
    next_page: str | None

    def read(self, reader: Callable[[bytes], Result]) -> Result:
        """What ``reader`` makes of the body; raises BadAnswer as that does."""
        try:
            return reader(self.body)
        except BadAnswer as error:
            raise self.located(error) from None

    def located(self, error: BadAnswer) -> BadAnswer:
        """The error, once it names this answer."""
        error.path, error.status = path_of(self.url), self.status
        return error


class Connection:
    """Asks the endpoint's own origin and nobody else; tells ``admission`` what the Hub allows."""

    def __init__(
        self, settings: HubSettings, admission: Admission, answer: Answerer | None = None
    ) -> None:
        """Slow, as TLS certificates are loaded here; raises nothing."""
        self.server_date: datetime | None = None
        self.token_refused = False
        self._endpoint = settings.endpoint
        self._offline = settings.offline
        self._token = settings.token if _may_hold_token(settings.endpoint) else None
        self._admission = admission
        self._requests = Requests()
        self._client = open_client(settings.endpoint, answer, step_timeout=STEP_TIMEOUT)

    async def get(self, target: str, validator: str | None = None) -> Reply:
        """The answer for ``target``, a path at the endpoint or an address of its origin.

        304 comes only with a ``validator``. Raises HubError.
        """
        if self._offline:
            raise Offline(path=path_of(target), reason=Reason.TOLD_NOT_TO_ASK)
        url = self._endpoint + target if target.startswith("/") else target
        for _ in range(MAX_REDIRECTS + 1):
            response, body = await self._ask(url, validator)
            if response.status_code not in REDIRECTS:
                return await self._reply(url, response, body, validator is not None)
            status = response.status_code
            url = self._own(url, response.headers.get("location", ""), status)
        raise BadAnswer("the Hub redirects without end", path=path_of(url), status=status)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._requests.end()
        await self._client.aclose()

    async def _ask(self, url: str, validator: str | None) -> tuple[httpx.Response, bytes]:
        """One exchange; a second one, without the token, when the token was not accepted."""
        token = self._token
        response, body = await self._exchange(url, _headers(token, validator))
        if response.status_code != 401 or token is None:
            return response, body
        self._token, self.token_refused = None, True
        return await self._exchange(url, _headers(None, validator))

    async def _exchange(self, url: str, headers: dict[str, str]) -> tuple[httpx.Response, bytes]:
        await self._admission.pause_over()
        path, start = path_of(url), perf_counter()
        try:
            response, body = await self._requests.run(self._stream(url, headers), deadline=DEADLINE)
        except (HubError, *_FAILURES) as error:
            found = error if isinstance(error, HubError) else _translated(error)
            found.path = path
            log.debug("GET %s: %r after %.3f s", path, error, perf_counter() - start)
            raise found from (None if found is error else error)
        seconds = perf_counter() - start
        log.debug("GET %s: %d, %.3f s, %d bytes", path, response.status_code, seconds, len(body))
        return response, body

    async def _stream(self, url: str, headers: dict[str, str]) -> tuple[httpx.Response, bytes]:
        if self._requests.is_over:
            raise Offline(reason=Reason.BROKEN)
        async with self._client.stream("GET", url, headers=headers) as response:
            self._hear(response)
            if response.status_code != 200:
                return response, await _read_refusal(response)
            try:
                return response, await _read(response)
            except BadAnswer as error:
                error.status = response.status_code
                raise

    def _hear(self, response: httpx.Response) -> None:
        """Learn what any answer says about the Hub, at once: others may be about to ask."""
        headers = response.headers
        self.server_date = server_clock(headers.get("date", ""))
        if limit := RateLimit.parse(headers):
            self._admission.hear(limit)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            self._admission.pause(pause_seconds(headers))

    async def _reply(
        self, url: str, response: httpx.Response, body: bytes, may_be_unchanged: bool
    ) -> Reply:
        status, headers = response.status_code, response.headers
        if status != 200 and not (status == 304 and may_be_unchanged):
            error = await asyncio.to_thread(refusal, status, headers, body)
            error.path = path_of(url)
            raise error
        link = response.links.get("next", {}).get("url")
        return Reply(
            status=status,
            body=body,
            validator=_usable_validator(headers.get("etag")),
            url=url,
            next_page=self._own(url, link, status) if link else None,
        )

    def _own(self, url: str, reference: str, status: int) -> str:
        """The address that ``reference`` means on the page ``url``; BadAnswer if elsewhere."""
        try:
            target = urljoin(url, reference)
            if _origin(target) == _origin(self._endpoint):
                return target
        except ValueError:
            pass
        detail = "the Hub points to an address outside of itself"
        raise BadAnswer(detail, path=path_of(url), status=status)


def _headers(token: str | None, validator: str | None) -> dict[str, str]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if usable := _usable_validator(validator):
        headers["If-None-Match"] = usable
    return headers


def _usable_validator(text: str | None) -> str | None:
    return text if text and _VALIDATOR.fullmatch(text) else None


def _may_hold_token(endpoint: str) -> bool:
    """Whether nobody on the way to ``endpoint`` can read a token."""
    parts = urlsplit(endpoint)
    return parts.scheme == "https" or is_this_machine(parts.hostname or "")


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def path_of(url: str) -> str:
    """Path and query of ``url``: what errors and the log name."""
    parts = urlsplit(url)
    return clean_line(parts.path + (f"?{parts.query}" if parts.query else ""), MAX_DETAIL)


async def _read(response: httpx.Response) -> bytes:
    """The body of a good answer; raises BadAnswer when it is a web page or out of bounds."""
    if "html" in response.headers.get("content-type", "").lower():
        raise BadAnswer("a web page came instead of papers")
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > MAX_ANSWER:
        raise too_large(MAX_ANSWER)
    body = Body(response.headers.get("content-encoding", "").lower(), MAX_ANSWER)
    async for chunk in response.aiter_raw():
        body.add(chunk)
    return body.whole()


async def _read_refusal(response: httpx.Response) -> bytes:
    """What can be had of an error's body, which may be empty: only a clause is taken from it."""
    try:
        body = Body(response.headers.get("content-encoding", "").lower(), MAX_REFUSAL)
        async for chunk in response.aiter_raw():
            body.add(chunk)
        return body.whole()
    except (BadAnswer, httpx.TransportError):
        return b""


def _translated(error: Exception) -> HubError:
    """The error of our family that says the same as ``error``."""
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return TooSlow()
    if isinstance(error, httpx.ProxyError):
        return Offline(reason=Reason.PROXY)
    if isinstance(error, httpx.RemoteProtocolError) and not _was_closed(error):
        return BadAnswer("it is not HTTP")
    if isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError | OSError):
        return lost_connection(error)
    return BadAnswer(clean_line(f"it could not be asked for: {error}", MAX_DETAIL))


def _was_closed(error: httpx.RemoteProtocolError) -> bool:
    """Whether the other side hung up, which h11 and httpcore tell apart from nonsense by words."""
    words = str(error).lower()
    return any(sign in words for sign in ("disconnected", "closed", "incomplete"))
