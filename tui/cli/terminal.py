"""What Textual takes for granted of a terminal, and ours may not give."""

from __future__ import annotations

import os
import signal
import sys
from codecs import getincrementaldecoder
from functools import partial
from typing import TYPE_CHECKING, Any

from tui.cli.streams import is_terminal, silence

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO


def prepare_terminal() -> None:
    """Let the screen be drawn, and typed to, whatever comes; once Textual has its driver."""
    _forgive_typing()
    if sys.__stderr__ is not None:
        vars(sys)["__stderr__"] = _Lasting(sys.__stderr__)
    if not is_terminal(sys.stdout):
        # Textual draws on standard error, and asks the original standard output for the size.
        vars(sys)["__stdout__"] = sys.__stderr__


def _forgive_typing() -> None:
    """Let a stand-in be what comes from the terminal and is not UTF-8, such as pasted Latin-1.

    Textual reads strictly, in a thread of its driver whose failure ends the program.
    """
    driver = sys.modules.get("textual.drivers.linux_driver")
    if driver:
        vars(driver)["getincrementaldecoder"] = lambda name: partial(
            getincrementaldecoder(name), "replace"
        )


class _Lasting:
    """A stream to the terminal that outlasts it: what is drawn once that is gone goes nowhere.

    Textual writes in a thread that an error would end, and waits for it for ever. The program is
    told to end, as by a terminal that goes in order.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        self._outlast(lambda: self._stream.write(text))

    def flush(self) -> None:
        self._outlast(self._stream.flush)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _outlast(self, draw: Callable[[], object]) -> None:
        try:
            draw()
        except OSError:
            silence(self._stream)
            os.kill(os.getpid(), signal.SIGHUP)
