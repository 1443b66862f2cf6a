"""Whether a request that failed is tried again, and when."""

from __future__ import annotations

from http import HTTPStatus
from random import uniform
from time import monotonic
from typing import Final

from tui.hub.errors import HubError, Offline, RateLimited, Reason, Unwell

FIRST_DELAY: float = 0.4
"""Seconds, at most, until the second try; until each one after it at most twice as long."""
MAX_TRIES: Final = 3
MAX_PAUSES: Final = 2
"""Pauses that one request sits out, on top of its tries."""
LATEST: Final = 15.0
"""Seconds after which no try begins any more, counted from the first or from the last pause."""


class Tries:
    """The tries of one request."""

    def __init__(self, patience: float, *, urgent: bool = True) -> None:
        """``patience`` is the longest pause to sit out, in seconds.

        What is not ``urgent`` is asked for again later anyway: a Hub that is unwell is left alone
        then, and only a lost connection is made anew.
        """
        self._patience = patience
        self._urgent = urgent
        self._failures = self._pauses = 0
        self._began: float | None = None

    def begin(self) -> None:
        """Note that a try begins."""
        self._began = monotonic() if self._began is None else self._began

    def delay_after(self, error: HubError) -> float | None:
        """Seconds to wait before the next try, None where there is none.

        Full jitter keeps many clients from coming back together. After a pause there is no more
        to wait for.
        """
        if isinstance(error, RateLimited):
            self._pauses += 1
            self._began = None
            worth_it = self._pauses <= MAX_PAUSES and error.retry_after <= self._patience
            return 0.0 if worth_it else None
        self._failures += 1
        delay = uniform(0.0, FIRST_DELAY * 2 ** (self._failures - 1))
        worth_it = self._failures < MAX_TRIES and self._may_pass(error)
        return delay if worth_it and not self._too_late(delay) else None

    def _may_pass(self, error: HubError) -> bool:
        return may_pass(error) and (self._urgent or isinstance(error, Offline))

    def _too_late(self, delay: float) -> bool:
        return self._began is not None and monotonic() - self._began + delay > LATEST


def may_pass(error: HubError) -> bool:
    """Whether the same request may well succeed a moment later (API.md §4)."""
    if isinstance(error, Offline):
        return error.reason is not Reason.TOLD_NOT_TO_ASK
    return isinstance(error, Unwell) or error.status == HTTPStatus.REQUEST_TIMEOUT
