"""Whole sittings: start, walk, mark, leave by any door, and find everything as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.hubserver import Fault, HubServer
from tests.program.user import PATIENCE_S, User, quits, row_of, shows, toast

if TYPE_CHECKING:
    from tests.terminal import Terminal

COLOUR: Final = re.compile(rb"[34]8;2;(\d+;\d+;\d+)")
"""A 24-bit colour, as the numbers of its channels."""


def papers_shown(terminal: Terminal) -> list[str]:
    """The titles of the list as far as it is in view, without cursor and marks."""
    return [line[4:52] for line in terminal.screen[2:-1:2]]


def wait_for_rest(terminal: Terminal) -> None:
    """Wait until nothing is fetched any more for the day on the screen."""
    shows(terminal, lambda text: "unread · just now" in text and "…" not in text.splitlines()[0])


def test_what_was_marked_and_read_is_there_again_without_a_connection(
    newcomer: User, hub: HubServer
) -> None:
    with newcomer.starts() as terminal:
        shows(terminal, "Thu 13 ")
        friday = papers_shown(terminal)
        terminal.press("js")
        shows(terminal, lambda _: row_of(terminal, 1).startswith("▌●★"))
        terminal.press("j<enter>")
        shows(terminal, lambda _: row_of(terminal, 2).startswith("▌·"))
        terminal.press("qh")
        shows(terminal, "Thu 20 Aug 2026 · 19 papers · 19 unread")
        terminal.press("r")
        shows(terminal, "18 unread")
        thursday = papers_shown(terminal)
        quits(terminal)
    hub.fault(Fault.REFUSE)
    newcomer.waits()
    with newcomer.starts() as terminal:
        shows(terminal, "Fri 21 Aug 2026 · 29 papers · 28 unread · offline, data from 3 h ago")
        assert papers_shown(terminal) == friday
        assert [row_of(terminal, number)[1:3] for number in range(4)] == ["● ", "●★", "· ", "● "]
        terminal.press("h")
        shows(terminal, "Thu 20 Aug 2026 · 19 papers · 18 unread")
        assert papers_shown(terminal) == thursday
        terminal.press("U")
        shows(terminal, "19 unread")
        quits(terminal, "<c-q>")


def marks_and_dies(user: User, keys: str) -> None:
    """Mark the paper under the cursor, and end at once when the screen shows it."""
    with user.starts() as terminal:
        shows(terminal, "29 papers · ")
        before = row_of(terminal, 0)
        terminal.press(f"g{keys}")
        shows(terminal, lambda _: row_of(terminal, 0)[1:3] != before[1:3])
        terminal.kill()
        assert terminal.wait_exit(PATIENCE_S) == -9
        shown = row_of(terminal, 0)
    with user.starts() as terminal:
        shows(terminal, "29 papers · ")
        assert row_of(terminal, 0)[1:3] == shown[1:3]
        quits(terminal)


@pytest.mark.torture
@pytest.mark.timeout(300)
def test_thirty_marks_survive_thirty_kills(reader: User) -> None:
    for number in range(30):
        marks_and_dies(reader, "rs"[number % 2])


@pytest.mark.torture
def test_two_programs_at_once_keep_both_their_marks(reader: User) -> None:
    with reader.starts() as one, reader.starts() as other:
        for terminal in (one, other):
            wait_for_rest(terminal)
        one.press("s")
        shows(one, lambda _: row_of(one, 0).startswith("▌●★"))
        shows(other, lambda _: row_of(other, 0).startswith("▌●★"))
        other.press("jr")
        shows(other, lambda _: row_of(other, 1).startswith("▌·"))
        shows(one, lambda _: row_of(one, 1).startswith(" ·"))
        quits(one)
        quits(other)
    with reader.starts() as terminal:
        shows(terminal, "29 papers · 28 unread")
        assert [row_of(terminal, number)[1:3] for number in range(2)] == ["●★", "· "]
        quits(terminal)


@pytest.mark.torture
def test_the_window_may_change_while_it_runs_and_has_only_greys(reader: User) -> None:
    reader.env["NO_COLOR"] = "1"
    with reader.starts() as terminal:
        wait_for_rest(terminal)
        terminal.press("jj")
        shows(terminal, lambda _: row_of(terminal, 2).startswith("▌"))
        terminal.resize(20, 5)
        shows(terminal, lambda text: text.endswith("enlarge to 40x10") and "▌" in text)
        terminal.press("<enter>")
        shows(terminal, lambda text: "▌" not in text)
        terminal.press("q")
        terminal.resize(80, 24)
        shows(terminal, lambda text: "\n▌·  Rethinking Robot Hands" in text and "─" * 80 in text)
        assert max(map(len, terminal.screen)) <= 80
        quits(terminal)
        colours = set(COLOUR.findall(terminal.raw))
        assert all(len(set(colour.split(b";"))) == 1 for colour in colours)


LARGER = [pytest.param(size, marks=pytest.mark.torture) for size in ((120, 40), (80, 24), (60, 20))]


@pytest.mark.parametrize("size", [(20, 5), *LARGER])
def test_the_sample_needs_no_network(hub: HubServer, size: tuple[int, int]) -> None:
    user = User(hub.url)
    with user.starts("--demo", size=size) as terminal:
        shows(terminal, lambda text: "▌" in text and "Fri 21 Aug 2026" in text)
        terminal.press("<enter>")
        shows(terminal, lambda text: "▌●" not in text)
        terminal.press("qh")
        shows(terminal, lambda text: text.strip().startswith("Thu 20 Aug 2026"))
        quits(terminal)
    assert not hub.requests
    assert not user.paths.library.exists()


@pytest.mark.torture
def test_the_sample_is_apart_from_the_users_own(reader: User) -> None:
    with reader.starts("--demo") as terminal:
        shows(terminal, "Fri 21 Aug 2026 · SAMPLE · 13 papers · 13 unread")
        terminal.press("A")
        shows(terminal, "0 unread")
        quits(terminal)
    with reader.starts() as terminal:
        shows(terminal, "29 papers · 29 unread")
        quits(terminal)


def test_a_day_may_be_named_and_standard_output_stays_free(reader: User) -> None:
    with reader.starts("--date", "2026-08-14", stdout=True) as terminal:
        shows(terminal, "Fri 14 Aug 2026 · 36 papers · 36 unread")
        terminal.press("js")
        shows(terminal, lambda _: row_of(terminal, 1).startswith("▌●★"))
        assert [row for row, line in enumerate(terminal.screen) if "? keys" in line] == [39]
        terminal.resize(100, 30)
        shows(terminal, lambda _: "? keys" in terminal.screen[29])
        quits(terminal)
        assert terminal.stdout == b""


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-08-22", "Sat 22 Aug 2026 is still to come."),
        pytest.param("2026-02-30", "is no day, week or month", marks=pytest.mark.torture),
        pytest.param(
            "1999-01-01", "Daily Papers began on Thu 4 May 2023", marks=pytest.mark.torture
        ),
    ],
)
def test_a_day_that_cannot_be_ends_in_a_sentence(day: str, sentence: str) -> None:
    with User().starts("--date", day) as terminal:
        assert terminal.wait_exit(PATIENCE_S) == 2
        assert sentence in " ".join(terminal.text.split())
        assert b"Traceback" not in terminal.raw


@pytest.mark.torture
def test_the_log_keeps_secrets(newcomer: User, hub: HubServer) -> None:
    newcomer.env["HF_TOKEN"] = "hf_" + "SecretHeron" * 3
    with newcomer.starts("--log-level", "debug") as terminal:
        shows(terminal, "Thu 13 ")
        hub.fault(Fault.HTML)
        terminal.press("jsR")
        shows(terminal, lambda _: "could not be read" in toast(terminal))
        quits(terminal)
    log = newcomer.paths.log.read_text()
    assert "could not" in log or "web page" in log
    assert "SecretHeron" not in log
    assert "We ask whether" not in log
    assert "harness" not in log
