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
        self.is_over = False
        """Whether no request may begin any more."""
        self._scopes: dict[asyncio.Task[Any], anyio.CancelScope] = {}

    async def run(self, request: Coroutine[Any, Any, T], *, deadline: float) -> T:
        """What ``request`` returns or raises; TimeoutError after ``deadline`` seconds.

        ConnectionAbortedError when ``end`` came first. Cancelling the caller ends the request,
        which puts its connection away by itself.
        """
        scope = anyio.CancelScope()
        task = asyncio.create_task(_within(scope, request))
        self._scopes[task] = scope
        task.add_done_callback(self._ended)
        try:
            async with asyncio.timeout(deadline):
                return await asyncio.shield(task)
        finally:
            scope.cancel()

    def _ended(self, task: asyncio.Task[Any]) -> None:
        del self._scopes[task]
        if not task.cancelled():
            task.exception()  # looked at, so never reported

    async def end(self) -> None:
        """Cancel all, and wait until each has put its connection away."""
        self.is_over = True
        while self._scopes:
            for scope in self._scopes.values():
                scope.cancel()
            await asyncio.wait(self._scopes)


async def _within(scope: anyio.CancelScope, request: Coroutine[Any, Any, T]) -> T:
    with scope:
        return await request
    raise ConnectionAbortedError("the connections are being closed")
