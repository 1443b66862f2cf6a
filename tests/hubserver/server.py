"""The server: a thread with a loop of its own, so that any test and any process can use it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import ChainMap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self, cast

from tests.hubserver.api import HubApi
from tests.hubserver.delivery import deliver
from tests.hubserver.faults import FRAMING, MOVED, Fault, spoil_content, spoil_framing
from tests.hubserver.listener import LOOPBACK, Listener
from tests.hubserver.quota import WINDOW
from tests.hubserver.wire import Answer, Request, finish

if TYPE_CHECKING:
    import ssl
    from asyncio import StreamWriter
    from collections.abc import Callable, Coroutine, Mapping, MutableMapping
    from datetime import date, datetime

    from tests.generate import Item

PATIENCE: Final = 10.0
"""Seconds that wait_until waits."""


@dataclass
class _Armed:
    """A fault that waits for its requests; ``left`` of None is for ever."""

    fault: Fault
    left: int | None
    when: Callable[[Request], bool]


class HubServer:
    """A Hub over ``days`` (feed order) on 127.0.0.1, for use in a ``with`` statement.

    ``days``, ``today``, ``delay`` (seconds before each answer), ``date`` (aware UTC, for the Date
    header; none by default) and ``pause`` (seconds that STATUS_429 asks for) may be assigned while
    it runs.
    ``token`` is the one bearer token it knows, ``quota`` overrides requests per window by bucket,
    ``validates=False`` ignores If-None-Match, ``tls`` serves https.
    """

    def __init__(
        self,
        days: Mapping[date, list[Item]],
        *,
        today: date,
        token: str | None = None,
        quota: Mapping[str, int] | None = None,
        clock: Callable[[], float] = time.monotonic,
        relative_links: bool = False,
        validates: bool = True,
        tls: ssl.SSLContext | None = None,
        port: int = 0,
        delay: float = 0.0,
    ) -> None:
        # A ChainMap writes to its first mapping alone: the given one stays as it is.
        given = cast("MutableMapping[date, list[Item]]", days)
        self.days: MutableMapping[date, list[Item]] = ChainMap({}, given)
        self.delay = delay
        self.date: datetime | None = None
        self.pause = WINDOW
        self.requests: list[Request] = []
        """In the order of arrival."""
        self._api = HubApi(
            self.days, today, token=token, limits=quota or {}, clock=clock,
            relative_links=relative_links,
        )  # fmt: skip
        self._validates = validates
        self._scheme = "http" if tls is None else "https"
        self._listener = Listener(port, self._respond, tls)
        self._armed: list[_Armed] = []
        self._changed = threading.Condition()
        self._gate = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hub", daemon=True)

    @property
    def url(self) -> str:
        """The origin, for HF_ENDPOINT."""
        return f"{self._scheme}://{LOOPBACK}:{self._listener.port}"

    @property
    def today(self) -> date:
        """The newest open day; dates after it answer 400."""
        return self._api.today

    @today.setter
    def today(self, day: date) -> None:
        self._api.today = day

    def requests_to(self, path: str) -> list[Request]:
        """The requests for ``path``, whatever their query."""
        return [request for request in self.requests if request.path == path]

    def fault(
        self,
        fault: Fault,
        times: int | None = None,
        when: Callable[[Request], bool] = lambda request: True,
    ) -> None:
        """Arm a fault for the next ``times`` requests that ``when`` picks, or until healed.

        The first armed fault that fits is taken. REFUSE ends every connection at once and knows
        neither ``times`` nor ``when``.
        """
        if fault is Fault.REFUSE:
            self._run(self._listener.refuse())
        else:
            self._armed.append(_Armed(fault, times, when))

    def heal(self) -> None:
        """Disarm every fault, answer what hangs, and listen again."""
        self._armed.clear()
        self.release()
        self._run(self._listener.open())

    def release(self) -> None:
        """Give the requests that hang the right answer; later ones hang again."""
        self._run(self._open_gate())

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until ``condition`` holds, asked at each request and each answer.

        Raises TimeoutError after PATIENCE seconds. Blocks: a coroutine calls it in a thread.
        """
        with self._changed:
            if not self._changed.wait_for(condition, PATIENCE):
                raise TimeoutError(f"the hub saw {[request.target for request in self.requests]}")

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._listener.open())
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._listener.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        if self._listener.mistakes:
            raise self._listener.mistakes[0]

    def _run(self, step: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(step, self._loop).result()

    async def _open_gate(self) -> None:
        self._gate.set()
        self._gate = asyncio.Event()

    async def _respond(self, request: Request, writer: StreamWriter) -> bool:
        """Answer one request; True if the connection can take another."""
        with self._changed:
            self.requests.append(request)
            self._changed.notify_all()
        fault = self._fault_for(request)
        if fault is Fault.HANG:
            await self._gate.wait()
        if self.delay:
            await asyncio.sleep(self.delay)
        answer = self._answer(request, fault)
        with self._changed:
            request.status = answer.status
            self._changed.notify_all()
        more = await deliver(answer, fault, writer)
        return more and request.headers.get("connection", "").lower() != "close"

    def _answer(self, request: Request, fault: Fault | None) -> Answer:
        asked = replace(request, target=request.target.removeprefix(MOVED))
        answer = self._api.answer(asked)
        if fault is not None:
            answer = spoil_content(fault, answer, request, pause=self.pause)
        answer = finish(
            answer,
            request,
            date=self.date,
            validates=self._validates,
            packs=fault not in FRAMING,
        )
        return answer if fault is None else spoil_framing(fault, answer)

    def _fault_for(self, request: Request) -> Fault | None:
        for armed in self._armed:
            if armed.left != 0 and armed.when(request):
                armed.left = None if armed.left is None else armed.left - 1
                return armed.fault
        return None
