"""Citations for people and for reference managers: Markdown, plain text, RIS, CSL-JSON."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recordings import needs_recordings
from tests.text.test_cite import a_line, any_text, paper, recorded_papers, tex
from tui.text.citing import Form, cite

ATTENTION = paper(
    "Attention Is All You Need", "Ashish Vaswani", "Łukasz Kaiser", "Joost van de Weijer",
    "Ronald McClelland Jr.", "SIMA Team", published=date(2017, 6, 12),
)  # fmt: skip
END = "arXiv. https://arxiv.org/abs/1706.03762"
ID = "(arXiv:1706.03762)"
RIS_TAGS = ["TY", "ID", "TI", "AU", "PY", "DA", "PB", "AN", "DO", "UR", "ER"]
CSL_FIELDS = {"id", "type", "title", "author", "issued", "publisher", "number", "DOI", "URL"}
CSL_NAME_PARTS = {"family", "given", "non-dropping-particle", "suffix"}


def markdown(title: str) -> str:
    return cite([paper(title)], Form.MARKDOWN)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Attention", "Attention"),
        ("[a] `b` <c>\n \\ours", r"\[a\] \`b\` \<c> \\ours"),
        ("O(10^{19})", "O(10¹⁹)"),
        ("A* and B* by R&D &amp; x_y", r"A\* and B\* by R&D \&amp; x\_y"),
    ],
)
def test_a_markdown_link_holds_any_title(title: str, text: str) -> None:
    assert markdown(title) == f"[{text}](https://huggingface.co/papers/1706.03762)"


@given(any_text | tex)
def test_no_title_is_too_strange_for_a_link(title: str) -> None:
    link = markdown(title)
    assert "\n" not in link
    assert link.endswith("](https://huggingface.co/papers/1706.03762)")


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["Ashish Vaswani"], "Vaswani, A. (2017)"),
        (["Ashish Vaswani", "Jean-Luc Van Gool"], "Vaswani, A., & Van Gool, J.-L. (2017)"),
        (["SIMA Team", "A. van der Berg Jr.", "C. D"],
         "SIMA Team, van der Berg, A., Jr., & D, C. (2017)"),
        (["A B"] * 20, "B, A., " * 18 + "B, A., & B, A. (2017)"),
        (["A B"] * 20 + ["Y Z"], "B, A., " * 19 + "… Z, Y. (2017)"),
    ],
)  # fmt: skip
def test_plain_text_is_in_the_manner_of_the_apa(names: list[str], text: str) -> None:
    assert cite([paper("A Title?", *names)], Form.TEXT) == f"{text}. A Title? {ID}. {END}"


def test_plain_text_without_authors_or_year() -> None:
    assert cite([paper("A\n B")], Form.TEXT) == f"A B {ID}. (2017). {END}"
    assert "(n.d.)" in cite([paper("A", "B C", id="x")], Form.TEXT)


def test_a_ris_record() -> None:
    assert cite([ATTENTION], Form.RIS).splitlines() == [
        "TY  - UNPB",
        "ID  - arxiv-1706.03762",
        "TI  - Attention Is All You Need",
        "AU  - Vaswani, Ashish",
        "AU  - Kaiser, Łukasz",
        "AU  - van de Weijer, Joost",
        "AU  - McClelland, Ronald, Jr.",
        "AU  - SIMA Team",
        "PY  - 2017",
        "DA  - 2017/06/12",
        "PB  - arXiv",
        "AN  - arXiv:1706.03762",
        "DO  - 10.48550/arXiv.1706.03762",
        "UR  - https://arxiv.org/abs/1706.03762",
        "ER  - ",
    ]


def check_ris(text: str, papers: int) -> None:
    """Assert what the format asks for: tags, order, authors of at most three parts."""
    records = text.split("\n\n")
    assert len(records) == papers
    for record in records:
        lines = record.split("\n")
        tags = [line[:2] for line in lines]
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
        assert (tags[0], tags[-1]) == ("TY", "ER")
        assert [tag for tag in dict.fromkeys(tags) if tag not in RIS_TAGS] == []
        assert all(tags.count(tag) <= 1 for tag in RIS_TAGS if tag != "AU")
        for line in lines:
            if line.startswith("AU"):
                assert line.count(",") <= 2
                assert "*" not in line


def test_a_csl_item() -> None:
    assert json.loads(cite([ATTENTION], Form.CSL)) == [
        {
            "id": "arxiv-1706.03762",
            "type": "article",
            "title": "Attention Is All You Need",
            "author": [
                {"family": "Vaswani", "given": "Ashish"},
                {"family": "Kaiser", "given": "Łukasz"},
                {"family": "Weijer", "given": "Joost", "non-dropping-particle": "van de"},
                {"family": "McClelland", "given": "Ronald", "suffix": "Jr."},
                {"literal": "SIMA Team"},
            ],
            "issued": {"date-parts": [[2017, 6, 12]]},
            "publisher": "arXiv",
            "number": "arXiv:1706.03762",
            "DOI": "10.48550/arXiv.1706.03762",
            "URL": "https://arxiv.org/abs/1706.03762",
        }
    ]


def test_of_a_date_that_is_not_known_the_year_is_told() -> None:
    (item,) = json.loads(cite([paper("A", id="cs/0112017")], Form.CSL))
    assert item["issued"] == {"date-parts": [[2001]]}
    assert "author" not in item


def check_csl(text: str, papers: int) -> None:
    """Assert what the schema of CSL-JSON asks for."""
    items: list[dict[str, Any]] = json.loads(text)
    assert len(items) == papers
    assert len({item["id"] for item in items}) == papers
    for item in items:
        assert item["type"] == "article"
        assert item.keys() <= CSL_FIELDS
        assert all(item[name] for name in item)
        for name in item.get("author", []):
            assert set(name) == {"literal"} or set(name) <= CSL_NAME_PARTS
            assert all(isinstance(part, str) and part for part in name.values())


@given(a_line.filter(bool), st.lists(a_line.filter(bool), max_size=3))
def test_every_form_bears_any_text(title: str, names: list[str]) -> None:
    papers = [paper(title, *names), paper(title, *names, id="2608.00001")]
    check_ris(cite(papers, Form.RIS), 2)
    check_csl(cite(papers, Form.CSL), 2)
    assert cite(papers, Form.TEXT).count("\n") == 1
    assert cite(papers, Form.MARKDOWN).count("\n") == 1
    assert cite(papers, Form.BIBTEX).count("\n\n@misc{") == 1


@pytest.mark.torture
@needs_recordings
def test_recorded_papers_in_every_form() -> None:
    papers = recorded_papers()
    check_ris(cite(papers, Form.RIS), len(papers))
    check_csl(cite(papers, Form.CSL), len(papers))
    assert len(cite(papers, Form.TEXT).splitlines()) == len(papers)
