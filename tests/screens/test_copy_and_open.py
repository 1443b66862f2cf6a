from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desktop.tools import install
from tests.generate import make_item
from tests.screens.session import LATEST, Home, running
from tui.commands import COPY, Pane, following

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hubserver import HubServer

REPOSITORY = "https://github.com/heron/code"
TITLE = "A [/] Title"
BY_TERMINAL = "by way of the terminal, if it lets programs copy"


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
    keys = [command.keys(Pane.LIST)[0] for command in following(COPY)]
    assert set(texts) | {"m", "b", "c", "r", "j"} == set(keys)
    async with running(new_home) as session:
        for key in keys:
            await session.press("y", key)
            await session.settle()
            assert BY_TERMINAL in session.toasts[0]
            if key in texts:
                assert session.app.clipboard == texts[key]
        await session.press("y", "m")
        await session.settle()
        assert f"https://huggingface.co/papers/{one_paper}" in session.app.clipboard
        await session.press("y", "b")
        await session.settle()
        assert session.app.clipboard.startswith("@")
        assert one_paper in session.app.clipboard


async def test_texts_are_copied_as_typed(new_home: Home, hub: HubServer) -> None:
    typed = r"At $10^{19}$ \textbf{FLOPs}"
    hub.days[LATEST] = [make_item(7, LATEST, title=typed, summary=f"Costs\n{typed}.")]
    async with running(new_home) as session:
        await session.shows("At 10¹⁹ FLOPs")
        for key, text in (("t", typed), ("s", f"Costs\n{typed}.")):
            await session.press("y", key)
            await session.settle()
            assert session.app.clipboard == text


async def test_the_link_at_once_from_both_panes(new_home: Home, one_paper: str) -> None:
    link = f"https://huggingface.co/papers/{one_paper}"
    async with running(new_home) as session:
        for pane in (Pane.LIST, Pane.READER):
            session.app.copy_to_clipboard("")
            await session.press("c")
            await session.settle()
            assert session.app.clipboard == link
            assert session.toasts == [f"Copied the link {BY_TERMINAL}: {link}"]
            assert session.screen.pane is pane
            await session.press("tab")


async def test_the_strip_shows_the_choices_and_any_other_key_closes_it(
    new_home: Home, one_paper: str
) -> None:
    async with running(new_home) as session:
        for key in ("q", "escape", "x", "down"):
            await session.press("y")
            strip = session.text
            for command in following(COPY):
                assert f" {command.keys(Pane.LIST)[0]} {command.label}" in strip
            await session.press(key)
            assert session.app.screen is session.screen
        assert session.app.clipboard == ""
        assert session.app.is_running


@pytest.mark.parametrize("columns", [30, 41, 60, 80])
async def test_no_line_of_the_strip_ends_between_a_key_and_its_words(
    new_home: Home, one_paper: str, columns: int
) -> None:
    async with running(new_home, size=(columns, 24)) as session:
        await session.press("y")
        await session.still()
        for command in following(COPY):
            choice = f"{command.keys(Pane.LIST)[0]} {command.label}"
            assert any(f" {choice} " in f" {line} " for line in session.lines)
        assert "q cancel" in session.lines[-1]


async def test_a_paper_without_a_repository(new_home: Home, hub: HubServer) -> None:
    hub.days[LATEST] = [make_item(7, LATEST, githubRepo=None)]
    async with running(new_home) as session:
        await session.press("y", "g")
        await session.settle()
        assert session.toasts == ["This paper names no GitHub repository."]


async def test_where_nothing_can_copy_the_text_is_shown(
    new_home: Home, one_paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    async with running(new_home) as session:
        for close in ("q", "enter", "escape"):
            await session.press("y", "t")
            await session.settle()
            await session.shows("Nothing here can copy: select the text")
            await session.shows(TITLE)
            await session.press(close)
            assert session.app.screen is session.screen


@pytest.mark.parametrize(
    ("key", "address", "said"),
    [
        ("o", "https://huggingface.co/papers/{}", "Opened the Hugging Face page in the browser."),
        ("O", "https://arxiv.org/pdf/{}", "Opened the PDF in the browser."),
    ],
)
async def test_a_page_opens_in_the_browser(
    new_home: Home, one_paper: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    key: str, address: str, said: str,
) -> None:  # fmt: skip
    opened = tmp_path / "opened"
    browser = install(tmp_path, "heron-browser", f'printf %s "$1" > "{opened}"')
    monkeypatch.setenv("BROWSER", str(browser))
    async with running(new_home) as session:
        await session.press(key)
        await session.settle()
        assert session.toasts == [said]
        await session.until(lambda: opened.exists() and bool(opened.read_text()))
        assert opened.read_text() == address.format(one_paper)
        assert session.app.clipboard == ""


async def test_where_no_browser_opens_the_link_is_copied(
    new_home: Home, one_paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = f"https://huggingface.co/papers/{one_paper}"
    async with running(new_home) as session:
        await session.press("o")
        await session.settle()
        assert session.app.clipboard == link
        assert session.toasts == [
            f"No browser can open here. Copied the link {BY_TERMINAL}: {link}"
        ]


async def test_a_choice_typed_ahead_is_taken(new_home: Home, one_paper: str) -> None:
    async with running(new_home) as session:
        await session.rush("y", "i", "j")
        await session.settle()
        assert session.app.clipboard == one_paper
        assert session.app.screen is session.screen
