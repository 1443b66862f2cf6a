"""The Hub's API as a reader needs it (API.md §1, §3).

Importing this module loads httpx, and making a Hub loads TLS certificates: do both off the loop.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from tui.hub.body import too_large
from tui.hub.connection import MAX_ANSWER, Connection, path_of
from tui.hub.errors import BadAnswer, NotFound
from tui.hub.wire import read_list, read_object
from tui.papers import is_paper_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tui.hub.connection import Answerer, Reply
    from tui.hub.ratelimit import RateLimit
    from tui.hub.settings import HubSettings

PAGE_SIZE: Final = 100
"""Papers a page, the most that the Hub allows; it gives 50 when not asked."""
MAX_PAGES: Final = 20

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Answer:
    """JSON as the Hub gave it, and what to send along next time to hear only of changes."""

    body: bytes
    validator: str | None


class Hub:
    """Asks for days and papers; every method raises HubError and nothing else."""

    def __init__(self, settings: HubSettings, *, answer: Answerer | None = None) -> None:
        """Raises nothing; ``answer`` takes the network's place: (path, query) to an answer."""
        self._connection = Connection(settings, answer)

    @property
    def rate_limit(self) -> RateLimit | None:
        """What the Hub allowed when it last said so."""
        return self._connection.rate_limit

    @property
    def token_refused(self) -> bool:
        """Whether the token was not accepted, so that we go on without it."""
        return self._connection.token_refused

    async def day(self, day: date, validator: str | None = None) -> Answer | None:
        """All papers of ``day`` as one JSON list; None when ``validator`` still holds."""
        first = await self._connection.get(_list_path(f"date={day}&"), validator)
        if first.status == 304:
            return None
        if first.next_page is None:
            return await _checked(first, read_list)
        return await self._joined(first)

    async def newest(self) -> Answer:
        """The newest papers across days, newest first, at most PAGE_SIZE."""
        return await _checked(await self._connection.get(_list_path("")), read_list)

    async def paper(self, paper_id: str) -> Answer:
        """One paper in detail, as a flat JSON object."""
        path = f"/api/papers/{paper_id}"
        if not is_paper_id(paper_id):
            raise NotFound("it is not the id of a paper", path="/api/papers")
        return await _checked(await self._connection.get(path), read_object)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._connection.aclose()

    async def _joined(self, first: Reply) -> Answer:
        """The items of ``first`` and of all pages after it."""
        pages = [first]
        while (url := pages[-1].next_page) and url not in {page.url for page in pages}:
            if len(pages) == MAX_PAGES:
                raise _located(BadAnswer(f"there are more than {MAX_PAGES} pages"), first)
            pages.append(await self._connection.get(url))
            if sum(len(page.body) for page in pages) > MAX_ANSWER:
                raise _located(too_large(MAX_ANSWER), first)
        return Answer(await asyncio.to_thread(_join, pages), None)


def _list_path(period: str) -> str:
    return f"/api/daily_papers?{period}limit={PAGE_SIZE}"


async def _checked(reply: Reply, read: Callable[[bytes], object]) -> Answer:
    """The reply's own bytes, once ``read`` has accepted them."""
    await asyncio.to_thread(_read, reply, read)
    return Answer(reply.body, reply.validator)


def _join(pages: list[Reply]) -> bytes:
    items = [item for page in pages for item in _read(page, read_list)]
    return json.dumps(items, separators=(",", ":")).encode()


def _read(reply: Reply, read: Callable[[bytes], Result]) -> Result:
    try:
        return read(reply.body)
    except BadAnswer as error:
        raise _located(error, reply) from None


def _located(error: BadAnswer, reply: Reply) -> BadAnswer:
    error.path, error.status = path_of(reply.url), reply.status
    return error
