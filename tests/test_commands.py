"""The command table against the product's list of keys, and against itself."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest

from tui.commands import COMMANDS, COPY, FOOTER, SORT, Command, Pane, command, footer, keys_text

NEVER = {"ctrl+m", "ctrl+i", "ctrl+j", "ctrl+h", "ctrl+left_square_bracket", "ctrl+["}
"""Keys that terminals send as Enter, Tab, newline, Backspace and Esc."""
TAKEN = {"shift+tab"}
"""The one key with Shift that every terminal can send."""

IN_BOTH = {
    "h left [": "older",
    "l right ]": "newer",
    "{": "older_unread",
    "}": "newer_unread",
    "t": "latest_day",
    "D": "go_to_date",
    "1": "view_day",
    "2": "view_week",
    "3": "view_month",
    "4": "view_trending",
    "5": "view_starred",
    "tab shift+tab": "other_pane",
    "n": "next_unread",
    "p": "previous_unread",
    "r": "toggle_read",
    "U ctrl+z": "undo",
    "ctrl+y": "redo",
    "s": "toggle_star",
    "e": "edit_note",
    "T": "edit_tags",
    "H": "history",
    "y": "copy",
    "c": "copy_link",
    "Y": "cite",
    "o": "open_page",
    "O": "open_pdf",
    "f": "hints",
    "R": "refresh",
    "M": "raw_tex",
    "z": "zoom",
    "?": "help",
    ": ctrl+p": "palette",
    "ctrl+q": "quit",
    "space": "text_page_down",
    "b": "text_page_up",
}
IN_LIST = {
    "j down J": "next_paper",
    "k up K": "previous_paper",
    "g home": "first_paper",
    "G end": "last_paper",
    "ctrl+d": "half_list_down",
    "ctrl+u": "half_list_up",
    "pagedown": "list_down",
    "pageup": "list_up",
    "enter": "read_paper",
    "A": "read_all",
    "x": "select",
    "X": "clear_selection",
    "escape": "cancel",
    "S": "sort",
    "v": "filter",
    "q": "quit",
}
IN_READER = {
    "J": "next_paper",
    "K": "previous_paper",
    "j down": "text_down",
    "k up": "text_up",
    "g home": "text_top",
    "G end": "text_bottom",
    "ctrl+d": "text_half_down",
    "ctrl+u": "text_half_up",
    "pagedown": "text_page_down",
    "pageup": "text_page_up",
    "q escape": "back",
}
AFTER_Y = {
    "y": "copy_hub_link",
    "a": "copy_arxiv_link",
    "p": "copy_pdf_link",
    "i": "copy_id",
    "t": "copy_title",
    "b": "copy_bibtex",
    "m": "copy_markdown",
    "g": "copy_github_link",
    "s": "copy_summary",
    "c": "copy_reference",
    "r": "copy_ris",
    "j": "copy_csl",
}
AFTER_S = {
    "h": "sort_hub",
    "u": "sort_upvotes",
    "r": "sort_rising",
    "c": "sort_comments",
    "a": "sort_arxiv",
    "t": "sort_title",
}
PRODUCT = {Pane.LIST: IN_BOTH | IN_LIST, Pane.READER: IN_BOTH | IN_READER}
"""What the product promises each key does in a pane."""
MORE = {
    Pane.LIST: {"a": "all_authors", "m": "merge"},
    Pane.READER: {"a": "all_authors", "m": "merge"},
}
"""What else there is."""


def bound(pane: Pane, prefix: str = "") -> list[tuple[str, Command]]:
    return [(key, each) for each in COMMANDS if each.prefix == prefix for key in each.keys(pane)]


@pytest.mark.parametrize("pane", Pane)
def test_every_promised_key_does_what_was_promised(pane: Pane) -> None:
    table = {key: each.id for key, each in bound(pane)}
    promised = {key: name for keys, name in PRODUCT[pane].items() for key in keys.split()}
    assert {key: table.get(key) for key in promised} == promised
    more = {key: name for key, name in table.items() if key not in promised}
    assert more == MORE[pane]


@pytest.mark.parametrize("pane", Pane)
def test_every_promised_key_after_the_copy_prefix(pane: Pane) -> None:
    assert {key: each.id for key, each in bound(pane, COPY)} == AFTER_Y


def test_every_promised_key_after_the_sort_prefix() -> None:
    assert {key: each.id for key, each in bound(Pane.LIST, SORT)} == AFTER_S
    assert bound(Pane.READER, SORT) == []


@pytest.mark.parametrize("pane", Pane)
@pytest.mark.parametrize("prefix", ["", COPY, SORT])
def test_no_key_means_two_things_in_one_pane(pane: Pane, prefix: str) -> None:
    twice = [key for key, n in Counter(key for key, _ in bound(pane, prefix)).items() if n > 1]
    assert twice == []


def test_prefixes_are_keys_that_ask_for_more() -> None:
    assert {each.prefix for each in COMMANDS} == {"", COPY, SORT}
    for pane in Pane:
        assert COPY in command("copy").keys(pane)
    assert SORT in command("sort").keys(Pane.LIST)


@pytest.mark.parametrize("each", COMMANDS, ids=lambda each: each.id)
def test_no_key_that_some_terminal_cannot_send(each: Command) -> None:
    keys = set(chain.from_iterable(map(each.keys, Pane)))
    assert not keys & NEVER
    for key in keys - TAKEN:
        assert not key.startswith(("alt+", "super+", "meta+", "shift+", "ctrl+shift+"))
        assert not (key[0] == "f" and key[1:].isdigit())


def test_ids_are_unique_and_every_command_says_what_it_does() -> None:
    ids = [each.id for each in COMMANDS]
    assert len(set(ids)) == len(ids)
    for each in COMMANDS:
        assert each.help[0].isupper()
        assert not each.help.endswith(".")
        assert each.label
        assert "_" not in each.label
        assert any(map(each.keys, Pane))


def test_the_screen_carries_out_every_command() -> None:
    from tui.screens.daily import DailyScreen

    missing = [each.id for each in COMMANDS if not callable(_action(DailyScreen, each))]
    assert missing == []


def _action(screen: type, each: Command) -> object:
    return getattr(screen, f"action_{each.id}", None)


@pytest.mark.parametrize("pane", Pane)
def test_the_footer_shows_eight_commands_of_its_pane(pane: Pane) -> None:
    shown = list(footer(pane))
    assert len(shown) == len({each.id for each in shown}) == 8
    assert all(each.keys(pane) for each in shown)
    assert FOOTER[pane][-1] == "help"


def test_every_escape_has_a_twin() -> None:
    """A lone Esc costs a tenth of a second.

    Who waits for the Hub anyway does not mind, and X clears the selection.
    """
    alone = [each.id for each in COMMANDS for pane in Pane if each.keys(pane) == ("escape",)]
    assert alone == ["cancel"]


def test_keys_are_written_as_people_write_them() -> None:
    assert keys_text(command("older"), Pane.LIST) == "h  ←  ["
    assert keys_text(command("undo"), Pane.LIST) == "U  Ctrl+z"
    assert keys_text(command("copy_id"), Pane.READER) == "y i"
    assert keys_text(command("sort_rising"), Pane.LIST) == "S r"
    assert keys_text(command("read_paper"), Pane.READER) == ""
    with pytest.raises(KeyError):
        command("no_such")
