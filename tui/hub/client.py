"""The Hub's API as a reader needs it (API.md §1, §3).

Importing this module loads httpx, and making a Hub loads TLS certificates: do both off the loop.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.hub.admission import Admission
from tui.hub.connection import Connection, path_of
from tui.hub.errors import HubError, NotFound
from tui.hub.pages import PAGE_SIZE, Pages, joined
from tui.hub.retry import Tries
from tui.hub.wire import read_list, read_object
from tui.papers import is_paper_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tui.hub.connection import Reply
    from tui.hub.settings import HubSettings
    from tui.hub.transport import Answerer
    from tui.periods import Period

PATIENCE: Final = 300.0  # seconds, the length of the Hub's window (API.md §5)


@dataclass(frozen=True, slots=True)
class Answer:
    """JSON as the Hub gave it, and what to send along next time to hear only of changes."""

    pages: tuple[bytes, ...]
    """Lists of at most PAGE_SIZE papers each, to be read one by one where there are many."""
    validator: str | None

    @property
    def body(self) -> bytes:
        """All of it as one JSON value; joined anew at each call where there are many pages."""
        return joined(self.pages)


class Hub:
    """Asks for lists and papers; all that goes wrong is a HubError.

    What may pass is tried again. When the Hub asks for a pause, all requests wait for its end.
    Requests that are not ``urgent`` let the urgent ones go first, and leave them some quota.
    Cancelling the caller ends its request at once.
    """

    def __init__(
        self, settings: HubSettings, *, answer: Answerer | None = None, patience: float = PATIENCE
    ) -> None:
        """Raises nothing; ``answer`` takes the network's place: (path, query) to an answer.

        ``patience`` is the longest pause that requests sit out, in seconds: while more than
        that is left they raise RateLimited without asking.
        """
        self._patience = patience
        self._admission = Admission(patience)
        self._connection = Connection(settings, self._admission, answer)

    @property
    def pause_left(self) -> float:
        """Seconds until the Hub may be asked again, 0.0 when it did not ask for a pause."""
        return self._admission.pause_left

    @property
    def server_date(self) -> datetime | None:
        """The Hub's own clock at its last answer (aware, UTC), None when that did not say."""
        return self._connection.server_date

    @property
    def token_refused(self) -> bool:
        """Whether the token was not accepted, so that we go on without it."""
        return self._connection.token_refused

    async def papers(
        self, period: Period, validator: str | None = None, *, urgent: bool = True
    ) -> Answer | None:
        """All papers of ``period`` in JSON lists; None when ``validator`` still holds.

        A paper may come twice where there are many. Of what is trending it is the first
        PAGE_SIZE, best first. Raises HubError, and ValueError for a period that the Hub has no
        query for.
        """
        if period.query is None:
            raise ValueError(f"the Hub has no list for {period.title}")
        with self._admission.announced(urgent=urgent):
            first = await self._get(_list_path(f"{period.query}&"), validator, urgent=urgent)
            if first.status == 304:
                return None
            if period.is_dated:
                return await self._whole(first, urgent=urgent)
            return await _checked(first, read_list)

    async def newest(self, *, urgent: bool = True) -> Answer:
        """The newest papers across days, newest first, at most PAGE_SIZE. Raises HubError."""
        with self._admission.announced(urgent=urgent):
            return await _checked(await self._get(_list_path(""), urgent=urgent), read_list)

    async def paper(self, paper_id: str, *, urgent: bool = True) -> Answer:
        """One paper in detail, as a flat JSON object. Raises HubError."""
        if not is_paper_id(paper_id):
            raise NotFound("it is not the id of a paper", path="/api/papers")
        path = f"/api/papers/{paper_id}"
        with self._admission.announced(urgent=urgent):
            return await _checked(await self._get(path, urgent=urgent), read_object)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._connection.aclose()

    async def _whole(self, first: Reply, *, urgent: bool) -> Answer:
        """The items of ``first`` and of all pages after it."""
        pages = await asyncio.to_thread(Pages, first)
        while url := pages.next_page:
            await asyncio.to_thread(pages.add, await self._get(url, urgent=urgent))
        return Answer(pages.bodies, pages.validator)

    async def _get(self, target: str, validator: str | None = None, *, urgent: bool) -> Reply:
        """The answer for ``target``, after as many tries as make sense."""
        tries = Tries(self._patience, urgent=urgent)
        while True:
            try:
                async with self._admission.turn(urgent=urgent):
                    tries.begin()
                    return await self._connection.get(target, validator)
            except HubError as error:
                error.path = error.path or path_of(target)
                delay = tries.delay_after(error)
                if delay is None:
                    raise
            await asyncio.sleep(delay)


def _list_path(period: str) -> str:
    return f"/api/daily_papers?{period}limit={PAGE_SIZE}"


async def _checked(reply: Reply, read: Callable[[bytes], object]) -> Answer:
    """The reply's own bytes, once ``read`` has accepted them."""
    await asyncio.to_thread(reply.read, read)
    return Answer((reply.body,), reply.validator)
