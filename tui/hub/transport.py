"""What carries requests to the Hub: the network as the environment has it, or a function."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import httpx

from tui import __version__
from tui.hub.body import ENCODINGS
from tui.hub.errors import MAX_DETAIL, HubError, Offline, Reason, Untrusted
from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Answerer = Callable[[str, Mapping[str, str]], tuple[int, dict[str, str], bytes]]

log = logging.getLogger(__name__)

IDLE_TIMEOUT: Final = 5.0  # seconds that a connection is kept for the next request


def open_client(
    endpoint: str, answer: Answerer | None, *, step_timeout: float
) -> httpx.AsyncClient:
    """A client for ``endpoint``, or one that ``answer`` gives all answers to.

    ``step_timeout`` is for connecting, and between two arrivals, in seconds. Proxies of the
    environment hold, but not for this machine; what is wrong with them each request raises.
    """
    transport = _Handler(answer) if answer else None
    host = urlsplit(endpoint).hostname or ""
    name = f"[{host}]" if ":" in host else host
    try:
        return httpx.AsyncClient(
            headers={"User-Agent": f"daily-papers/{__version__}", "Accept-Encoding": ENCODINGS},
            timeout=step_timeout,
            limits=httpx.Limits(keepalive_expiry=IDLE_TIMEOUT),
            mounts={f"all://{name}": transport} if is_this_machine(host) else None,
            transport=transport,
        )
    except OSError as error:  # SSL_CERT_FILE or SSL_CERT_DIR
        detail = clean_line(f"the TLS certificates cannot be read: {error}", MAX_DETAIL)
        return httpx.AsyncClient(transport=_Unusable(lambda: Untrusted(detail)))
    except (ImportError, ValueError, httpx.InvalidURL) as error:  # HTTPS_PROXY and its like
        log.warning("the proxy of the environment cannot be used: %s", error)
        return httpx.AsyncClient(transport=_Unusable(lambda: Offline(reason=Reason.PROXY)))


def is_this_machine(host: str) -> bool:
    """Whether ``host`` is a loopback address or the name of one."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Handler(httpx.AsyncBaseTransport):
    """Answers requests from within the program."""

    def __init__(self, answer: Answerer) -> None:
        self._answer = answer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        query = dict(request.url.params)
        status, headers, body = await asyncio.to_thread(self._answer, request.url.path, query)
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))


class _Unusable(httpx.AsyncBaseTransport):
    """Fails every request, as the environment's settings for proxies or certificates do."""

    def __init__(self, failure: Callable[[], HubError]) -> None:
        self._failure = failure

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise self._failure()
