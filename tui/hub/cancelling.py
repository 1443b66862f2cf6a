"""Requests that may be cancelled at any instant and leave no connection open.

httpx puts connections away within scopes of anyio, which hold only against anyio's own way of
cancelling. That of asyncio breaks into them, and what is not closed by then is lost.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

import anyio

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")


class Requests:
    """The requests under way, those included that nobody waits for any more."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    async def run(self, request: Coroutine[Any, Any, T], *, deadline: float) -> T:
        """What ``request`` returns or raises; TimeoutError after ``deadline`` seconds.

        Cancelling the caller ends the request, which puts its connection away by itself.
        """
        scope = anyio.CancelScope()
        task = asyncio.create_task(_within(scope, request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            async with asyncio.timeout(deadline):
                return await asyncio.shield(task)
        finally:
            scope.cancel()

    async def finish(self) -> None:
        """Wait until all that was cancelled has put its connection away."""
        if self._tasks:
            await asyncio.wait(self._tasks)


async def _within(scope: anyio.CancelScope, request: Coroutine[Any, Any, T]) -> T:
    with scope:
        return await request
    raise asyncio.CancelledError
