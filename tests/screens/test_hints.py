"""Labels on the links in view: f, then the label, opens; a capital copies."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from tests.desktop.tools import install
from tests.generate import make_item
from tests.screens.session import LATEST, Home, Session, running
from tests.screens.visits import without_reading_ahead
from tui.screens.hint_layer import LETTERS, HintLayer, labels

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hubserver import HubServer

CODE = "https://github.com/heron/wait"
SITE = "https://heron.example/a-very-long-address/that-takes/more-than-one-line/of-a-narrow-pane"
ABSTRACT = f"The code is at {CODE}. More at {SITE}."
TWELVE = [f"https://heron.example/{number:02}" for number in range(12)]
SIZES = ((120, 40), (80, 24), (60, 20))


@pytest.fixture(autouse=True)
def _papers(hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The latest day: one that names two addresses, one with twelve, and two with no own ones."""
    without_reading_ahead(monkeypatch)
    hub.days[LATEST] = [
        make_item(
            number, LATEST, upvotes=9 - number, summary=summary, githubRepo=repository,
            ai_summary=None, projectPage=None, ai_keywords=[], authors=[], mediaUrls=[],
        )
        for number, (summary, repository) in enumerate(
            (
                (ABSTRACT, CODE), ("\n\n".join(TWELVE), None), ("\n\n".join("ab" * 40), None),
                ("No link.", None),
            )
        )
    ]  # fmt: skip


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which a browser notes what it was given."""
    file = tmp_path / "opened"
    browser = install(tmp_path, "heron-browser", f'printf %s "$1" > "{file}"')
    monkeypatch.setenv("BROWSER", str(browser))
    return file


def content(file: Path) -> str:
    """What the browser was given; "" where it was not started."""
    return file.read_text() if file.exists() else ""


def forget(file: Path) -> None:
    """Let the browser begin anew."""
    file.unlink()


def label_of(session: Session, rest: str) -> str:
    """The letters that stand before the rest of an address in the reader."""
    line = next(line for line in session.lines if rest in line)
    return line[: line.index(rest)].split()[-1]


@pytest.mark.parametrize(("number", "longest"), [(0, 0), (1, 1), (9, 1), (10, 2), (17, 2), (81, 2)])
def test_labels_are_short_and_none_begins_another(number: int, longest: int) -> None:
    found = labels(number)
    assert len(set(found)) == len(found) == number
    assert max(map(len, found), default=0) == longest
    assert set("".join(found)) <= set(LETTERS)
    assert not any(one.startswith(other) for one, other in permutations(found, 2))


def test_there_are_no_more_labels_than_that() -> None:
    assert labels(500) == labels(81)


async def test_a_label_opens_its_link(new_home: Home, opened: Path) -> None:
    async with running(new_home) as session:
        await session.press("enter")
        for size in SIZES:
            await session.pilot.resize_terminal(*size)
            await session.press("f")
            await session.still()
            label = label_of(session, CODE[1:])
            assert (size, len(label)) == (size, 1)
            await session.press(label)
            await session.settle()
            assert session.app.screen is session.screen
            assert session.toasts == ["Opened the link in the browser."]
            await session.until(lambda: content(opened) == CODE)
            forget(opened)


async def test_a_link_over_several_lines_has_one_label_and_opens_whole(
    new_home: Home, opened: Path
) -> None:
    async with running(new_home, size=(60, 20)) as session:
        await session.press("enter", "f")
        await session.still()
        label = label_of(session, SITE[1:20])
        await session.press(label)
        await session.settle()
        await session.until(lambda: content(opened) == SITE)


async def test_a_capital_copies(new_home: Home, opened: Path) -> None:
    async with running(new_home) as session:
        assert session.text.count(CODE) == 2
        await session.press("f")
        await session.still()
        rest = [line for line in session.lines if CODE[1:] in line]
        assert len({line[line.index(CODE[1:]) - 1] for line in rest}) == 1
        assert len(rest) == 2
        assert CODE not in session.text
        await session.press(label_of(session, CODE[1:]).upper())
        await session.settle()
        assert session.app.clipboard == CODE
        await session.shows("Copied the link")
        await session.press("f")
        await session.still()
        assert "Copied the link" not in session.text, "what was said hides labels"
        await session.press("q")
        session.app.copy_to_clipboard("")
        await session.rush("f", "A", "j")
        await session.settle()
        assert session.app.clipboard == CODE
        assert session.app.screen is session.screen
        assert content(opened) == ""


async def test_what_is_said_late_hides_no_label(new_home: Home) -> None:
    async with running(new_home) as session:

        async def label_while_something_is_said() -> None:
            session.screen.tell("It took a while.")
            await session.screen.action_hints()

        session.app.call_later(label_while_something_is_said)
        await session.shows("Type a label")
        await session.still()
        assert "It took a while." not in session.text
        session.screen.tell("It took longer.")
        await session.still()
        assert session.toasts == ["It took longer."]
        assert "It took longer." not in session.text
        await session.press("q")
        await session.shows("It took longer.")


async def test_many_links_have_labels_of_two_letters(new_home: Home) -> None:
    async with running(new_home) as session:
        await session.press("j", "f")
        await session.still()
        label = label_of(session, TWELVE[-1][2:])
        assert len(label) == 2
        await session.press(label[0])
        await session.still()
        assert TWELVE[0] in session.text
        assert TWELVE[-1] not in session.text
        await session.press(label[1].upper())
        await session.settle()
        assert session.app.clipboard == TWELVE[-1]


async def test_any_other_key_ends_it(new_home: Home) -> None:
    async with running(new_home) as session:
        await session.press("G")
        await session.rest()
        before = session.text
        for key in ("q", "escape", "x", "down", "l"):
            await session.press("f")
            assert isinstance(session.app.screen, HintLayer)
            await session.still()
            assert "Type a label to open its link, in capitals to copy it" in session.lines[-1]
            await session.press(key)
            await session.rest()
            assert (key, session.text) == (key, before)
        assert session.app.clipboard == ""
        assert session.toasts == []


async def test_another_size_of_the_window_ends_it(new_home: Home) -> None:
    async with running(new_home) as session:
        await session.press("enter", "f")
        for size in SIZES[1:]:
            await session.pilot.resize_terminal(*size)
            await session.until(lambda: session.app.screen is session.screen)
            await session.still()
            assert "Type a label" not in session.text
            await session.press("f")
            await session.still()
            assert isinstance(session.app.screen, HintLayer)
            assert "ttps://" in session.text


async def test_where_nothing_is_to_be_labelled(new_home: Home) -> None:
    async with running(new_home, size=(60, 20)) as session:
        await session.press("j", "j", "f")
        assert session.toasts == ["The text is not in view; Enter shows it."]
        await session.press("enter", "ctrl+d", "ctrl+d", "f")
        assert session.toasts == [
            "No link is in view. Scroll to one, or press o for the paper's page."
        ]


async def test_a_click_on_a_link_opens_it_and_one_beside_it_nothing(
    new_home: Home, opened: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(new_home) as session:
        y = next(number for number, line in enumerate(session.lines) if "The code is" in line)
        x = session.lines[y].index("code")
        for at in ((x, y), (x, 36)):
            await session.pilot.click(offset=at)
            await session.settle()
        assert session.toasts == []
        assert content(opened) == ""
        y = next(number for number, line in enumerate(session.lines) if SITE[30:50] in line)
        x = session.lines[y].index(SITE[30:50])
        asked: list[str] = []
        with monkeypatch.context() as patch:
            patch.setattr(session.screen, "_browse", lambda _, address: asked.append(address))
            await session.pilot.click(offset=(x, y), times=2)
            await session.settle()
        assert asked == [SITE], "a double click opens once"
        await session.pilot.click(offset=(x, y))
        await session.settle()
        await session.until(lambda: content(opened) == SITE)
