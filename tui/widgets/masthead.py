"""The header: which day, how much of it, how old, and what is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.days import long_day
from tui.page import counted
from tui.widgets.line import Piece, PieceLine

if TYPE_CHECKING:
    from datetime import date, timedelta


class Status(NamedTuple):
    """What the header says; None and empty texts are left out."""

    day: date | None = None
    papers: int = 0
    unread: int = 0
    unreadable: int = 0
    age: timedelta | None = None
    busy: str = ""
    trouble: str = ""
    note: str = ""
    lacking: str = ""
    """What does not work in this run, in a word or two."""


def age_text(age: timedelta) -> str:
    """``just now``, ``5 min ago``, ``3 h ago``, ``12 days ago``; never in the future."""
    minutes = max(0, int(age.total_seconds())) // 60
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60} h ago"
    return f"{minutes // (24 * 60)} days ago"


class Masthead(PieceLine):
    """Shows a Status."""

    SEPARATOR = " · "

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._status = Status()

    def show(self, status: Status) -> None:
        """Show another status; nothing is painted when it is the same."""
        if status != self._status:
            self._status = status
            self.refresh()

    def pieces(self, cells: int) -> list[Piece]:
        status = self._status
        day = long_day(status.day) if status.day else "Daily Papers"
        known = status.day is not None and status.age is not None
        return [
            Piece(day, "bold", 0),
            Piece(status.note, "bold $text-warning", 5),
            Piece(status.lacking, "bold $text-warning", 2),
            Piece(counted(status.papers, "paper") if known else "", "", 4),
            Piece(f"{status.unread} unread" if known else "", "", 1),
            Piece(self._unreadable(), "$text-warning", 6),
            Piece(self._freshness(), "$text-warning" if status.trouble else "$text-muted", 3),
            Piece(status.busy, "italic $text-accent", 2),
        ]

    def _unreadable(self) -> str:
        number = self._status.unreadable
        return f"{counted(number, 'paper')} could not be read" if number else ""

    def _freshness(self) -> str:
        age = age_text(self._status.age) if self._status.age is not None else ""
        if self._status.trouble and age:
            return f"{self._status.trouble}, data from {age}"
        return self._status.trouble or age
