"""``daily-papers mark``: what it says it did is on disk, in one step to undo."""

from __future__ import annotations

import io
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

import pytest

from tests.cli.conftest import PROGRAM, Outcome, run
from tests.library.obstacles import frozen
from tests.terminal import Terminal
from tui.cli.exits import Exit
from tui.library import Library, Mark, Undone
from tui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Command

A, B, C = "2608.00001", "2608.00002", "cs/0112017"
NOT_NAMED: Final = Outcome(
    Exit.NOTHING_FOUND, "", "daily-papers: No papers were named; nothing was changed.\n"
)


@contextmanager
def library() -> Iterator[Library]:
    """The user's library, as another program sees it."""
    with closing(Library.open(Paths.of_user().library)) as opened:
        yield opened


def marks(*papers: str) -> list[Mark]:
    with library() as opened:
        return [opened.marks(papers)[paper] for paper in papers]


def changed(words: str) -> Outcome:
    return Outcome(Exit.DONE, "", f"daily-papers: {words} changed.\n")


def test_everything_at_once_is_one_step(command: Command) -> None:
    given = ["--read", "--star", "--tag", "rag", "--tag", "to do", "--note", "# So\n"]
    assert command("mark", A, B, *given) == changed("2 papers")
    assert marks(A, B) == [Mark(True, True, True, ("rag", "to do"))] * 2
    with library() as opened:
        assert opened.note(A) == "# So\n"
        label = "read, starred, tagged “rag”, tagged “to do”, note written (2 papers)"
        assert opened.undo() == Undone(label)
        assert opened.undo() is None
    assert marks(A, B) == [Mark()] * 2


def test_everything_can_be_taken_off(command: Command) -> None:
    command("mark", A, "--read", "--star", "--tag", "rag", "--note", "x")
    outcome = command("mark", A, "--unread", "--unstar", "--untag", "rag", "--note", "")
    assert outcome == changed("1 paper")
    assert marks(A) == [Mark()]
    with library() as opened:
        label = f"unread, star taken off, tag “rag” taken off, note taken off ({A})"
        assert opened.undo() == Undone(label)


def test_only_papers_that_change_are_counted(command: Command) -> None:
    command("mark", A, "--star")
    assert command("mark", A, B, B, "--star") == changed("1 paper")
    assert command("mark", A, B, "--star") == changed("0 papers")


@pytest.mark.parametrize(
    "text", ["arXiv:{}v2", "https://arxiv.org/abs/{}", "https://huggingface.co/papers/{}#x", " {} "]
)
@pytest.mark.parametrize("paper", [A, C])
def test_an_id_wherever_it_stands(text: str, paper: str, command: Command) -> None:
    assert command("mark", "--read", text.format(paper)) == changed("1 paper")
    assert marks(paper) == [Mark(read=True)]


def test_ids_from_standard_input(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    given = f"{A}\r\n\n  \nhttps://arxiv.org/abs/{B}\ta title\n{A}"
    assert run("mark", "--read", stdin=None, input=given) == changed("2 papers")
    assert marks(A, B) == [Mark(read=True)] * 2
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    assert command("mark", "--unread", "-") == changed("2 papers")
    assert marks(A, B) == [Mark()] * 2


def test_standard_input_among_ids(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{B}\n".encode())))
    assert command("mark", A, "-", "--read") == changed("2 papers")


@pytest.mark.parametrize(
    "text", [f"{A} {B} {C}", f"{A},{B}, {C}", f" {A}\t{B} ,\t{C},", f"arXiv:{A}v2 x.org/{B}#y {C}"]
)
def test_ids_parted_by_blanks_or_commas_are_all_taken(
    text: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command("mark", "--star", text) == changed("3 papers")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert command("mark", "--read") == changed("3 papers")
    assert marks(A, B, C) == [Mark(True, True)] * 3


def test_a_paper_with_another_one_in_its_title_is_itself(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = f"{A}\tComments on {B}, and {C}\t3\t\t\t\tA. Heron\thttps://huggingface.co/papers/{A}"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line.encode())))
    assert command("mark", "--read", "-", f"see {C}, {C}v2") == changed("2 papers")
    assert marks(A, B, C) == [Mark(read=True), Mark(), Mark(read=True)]


@pytest.mark.parametrize("text", [f"{A} and {B}", f"{A};{B}", f"{A}+{B} {C}"])
def test_of_several_papers_among_other_words_none_is_changed(text: str, command: Command) -> None:
    outcome = command("mark", "--read", C, text)
    assert outcome == Outcome(Exit.USAGE, "", (
        f"daily-papers: “{text}” names more than one paper; give the ids alone, parted by blanks "
        "or commas; nothing was changed.\n"
    ))  # fmt: skip
    assert marks(A, B, C) == [Mark()] * 3


def test_what_list_prints_can_be_marked(command: Command) -> None:
    listed = command("list", "--demo").out
    outcome = run("mark", "--demo", "--read", stdin=None, input=listed)
    assert outcome.err == f"daily-papers: {len(listed.splitlines())} papers changed.\n"
    assert command("list", "--demo", "--unread").code == Exit.NOTHING_FOUND


@pytest.mark.parametrize("given", [b"", b"\n \n"])
def test_nothing_in_standard_input(
    given: bytes, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert command("mark", "--read") == NOT_NAMED


def test_a_closed_standard_input(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert command("mark", "--read") == NOT_NAMED


def test_nobody_is_kept_waiting_on_a_terminal() -> None:
    with Terminal([PROGRAM, "mark", "--read"]) as terminal:
        assert terminal.wait_exit() == Exit.USAGE
        assert "Give the ids of papers" in terminal.text


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("x", "x"), ("2608.1", "2608.1"), ("\x1b[2Jx2", "x2"), ("\udcff", "\ufffd")],
)
def test_the_first_that_is_no_id_is_told_and_nothing_changes(
    text: str, quoted: str, command: Command
) -> None:
    outcome = command("mark", A, text, "nonsense", "--read")
    words = f"daily-papers: “{quoted}” is not the id of a paper; nothing was changed.\n"
    assert outcome == Outcome(Exit.NOTHING_FOUND, "", words)
    assert marks(A) == [Mark()]


def test_bytes_that_are_no_text_are_no_id(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n"), "ascii"))
    assert command("mark", "--read").code == Exit.NOTHING_FOUND


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["--tag", "x", "--untag", "x"], ["--tag", ""], ["--tag", " "], ["--untag", "x" * 300],
        ["--note", "\udcff"], ["--note", "x" * 1_000_001], ["--tag", "\udcff"],
    ],
    ids=lambda arguments: " ".join(arguments)[:20].encode("ascii", "replace").decode(),
)  # fmt: skip
def test_what_cannot_be_done(arguments: list[str], command: Command) -> None:
    outcome = command("mark", A, *arguments)
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert outcome.err.startswith("daily-papers: ")
    assert outcome.err.endswith(".\n")
    assert outcome.err[:-1].isprintable()
    assert marks(A) == [Mark()]


