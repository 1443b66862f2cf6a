"""Questions under way: each is asked once, whoever asks meanwhile, and while somebody waits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")
Answer = TypeVar("Answer", covariant=True)


class Ask(Protocol[Answer]):
    """Makes the coroutine that asks; ``urgent`` when a user waits for it."""

    def __call__(self, *, urgent: bool) -> Coroutine[None, None, Answer]: ...


@dataclass
class _Run(Generic[T]):
    """One question under way, with the number of those who wait for its answer."""

    answer: asyncio.Future[T]
    task: asyncio.Task[T]
    urgent: bool
    waiting: int = 0


class InFlight(Generic[T]):
    """One question at a time under each key."""

    def __init__(self) -> None:
        self._runs: dict[str, _Run[T]] = {}

    async def ask(self, key: str, ask: Ask[T], *, urgent: bool) -> T:
        """The answer of the one run under this key; the run ends when nobody waits any more.

        What was begun without hurry is begun anew when it becomes urgent: it may be waiting for
        a moment at which it disturbs nobody.
        """
        run = self._runs.get(key)
        if run is None:
            run = self._runs[key] = self._begin(key, ask, urgent)
        elif urgent and not run.urgent:
            run.task.cancel()
            run.task, run.urgent = self._start(key, run.answer, ask, urgent), True
        run.waiting += 1
        try:
            return await asyncio.shield(run.answer)
        finally:
            run.waiting -= 1
            if not run.waiting and not run.answer.done():
                self._end(key, run)

    async def close(self) -> None:
        """Give up whatever is under way; those who wait are cancelled."""
        runs = list(self._runs.items())
        for key, run in runs:
            self._end(key, run)
        await asyncio.gather(*(run.task for _, run in runs), return_exceptions=True)

    def _begin(self, key: str, ask: Ask[T], urgent: bool) -> _Run[T]:
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        return _Run(answer, self._start(key, answer, ask, urgent), urgent)

    def _start(
        self, key: str, answer: asyncio.Future[T], ask: Ask[T], urgent: bool
    ) -> asyncio.Task[T]:
        task = asyncio.create_task(ask(urgent=urgent))
        task.add_done_callback(lambda done: self._answered(key, answer, done))
        return task

    def _answered(self, key: str, answer: asyncio.Future[T], task: asyncio.Task[T]) -> None:
        """Pass on what a task came to, unless another one has taken its place."""
        error = None if task.cancelled() else task.exception()  # looked at, so never reported
        run = self._runs.get(key)
        if run is None or run.task is not task:
            return
        del self._runs[key]
        if task.cancelled():
            answer.cancel()
        elif error:
            answer.set_exception(error)
            answer.exception()
        else:
            answer.set_result(task.result())

    def _end(self, key: str, run: _Run[T]) -> None:
        if self._runs.get(key) is run:
            del self._runs[key]
        run.task.cancel()
        run.answer.cancel()
