"""Every failure as one plain sentence that says what happened and what to do next."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Final

from tui.feed import AtBound
from tui.hub.errors import (
    BadAnswer,
    BadRequest,
    Denied,
    HubError,
    NotFound,
    Offline,
    RateLimited,
    Reason,
    TooSlow,
    Untrusted,
    Unwell,
)
from tui.library import (
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryInUse,
    LibraryTooNew,
    LibraryUnwritable,
)
from tui.page import counted

if TYPE_CHECKING:
    from tui.library.recovery import Recovered

WITH_KEY: Final = "try again with R"
"""How the screen's user tries again; the command line's just does."""
TOKEN_REFUSED: Final = "The Hub refused your token, so it is asked without one; check HF_TOKEN."
REPAIR: Final = "“daily-papers library repair”"
RESTORE: Final = "“daily-papers library restore”"
KEPT: Final = "what was seen before stays readable"

Explicable = HubError | LibraryError | AtBound
"""What ``sentence`` knows how to tell."""


@singledispatch
def sentence(error: Explicable, again: str = WITH_KEY) -> str:
    """What to tell the user about an error; ``again`` says how to try once more."""
    return f"Something went wrong: {error}."


@sentence.register
def _(error: AtBound, again: str = WITH_KEY) -> str:
    return str(error)


@sentence.register
def _(error: HubError, again: str = WITH_KEY) -> str:
    reason = error.detail or "no reason given"
    return f"The Hub refused ({error.status}): {reason}; {KEPT}; {again}."


@sentence.register
def _(error: Offline, again: str = WITH_KEY) -> str:
    if error.reason is Reason.TOLD_NOT_TO_ASK:
        return f"The Hub was not asked: {error.detail}; {KEPT}; unset it to go online."
    return f"No connection to the Hub ({error.detail or 'offline'}); {KEPT}; {again}."


@sentence.register
def _(error: TooSlow, again: str = WITH_KEY) -> str:
    return f"The Hub did not answer in time; {KEPT}; {again}."


@sentence.register
def _(error: Untrusted, again: str = WITH_KEY) -> str:
    return (
        "The connection is not safe, the Hub's certificate was not accepted; "
        f"check the clock, the proxy and SSL_CERT_FILE, then {again}."
    )


@sentence.register
def _(error: BadAnswer, again: str = WITH_KEY) -> str:
    return f"The Hub's answer could not be read ({error.detail}); {KEPT}; {again}."


@sentence.register
def _(error: BadRequest, again: str = WITH_KEY) -> str:
    return "The Hub has no list for this day, week or month; try another one."


@sentence.register
def _(error: Denied, again: str = WITH_KEY) -> str:
    return f"The Hub denied access ({error.status}); check HF_TOKEN and HF_ENDPOINT, then {again}."


@sentence.register
def _(error: NotFound, again: str = WITH_KEY) -> str:
    reason = error.detail.partition(". ")[0].rstrip(".")
    return f"The Hub does not have this ({reason or 'not found'})."


@sentence.register
def _(error: RateLimited, again: str = WITH_KEY) -> str:
    return f"The Hub asks for a pause; {again} in {wait_text(error.retry_after)}."


@sentence.register
def _(error: Unwell, again: str = WITH_KEY) -> str:
    return f"The Hub has trouble of its own ({error.status}); {KEPT}; {again}."


@sentence.register
def _(error: LibraryUnwritable, again: str = WITH_KEY) -> str:
    then = "the rest can come" if error.merged else "marks can be made again"
    return f"{_stopped(error)}: {error.reason}; {then} once that is mended."


@sentence.register
def _(error: LibraryBusy, again: str = WITH_KEY) -> str:
    return f"{_stopped(error)}: another window is writing to the library; try again."


@sentence.register
def _(error: LibraryInUse, again: str = WITH_KEY) -> str:
    return "Nothing was changed: another window has the library open; close that one first."


@sentence.register
def _(error: LibraryDamaged, again: str = WITH_KEY) -> str:
    return (
        f"The library {error.path} is damaged; it was left as it is, and "
        f"{REPAIR} saves what can be read."
    )


@sentence.register
def _(error: LibraryTooNew, again: str = WITH_KEY) -> str:
    return (
        f"The library {error.path} was written by a newer daily-papers "
        f"(version {error.found} of its format, this one knows {error.known}); update the program."
    )


def _stopped(error: LibraryError) -> str:
    """How far a change of the library came."""
    changes = counted(error.merged, "change")
    return f"Stopped after {changes}" if error.merged else "Nothing was changed"


def unreadable_marks(error: LibraryError) -> str:
    """What to tell when marks cannot be read; those on the screen are as they were."""
    if isinstance(error, LibraryBusy):
        return "Another window holds the library; the marks shown may be old."
    return f"The marks in {error.path} cannot be read; those shown may be old."


def without_backup(error: LibraryError) -> str:
    """What to tell when the library could not be copied, which is in nobody's way."""
    if isinstance(error, LibraryDamaged):
        return f"No backup was made: the library {error.path} is damaged; see {REPAIR}."
    why = error.reason if isinstance(error, LibraryUnwritable) else "the library cannot be read"
    return f"No backup of the library could be made: {why}."


def started_afresh(recovered: Recovered | None, *, has_copies: bool = False) -> str:
    """What became of a damaged library; ``has_copies`` tells of those of earlier days."""
    if recovered is None:
        return "The library can be read again."
    if recovered.papers:
        return (
            f"Saved what could be read: {counted(recovered.changes, 'change')} of "
            f"{counted(recovered.papers, 'paper')}; the damaged library is {recovered.aside}."
        )
    back = f" {RESTORE} brings back one of its copies." if has_copies else ""
    return (
        "Nothing could be read: a fresh library is in use; the damaged one is "
        f"{recovered.aside}.{back}"
    )


def wait_text(seconds: float) -> str:
    """``42 seconds``, ``5 minutes``."""
    if seconds < 100:
        return counted(max(1, round(seconds)), "second")
    return counted(round(seconds / 60), "minute")


def short(error: HubError) -> str:
    """The header's word for why the screen is not up to date."""
    if isinstance(error, RateLimited):
        return "asked to pause"
    return "offline" if isinstance(error, Offline) else "not refreshed"
