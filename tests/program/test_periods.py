"""Weeks, months, trending and the calendar, as they look on terminals of three sizes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import TODAY
from tests.generate import make_item
from tests.hubserver import Fault, HubServer
from tests.program.user import User, dialog, header_says, quits, shows, toast, unbroken

if TYPE_CHECKING:
    from tests.terminal import Terminal

WEEKDAYS: Final = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
BACKLOG: Final = re.compile(r"\d+/\d+")
HINT: Final = (
    "Enter day · w week · m month · t today · q back · PgUp PgDn month · / types words like mon "
    "or w34"
)
HEADING: Final = " Fri 21 Aug 2026 · 29 papers ──"
"""Over the papers of the latest day."""
NEW_TITLE: Final = "A Paper That Came Later"


def cursor(terminal: Terminal) -> tuple[int, str]:
    """The row of the paper under the cursor, and its title as far as it is shown."""
    rows = [number for number, line in enumerate(terminal.screen) if line.startswith("▌")]
    return rows[0], terminal.screen[rows[0]][4:40]


def titles_below(terminal: Terminal) -> list[str]:
    """The titles from the paper under the cursor, which is the fourth, as far as they are shown."""
    return [line[4:40] for line in terminal.screen[9:20:2]]


def calendar_days(terminal: Terminal) -> list[int]:
    """The numbers in the calendar, without the backlog under them."""
    [start] = [n for n, line in enumerate(dialog(terminal)) if line.split() == WEEKDAYS]
    grid = " ".join(dialog(terminal)[start + 1 : start + 13 : 2])
    return [int(number) for number in re.findall(r"\d+", grid)]


@pytest.mark.torture
@pytest.mark.parametrize("size", [(120, 40), (60, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_sitting_through_all_periods(newcomer: User, size: tuple[int, int]) -> None:
    sits_through_all_periods(newcomer, size)


def sits_through_all_periods(user: User, size: tuple[int, int]) -> None:
    """Look at a week, a month, what is trending, and another day by way of the calendar."""
    total = ["118 papers"] if size[0] > 60 else []
    with user.starts(size=size) as terminal:
        header_says(terminal, "Fri 21 Aug 2026", "29 papers", "29 unread", "just now")
        _, title = cursor(terminal)
        terminal.press("2")
        header_says(terminal, "Week 34", "17–23 Aug 2026", *total, "118 unread", "just now")
        assert terminal.screen[2].startswith(HEADING)
        terminal.press("3")
        header_says(terminal, "August 2026", "228 papers", "228 unread", "just now")
        assert terminal.screen[2].startswith(HEADING)
        assert cursor(terminal) == (3, title)
        terminal.press("m")
        shows(terminal, lambda text: "papers ──" not in text)
        assert cursor(terminal)[1] == title
        terminal.press("4")
        header_says(terminal, "Trending", "100 papers", "100 unread", "taken just now")
        terminal.press("1")
        header_says(terminal, "Fri 21 Aug 2026", "29 papers", "29 unread", "just now")
        walk_the_calendar(terminal)
        header_says(terminal, "Thu 13 Aug 2026", "31 papers", "31 unread", "just now")
        quits(terminal)


def walk_the_calendar(terminal: Terminal) -> None:
    """Open it, turn back to July and on again, and go to Thursday the week before."""
    terminal.press("D")
    shows(terminal, "August 2026 · Fri 21 · today · 29 of 29 unread")
    assert calendar_days(terminal) == list(range(1, 32))
    august = BACKLOG.findall("\n".join(dialog(terminal)))
    assert august == ["1/1", "25/25", "17/17", "31/31", "36/36",
                      "30/30", "32/32", "8/8", "19/19", "29/29"]  # fmt: skip
    assert unbroken("\n".join(dialog(terminal))).endswith(HINT)
    terminal.press("<pageup>")
    shows(terminal, "July 2026 · Tue 21 · no papers")
    assert calendar_days(terminal) == list(range(1, 32))
    terminal.press("<pagedown><left><up>")
    shows(terminal, "August 2026 · Thu 13 · 31 of 31 unread")
    terminal.press("<enter>")


def looks_at_the_month(user: User) -> None:
    """Start, go to the month, and leave."""
    with user.starts() as terminal:
        shows(terminal, "29 papers · 29 unread · just now")
        terminal.press("3")
        header_says(terminal, "August 2026", "228 papers", "228 unread", "just now")
        quits(terminal)


@pytest.mark.torture
def test_a_month_seen_before_is_there_before_the_hub_says_a_word(
    newcomer: User, hub: HubServer
) -> None:
    sits_through_all_periods(newcomer, (80, 24))
    newcomer.waits()
    hub.fault(Fault.HANG)
    with newcomer.starts() as terminal:
        header_says(terminal, "Fri 21 Aug 2026", "29 papers", "29 unread", "3 h ago",
                    "looking for the latest day…")  # fmt: skip
        terminal.press("2")
        header_says(terminal, "Week 34", "17–23 Aug 2026", "118 papers", "118 unread", "3 h ago",
                    "refreshing…")  # fmt: skip
        terminal.press("3jjj")
        header_says(terminal, "August 2026", "228 papers", "228 unread", "3 h ago", "refreshing…")
        shows(terminal, lambda _: cursor(terminal)[0] == 9)
        below = titles_below(terminal)
        hub.days[TODAY] = [make_item(900, TODAY, title=NEW_TITLE, upvotes=999), *hub.days[TODAY]]
        hub.heal()
        header_says(terminal, "August 2026", "229 papers", "229 unread", "3 h ago")
        shows(terminal, "1 new paper")
        assert titles_below(terminal) == below
        terminal.press("g")
        shows(terminal, NEW_TITLE)
        quits(terminal)


@pytest.mark.torture
def test_no_network_was_asked_for(newcomer: User, hub: HubServer) -> None:
    looks_at_the_month(newcomer)
    newcomer.waits()
    hub.requests.clear()
    newcomer.env["HF_HUB_OFFLINE"] = "1"
    with newcomer.starts() as terminal:
        offline = "offline, data from 3 h ago"
        header_says(terminal, "Fri 21 Aug 2026", "29 papers", "29 unread", offline)
        terminal.press("h")
        header_says(terminal, "Thu 20 Aug 2026", "19 papers", "19 unread", offline)
        terminal.press("2")
        header_says(terminal, "Week 34", "17–23 Aug 2026", "118 papers", "118 unread", offline)
        terminal.press("3R")
        header_says(terminal, "August 2026", "228 papers", "228 unread", offline)
        terminal.press("D<pageup>")
        shows(terminal, "July 2026 · Mon 20 · not known yet")
        terminal.press("q4")
        shows(terminal, lambda _: "The Hub was not asked: HF_HUB_OFFLINE" in toast(terminal))
        quits(terminal)
    assert hub.requests == []
