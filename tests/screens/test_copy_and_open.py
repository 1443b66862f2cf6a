from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desktop.tools import install
from tests.generate import make_item
from tests.screens.session import LATEST, Home, running
from tests.screens.visits import without_reading_ahead
from tui.commands import COPY, Pane, following

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hubserver import HubServer

REPOSITORY = "https://github.com/heron/code"
TITLE = "A [/] Title"
BY_TERMINAL = "by way of the terminal, if it lets programs copy"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    without_reading_ahead(monkeypatch)


@pytest.fixture
def one_paper(hub: HubServer) -> str:
    """The id of the only paper of the latest day."""
    item = make_item(
        7, LATEST, title=TITLE, summary="The abstract.\nIn two lines.", githubRepo=REPOSITORY
    )
    hub.days[LATEST] = [item]
    return str(item["paper"]["id"])


async def test_every_choice_of_the_strip_is_copied(new_home: Home, one_paper: str) -> None:
    texts = {
        "y": f"https://huggingface.co/papers/{one_paper}",
        "a": f"https://arxiv.org/abs/{one_paper}",
        "p": f"https://arxiv.org/pdf/{one_paper}",
        "i": one_paper,
        "t": TITLE,
        "g": REPOSITORY,
        "s": "The abstract.\nIn two lines.",
    }
    parts = {"m": f"https://huggingface.co/papers/{one_paper}", "b": one_paper}
    keys = [command.keys(Pane.LIST)[0] for command in following(COPY)]
    assert {*texts, *parts, "c", "r", "j"} == set(keys)
    async with running(new_home) as session:
        for key in keys:
            await session.press("y", key)
            await session.settle()
            assert (key, BY_TERMINAL in session.toasts[0]) == (key, True)
            copied = session.app.clipboard
            assert (key, copied) == (key, texts.get(key, copied))
            assert parts.get(key, "") in copied
            assert copied.startswith("@") or key != "b"
        await session.rush("y", "i", "j")
        await session.settle()
        assert session.app.clipboard == one_paper
        assert session.app.screen is session.screen


async def test_texts_are_copied_as_typed_and_no_repository_is_made_up(
    new_home: Home, hub: HubServer
) -> None:
    typed = r"At $10^{19}$ \textbf{FLOPs}"
    hub.days[LATEST] = [
        make_item(7, LATEST, title=typed, summary=f"Costs\n{typed}.", githubRepo=None)
    ]
    async with running(new_home) as session:
        await session.shows("At 10¹⁹ FLOPs")
        for key, text in (("t", typed), ("s", f"Costs\n{typed}.")):
            await session.press("y", key)
            await session.settle()
            assert session.app.clipboard == text
        await session.press("y", "g")
        await session.settle()
        assert session.toasts == ["This paper names no GitHub repository."]


async def test_one_key_opens_a_page_or_copies_the_link(
    new_home: Home, one_paper: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = f"https://huggingface.co/papers/{one_paper}"
    opened = tmp_path / "opened"
    browser = install(tmp_path, "heron-browser", f'printf %s "$1" > "{opened}"')
    async with running(new_home) as session:
        await session.press("o")
        await session.settle()
        assert session.app.clipboard == link
        assert session.toasts == [
            f"No browser can open here. Copied the link {BY_TERMINAL}: {link}"
        ]
        session.app.copy_to_clipboard("")
        monkeypatch.setenv("BROWSER", str(browser))
        for key, address, page in (
            ("o", link, "Hugging Face page"),
            ("O", f"https://arxiv.org/pdf/{one_paper}", "PDF"),
        ):
            await session.press(key)
            await session.settle()
            assert session.toasts == [f"Opened the {page} in the browser."]
            await session.until(lambda: opened.exists() and bool(opened.read_text()))
            assert (key, opened.read_text()) == (key, address)
            assert session.app.clipboard == ""
            opened.unlink()
        install(tmp_path, "heron-browser", f'echo "$1" >> "{opened}"')
        await session.rush("o", "O", "o")
        await session.settle()
        assert sorted(opened.read_text().split()) == [address, link, link]
        for pane in (Pane.LIST, Pane.READER):
            session.app.copy_to_clipboard("")
            await session.press("c")
            await session.settle()
            assert session.app.clipboard == link
            assert session.toasts == [f"Copied the link {BY_TERMINAL}: {link}"]
            assert session.screen.pane is pane
            await session.press("tab")


async def test_the_strip_shows_the_choices_unbroken_and_any_other_key_closes_it(
    new_home: Home, one_paper: str
) -> None:
    async with running(new_home, size=(80, 24)) as session:
        for columns, key in ((80, "q"), (60, "escape"), (41, "x"), (30, "down")):
            await session.pilot.resize_terminal(columns, 24)
            await session.press("y")
            await session.still()
            for command in following(COPY):
                choice = f"{command.keys(Pane.LIST)[0]} {command.label}"
                assert any(f" {choice} " in f" {line} " for line in session.lines), columns
            assert "q cancel" in session.lines[-1]
            await session.press(key)
            assert (key, session.app.screen) == (key, session.screen)
        assert session.app.clipboard == ""
        assert session.app.is_running


async def test_where_nothing_can_copy_the_text_is_shown(
    new_home: Home, one_paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    async with running(new_home, size=(60, 20)) as session:
        for close in ("q", "enter", "escape"):
            await session.rush("y", "t")
            await session.settle()
            await session.shows("Nothing here can copy: select the text")
            await session.shows(TITLE)
            await session.press(close)
            assert (close, session.app.screen) == (close, session.screen)
