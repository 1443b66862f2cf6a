"""The application: services come in through the constructor, looks from the sheets in styles/."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App

from tui.library import LibraryError
from tui.screens.daily import DailyScreen
from tui.screens.sheets import sheets

if TYPE_CHECKING:
    from tui.periods import Period
    from tui.services import Services

SIGNALS = ("SIGTERM", "SIGHUP")
"""Asks to end, where the system has them; the terminal is put in order first."""

THREADS_YIELD_S = 0.001
"""How soon a thread that reads an answer lets the screen go on; Python's own 5 ms are felt."""


PARTING_S = 1.0
"""How long the end waits for the shared folder."""


class DailyPapers(App[None]):
    """Daily Papers in the terminal."""

    TITLE = "Daily Papers"
    CSS_PATH = sheets("layout", "lines", "list", "reader")
    HORIZONTAL_BREAKPOINTS = [(0, "-small"), (70, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (10, "-low"), (20, "-high")]
    ENABLE_COMMAND_PALETTE = False  # ours opens from the panes, and only over them

    def __init__(self, services: Services, period: Period | None = None) -> None:
        super().__init__()
        self._services = services
        self._period = period
        self._signals: dict[signal.Signals, Any] = {}
        """What was done about the signals before."""

    def get_default_screen(self) -> DailyScreen:
        return DailyScreen(self._services, self._period)

    def on_mount(self) -> None:
        sys.setswitchinterval(THREADS_YIELD_S)
        asyncio.get_running_loop().set_default_executor(_Threads())
        self._heed_signals()
        # Textual paints anew after an editor, but not when a shell brings the program back.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))

    def _heed_signals(self) -> None:
        """End in order when asked to.

        The loop's own handlers lose a signal that comes while many keys wait to be read.
        """
        loop = asyncio.get_running_loop()

        def end(number: int, _: object) -> None:
            loop.call_soon_threadsafe(partial(self.exit, return_code=128 + number))

        for name in SIGNALS:
            if number := getattr(signal, name, None):
                with suppress(ValueError):  # not the main thread
                    self._signals[number] = signal.signal(number, end)

    def on_ready(self) -> None:
        if not gc.isenabled():
            self.call_after_refresh(_collect_garbage)

    async def on_unmount(self) -> None:
        await self._services.feed.close()
        await self._share_the_last()
        self._services.feed.library.close()
        for number, handler in self._signals.items():
            signal.signal(number, handler)

    async def _share_the_last(self) -> None:
        """Share what was changed since the last look at the folder, if that can be done soon."""
        share = self._services.share
        if share is None or not self._services.feed.library.writable:
            return
        from tui.sync import SyncError

        with suppress(SyncError, LibraryError, TimeoutError):
            if share.is_behind:
                async with asyncio.timeout(PARTING_S):
                    await asyncio.to_thread(share.look)


class _Threads(ThreadPoolExecutor):
    """Threads that the end does not wait for: one may look up a name for as long as it likes."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        super().shutdown(wait=False, cancel_futures=True)


def _collect_garbage() -> None:
    """Collect from now on, but never look again at what the start has made."""
    gc.freeze()
    gc.enable()
