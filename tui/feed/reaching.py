"""The connection to the Hub: opened when it is first needed, and what it tells of itself."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

from tui.feed.inflight import InFlight
from tui.feed.observing import Observing
from tui.hub.errors import HubError, Offline, Reason, Untrusted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tui.feed.shelf import Clock, Stores
    from tui.hub.client import Hub
    from tui.hub.settings import HubSettings

T = TypeVar("T")
TOLERANCE: Final = timedelta(minutes=2)
"""A clock that is off by less names the same day, but for a moment."""


class Reaching(Observing):
    """Reaches the Hub, and knows whether it is in reach and what its clock says."""

    def __init__(
        self,
        stores: Stores,
        settings: HubSettings,
        connect: Callable[[HubSettings], Hub],
        clock: Clock,
    ) -> None:
        """``connect`` makes the Hub client; it is called in a thread when it is first needed."""
        super().__init__(stores, clock)
        self.settings = settings
        self.is_offline = settings.offline
        """Whether the Hub could not be reached when it was last asked."""
        self._connect = connect
        self._hub: Hub | None = None
        self._in_flight: InFlight[Any] = InFlight()

    @property
    def token_refused(self) -> bool:
        """Whether the Hub refused the user's token, so that this run goes on without it."""
        return self._hub is not None and self._hub.token_refused

    @property
    def pause_left(self) -> float:
        """Seconds that the Hub has asked us to wait; 0 for none."""
        return self._hub.pause_left if self._hub else 0.0

    async def _from_hub(self, ask: Callable[[Hub], Awaitable[T]]) -> T:
        """The Hub's answer, and whether it could be reached. Raises HubError."""
        hub = await self._client()
        before = hub.server_date
        try:
            answer = await ask(hub)
        except HubError as error:
            self.is_offline = isinstance(error, Offline | Untrusted)
            raise
        finally:
            if hub.server_date is not before:  # or it is that of an answer long ago
                self._set_clock(hub)
        self.is_offline = False
        return answer

    def _set_clock(self, hub: Hub) -> None:
        """Learn how far this machine's clock is off; its own days are the Hub's to name."""
        if hub.server_date is not None:
            skew = hub.server_date - self.now()
            self.skew = skew if abs(skew) > TOLERANCE else timedelta(0)

    async def _client(self) -> Hub:
        if self._hub is not None:
            return self._hub
        if self.settings.offline:
            raise Offline(reason=Reason.TOLD_NOT_TO_ASK)
        hub: Hub = await self._in_flight.ask("connect", self._open_client, urgent=False)
        return hub

    async def _open_client(self, *, urgent: bool) -> Hub:
        """Have a client before anybody hears of it: who comes meanwhile must not open another."""
        self._hub = await asyncio.to_thread(self._connect, self.settings)
        return self._hub
