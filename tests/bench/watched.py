"""``daily-papers`` with an eye on its event loop: run as a program, with its arguments.

SIGUSR1 begins a watch, SIGUSR2 ends it and writes what was seen to a file in the current folder.
Imports nothing of the tests, so that any environment with the program in it can run this.
"""

from __future__ import annotations

import asyncio
import json
import signal
from asyncio import Handle
from pathlib import Path
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Final

from textual.screen import Screen

from tui.cli import main
from tui.screens.edition import EditionScreen

if TYPE_CHECKING:
    from tui.papers import Edition

BEAT_S: Final = 0.005
"""Between two beats of a heart that beats late when it is held up, by whichever thread."""
TOLD: Final = "watched.json"


class Watch:
    """Takes down each step of the event loop while it is on; all times are in seconds."""

    def __init__(self) -> None:
        self._slices: list[tuple[float, float, float, float]] = []
        """When a step began, how long it took, the processor's part, and that for painting."""
        self._stalls: list[float] = []
        self._improved = 0.0
        self._painted = 0.0
        self._beats_at: float | None = None

    def begin(self, *_: object) -> None:
        """Forget what was seen, and watch."""
        self._slices.clear()
        self._stalls.clear()
        if self._beats_at is None:
            self._beats_at = perf_counter()
            asyncio.get_running_loop().call_soon_threadsafe(self._beat)

    def end(self, *_: object) -> None:
        """Stop watching and tell."""
        self._beats_at = None
        seen = {"slices": self._slices, "stalls": self._stalls, "improved": self._improved}
        half = Path(f"{TOLD}.part")
        half.write_text(json.dumps(seen), encoding="utf-8")
        half.replace(TOLD)

    def _beat(self) -> None:
        if self._beats_at is not None:
            now = perf_counter()
            self._stalls.append(now - self._beats_at)
            self._beats_at = now + BEAT_S
            asyncio.get_running_loop().call_later(BEAT_S, self._beat)

    def install(self) -> None:
        """Look over the shoulder of asyncio, of Textual's painting, and of the screen."""
        run, paint = Handle._run, Screen._compositor_refresh
        improve = EditionScreen.improve_edition

        def timed_run(handle: Handle) -> None:
            if self._beats_at is None or handle._callback == self._beat:  # type: ignore[attr-defined]
                run(handle)
                return
            painted, start, used = self._painted, perf_counter(), thread_time()
            run(handle)
            used, took = thread_time() - used, perf_counter() - start
            self._slices.append((start, took, used, self._painted - painted))

        def timed_paint(screen: Screen[object]) -> None:
            used = thread_time()
            paint(screen)
            self._painted += thread_time() - used

        def noted_improve(screen: EditionScreen, edition: Edition) -> None:
            self._improved = perf_counter()
            improve(screen, edition)

        Handle._run = timed_run  # type: ignore[assignment,method-assign]
        Screen._compositor_refresh = timed_paint  # type: ignore[assignment,method-assign]
        EditionScreen.improve_edition = noted_improve  # type: ignore[assignment,method-assign]
        signal.signal(signal.SIGUSR1, self.begin)
        signal.signal(signal.SIGUSR2, self.end)


if __name__ == "__main__":
    Watch().install()
    raise SystemExit(main())
