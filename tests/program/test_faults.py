from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import TODAY
from tests.hubserver import Fault, HubServer
from tests.hubserver.tls import needs_openssl, self_signed
from tests.program.user import FIRST_PAPER, User, quits, row_of, shows, toast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from tests.generate import Item
    from tests.terminal import Terminal

UNREADABLE: Final = "The Hub's answer could not be read ("
LOST: Final = "No connection to the Hub ("
SLOW: Final = "The Hub did not answer in time"
SENTENCES: Final = {
    Fault.REFUSE: LOST,
    Fault.RESET: LOST,
    Fault.DROP: LOST,
    Fault.LENGTH_TOO_LONG: LOST,
    Fault.STATUS_400: "The Hub has no list for this day, ",
    Fault.STATUS_401: "The Hub denied access (401)",
    Fault.STATUS_403: "The Hub denied access (403)",
    Fault.STATUS_404: "The Hub does not have this (",
    Fault.STATUS_408: "The Hub refused (408)",
    Fault.STATUS_500: "The Hub has trouble of its own (500)",
    Fault.STATUS_502: "The Hub has trouble of its own (502)",
    Fault.STATUS_503: "The Hub has trouble of its own (503)",
    Fault.NOT_HTTP: UNREADABLE,
    Fault.HTML: UNREADABLE,
    Fault.OBJECT: UNREADABLE,
    Fault.CUT_JSON: UNREADABLE,
    Fault.DEEP: UNREADABLE,
    Fault.BAD_UTF8: UNREADABLE,
    Fault.EMPTY_BODY: UNREADABLE,
    Fault.WRONG_TYPES: UNREADABLE,
    Fault.REDIRECT_AWAY: UNREADABLE,
    Fault.REDIRECT_LOOP: UNREADABLE,
    Fault.LINK_AWAY: UNREADABLE,
    Fault.HUGE: UNREADABLE,
    Fault.HUGE_CHUNKED: UNREADABLE,
    Fault.GZIP_BOMB: UNREADABLE,
    Fault.LENGTH_TOO_SHORT: UNREADABLE,
}
"""What is said of each fault that keeps an answer from being understood."""
HARMLESS: Final = (
    Fault.ONE_WRONG_FIELD, Fault.ONE_MALFORMED, Fault.REDIRECT_WITHIN, Fault.LINK_LOOP,
    Fault.NO_HEADERS,
)  # fmt: skip
"""Faults in spite of which papers come."""
PAUSES: Final = (Fault.STATUS_429, Fault.CLOUDFRONT_429)
"""Faults in which the Hub wants to be left alone for a while."""
WAITED_FOR: Final = (Fault.HANG, Fault.TRICKLE)
"""Faults that end when patience does."""
ONE_OF_EACH: Final = (
    Fault.REFUSE, Fault.STATUS_400, Fault.STATUS_404, Fault.STATUS_503, Fault.WRONG_TYPES
)  # fmt: skip
"""No connection, a refusal, trouble, and an answer that cannot be read."""


@pytest.fixture
def forgetful(generated_days: dict[date, list[Item]]) -> Iterator[HubServer]:
    """A Hub that says all of it again each time, so that all of it can be spoilt."""
    with HubServer(generated_days, today=TODAY, validates=False) as server:
        yield server


@pytest.fixture
def regular(reader: User, forgetful: HubServer) -> User:
    """Someone with papers on disk, and a Hub that is asked for all of them again."""
    reader.hub = forgetful.url
    return reader


def test_every_fault_is_looked_at() -> None:
    assert {*SENTENCES, *HARMLESS, *PAUSES, *WAITED_FOR} == set(Fault)


def answers_keys(terminal: Terminal) -> None:
    """The cursor goes down and up again."""
    terminal.press("j")
    shows(terminal, lambda _: row_of(terminal, 1).startswith("▌"))
    terminal.press("k")
    shows(terminal, lambda _: row_of(terminal, 0).startswith("▌"))


def has_papers(text: str) -> bool:
    return "Fri 21 Aug 2026 · 29 papers" in text


def is_at_rest(text: str) -> bool:
    return "refreshing…" not in text and "looking" not in text


def says(terminal: Terminal, sentence: str, _: str) -> bool:
    """Whether that floats over the screen."""
    return sentence in toast(terminal)


def sit_through(user: User, hub: HubServer, faults: Iterable[Fault]) -> None:
    """Meet one fault after the other in one sitting, with a refresh that works in between."""
    with user.starts() as terminal:
        shows(terminal, lambda text: has_papers(text) and "unread · just now" in text)
        for fault in faults:
            hub.fault(fault)
            terminal.press("R")
            shows(terminal, lambda text: ", data just in" in text and is_at_rest(text))
            shows(terminal, partial(says, terminal, SENTENCES[fault]))
            assert has_papers(terminal.text)
            answers_keys(terminal)
            hub.heal()
            terminal.press("R")
            shows(terminal, lambda text: "unread · just now" in text and is_at_rest(text))
        quits(terminal)


