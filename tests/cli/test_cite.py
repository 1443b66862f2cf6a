"""``daily-papers cite``: citations on standard output, or in a ``.bib`` file once."""

from __future__ import annotations

import io
import json
import shutil
import sys
from typing import TYPE_CHECKING, Final

import pytest

from tests.cli.conftest import PROGRAM, Outcome, ids, run
from tests.terminal import Terminal
from tui.cli.arguments import FORMS
from tui.cli.exits import Exit
from tui.paths import Paths
from tui.text.citing import Form

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from tests.cli.conftest import Command
    from tests.hubserver import HubServer

A, B = "2608.18580", "2608.19880"
"""Papers of the sample."""
UNKNOWN: Final = "2608.99999"


def test_bibtex_is_what_is_printed_without_more(command: Command) -> None:
    outcome = command("cite", "--demo", A, f"https://huggingface.co/papers/{B}", A)
    assert (outcome.code, outcome.err) == (Exit.DONE, "")
    entries = outcome.out.split("\n\n")
    assert [entry.splitlines()[0] for entry in entries] == [
        f"@misc{{arxiv-{A},", f"@misc{{arxiv-{B},"
    ]  # fmt: skip
    assert command("cite", "--demo", A, B, "--format", "bibtex") == outcome


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("markdown", "[FACET: "),
        ("text", "Shi, K., Wang, Z., "),
        ("ris", "TY  - UNPB\n"),
    ],
)
def test_other_forms(form: str, first: str, command: Command) -> None:
    outcome = command("cite", "--demo", "--format", form, A)
    assert outcome.code == Exit.DONE
    assert outcome.out.startswith(first)


def test_csl_json_is_one_array(command: Command) -> None:
    items = json.loads(command("cite", "--demo", "--format", "csl", A, B).out)
    assert [item["id"] for item in items] == [f"arxiv-{A}", f"arxiv-{B}"]


def test_the_forms_are_those_that_there_are() -> None:
    assert set(FORMS) == {form.value for form in Form}
    assert run("cite", "--demo", "--format", "word", A).code == Exit.USAGE


def test_what_list_prints_can_be_cited(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = command("list", "--demo").out
    for given in ([], ["-"]):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(listed.encode())))
        outcome = command("cite", "--demo", "--format", "markdown", *given)
        assert (given, len(outcome.out.splitlines())) == (given, len(listed.splitlines()))


def test_papers_are_asked_for_once_and_then_on_disk(
    command: Command, hub: HubServer, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = ids(hub, day)[0]
    first = command("cite", paper)
    assert first.code == Exit.DONE
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert command("cite", paper) == first


def test_starred_papers_outlive_the_cache(
    command: Command, hub: HubServer, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = ids(hub, day)[:2]
    command("list", "--date", str(day))
    command("mark", *papers, "--star")
    cited, shown = command("cite", *papers), command("show", papers[0])
    shutil.rmtree(Paths.of_user().cache)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert command("cite", *papers) == cited
    outcome = command("show", papers[0])
    assert (outcome.code, outcome.out) == (Exit.DONE, shown.out)
    assert "This is what was last seen." in outcome.err
    assert command("show", ids(hub, day)[2]).code == Exit.OFFLINE


def test_what_can_be_had_is_cited_and_the_rest_told(
    command: Command, hub: HubServer, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = ids(hub, day)[0]
    outcome = command("cite", UNKNOWN, paper, "--format", "text")
    assert outcome.code == Exit.NOTHING_FOUND
    assert f"arXiv:{paper}" in outcome.out
    assert outcome.err.startswith(f"daily-papers: {UNKNOWN}: The Hub does not have this")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    outcome = command("cite", UNKNOWN)
    assert (outcome.code, outcome.out) == (Exit.OFFLINE, "")


@pytest.mark.parametrize("text", ["x", "2608.1", ""])
def test_what_is_no_id(text: str, command: Command) -> None:
    words = f"daily-papers: “{text}” is not the id of a paper; nothing was cited.\n"
    assert command("cite", "--demo", A, text) == Outcome(Exit.NOTHING_FOUND, "", words)


def test_several_ids_in_one_text(command: Command) -> None:
    both = command("cite", "--demo", A, B)
    assert command("cite", "--demo", f"{A},{B}") == both
    outcome = command("cite", "--demo", f"{A} or {B}")
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert "names more than one paper" in outcome.err


def test_no_ids(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n")))
    words = "daily-papers: No papers were named; nothing was cited.\n"
    assert command("cite", "--demo") == Outcome(Exit.NOTHING_FOUND, "", words)


def test_nobody_is_kept_waiting_on_a_terminal() -> None:
    with Terminal([PROGRAM, "cite", "--demo"]) as terminal:
        assert terminal.wait_exit() == Exit.USAGE
        assert "Give the ids of papers" in terminal.text


def test_a_file_gets_each_paper_once(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "papers.bib"
    told = {
        (A,): "1 paper added.",
        (B, A): "1 paper added; 1 paper there already.",
        (A, B): "0 papers added; 2 papers there already.",
    }
    for papers, words in told.items():
        outcome = command("cite", "--demo", *papers, "--append", str(file))
        assert outcome == Outcome(Exit.DONE, "", f"daily-papers: {words}\n")
    assert file.read_text("utf-8") == command("cite", "--demo", A, B).out


def test_a_file_that_cannot_be_written(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "missing" / "papers.bib"
    words = f"daily-papers: Nothing was added to {file}: its folder is not there.\n"
    assert command("cite", "--demo", A, "--append", str(file)) == Outcome(Exit.TROUBLE, "", words)
    words = f"daily-papers: Nothing was added to {tmp_path}: it is a folder.\n"
    folder = str(tmp_path)
    assert command("cite", "--demo", A, "--append", folder) == Outcome(Exit.TROUBLE, "", words)


def test_a_file_takes_nothing_but_bibtex(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "papers.bib"
    outcome = command("cite", "--demo", A, "--append", str(file), "--format", "ris")
    words = "daily-papers: What --append adds to a file is BibTeX; leave out --format.\n"
    assert outcome == Outcome(Exit.USAGE, "", words)
    assert not file.exists()
