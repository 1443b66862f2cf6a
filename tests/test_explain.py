"""Every failure has one sentence of its own, which says what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tui import explain
from tui.explain import (
    Explicable,
    sentence,
    short,
    started_afresh,
    wait_text,
    without_backup,
)
from tui.feed import AtBound
from tui.hub import errors as hub
from tui.hub.errors import Offline, RateLimited, Reason
from tui.library import errors as library
from tui.library.drafts import NoteUnusable
from tui.library.recovery import Recovered

PATH: Final = Path("library.db")
SENTENCES: Final[list[tuple[Explicable, str]]] = [
    (AtBound("Fri 21 Aug 2026 is the latest day with papers."), "is the latest day"),
    (Offline(reason=Reason.UNKNOWN_NAME), "the Hub's name was not found"),
    (Offline(reason=Reason.REFUSED), "the connection was refused"),
    (Offline(reason=Reason.TOLD_NOT_TO_ASK), "HF_HUB_OFFLINE is set"),
    (hub.TooSlow(), "did not answer in time"),
    (hub.Untrusted("self-signed"), "check the clock, the proxy and SSL_CERT_FILE"),
    (hub.BadAnswer("it is cut off"), "could not be read (it is cut off)"),
    (hub.Refused("odd", status=408), "refused (408): odd"),
    (hub.Refused(status=451), "refused (451): no reason given"),
    (hub.BadRequest("✖ too late", status=400), "for this day, week or month; try another one."),
    (hub.Denied(status=403), "denied access (403); check HF_TOKEN"),
    (hub.NotFound("Paper not found. For a paper to appear, cite it."), "(Paper not found)."),
    (hub.NotFound(), "(not found)."),
    (RateLimited(retry_after=42.0), "try again with R in 42 seconds"),
    (hub.Unwell(status=502), "trouble of its own (502)"),
    (library.LibraryUnwritable(PATH, "the disk is full"), "Nothing was changed: the disk is full"),
    (library.LibraryBusy(PATH), "Nothing was changed: another window is writing"),
    (library.LibraryInUse(PATH), "another window has the library open; close that one first"),
    (library.LibraryDamaged(PATH, "junk"), "library.db is damaged"),
    (library.LibraryTooNew(PATH, 9, 1), "version 9 of its format, this one knows 1"),
    (library.LibraryError(PATH, "closed"), "Something went wrong"),
]


@pytest.mark.parametrize(
    ("error", "words"), SENTENCES, ids=[type(error).__name__ for error, _ in SENTENCES]
)
def test_the_sentence(error: Explicable, words: str) -> None:
    told = sentence(error)
    assert words in told
    assert told[0].isupper()
    assert told.endswith(".")
    assert ".." not in told
    assert told.isprintable()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (library.LibraryUnwritable(PATH, "the disk is full"), "the disk is full; the rest can"),
        (library.LibraryBusy(PATH), "another window is writing to the library; try again."),
    ],
    ids=["full", "busy"],
)
def test_what_was_merged_before_it_went_wrong_is_told(
    error: library.LibraryError, words: str
) -> None:
    error.merged = 1250
    assert sentence(error).startswith(f"Stopped after 1,250 changes: {words}")


def test_every_error_of_the_families_has_a_sentence_of_its_own() -> None:
    families = [*_with_heirs(hub.HubError), *_with_heirs(library.LibraryError)]
    told = {type(error) for error, _ in SENTENCES}
    told_with_its_file = {NoteUnusable}
    assert set(families) - told == {hub.HubError} | told_with_its_file
    general = sentence.dispatch(object)
    without = {family for family in families if sentence.dispatch(family) is general}
    assert without == {library.LibraryError} | told_with_its_file


def _with_heirs(family: type) -> list[type]:
    heirs: list[type] = family.__subclasses__()
    return [family, *(one for heir in heirs for one in _with_heirs(heir))]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (library.LibraryUnwritable(PATH, "the disk is full"), "could be made: the disk is full."),
        (library.LibraryDamaged(PATH, "junk"), "library.db is damaged; see “daily-papers library"),
        (library.LibraryBusy(PATH), "could be made: the library cannot be read."),
    ],
)
def test_why_there_is_no_backup(error: library.LibraryError, words: str) -> None:
    assert words in without_backup(error)


def test_what_became_of_a_damaged_library() -> None:
    aside = Path("aside.db")
    assert started_afresh(None) == "The library can be read again."
    assert started_afresh(Recovered(aside, 1200, 1)) == (
        "Saved what could be read: 1,200 changes of 1 paper; the damaged library is aside.db."
    )
    nothing = Recovered(aside, 0, 0)
    assert "the damaged one is aside.db." in started_afresh(nothing)
    assert "library restore” brings back" in started_afresh(nothing, has_copies=True)


def test_the_command_line_knows_no_keys() -> None:
    for error, _ in SENTENCES:
        assert "with R" not in sentence(error, "try again")
    assert any("with R" in sentence(error) for error, _ in SENTENCES)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "1 second"), (1, "1 second"), (59.6, "60 seconds"), (99, "99 seconds"),
     (100, "2 minutes"), (300, "5 minutes"), (3600, "60 minutes")],
)  # fmt: skip
def test_how_long_to_wait(seconds: float, text: str) -> None:
    assert wait_text(seconds) == text


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (Offline(), "offline"),
        (hub.TooSlow(), "offline"),
        (RateLimited(retry_after=1), "asked to pause"),
        (hub.Unwell(status=500), "not refreshed"),
    ],
)
def test_the_header_has_a_word_for_it(error: hub.HubError, word: str) -> None:
    assert short(error) == word


def test_what_was_seen_stays_readable_is_said_only_of_the_hub() -> None:
    kept = [error for error, _ in SENTENCES if explain.KEPT in sentence(error)]
    assert kept
    assert all(isinstance(error, hub.HubError) for error in kept)