def test_each_kind_of_fault_is_one_sentence_and_takes_nothing_away(
    regular: User, forgetful: HubServer
) -> None:
    sit_through(regular, forgetful, ONE_OF_EACH)


@pytest.mark.torture
@pytest.mark.timeout(300)
def test_every_fault_is_one_sentence_and_takes_nothing_away(
    regular: User, forgetful: HubServer
) -> None:
    sit_through(regular, forgetful, SENTENCES)


def start_again(user: User, hub: HubServer, fault: Fault) -> None:
    """Meet the fault on the way in, mark a paper all the same, and find the mark on disk."""
    hub.fault(fault)
    with user.starts() as terminal:
        shows(terminal, lambda text: has_papers(text) and ", data from 3 h ago" in text)
        answers_keys(terminal)
        terminal.press("s")
        shows(terminal, lambda _: row_of(terminal, 0).startswith("▌●★"))
        quits(terminal)
    assert user.marks(FIRST_PAPER) == [(False, True)]


@pytest.mark.torture
def test_a_later_start_with_a_fault(regular: User, forgetful: HubServer) -> None:
    start_again(regular, forgetful, Fault.STATUS_503)


@pytest.mark.torture
@pytest.mark.parametrize("fault", set(SENTENCES) - {Fault.STATUS_400}, ids=lambda each: each.name)
def test_a_later_start_with_each_fault(regular: User, forgetful: HubServer, fault: Fault) -> None:
    start_again(regular, forgetful, fault)


def opens_help(terminal: Terminal, keys: str = "") -> None:
    """Press keys that can do nothing here, ask for help, and close it."""
    terminal.press(f"{keys}?")
    shows(terminal, "Type to filter")
    terminal.press("<enter>")
    shows(terminal, lambda text: "Type to filter" not in text)


def start_first(user: User, hub: HubServer, fault: Fault) -> None:
    """Meet the fault with nothing on disk, and carry on once it has passed."""
    hub.fault(fault)
    with user.starts() as terminal:
        shows(terminal, SENTENCES[fault])
        shows(terminal, is_at_rest)
        opens_help(terminal, "jrsAhnG")
        hub.heal()
        terminal.press("t")
        shows(terminal, has_papers)
        quits(terminal)


def test_a_first_start_without_a_connection(newcomer: User, hub: HubServer) -> None:
    start_first(newcomer, hub, Fault.REFUSE)


@pytest.mark.torture
@pytest.mark.parametrize("fault", SENTENCES, ids=lambda fault: fault.name)
def test_a_first_start_with_each_fault(newcomer: User, hub: HubServer, fault: Fault) -> None:
    start_first(newcomer, hub, fault)


@pytest.mark.torture
@pytest.mark.parametrize("fault", HARMLESS, ids=lambda fault: fault.name)
def test_a_first_start_with_what_does_no_harm(newcomer: User, hub: HubServer, fault: Fault) -> None:
    hub.fault(fault)
    with newcomer.starts() as terminal:
        shows(terminal, has_papers)
        quits(terminal)


@pytest.mark.torture
def test_a_hub_that_hangs_keeps_nobody_waiting(newcomer: User, hub: HubServer) -> None:
    hub.fault(Fault.HANG)
    with newcomer.starts() as terminal:
        shows(terminal, "Fetching the papers…")
        hub.wait_until(lambda: bool(hub.requests))
        opens_help(terminal)
        quits(terminal)


@pytest.mark.torture
@pytest.mark.timeout(300)
@pytest.mark.parametrize("fault", WAITED_FOR, ids=lambda fault: fault.name)
def test_patience_ends(regular: User, forgetful: HubServer, fault: Fault) -> None:
    forgetful.fault(fault)
    with regular.starts() as terminal:
        shows(terminal, has_papers)
        answers_keys(terminal)
        terminal.wait_for(lambda text: "not refreshed" in text or "offline" in text, 200)
        quits(terminal)


@pytest.mark.torture
@needs_openssl
def test_a_certificate_that_nobody_trusts(
    reader: User, generated_days: dict[date, list[Item]], tmp_path: Path
) -> None:
    with HubServer(generated_days, today=TODAY, tls=self_signed(tmp_path)) as server:
        reader.hub = server.url
        with reader.starts() as terminal:
            shows(terminal, lambda _: "The connection is not safe" in toast(terminal))
            assert has_papers(terminal.text)
            quits(terminal)


@pytest.mark.torture
def test_a_token_that_is_refused(reader: User, hub: HubServer) -> None:
    hub.fault(Fault.STATUS_401, when=lambda request: "authorization" in request.headers)
    reader.env["HF_TOKEN"] = "hf_" + "a" * 34
    with reader.starts() as terminal:
        shows(terminal, lambda _: "The Hub refused your token" in toast(terminal))
        shows(terminal, lambda text: "29 unread · just now" in text)
        quits(terminal)
