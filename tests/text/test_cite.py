"""BibTeX entries, as text and as other readers see them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from tests.recordings import needs_recordings, recorded_days, recorded_items
from tui.hub.wire import Items
from tui.papers import Author, Paper
from tui.text.citing.bibtex import bibtex
from tui.text.citing.facts import cite_key
from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from pathlib import Path

any_text = st.text(st.characters(exclude_categories=[]))
tex = st.text("\\{}$%&#_^~ab12 '\"@,=\n")
a_line = (tex | st.text()).map(lambda text: clean_line(text, 99))


def paper(title: str, *names: str, **fields: Any) -> Paper:
    authors = tuple(Author(name) for name in names)
    return Paper(**{"id": "1706.03762", "title": title, "authors": authors} | fields)


def parsed(entry: str) -> dict[str, str]:
    """The fields of the one entry, as another reader sees them."""
    library = parse_string(entry)
    assert not library.failed_blocks
    assert len(library.blocks) == 1
    return {field.key: field.value for field in library.entries[0].fields}


def authors(*names: str) -> str:
    """The author field of a paper by these people."""
    return parsed(bibtex(paper("A", *names)))["author"]


@cache
def recorded_papers() -> list[Paper]:
    """Every recorded paper, each once."""
    bodies = (json.dumps(recorded_items(day)).encode() for day in recorded_days())
    found = (each for body in bodies for each in Items(body).papers()[0])
    return list({each.id: each for each in found}.values())


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
        "@misc{arxiv-1706.03762,\n"
        "  title = {{Attention Is All You Need}},\n"
        "  author = {Vaswani, Ashish and Kaiser, {\\L}ukasz},\n"
        "  year = {2017},\n"
        "  eprint = {1706.03762},\n"
        "  archivePrefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/1706.03762},\n"
        "}"
    )


@pytest.mark.parametrize(
    ("paper_id", "key", "eprint", "primary_class", "year"),
    [
        ("1706.03762", "arxiv-1706.03762", "1706.03762", None, "2017"),
        ("0704.0001", "arxiv-0704.0001", "0704.0001", None, "2007"),
        ("cs/0112017", "arxiv-cs.0112017", "cs/0112017", "cs", "2001"),
        ("hep-th/9901001", "arxiv-hep-th.9901001", "hep-th/9901001", "hep-th", "1999"),
        ("math.GT/0309136", "arxiv-math.0309136", "math/0309136", "math.GT", "2003"),
    ],
)
def test_what_the_id_tells(
    paper_id: str, key: str, eprint: str, primary_class: str | None, year: str
) -> None:
    entry = bibtex(paper("A", id=paper_id))
    fields = parsed(entry)
    assert entry.startswith(f"@misc{{{key},")
    assert (fields["eprint"], fields.get("primaryClass")) == (eprint, primary_class)
    assert fields["year"] == year
    assert fields["url"] == f"https://arxiv.org/abs/{eprint}"


def test_the_year_is_that_of_the_first_version() -> None:
    entry = bibtex(paper("A", id="2601.00001", published=date(2025, 12, 31)))
    assert parsed(entry)["year"] == "2025"
    assert parsed(bibtex(paper("A", day=date(2026, 1, 2))))["year"] == "2017"


def test_an_entry_without_authors_is_sorted_by_its_title() -> None:
    fields = parsed(bibtex(paper("A Title")))
    assert "author" not in fields
    assert fields["key"] == "{A Title}"


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
        (r"\frac{1}{2} done", r"$\frac{1}{2}$ done"),
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
        (r"\input{/etc}", r"\textbackslash{}input\textbraceleft{}/etc\textbraceright{}"),
        (r"\write18{rm}", r"\textbackslash{}write18\textbraceleft{}rm\textbraceright{}"),
        (r"$\input x$", r"\$\textbackslash{}input x\$"),
        ("$^^5cinput x$", r"\$\textasciicircum{}$^5$cinput x\$"),
        (r"x^{\input y}", r"x\textasciicircum{}{\textbackslash{}input y}"),
        ("x_{50%}", r"x\_\textbraceleft{}50\%\textbraceright{}"),
        (r"$\binom{n}{k}$ ways", r"$\binom{n}{k}$ ways"),
    ],
)
def test_titles_are_escaped_around_their_tex(title: str, written: str) -> None:
    assert f"  title = {{{{{written}}}}},\n" in bibtex(paper(title))


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (r"\tau^2-Bench in \mathbb{R}^d", r"$\tau^2$-Bench in $\mathbb{R}^d$"),
        (r"O(n\log n), 5\times faster", r"O(n$\log$ n), 5$\times$ faster"),
        (r"360^\circ, CO_2, x^*", r"360$^\circ$, CO$_2$, x$^*$"),
        (r"\pi_0.5, X_{\text{max}}", r"$\pi_{0.5}$, X$_{\text{max}}$"),
        (
            r"\alpha\beta_{i}^{2}, \theta_\text{old}",
            r"$\alpha\beta_{i}^{2}$, $\theta_{\text{old}}$",
        ),
        (r"10^19, 10^-5, a^b^c", r"10$^{19}$, 10$^{-5}$, a$^b$$^c$"),
        (r"\sqrt[3]{x}, \frac12, \hat x", r"$\sqrt[3]{x}$, $\frac12$, $\hat x$"),
        (r"\textbf{\alpha}, {\beta}, \mathbb x", r"\textbf{$\alpha$}, {$\beta$}, $\mathbb x$"),
        (
            r"\emph{a} \ss, \S, \LaTeX, \mathbb{",
            r"\emph{a} \ss, \S, \LaTeX, \mathbb\textbraceleft{}",
        ),
        ("360^circ, {sim}9, R^textbf{2AI}", r"360$^\circ$, {$\sim$}9, R$^{\textbf{2AI}}$"),
        ("a neq b, 1.5times, tau^2", r"a $\neq$ b, 1.5$\times$, $\tau^2$"),
        ("calO(n), frac12", "calO(n), frac12"),
        (
            r"$a_{\text{$b$}}$, ${$c$}$",
            r"$a_{\text{$b$}}$, \$\textbraceleft{}$c$\textbraceright{}\$",
        ),
        (r"p\approx0, \\alpha", r"p$\approx$0, \textbackslash{}\textbackslash{}alpha"),
        ("three times, text, pi_hat, x^é", r"three times, text, pi\_hat, x\textasciicircum{}é"),
    ],
)
def test_mathematics_without_dollars_gets_them(title: str, written: str) -> None:
    assert f"  title = {{{{{written}}}}},\n" in bibtex(paper(title))


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Zetta ζ: π-Bench, μ_0", r"Zetta $\zeta$: $\pi$-Bench, $\mu_0$"),
        ("αDepth, $α_i x$ and ΔL", r"$\alpha${}Depth, $\alpha_i x$ and $\Delta${}L"),
        ("αβ-CROWN, A → B ≠ C∞", r"$\alpha\beta$-CROWN, A $\rightarrow$ B $\neq$ C$\infty$"),
        ("CO₂ at 10¹⁰ and x⁴²y", r"CO$_{2}$ at 10$^{10}$ and x$^{42}$y"),
        ("λόγος, Ω, 漢 × é", r"λόγος, $\Omega$, 漢 × é"),
        ("x² × 5 ± 1 · é", "x² × 5 ± 1 · é"),
    ],
)
def test_signs_that_latex_has_only_in_formulas_are_written_as_macros(
    title: str, written: str
) -> None:
    assert f"  title = {{{{{written}}}}},\n" in bibtex(paper(title))


@given(st.lists(st.sampled_from([*"\\{}$%^_ab12 ~", "\\alpha ", "\\mathbb{R}", "tau", "^{"])))
def test_scripts_and_signs_of_formulas_stand_between_dollars(pieces: list[str]) -> None:
    title = parsed(bibtex(paper("A" + "".join(pieces))))["title"]
    words = re.sub(r"\$(?:\\.|[^$\\])*\$|\\[^A-Za-z]", "", title)
    assert not re.search(r"[\^_$]|\\alpha", words)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Joost van de Weijer", "van de Weijer, Joost"),
        ("Ronald McClelland Jr.", "McClelland, Jr., Ronald"),
        ("Blaise Agüera y Arcas", r"{Ag{\"{u}}era y Arcas}, Blaise"),
        ("Åsa Öberg", r"{\"{O}}berg, {\r{A}}sa"),
        ("María Ibáñez", r"Ib{\'{a}}{\~{n}}ez, Mar{\'{\i}}a"),
        ("Nguyễn Ơ", r"Ơ, Nguy{\~{\^{e}}}n"),
        ("Jose\u0301 Mun\u0303oz", r"Mu{\~{n}}oz, Jos{\'{e}}"),
        ('Linxi "Jim" Fan', 'Fan, Linxi "Jim"'),
        ("Research and Development Team", "{Research and Development Team}"),
        ("Kim, Inc.", "{Kim, Inc.}"),
        ("R&D", r"{R\&D}"),
        ("張偉", "{張偉}"),
        ('Kurt G{\\"o}del', r"G{\"{o}}del, Kurt"),
    ],
)
def test_names_are_written_so_that_nothing_is_left_to_guess(name: str, written: str) -> None:
    assert authors(name, "Al Andor") == f"{written} and Andor, Al"


@given(any_text | tex, any_text | tex)
def test_every_entry_is_balanced(title: str, name: str) -> None:
    depth = 0
    for character in bibtex(paper(title, name, "B", id="1706.0" + name)):
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0


@given(a_line, a_line)
def test_another_reader_takes_every_entry(title: str, name: str) -> None:
    assert parsed(bibtex(paper(title, name)))["eprint"] == "1706.03762"


@given(st.from_regex(r"[A-Za-zé漢0-9:,.()?!' -]{1,60}", fullmatch=True))
def test_a_plain_title_is_given_back(title: str) -> None:
    title = " ".join(title.split())
    assert parsed(bibtex(paper(title)))["title"] == "{" + title + "}"


@given(st.from_regex(r"[a-zé]{1,9}(-[a-z]{1,9})?(\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5}|.*"), any_text)
def test_the_key_is_ascii_and_nothing_but_the_id_has_a_part_in_it(paper_id: str, text: str) -> None:
    key = cite_key(paper_id)
    assert re.fullmatch(r"[A-Za-z0-9.-]+", key, re.ASCII)
    one = paper("A", id=paper_id)
    other = replace(
        one, title=text, abstract=text, authors=(Author(text),), upvotes=3, comments=1,
        published=date(2020, 1, 2), day=date(2020, 1, 3),
    )  # fmt: skip
    for each in (one, other):
        assert bibtex(each).startswith(f"@misc{{{key},\n")


paper_ids = st.from_regex(r"[a-z]{1,3}(-[a-z])?/[0-9]{7}|[0-9]{4}\.[0-9]{5}", fullmatch=True)


@given(st.lists(paper_ids, max_size=4))
def test_no_two_papers_share_a_key(ids: list[str]) -> None:
    assert len({cite_key(each) for each in ids}) == len(set(ids))


@pytest.mark.torture
@needs_recordings
def test_recorded_papers_are_given_back() -> None:
    papers = recorded_papers()
    text = "\n\n".join(map(bibtex, papers))
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    assert len(library.entries) == len(papers)
    for entry, each in zip(library.entries, papers, strict=True):
        assert entry["eprint"] == each.id
        assert entry["title"].strip("{}")
        names = entry["author"].split(" and ") if each.authors else []
        assert len(names) == len(each.authors)
        for name, author in zip(names, each.authors, strict=True):
            assert _letters(name) == _letters(author.name)


def _letters(name: str) -> list[str]:
    return sorted(filter(str.isalnum, normalize("NFC", name)))


STYLES = ("plain", "abbrv", "alpha")
OF_STYLES = ["abbrv", *(pytest.param(each, marks=pytest.mark.torture) for each in STYLES[::2])]
"""The one that takes names apart; the others only in the torture."""
HOSTILE = (
    paper(r"A {\bf title with $x^2$ & 100% #1 of a_b ~ \ and { a brace", "Łukasz Kaiser"),
    paper("No authors", id="2608.00001"),
    paper("Organizations", "Research and Development Team", "Kim, Inc.", id="2608.00002"),
    paper("Particles", "Émile van der Berg Jr.", "Ø. d'Ås", "X", id="2608.00003"),
    paper("Old", 'Linxi "Jim" Fan', *["A. B."] * 3303, id="hep-th/9901001"),
    paper('"Quotes", @misc{x, and = signs', "a b c, d, e, f", "and", id="2608.00004"),
)


def by_bibtex(folder: Path, text: str, style: str) -> str:
    """What BibTeX makes of the entries; AssertionError when it warns of anything."""
    program, find = shutil.which("bibtex"), shutil.which("kpsewhich")
    if not (program and find and _run(folder, find, f"{style}.bst").returncode == 0):
        pytest.skip("BibTeX and its styles are not installed (texlive-binaries, texlive-base)")
    (folder / "all.bib").write_text(text, encoding="utf-8")
    (folder / "all.aux").write_text(f"\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{all}}\n")
    done = _run(folder, program, "all")
    assert (done.returncode, "arning" in done.stdout) == (0, False), done.stdout
    return (folder / "all.bbl").read_text(encoding="utf-8")


def _run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("style", OF_STYLES)
def test_bibtex_itself_takes_hostile_entries(style: str, tmp_path: Path) -> None:
    made = by_bibtex(tmp_path, "\n\n".join(map(bibtex, HOSTILE)), style)
    assert made.count("\\bibitem") == len(HOSTILE)
    if style == "abbrv":
        assert "{\\L}.~Kaiser" in made
        assert "{\\'{E}}.~van~der Berg, Jr." in made


@pytest.mark.parametrize("style", OF_STYLES[:2])  # alpha cuts its labels out of their bytes
def test_bibtex_itself_keeps_names_whole_that_it_cannot_spell(style: str, tmp_path: Path) -> None:
    assert "{張偉} and {김 철수}" in by_bibtex(
        tmp_path, bibtex(paper("A", "張偉", "김 철수")), style
    )


@pytest.mark.torture
@needs_recordings
@pytest.mark.parametrize("style", STYLES)
def test_bibtex_itself_takes_recorded_papers(style: str, tmp_path: Path) -> None:
    papers = recorded_papers()
    made = by_bibtex(tmp_path, "\n\n".join(map(bibtex, papers)), style)
    assert made.count("\\bibitem") == len(papers)
