"""The header: which list, how much of it, how old, and what is going on."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, NamedTuple

from tui.page import counted
from tui.text.width import cell_width
from tui.widgets.line import Piece, PieceLine, fitting

NOW: Final = "just now"
UNKNOWN: Final = "at an unknown time"
MOST_AHEAD: Final = timedelta(minutes=1)
"""A time further in the future than this shows that the clock has been set back."""


class Status(NamedTuple):
    """What the header says; None, zeros and empty texts are left out."""

    title: str = ""
    """What the list covers."""
    choice: str = ""
    """Which of its papers show when not all of them do."""
    order: str = ""
    """How it is sorted when that is not the usual way."""
    papers: int = 0
    unread: int = 0
    selected: int = 0
    """Papers that the next command is about."""
    unreadable: int = 0
    missing: int = 0
    """Days of it that are not on disk."""
    age: timedelta | None = None
    """Since the Hub gave the oldest part; counts show only where it is known."""
    taken: bool = False
    """Whether it is a picture of one moment, as what is trending is."""
    busy: str = ""
    countdown: int = 0
    """Seconds until the Hub may be asked again; shown in place of ``busy``."""
    trouble: str = ""
    note: str = ""
    lacking: str = ""
    """What does not work in this run, in a word or two."""


def age_text(age: timedelta) -> str:
    """``just now``, ``5 min ago``, ``3 h ago``, ``12 days ago``; no age in the future is told."""
    if age < -MOST_AHEAD:
        return UNKNOWN
    minutes = max(0, int(age.total_seconds())) // 60
    if minutes < 1:
        return NOW
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60} h ago"
    return f"{minutes // (24 * 60)} days ago"


def freshness(status: Status) -> str:
    """How old the list is, and why it is no younger."""
    if status.age is None:
        return status.trouble
    age = age_text(status.age)
    if not status.trouble:
        return f"taken {age}" if status.taken else age
    data = {NOW: "data just in", UNKNOWN: "data of unknown age"}.get(age, f"data from {age}")
    return f"{status.trouble}, {data}"


def briefly(status: Status) -> str:
    """Why the list is no younger and how old it is, in few words."""
    if not status.trouble or status.age is None:
        return freshness(status)
    age = age_text(status.age)
    if age == NOW:
        return status.trouble
    return f"{status.trouble}, {'unknown age' if age == UNKNOWN else age.removesuffix(' ago')}"


class Masthead(PieceLine):
    """Shows a Status: in fewer words where room is short, and then without what matters least.

    What says that the list is not whole, or not as it should be, goes after all counts and ages.
    """

    SEPARATOR = " · "

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._status = Status()

    def show(self, status: Status) -> None:
        """Show another status; nothing is painted when it is the same."""
        if status.countdown:  # which says why the list is no younger
            status = status._replace(trouble="")
        if status != self._status:
            self._status = status
            self.refresh()

    def pieces(self, cells: int) -> list[Piece]:
        status = self._status
        full = self._said(_missing(status.missing), freshness(status))
        if len(fitting(full, cells, cell_width(self.SEPARATOR))) == sum(bool(p.text) for p in full):
            return full
        return self._said(_missing_briefly(status.missing), briefly(status))

    def _said(self, missing: str, age: str) -> list[Piece]:
        """All there is to say, with what is missing and how old it is in these words."""
        status = self._status
        title = status.title or "Daily Papers"
        known = bool(status.title)
        pause = f"the Hub asks for a pause, {status.countdown} s" if status.countdown else ""
        return [
            Piece(title, "bold", 0),
            Piece(status.note, "bold $text-warning", 9),
            Piece(status.lacking, "bold $text-warning", 2),
            Piece(status.choice, "", 3),
            Piece(status.order, "", 7),
            Piece(counted(status.papers, "paper") if known else "", "", 10),
            Piece(f"{status.unread} unread" if known else "", "", 5),
            Piece(f"{status.selected} selected" if status.selected else "", "bold $text-accent"),
            Piece(missing, "$text-warning", 4),
            Piece(_unreadable(status.unreadable), "$text-warning", 11),
            Piece(age, "$text-warning", 1) if status.trouble else Piece(age, "$text-muted", 8),
            Piece(pause, "bold $text-warning", 0),
            Piece("" if pause else status.busy, "italic $text-accent", 6),
        ]


def _missing(days: int) -> str:
    return f"{counted(days, 'day')} not on disk" if days else ""


def _missing_briefly(days: int) -> str:
    return f"{counted(days, 'day')} missing" if days else ""


def _unreadable(papers: int) -> str:
    return f"{counted(papers, 'paper')} could not be read" if papers else ""
