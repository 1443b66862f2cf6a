"""What the user watches for is found as people write it, and nothing else is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.page import page
from tui.papers import Paper
from tui.text.highlights import NO_HIGHLIGHTS, Highlights, folded

any_text = st.text(st.characters(exclude_categories=[]))


def marked(text: str, *words: str) -> list[str]:
    """What is marked in a text where these words are watched for."""
    return [text[start:end] for start, end in Highlights(words, (), ()).in_text(text)]


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("GRPO", "GRPO, grpo and Grpo-like", ["GRPO", "grpo", "Grpo"]),
        ("GRPO", "GRPOs, aGRPO, GRPO2, GRPO_x", []),
        ("world model", "World models, a world model.", ["world model"]),
        ("world model", "a World-Model, a world\n  model", ["World-Model", "world\n  model"]),
        ("world  model", "a world model", ["world model"]),
        ("state-of-the-art", "state of the art", ["state of the art"]),
        ("naïve Bayes", "Naive BAYES and naïve bayes", ["Naive BAYES", "naïve bayes"]),
        ("nai\u0308ve", "naïve", ["naïve"]),
        ("Łukasz", "lukasz", ["lukasz"]),
        ("C++", "in C++, not in C", ["C++"]),
        ("a.b", "a.b but not axb", ["a.b"]),
        (".*", "anything .* at all", [".*"]),
        ("世界模型", "新世界模型们", ["世界模型"]),
        ("か", "が", []),
        ("한", "하", []),
        ("(", "a ( b", ["("]),
        ("-", "a - b", []),
        ("", "a", []),
    ],
)
def test_a_word_or_phrase(words: str, text: str, found: list[str]) -> None:
    assert marked(text, words) == found


@pytest.mark.parametrize(
    ("word", "text", "is_watched"),
    [
        ("τ²-Bench", r"On $\tau^2$-Bench it wins.", True),
        ("τ²-Bench", "On τ^2-Bench it wins.", True),
        ("tau^2-Bench", "On tau^2-Bench it wins.", True),
        ("tau^2-Bench", "On τ²-Bench it wins.", True),
        ("R²", "an R^2 of 0.9", True),
        ("R^2", "an R² of 0.9", True),
        ("π₀.₅", r"built on $\pi_{0.5}$", True),
        ("naïvely", r"na\"{\i}vely done", True),
        ("tau", r"On $\tau^2$-Bench it wins.", False),
        ("textbf", r"in \textbf{bold}", False),
        ("bold", r"in \textbf{bold}", True),
        ("GRPO", "with GRPO", True),
        ("GRPO", "without", False),
    ],
)
def test_a_paper_is_watched_for_where_its_page_shows_the_word(
    word: str, text: str, is_watched: bool
) -> None:
    highlights = Highlights([word])
    holders = (
        Paper("1", text), Paper("2", "A", text), Paper("3", "A", ai_summary=text),
        Paper("4", "A", keywords=("a", text)),
    )  # fmt: skip
    for paper in holders:
        marks = [span.text for line in page(paper, 80, highlights=highlights) for span in line
                 if span.marked]  # fmt: skip
        assert (highlights.watches(paper), bool(marks)) == (is_watched, is_watched)


def test_of_two_phrases_that_begin_alike_the_longer_one_is_marked() -> None:
    text = "world model and world"
    assert marked(text, "world", "world model") == ["world model", "world"]
    assert marked(text, "model", "world") == ["world", "model", "world"]


def test_without_a_wish_nothing_is_marked() -> None:
    assert not NO_HIGHLIGHTS
    assert NO_HIGHLIGHTS.in_text("GRPO") == []
    assert not NO_HIGHLIGHTS.has_author("")
    assert not NO_HIGHLIGHTS.has_organization("")
    assert Highlights(["x"], [], [])
    assert Highlights([], ["x"], [])
    assert Highlights([], [], ["x"])


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Jürgen Schmidhuber", True),
        ("JURGEN  SCHMIDHUBER", True),
        ("Jurgen Schmidhuber Jr", False),
        ("Schmidhuber", False),
        ("J. K. Ito", True),
        ("J K Ito", True),
        ("Jean-Luc Ito", True),
        ("", False),
    ],
)
def test_an_author_is_known_by_the_whole_name(name: str, known: bool) -> None:
    authors = ["Jürgen Schmidhuber", "J K Ito", "Jean Luc Ito", " "]
    assert Highlights((), authors, ()).has_author(name) is known


def test_an_organization_is_known_by_login_or_name() -> None:
    watched = Highlights((), (), ["Heron Lab"])
    assert watched.has_organization("heron-lab", "The Lab")
    assert watched.has_organization("x", "Heron Lab")
    assert not watched.has_organization("heron", "Heron Laboratory")


@given(any_text)
def test_folding_keeps_places(text: str) -> None:
    assert len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)


@given(st.lists(any_text, max_size=5), any_text)
def test_no_wish_is_too_strange(words: list[str], text: str) -> None:
    highlights = Highlights(words, words, words)
    end = 0
    for start, stop in highlights.in_text(text):
        assert end <= start < stop <= len(text)
        end = stop
    highlights.has_author(text)


@given(st.text("ab cé+(", min_size=1, max_size=9))
def test_a_text_holds_itself(word: str) -> None:
    expected = [word.strip()] if word.strip() else []
    assert [re.sub(r"\s+", " ", each) for each in marked(word, word)] in (
        expected, [re.sub(r"\s+", " ", each) for each in expected]
    )  # fmt: skip


@pytest.mark.parametrize("piece", ["world ", "world         ", "world-", "a", "a\n", "é"])
def test_a_long_text_ends(piece: str) -> None:
    """A search that took more than linear time would run into the time limit."""
    highlights = Highlights(["world model", "world world world", "a a a a a b", "é"], (), ())
    highlights.in_text(piece * (500_000 // len(piece)))
