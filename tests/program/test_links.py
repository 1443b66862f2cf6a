"""What a terminal is told of links (OSC 8), in the bytes that reach it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import TODAY
from tests.generate import make_item
from tests.program.user import User, quits, shows

if TYPE_CHECKING:
    from tests.hubserver import HubServer

SITE: Final = "https://heron.example/" + "-".join(["a-long-way"] * 9)
BROKEN: Final = "https://github.com/heron/\nwait"
MENDED: Final = "https://github.com/heron/wait"
HOSTILE: Final = "https://heron.example/\x1b]8;;https://evil.example\x07"
OPENED: Final = re.compile(
    rb"\x1b\]8;id=([^;]*);([^\x1b\x07]+)\x1b\\(.*?)\x1b\]8;;\x1b\\", re.DOTALL
)
ANY: Final = re.compile(rb"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")
STYLE: Final = re.compile(rb"\x1b\[[0-9;]*m")


@pytest.fixture(autouse=True)
def _one_paper(hub: HubServer) -> None:
    text = f"See {SITE}. Code: {BROKEN}.\n\nNot {HOSTILE}, but arXiv:2608.12345."
    hub.days[TODAY] = [
        make_item(0, TODAY, summary=text, projectPage=HOSTILE, githubRepo=MENDED, authors=[])
    ]


def written(user: User, size: tuple[int, int] = (120, 40)) -> bytes:
    """The bytes of a run that shows the paper."""
    with user.starts(size=size) as terminal:
        shows(terminal, "arXiv:2608.12345")
        quits(terminal)
        return terminal.raw


def told(raw: bytes) -> dict[str, set[tuple[bytes, str]]]:
    """For each address the ids and the texts that were linked to it."""
    found = defaultdict(set)
    for name, address, text in OPENED.findall(raw):
        found[address.decode("ascii")].add((name, STYLE.sub(b"", text).decode()))
    return found


@pytest.mark.parametrize(
    "env",
    [
        {},
        pytest.param({"NO_COLOR": "1"}, marks=pytest.mark.torture),
        pytest.param({"TERM": "linux", "FORCE_HYPERLINK": "1"}, marks=pytest.mark.torture),
    ],
)
def test_the_parts_of_a_link_lead_to_all_of_it_and_no_text_to_elsewhere(
    newcomer: User, env: dict[str, str]
) -> None:
    newcomer.env |= env
    newcomer.sets("[highlights]\nwords = ['way']\n")
    raw = written(newcomer)
    links = told(raw)
    parts = links[SITE]
    assert "".join(sorted((text for _, text in parts), key=SITE.index)) == SITE
    assert len(parts) > 1
    assert len({name for name, _ in parts}) == 1
    assert {text for _, text in links[MENDED]} == {MENDED, " ".join(BROKEN.split())}
    assert {text for _, text in links["https://arxiv.org/abs/2608.12345"]} == {"arXiv:2608.12345"}
    assert "https://huggingface.co/papers/" in " ".join(links)
    assert not any("evil" in address for address in links)
    assert len(ANY.findall(raw)) == 2 * len(OPENED.findall(raw))


@pytest.mark.torture
@pytest.mark.parametrize("env", [{"TERM": "linux"}, {"FORCE_HYPERLINK": "0"}])
def test_where_links_are_not_wanted_there_are_none(newcomer: User, env: dict[str, str]) -> None:
    newcomer.env |= env
    assert not ANY.search(written(newcomer))


def test_a_label_is_typed_in_a_small_terminal_that_knows_no_links(newcomer: User) -> None:
    newcomer.env["FORCE_HYPERLINK"] = "0"
    with newcomer.starts(size=(60, 20)) as terminal:
        shows(terminal, "1 paper · 1 unread")
        terminal.press("f")
        shows(terminal, "The text is not in view; Enter shows it.")
        terminal.press("<enter>")
        shows(terminal, "heron.example")
        terminal.press("f")
        shows(terminal, "Type a label to open its link")
        terminal.press("A")
        shows(terminal, "Copied the link")
        quits(terminal, "<c-q>")
        assert not ANY.search(terminal.raw)
