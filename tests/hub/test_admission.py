"""Who may start, and when: pauses, urgent ones first, and some quota kept for them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Final

import pytest

from tui.hub import admission as admission_module
from tui.hub.admission import BACKGROUND_AT_ONCE, MAX_AT_ONCE, Admission
from tui.hub.errors import RateLimited
from tui.hub.ratelimit import RateLimit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SHORT: Final = 0.02  # seconds
LONG: Final = 1_000.0  # seconds
STEPS: Final = 20
"""Turns of the event loop in which everything that can start does."""


class Crowd:
    """Requests that stay in their turn until they are told to end."""

    def __init__(self, admission: Admission) -> None:
        self.admission = admission
        self.started: list[str] = []
        self._ends: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def ask(self, *names: str) -> None:
        """Let requests ask, which are urgent when their name says so, and start if they may."""
        for name in names:
            self._ends[name] = asyncio.Event()
            self._tasks[name] = asyncio.create_task(self._request(name))
        await settle()

    async def end(self, name: str) -> None:
        """Let a request end, once it has started."""
        self._ends[name].set()
        await self._tasks[name]
        await settle()

    async def cancel(self, name: str) -> None:
        """Cancel a request, wherever it is."""
        self._tasks[name].cancel()
        with suppress(asyncio.CancelledError):
            await self._tasks[name]
        await settle()

    async def _request(self, name: str) -> None:
        urgent = name.startswith("urgent")
        with self.admission.announced(urgent=urgent):
            async with self.admission.turn(urgent=urgent):
                self.started.append(name)
                assert self.admission.pause_left == 0.0
                await self._ends[name].wait()

    async def close(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)


@pytest.fixture
async def crowd() -> AsyncIterator[Crowd]:
    """Nobody asks yet, and everybody waits for any pause."""
    found = Crowd(Admission(inf))
    yield found
    await found.close()


async def settle() -> None:
    for _ in range(STEPS):
        await asyncio.sleep(0)


async def test_so_many_at_once_and_the_next_in_order(crowd: Crowd) -> None:
    names = [f"urgent {number}" for number in range(MAX_AT_ONCE + 2)]
    await crowd.ask(*names)
    assert crowd.started == names[:MAX_AT_ONCE]
    await crowd.end("urgent 1")
    assert crowd.started == names[: MAX_AT_ONCE + 1]
    await crowd.end("urgent 0")
    assert crowd.started == names


async def test_background_requests_are_fewer_and_leave_room(crowd: Crowd) -> None:
    names = [f"ahead {number}" for number in range(BACKGROUND_AT_ONCE + 1)]
    await crowd.ask(*names)
    assert crowd.started == names[:-1]
    await crowd.ask("urgent")
    assert crowd.started == [*names[:-1], "urgent"]


async def test_background_requests_wait_for_the_last_urgent_one(crowd: Crowd) -> None:
    await crowd.ask("urgent 1", "ahead", "urgent 2")
    await crowd.end("urgent 1")
    assert crowd.started == ["urgent 1", "urgent 2"]
    await crowd.end("urgent 2")
    assert crowd.started == ["urgent 1", "urgent 2", "ahead"]


async def test_between_its_tries_an_urgent_request_still_counts(crowd: Crowd) -> None:
    with crowd.admission.announced(urgent=True):
        await crowd.ask("ahead")
        assert crowd.started == []
    await settle()
    assert crowd.started == ["ahead"]


async def test_between_its_tries_a_request_takes_no_place(crowd: Crowd) -> None:
    await crowd.ask(*(f"urgent {number}" for number in range(MAX_AT_ONCE - 1)))
    with crowd.admission.announced(urgent=True):
        async with crowd.admission.turn(urgent=True):
            await crowd.ask("urgent too")
            assert "urgent too" not in crowd.started
        await settle()
        assert "urgent too" in crowd.started


async def test_nobody_starts_in_a_pause_and_urgent_ones_go_first_after_it(crowd: Crowd) -> None:
    crowd.admission.pause(SHORT)
    await crowd.ask("ahead", "urgent")
    await crowd.end("urgent")
    await crowd.end("ahead")
    assert crowd.started == ["urgent", "ahead"]


async def test_a_pause_that_comes_meanwhile_holds_those_who_wait(crowd: Crowd) -> None:
    names = [f"urgent {number}" for number in range(MAX_AT_ONCE + 1)]
    await crowd.ask(*names)
    crowd.admission.pause(LONG)
    await crowd.end("urgent 0")
    assert crowd.started == names[:-1]


async def test_a_shorter_pause_does_not_end_a_longer_one(crowd: Crowd) -> None:
    assert crowd.admission.pause_left == 0.0
    crowd.admission.pause(LONG)
    crowd.admission.pause(0.0)
    assert LONG / 2 < crowd.admission.pause_left <= LONG


async def test_a_pause_that_is_too_long_is_told_at_once() -> None:
    admission = Admission(patience=SHORT)
    admission.pause(LONG)
    with pytest.raises(RateLimited) as caught:
        async with admission.turn(urgent=True):
            pytest.fail("it started")
    assert LONG / 2 < caught.value.retry_after <= LONG
    with pytest.raises(RateLimited):
        await admission.pause_over()


async def test_a_pause_that_grows_too_long_is_told_to_those_who_wait() -> None:
    admission = Admission(patience=LONG)
    admission.pause(LONG / 2)
    waiting = asyncio.create_task(admission.pause_over())
    await settle()
    assert not waiting.done()
    admission.pause(2 * LONG)
    with pytest.raises(RateLimited):
        await waiting


async def test_a_quota_that_is_not_named_lifts_no_reserve(crowd: Crowd) -> None:
    crowd.admission.hear(RateLimit(90, 300, 500))
    crowd.admission.hear(RateLimit(89, 299, None))
    await crowd.ask("ahead")
    assert crowd.started == []


@pytest.mark.parametrize(
    ("limit", "started"),
    [
        (RateLimit(101, 300, 500), ["ahead"]),
        (RateLimit(100, 300, 500), []),
        (RateLimit(0, 0, 500), ["ahead"]),
        (RateLimit(0, 300, None), ["ahead"]),
    ],
    ids=["enough", "low", "a window that is over", "a quota that nobody knows"],
)
async def test_some_quota_is_kept(limit: RateLimit, started: list[str], crowd: Crowd) -> None:
    crowd.admission.hear(limit)
    await crowd.ask("ahead")
    assert crowd.started == started
    await crowd.ask("urgent")
    assert crowd.started == [*started, "urgent"]


async def test_good_news_about_the_quota_is_heard_at_once(crowd: Crowd) -> None:
    crowd.admission.hear(RateLimit(1, 300, 500))
    await crowd.ask("ahead")
    crowd.admission.hear(RateLimit(500, 300, 500))
    await settle()
    assert crowd.started == ["ahead"]


async def test_the_next_window_lets_the_background_go_on(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission_module, "LONGEST_WAIT", SHORT)
    crowd.admission.hear(RateLimit(0, 300, 500))
    await crowd.ask("ahead")
    assert crowd.started == []
    await crowd.end("ahead")
    assert crowd.started == ["ahead"]


async def test_a_cancelled_request_leaves_its_place(crowd: Crowd) -> None:
    names = [f"urgent {number}" for number in range(MAX_AT_ONCE + 1)]
    await crowd.ask(*names, "ahead")
    await crowd.cancel("urgent 0")
    assert crowd.started == names
    await crowd.ask("urgent waits in vain")
    await crowd.cancel("urgent waits in vain")
    for name in names[1:]:
        await crowd.cancel(name)
    assert crowd.started == [*names, "ahead"]


async def test_who_waits_does_nothing_meanwhile(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    await crowd.ask("urgent")
    looked: list[float] = []

    def clock() -> float:
        looked.append(monotonic())
        return looked[-1]

    monkeypatch.setattr(admission_module, "monotonic", clock)
    await crowd.ask("ahead")
    at_first = len(looked)
    await settle()
    assert len(looked) == at_first
