from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.screens.session import Home, Session, running
from tui.library import Library
from tui.library.change import MOST_TAG
from tui.screens.tag_dialog import Tagged, changes, completions, names

if TYPE_CHECKING:
    from collections.abc import Mapping

SMALL = (80, 24)
"""A window in which there is less to paint."""
TRAP = "[/]\u202e[@click=app.quit]x"


def on_disk(home: Home, *papers: str) -> list[tuple[str, ...]]:
    """The tags of each paper, as another program finds them."""
    with closing(Library.open(home.library)) as library:
        marks = library.marks(papers)
    return [marks[paper].tags for paper in papers]


def tag(home: Home, papers: list[str], *tags: str) -> None:
    """Tag papers from another program."""
    with closing(Library.open(home.library)) as library:
        library.mark(papers, tags=dict.fromkeys(tags, True))


def line(session: Session) -> str:
    """What stands in the dialog's line."""
    value: str = session.app.screen.query_one("#tag-line").value  # type: ignore[attr-defined]
    return value


async def test_tags_are_added_and_taken_off_as_one_step(reader_home: Home) -> None:
    async with running(reader_home, size=(200, 40)) as session:
        paper = session.ids[0]
        await session.rush("T", *"moe, to read", "enter")  # typed ahead of the dialog
        await session.settle()
        assert session.app.screen is session.screen
        assert session.current.tags == ("moe", "to read")
        await session.shows("Tags: moe, to read")
        assert "#moe #to read" in session.lines[3]
        await session.press("T")
        assert line(session) == "moe, to read, "
        await session.press("ctrl+u", *"to read, vision", "enter")
        await session.settle()
        assert on_disk(reader_home, paper) == [("to read", "vision")]
        await session.press("U")
        assert session.toasts[0].startswith("Undid: tagged “vision”, tag “moe” taken off: “")
        assert on_disk(reader_home, paper) == [("moe", "to read")]
        await session.press("U")
        assert on_disk(reader_home, paper) == [()]
        assert not session.current.tags


async def test_keys_typed_after_enter_are_for_the_list(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        first, second = session.ids[:2]
        await session.press("T")
        await session.rush(*"moe", "enter", "j", "s")
        await session.settle()
        assert on_disk(reader_home, first, second) == [("moe",), ()]
        assert reader_home.marks(first, second) == [(False, False), (False, True)]
        assert session.papers.cursor == 1


async def test_closing_without_a_change_changes_nothing(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        tag(reader_home, session.ids[:1], "moe")
        session.screen.look_around()
        for keys in (["escape"], ["enter"], ["x", "escape"]):
            await session.press("T", *keys)
            await session.settle()
            assert (keys, on_disk(reader_home, session.ids[0])) == (keys, [("moe",)])
        await session.press("T")
        session.app.screen.query_one("#tag-line").value = "x" * (MOST_TAG + 1)  # type: ignore[attr-defined]
        await session.press("enter")
        await session.shows(f"A tag has at most {MOST_TAG} characters.")
        await session.press("backspace", "enter")
        await session.settle()
        assert on_disk(reader_home, session.ids[0]) == [("x" * MOST_TAG,)]


async def test_tags_in_use_complete_what_is_begun(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        tag(reader_home, session.ids[3:6], "heron")
        tag(reader_home, session.ids[3:4], "herbs", "moe")
        await session.press("T", "down", "down", "down", "up", "tab", "enter")
        await session.settle()
        assert on_disk(reader_home, session.ids[0]) == [("herbs",)]
        await session.press("j", "T", *"HE")
        await session.shows("heron  herbs")
        await session.press("tab")
        assert line(session) == "heron, "
        await session.press("h", "tab", *"new", "enter")
        await session.settle()
        assert on_disk(reader_home, session.ids[1]) == [("herbs", "heron", "new")]
        await session.press("j", "T", "down", "down")
        await session.rush("m", "tab", "down", "tab", "tab")  # before the line is said to change
        assert line(session) == "moe, herbs, heron, "


async def test_a_selection_is_tagged_as_one_step(reader_home: Home) -> None:
    async with running(reader_home, size=SMALL) as session:
        ids = session.ids[:3]
        tag(reader_home, ids, "moe")
        tag(reader_home, ids[:1], "heron")
        session.screen.look_around()
        await session.press("x", "x", "x", "T")
        await session.shows("Tags of 3 papers")
        await session.shows("Some of them have: heron")
        assert line(session) == "moe, "
        await session.press("ctrl+u", *"new", "enter")
        await session.settle()
        assert session.toasts == ["Tagged “new”, tag “moe” taken off: 3 papers; U takes it back."]
        assert on_disk(reader_home, *ids) == [("heron", "new"), ("new",), ("new",)]
        await session.press("U")
        assert on_disk(reader_home, *ids) == [("heron", "moe"), ("moe",), ("moe",)]


async def test_a_tag_is_shown_as_it_is_written_and_kept_as_it_was_made(reader_home: Home) -> None:
    async with running(reader_home, size=(200, 40)) as session:
        tag(reader_home, session.ids[:1], TRAP, "a,b")
        session.screen.look_around()
        await session.settle()
        await session.shows("Tags: [/][@click=app.quit]x, “a,b”")
        await session.press("T")
        assert line(session) == "[/][@click=app.quit]x, a;b, "
        await session.press(*"#more", "enter")
        await session.settle()
        assert on_disk(reader_home, session.ids[0]) == [(TRAP, "a,b", "more")]
        await session.press("T", "ctrl+u", *"more", "enter")
        await session.settle()
        assert on_disk(reader_home, session.ids[0]) == [("more",)]


def test_names_stand_between_commas() -> None:
    assert names([" moe ", "", "to  read", "moe", "\t"]) == ["moe", "to  read"]


@pytest.mark.parametrize(
    ("begun", "offered"),
    [
        ("", ["moe", "Heron", "a,b"]),
        (" h", ["Heron"]),
        ("#h", ["Heron"]),
        ("MO", ["moe"]),
        ("a;", ["a,b"]),
        ("z", []),
    ],
)
def test_what_can_come_of_what_is_begun(begun: str, offered: list[str]) -> None:
    assert completions(begun, ["moe", "Heron", "a,b", "used"], taken=["used"]) == offered


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        (["a"], {}),
        ([], {"a": False}),
        (["a", "b"], {"b": True}),
        (["b", "x"], {"b": True, "x\u200b": True, "a": False}),
        (["a", "some"], {"some": True}),
        (["#a", "#x", "#new", "#"], {"x\u200b": True, "new": True}),
        (["a", "##hash"], {"#hash": True}),
        (["a", "#used"], {"#used": True}),
    ],
)
def test_what_turns_the_tags_into_those_typed(
    typed: list[str], changed: Mapping[str, bool]
) -> None:
    assert changes(typed, Tagged(("a",), ("some",)), ["x\u200b", "#used"]) == changed


@pytest.mark.parametrize(("typed", "changed"), [("#a", {}), ("a", {"a": True, "#a": False})])
def test_a_tag_that_begins_with_its_sign_is_kept_and_taken_off(
    typed: str, changed: Mapping[str, bool]
) -> None:
    assert changes([typed], Tagged(("#a",)), ["#a", "a"]) == changed


def test_two_tags_that_look_alike_are_both_kept() -> None:
    assert changes(["x"], Tagged(("x", "x\u200b")), ["x", "x\u200b"]) == {}
