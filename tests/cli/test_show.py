"""``daily-papers show``: one paper as the reader shows it."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import MARKS, PROGRAM, age, ids
from tests.generate import hostile_day, make_authors, make_item
from tests.hubserver import Fault
from tests.terminal import Terminal
from tui.cli.exits import Exit
from tui.library import Library
from tui.papers import Paper
from tui.paths import Paths
from tui.text.width import cell_width

if TYPE_CHECKING:
    from datetime import date

    from tests.cli.conftest import Command
    from tests.hubserver import HubServer


@pytest.fixture
def paper_id(hub: HubServer, day: date) -> str:
    """The id of a paper with many authors, TeX in its title and a long abstract."""
    authors = [author | {"hidden": False} for author in make_authors(40)]
    hub.days[day] = [make_item(0, day, title="At $10^{19}$ FLOPs", authors=authors)]
    return ids(hub, day)[0]


def test_a_paper_into_a_pipe(command: Command, hub: HubServer, paper_id: str) -> None:
    outcome = command("show", paper_id)
    assert (outcome.code, outcome.err) == (Exit.DONE, "")
    first, *rest = outcome.out.splitlines()
    assert first == "At 10¹⁹ FLOPs"
    assert f"Hugging Face  https://huggingface.co/papers/{paper_id}" in rest
    assert "more" not in "".join(rest[:10])
    assert max(map(cell_width, outcome.out.splitlines())) <= 80


def test_what_the_user_wrote_stands_with_the_paper(command: Command, paper_id: str) -> None:
    with closing(Library.open(Paths.of_user().library)) as library:
        library.mark([paper_id], tags={"scaling": True, "ab\x1b[2J": True}, note="As *usual*.\n")
    lines = command("show", paper_id).out.splitlines()
    assert "Tags: ab, scaling" in lines
    assert "▎ As *usual*." in lines


def test_a_paper_on_a_terminal_is_as_wide_as_that(paper_id: str) -> None:
    with Terminal([PROGRAM, "show", paper_id], size=(50, 100)) as terminal:
        assert terminal.wait_exit() == Exit.DONE
        assert b"\x1b" not in terminal.raw
        assert terminal.screen[0] == "At 10¹⁹ FLOPs"
        assert 40 < max(map(cell_width, terminal.screen)) <= 50


def test_a_paper_as_json(command: Command, paper_id: str) -> None:
    with closing(Library.open(Paths.of_user().library)) as library:
        library.mark([paper_id], starred=True, tags={"b": True, "a": True}, note="*So*\n")
    paper = json.loads(command("show", "--json", paper_id).out)
    assert list(paper) == [field.name for field in fields(Paper)] + MARKS
    assert paper["id"] == paper_id
    assert paper["title"] == "At $10^{19}$ FLOPs"
    assert [paper[name] for name in MARKS] == [False, True, ["a", "b"], "*So*\n"]


def test_an_id_wherever_it_stands(command: Command, paper_id: str) -> None:
    first = command("show", paper_id)
    assert (first.code, paper_id in first.out) == (Exit.DONE, True)
    for text in (
        " {} ", "arXiv:{}", "{}v2", "https://arxiv.org/abs/{}v1", "https://arxiv.org/pdf/{}",
        "https://huggingface.co/papers/{}", "https://huggingface.co/papers/{}#comments",
    ):  # fmt: skip
        assert (text, command("show", text.format(paper_id))) == (text, first)


@pytest.mark.parametrize("text", ["", "x", "2608", "2608.1", "12608.19880", "2608.198801", "\x1b"])
def test_what_is_no_id(text: str, command: Command, hub: HubServer) -> None:
    outcome = command("show", text)
    assert outcome.code == Exit.NOTHING_FOUND
    assert outcome.err == (
        "daily-papers: That is not the id of a paper; give one like 2608.19880.\n"
    )
    assert not hub.requests


@pytest.mark.parametrize("text", ["9912.99999", "cs/0112017", "https://arxiv.org/abs/cs/0112017"])
def test_a_paper_that_the_hub_does_not_have(text: str, command: Command, hub: HubServer) -> None:
    outcome = command("show", text)
    assert (outcome.code, outcome.out) == (Exit.NOTHING_FOUND, "")
    assert outcome.err == "daily-papers: The Hub does not have this (Paper not found).\n"
    assert hub.requests


@pytest.mark.parametrize(("name", "before"), [("show", ""), ("cite", "1706.03762: ")])
def test_a_paper_that_the_sample_does_not_have(name: str, before: str, command: Command) -> None:
    outcome = command(name, "--demo", "1706.03762")
    assert (outcome.code, outcome.out) == (Exit.NOTHING_FOUND, "")
    assert outcome.err == f"daily-papers: {before}The sample edition does not have this paper.\n"


def test_a_paper_of_a_listed_day_needs_no_hub(
    command: Command, hub: HubServer, day: date, paper_id: str
) -> None:
    command("list", "--date", str(day))
    hub.fault(Fault.REFUSE)
    outcome = command("show", paper_id)
    assert (outcome.code, outcome.err) == (Exit.DONE, "")


def test_a_stale_paper_is_shown_with_words_beside_it(
    command: Command, hub: HubServer, day: date, paper_id: str
) -> None:
    command("list", "--date", str(day))
    first = command("show", paper_id)
    age(30)
    hub.fault(Fault.STATUS_503)
    outcome = command("show", paper_id)
    assert (outcome.code, outcome.out) == (Exit.DONE, first.out)
    assert "trouble of its own (503)" in outcome.err
    assert "This is what was last seen." in outcome.err


def test_hostile_texts_are_harmless(command: Command, hub: HubServer, day: date) -> None:
    hub.days[day] = hostile_day(day)
    for number, paper in enumerate(ids(hub, day)):
        outcome = command("show", paper, *(["--json"] if number % 5 == 0 else []))
        assert (paper, outcome.code) == (paper, Exit.DONE)
        assert (paper, outcome.out.replace("\n", "").isprintable()) == (paper, True)
