"""Ids of papers, and what a list shows of one."""

from __future__ import annotations

from datetime import date

import pytest

from tui.papers import Author, Headline, Organization, Paper, find_paper_id, is_paper_id


@pytest.mark.parametrize("text", ["2608.19880", "0704.0001", "cs/0112017", "math.GT/0309136"])
def test_ids_of_papers(text: str) -> None:
    assert is_paper_id(text)


@pytest.mark.parametrize(
    "text",
    ["", "2608.198801", "2608.1988\n", "２６０８.19880", "cs/../0112017", "/0112017", "cs//011"],
)
def test_what_is_no_id(text: str) -> None:
    assert not is_paper_id(text)


@pytest.mark.parametrize(
    ("text", "paper_id"),
    [
        ("https://arxiv.org/abs/2608.19880v2", "2608.19880"),
        ("https://huggingface.co/papers/2608.19880?x=1", "2608.19880"),
        ("arXiv:math.GT/0309136", "math.GT/0309136"),
        ("12608.19880", None),
        ("2608.198801", None),
        ("nothing of the kind", None),
    ],
)
def test_an_id_is_found_wherever_it_stands(text: str, paper_id: str | None) -> None:
    assert find_paper_id(text) == paper_id


def test_a_headline_tells_of_its_paper_what_a_list_shows() -> None:
    paper = Paper(
        "2608.20001", "A title", "An abstract", (Author("Ana"), Author("Bo")), date(2026, 8, 20),
        date(2026, 8, 18), organization=Organization("heron-lab", "Heron Lab"), upvotes=7,
        comments=0, github_repo="https://github.com/a/b", github_stars=3,
    )  # fmt: skip
    assert paper.headline == Headline(
        id="2608.20001", title="A title", upvotes=7, comments=0, github_stars=3, has_repo=True,
        organization="Heron Lab", authors=2, day=date(2026, 8, 20), published=date(2026, 8, 18),
    )  # fmt: skip
    assert Paper("2608.20001", "A title").headline == Headline("2608.20001", "A title")
