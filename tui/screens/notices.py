"""Dialogs that say one thing: a text to select by hand, and a library that is damaged."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.days import long_day
from tui.explain import RESTORE
from tui.library import copies
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType


class SelectText(Dialog[None]):
    """Shows a text to be selected with the terminal's own means."""

    BINDINGS: ClassVar[list[BindingType]] = [("q,enter", "close", "Close")]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        title = "Nothing here can copy: select the text; q, Enter or Esc closes"
        yield Static(Content(title), classes="box-title")
        with VerticalScroll():
            yield Static(Content(self._text))


class DamagedLibrary(Dialog[bool]):
    """Says where the damaged library is and gives True when the user wants a fresh one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("f", "afresh", "Start afresh"),
        ("q,enter", "close", "Go on without marks"),
    ]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Content("Your library is damaged"), classes="box-title")
            yield Static(
                Content(
                    f"{self._path} cannot be read. It has not been touched, and no mark can be "
                    "made while it is in the way."
                )
            )
            if way_back := _way_back(self._path):
                yield Static(Content(way_back))
            yield Static(
                Content(
                    "f  start on a fresh one with what can be read; this one is kept beside\n"
                    "q  go on without marks (Enter and Esc do the same)"
                ),
                classes="box-hint",
            )

    def action_afresh(self) -> None:
        self.close(True)


def _way_back(library: Path) -> str:
    """What brings back a copy, and the day of the latest by UTC; "" where there is none."""
    found = copies(library)
    if not found:
        return ""
    made = datetime.fromtimestamp(found[0].stat().st_mtime, UTC)
    return (
        f"It has copies, the latest of {long_day(made.date())}: {RESTORE} brings one back, "
        "whichever you choose here."
    )