@pytest.mark.parametrize("both", [["--read", "--unread"], ["--star", "--unstar"]])
def test_opposites_are_refused(both: list[str]) -> None:
    outcome = run("mark", A, *both)
    assert outcome.code == Exit.USAGE
    assert "not allowed with" in outcome.err


def test_blanks_around_a_tag_are_no_part_of_it(command: Command) -> None:
    assert command("mark", A, "--tag", " a tag ") == changed("1 paper")
    assert marks(A) == [Mark(tags=("a tag",))]
    with library() as opened:
        opened.mark([A], tags={" b ": True})
    assert command("mark", A, "--untag", "a tag\t", "--untag", " b ") == changed("1 paper")
    assert marks(A) == [Mark()]
    outcome = command("mark", A, "--tag", "x ", "--untag", " x")
    assert (outcome.code, marks(A)) == (Exit.USAGE, [Mark()])


def test_tags_are_typed_as_they_are_shown_with_commas_between_them(command: Command) -> None:
    assert command("mark", A, "--tag", "#rl", "--tag", "a, #b") == changed("1 paper")
    assert marks(A) == [Mark(tags=("a", "b", "rl"))]
    with library() as opened:
        assert opened.undo() == Undone(f"tagged “rl”, tagged “a”, tagged “b” ({A})")
        opened.mark([A], tags=dict.fromkeys(["a", "b", "rl", "#rl", "a,b"], True))
    assert command("mark", A, "--untag", "##rl", "--untag", "b") == changed("1 paper")
    assert marks(A) == [Mark(tags=("a", "a,b", "rl"))]
    assert command("mark", A, "--untag", "a,b", "--untag", "#rl") == changed("1 paper")
    assert marks(A) == [Mark()]
    outcome = command("mark", A, "--tag", "#x", "--untag", "x")
    assert (outcome.code, marks(A)) == (Exit.USAGE, [Mark()])


@pytest.mark.parametrize(
    ("tag", "why"),
    [("#", "a tag has at least one character"), ("x" * 197, "a tag has at most 196 characters")],
    ids=["blank", "long"],
)
def test_why_a_tag_cannot_be_kept(tag: str, why: str, command: Command) -> None:
    words = f"daily-papers: This cannot be kept: {why}.\n"
    assert command("mark", A, "--tag", tag) == Outcome(Exit.USAGE, "", words)


def test_a_hostile_tag_is_kept_as_it_is_and_told_harmlessly(command: Command) -> None:
    command("mark", A, "--tag", "\x1b]0;x\x07a tag")
    assert marks(A) == [Mark(tags=("\x1b]0;x\x07a tag",))]
    with library() as opened:
        assert opened.undo() == Undone(f"tagged “a tag” ({A})")


def test_the_step_is_named_by_the_papers_that_it_changed(command: Command) -> None:
    command("mark", A, "--read")
    assert command("mark", A, B, C, "--read") == changed("2 papers")
    assert command("mark", A, B, "--read", "--star") == changed("2 papers")
    assert command("mark", A, C, "--star") == changed("1 paper")
    with library() as opened:
        assert [opened.undo() for _ in range(4)] == [
            Undone(f"starred ({C})"), Undone("read, starred (2 papers)"),
            Undone("read (2 papers)"), Undone(f"read ({A})"),
        ]  # fmt: skip


def test_marks_that_cannot_be_written(command: Command) -> None:
    command("mark", A, "--star")
    with frozen(Paths.of_user().library.parent), frozen(Paths.of_user().library):
        outcome = command("mark", A, B, "--read")
    assert outcome.code == Exit.TROUBLE
    assert outcome.err.startswith("daily-papers: Nothing was changed: ")
    assert marks(A, B) == [Mark(starred=True), Mark()]


def test_a_damaged_library_is_left_as_it_is(command: Command) -> None:
    file = Paths.of_user().library
    file.parent.mkdir(parents=True)
    file.write_bytes(b"not a library" * 1000)
    outcome = command("mark", A, "--read")
    assert outcome.code == Exit.TROUBLE
    assert f"{file} is damaged" in outcome.err
    assert file.read_bytes() == b"not a library" * 1000
