"""The shelf, and the Hub to fill it from: one question at a time, its answer kept on disk."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from tui.days import FIRST_DAY, ONE_DAY
from tui.feed.shelf import NEWEST_KEY, Shelf, day_key, ids_key, paper_key, stored_day
from tui.freshness import NEWEST_LIFETIME
from tui.hub.errors import BadAnswer, BadRequest, NotFound, Offline, Reason
from tui.hub.wire import parse_items, parse_paper
from tui.papers import Edition, Paper

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from tui.cache import Cache
    from tui.hub.client import Hub
    from tui.hub.settings import HubSettings
    from tui.library import Library

T = TypeVar("T")
RESERVE: Final = 0.2
"""Share of the Hub's quota that work ahead of time leaves untouched."""


class Source(Shelf):
    """Asks the Hub for what disk does not know or is out of date, never twice at once."""

    def __init__(
        self,
        cache: Cache,
        library: Library,
        settings: HubSettings,
        connect: Callable[[HubSettings], Hub],
        *,
        today: Callable[[], date],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        first_day: date = FIRST_DAY,
    ) -> None:
        """``connect`` makes the Hub client; it is called in a thread when it is first needed."""
        super().__init__(cache, library, today=today, now=now, first_day=first_day)
        self.settings = settings
        self._connect = connect
        self._hub: Hub | None = None
        self._running: dict[str, asyncio.Task[object]] = {}
        self.on_learned: Callable[[], None] = lambda: None
        """Called whenever it became known which papers a day has, whoever asked."""

    async def refresh(self, day: date, *, force: bool = False) -> Edition:
        """The edition as the Hub has it now, or as it is on disk when that is fresh.

        Raises HubError; what was known stays known then.
        """
        known = await self._recall(day)
        if known and not force and self.is_fresh(known):
            return known
        return await self._once(day_key(day), lambda: self._fetch_day(day))

    async def find_newest(self) -> date:
        """The latest day that has papers, asked of the Hub unless that was done lately.

        Today's own list is asked for beside the undated one, which may lag behind it.
        Raises HubError, and NotFound when the Hub has no papers at all.
        """
        entry = self._cache.get(NEWEST_KEY)
        known = stored_day(entry) if entry else None
        fresh = entry and timedelta(0) <= self.now() - entry.fetched < NEWEST_LIFETIME
        if known and fresh:
            return known
        return await self._once(NEWEST_KEY, self._ask_newest)

    async def paper(self, paper_id: str) -> Paper:
        """One paper by id: from disk while fresh, else from the Hub. Raises HubError."""
        known = self.peek_paper(paper_id)
        if known and known[1]:
            return known[0]
        if known and known[0].day:
            edition = await self.refresh(known[0].day)
            found = next((paper for paper in edition.papers if paper.id == paper_id), None)
            if found:
                return found
        return await self._once(paper_key(paper_id), lambda: self._fetch_paper(paper_id))

    async def close(self) -> None:
        """Cancel what runs and close the connections."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._hub is not None:
            await self._hub.aclose()
        self._cache.close()

    def not_open_yet(self, day: date, error: BaseException) -> bool:
        """Whether the Hub refused a day only because its list has not begun."""
        if not isinstance(error, BadRequest):
            return False
        newest = self.peek_newest()
        return day >= self.today() - ONE_DAY or (newest is not None and day > newest)

    @property
    def token_refused(self) -> bool:
        """Whether the Hub refused the user's token, so that this run goes on without it."""
        return self._hub is not None and self._hub.token_refused

    async def _recall(self, day: date) -> Edition | None:
        """What ``peek`` gives, read in a thread: nobody waits for it at this moment."""
        if day not in self._editions:
            read = await asyncio.to_thread(self.read, day)
            if read and day not in self._editions:  # the Hub may have answered meanwhile
                self._remember(read)
        return self._editions.get(day)

    async def _ask_newest(self) -> date:
        today = self.today()
        listed, current = await asyncio.gather(
            self._fetch_listed(), self.refresh(today), return_exceptions=True
        )
        if isinstance(current, Edition) and current.papers:
            newest = today
        elif isinstance(listed, BaseException):
            raise listed
        elif isinstance(current, BaseException) and not self.not_open_yet(today, current):
            raise current
        else:
            newest = listed
        await self._store(NEWEST_KEY, newest.isoformat().encode())
        return newest

    async def _fetch_listed(self) -> date:
        """The latest list day among the papers of the undated list, which is newest first.

        A day that cannot have begun is a fault in one paper, and would be a bound to walk to.
        """
        hub = await self._client()
        answer = await hub.newest()
        papers, _ = await asyncio.to_thread(_some_papers, answer.body)
        latest = self.today() + ONE_DAY
        days = [paper.day for paper in papers if paper.day and paper.day <= latest]
        if not days:
            raise NotFound("no papers are listed", path="/api/daily_papers")
        return max(days)

    async def _fetch_day(self, day: date) -> Edition:
        hub = await self._client()
        key = day_key(day)
        entry = await asyncio.to_thread(self._cache.get, key)
        known = await self._recall(day)
        answer = await hub.day(day, entry.validator if entry and known else None)
        fetched = self.now()
        if answer is None and known is not None:
            await asyncio.to_thread(self._cache.touch, key, fetched)
            edition = replace(known, fetched=fetched)
        elif answer is None:
            raise BadAnswer("not modified, but nothing was known", path=key)
        else:
            papers, unreadable = await asyncio.to_thread(_some_papers, answer.body)
            edition = Edition(day, papers, fetched, unreadable)
            await self._store(key, answer.body, answer.validator)
        await self._store_ids(edition)
        self._remember(edition)
        return edition

    async def _fetch_paper(self, paper_id: str) -> Paper:
        hub = await self._client()
        answer = await hub.paper(paper_id)
        paper = await asyncio.to_thread(parse_paper, answer.body)
        await self._store(paper_key(paper_id), answer.body, answer.validator)
        return paper

    async def _store(self, key: str, body: bytes, validator: str | None = None) -> None:
        await asyncio.to_thread(
            self._cache.put, key, body, fetched=self.now(), validator=validator
        )

    async def _store_ids(self, edition: Edition) -> None:
        ids = tuple(paper.id for paper in edition.papers)
        if self._ids.get(edition.day) != ids:
            self._ids[edition.day] = ids
            await self._store(ids_key(edition.day), " ".join(ids).encode())
            self.on_learned()

    async def _client(self) -> Hub:
        if self._hub is None:
            if self.settings.offline:
                raise Offline(reason=Reason.TOLD_NOT_TO_ASK)
            self._hub = await self._once("connect", self._open_client)
        return self._hub

    async def _open_client(self) -> Hub:
        return await asyncio.to_thread(self._connect, self.settings)

    def has_quota(self) -> bool:
        """Whether the Hub would take more than what the user asks for."""
        rate = self._hub.rate_limit if self._hub else None
        return rate is None or rate.quota is None or rate.remaining > RESERVE * rate.quota

    async def _once(self, key: str, make: Callable[[], Coroutine[None, None, T]]) -> T:
        """The result of the one run of ``make`` under this key, whoever asks meanwhile.

        A cancelled asker leaves the run alone: others may wait for it, and its answer is kept.
        """
        task = self._running.get(key)
        if task is None:
            task = asyncio.create_task(make())
            self._running[key] = task
            task.add_done_callback(lambda done: self._ended(key, done))
        result: Awaitable[T] = asyncio.shield(task)  # type: ignore[arg-type]
        return await result

    def _ended(self, key: str, task: asyncio.Task[object]) -> None:
        self._running.pop(key, None)
        if not task.cancelled():
            task.exception()


def _some_papers(body: bytes) -> tuple[tuple[Paper, ...], int]:
    """The papers of a list answer and how many could not be read, which may not be all of them.

    Raises BadAnswer.
    """
    papers, unreadable = parse_items(body)
    if unreadable and not papers:
        raise BadAnswer("not one of its papers makes sense", path="/api/daily_papers")
    return papers, unreadable
