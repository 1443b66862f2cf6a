"""Citations that a BibTeX reader takes, and links that Markdown takes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from tui.papers import Author, Paper
from tui.text.cite import bibtex, markdown_link
from tui.text.sanitize import clean_line

any_text = st.text(st.characters(exclude_categories=[]))
tex = st.text("\\{}$%&#_^~ab12 '\"@,=\n")


def paper(title: str, *names: str, **fields: Any) -> Paper:
    authors = tuple(Author(name) for name in names)
    return Paper(**{"id": "1706.03762", "title": title, "authors": authors} | fields)


def parsed(entry: str) -> dict[str, str]:
    """The fields of the one entry, as another reader sees them."""
    library = parse_string(entry)
    assert not library.failed_blocks
    assert len(library.blocks) == 1
    return {field.key: field.value for field in library.entries[0].fields}


def test_an_entry_is_complete() -> None:
    entry = bibtex(
        paper(
            "Attention Is All You Need",
            "Ashish Vaswani",
            "Łukasz Kaiser",
            published=date(2017, 6, 12),
        )
    )
    assert entry == (
        "@misc{vaswani2017attention,\n"
        "  title = {{Attention Is All You Need}},\n"
        "  author = {Ashish Vaswani and Łukasz Kaiser},\n"
        "  year = {2017},\n"
        "  eprint = {1706.03762},\n"
        "  archivePrefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/1706.03762},\n"
        "}"
    )


@pytest.mark.parametrize(
    ("title", "name", "key"),
    [
        ("EnvHarness: Tools for Agents", "Wei Huang", "huang2017envharness"),
        ("The Art of Search", "José Núñez", "nunez2017art"),
        ("On the", "Łukasz Øster", "oster2017on"),
        ("漢字", "張偉", "2017"),
        (r"$\alpha$-Net", "Nguyễn Đức", "duc2017net"),
        ("3D Worlds", "GLM-4. 5 Team", "team20173d"),
    ],
)
def test_the_key_is_ascii(title: str, name: str, key: str) -> None:
    assert bibtex(paper(title, name)).startswith(f"@misc{{{key},")


def test_the_year_is_that_of_arxiv_then_the_day_then_the_id() -> None:
    day, published = date(2026, 1, 2), date(2025, 12, 30)
    assert parsed(bibtex(paper("A", day=day, published=published)))["year"] == "2025"
    assert parsed(bibtex(paper("A", day=day)))["year"] == "2026"
    assert parsed(bibtex(paper("A")))["year"] == "2017"
    assert "year" not in parsed(bibtex(paper("A", id="cs/0112017")))


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("R&D at 100% of #1", r"R\&D at 100\% of \#1"),
        (r"R\&D at 100\%", r"R\&D at 100\%"),
        ("LLaMA on $60 GPUs", r"LLaMA on \$60 GPUs"),
        ("snake_case and W_Q", r"snake\_case and W\_Q"),
        ("A^2RD, H_2 and O(10^{19})", "A$^2$RD, H$_2$ and O(10$^{19}$)"),
        (r"360^{\circ} views", r"360$^{\circ}$ views"),
        (r"R$^3$-SQL with $\mathcal{O}(n)$", r"R$^3$-SQL with $\mathcal{O}(n)$"),
        (r"\textbf{Bold} B\'{e}zier {\it x}", r"\textbf{Bold} B\'{e}zier {\it x}"),
        (r"\frac{1}{2} done", r"\frac{1}{2} done"),
        ("GPT-{n}", r"GPT-\textbraceleft{}n\textbraceright{}"),
        ("a } b { c", r"a \textbraceright{} b \textbraceleft{} c"),
        (r"\textbf{open", r"\textbf\textbraceleft{}open"),
        (r"\{ set \}", r"\textbraceleft{} set \textbraceright{}"),
        (r"\\{x}", r"\textbackslash{}\textbackslash{}{x}"),
        ("ends in \\", r"ends in \textbackslash{}"),
        ("a\n  b", "a b"),
        ("about ~10x, Fig.~a", r"about \textasciitilde{}10x, Fig.~a"),
        (r"\textbf{$x\{}$", r"\textbf{\$x\textbraceleft{}}\$"),
        ("$5%_x$", r"\$5\%\_x\$"),
    ],
)
def test_titles_are_escaped_around_their_tex(title: str, written: str) -> None:
    assert f"  title = {{{{{written}}}}},\n" in bibtex(paper(title))


def test_a_team_is_one_author() -> None:
    entry = bibtex(paper("A", "Research and Development Team", "Kim, Inc.", "Al Andor"))
    assert "author = {{Research and Development Team} and {Kim, Inc.} and Al Andor}" in entry


@given(any_text | tex, any_text | tex)
def test_every_entry_is_balanced(title: str, name: str) -> None:
    depth = 0
    for character in bibtex(paper(title, name, "B", id="1706.0" + name)):
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0


@given(tex.map(lambda text: clean_line(text, 99)), tex.map(lambda text: clean_line(text, 99)))
def test_another_reader_takes_every_entry(title: str, name: str) -> None:
    assert parsed(bibtex(paper(title, name)))["eprint"] == "1706.03762"


@given(st.from_regex(r"[A-Za-zé漢0-9:,.()?!' -]{1,60}", fullmatch=True))
def test_a_plain_title_is_given_back(title: str) -> None:
    title = " ".join(title.split())
    assert parsed(bibtex(paper(title)))["title"] == "{" + title + "}"


@pytest.mark.parametrize(
    ("title", "link"),
    [
        ("Attention", "[Attention](https://huggingface.co/papers/1706.03762)"),
        ("[a] `b` <c>\n \\ours", r"[\[a\] \`b\` \<c> \\ours](https://huggingface.co/papers/1706.03762)"),
        ("O(10^{19})", "[O(10¹⁹)](https://huggingface.co/papers/1706.03762)"),
    ],
)  # fmt: skip
def test_a_markdown_link_holds_any_title(title: str, link: str) -> None:
    assert markdown_link(paper(title)) == link


@given(any_text | tex)
def test_no_title_is_too_strange_for_a_link(title: str) -> None:
    link = markdown_link(paper(title))
    assert "\n" not in link
    assert link.endswith("](https://huggingface.co/papers/1706.03762)")
