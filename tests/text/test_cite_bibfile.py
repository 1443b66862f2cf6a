"""Which papers a ``.bib`` file cites already, and what is put behind its text."""

from __future__ import annotations

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from tests.text.test_cite import a_line, paper
from tui.text.citing.bibfile import Addition, addition, entries
from tui.text.citing.bibtex import bibtex

ID = "2608.19880"
OLD = "hep-th/9901001"
A, B = paper("A", id=ID), paper("B", id="2608.00001")


def entry(fields: str) -> str:
    """An entry as somebody may have made it of the paper A."""
    return f"@article{{somebody2026,\n  title = {{A Title, Mended}},\n  {fields}\n}}\n"


def assert_known(text: str) -> None:
    assert addition(text, [A]) == Addition("", (), ("somebody2026",))


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {2608.19880}",
        "eprint = {2608.19880v2}, archivePrefix = {arXiv}, primaryClass = {cs.CL}",
        'eprint = "2608.19880v12"',
        "EPRINT={{2608.19880}},",
        "Eprint   =   { arXiv:2608.19880 }",
        "eprint = 2608.19880,",
        'eprint = "2608" # {.19880}',
        "eprint = {\n    2608.19880\n  }, eprinttype = {arxiv}",
        "eprint = {https://arxiv.org/abs/2608.19880}",
        "journal = {arXiv preprint arXiv:2608.19880}, year = 2026",
        "journaltitle = {{ArXiv}, abs/2608.19880}",
        "journal = {CoRR}, volume = {abs/2608.19880}",
        "journal={arXiv e-prints arXiv:2608.19880v1 [cs.CL], 2026.}",
        "publisher = {arXiv}, number = {arXiv:2608.19880}",
        "note = {arXiv: 2608.19880}",
        r"howpublished = {\url{https://arxiv.org/abs/2608.19880v1}}",
        "url = {https://arxiv.org/pdf/2608.19880v2.pdf}",
        "url = {http://www.arxiv.org/abs/2608.\n 19880}",
        "url = {https://huggingface.co/papers/2608.19880}",
        "url = {https://hf.co/papers/2608.19880}",
        "url = {https://www.alphaxiv.org/abs/2608.19880v1}",
        r"howpublished = {\url{https://alphaxiv.org/overview/2608.19880}}",
        "note = {https://arxiv.org/abs/2608.19880}",
        r"note = {\url{https://huggingface.co/papers/2608.19880}}",
        "arxivId = {2608.19880}, archivePrefix = {arXiv}",
        "arxivid = {arXiv:2608.19880v2}",
        "arxiv = {2608.19880}",
        "DOI = {10.48550/ARXIV.2608.19880}",
        "doi = {https://doi.org/10.48550/arXiv.2608.19880}",
        'abstract = {Braces {in} "it" and eprint = {1111.22222}}, eprint = {2608.19880}',
        'note = "a {"} b", eprint = {2608.19880}',
    ],
)
def test_a_paper_is_known_however_it_is_cited(fields: str) -> None:
    assert_known(entry(fields))
    assert_known(entry(fields).replace("\n", "\r\n"))
    assert_known(f"\xef\xbb\xbf% My papers \xe9\n@string{{a = {{b}}}}\n{entry(fields)}")
    assert_known(f"@book{{other, title = {{B}}}}\n{entry(fields)}@book{{more, title = {{C}}}}")


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {2608.198801}",
        "eprint = {12608.19880}",
        "eprint = {1608.19880}",
        "note = {See also arXiv:2608.19880}",
        "note = {Comment on arXiv:2608.19880}",
        "note = {Comment on https://hf.co/papers/2608.19880}",
        "url = {https://hf.co/datasets/2608.19880}",
        "abstract = {As arXiv:2608.19880 says, eprint = {2608.19880}}",
        "title = {2608.19880}",
        "pages = {2608.19880}",
        "volume = {2608.19880}",
        "url = {https://example.org/2608.19880}",
    ],
)
def test_a_paper_that_is_only_mentioned_is_not_known(fields: str) -> None:
    assert addition(entry(fields), [A]).added == ("arxiv-2608.19880",)


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {hep-th/9901001}",
        "eprint = {HEP-TH/9901001v3}",
        "journal = {arXiv:hep-th/9901001}",
        "url = {https://arxiv.org/abs/hep-th/9901001v1}",
        "doi = {10.48550/arXiv.hep-th/9901001}",
    ],
)
def test_an_old_id_is_known_as_well(fields: str) -> None:
    assert addition(entry(fields), [paper("A", id=OLD)]).known == ("somebody2026",)


def test_an_old_id_is_the_same_with_and_without_its_class() -> None:
    text = entry("eprint = {math.GT/0309136}")
    assert addition(text, [paper("A", id="math/0309136")]).known == ("somebody2026",)
    text = entry("eprint = {math/0309136}")
    assert addition(text, [paper("A", id="math.GT/0309136")]).known == ("somebody2026",)


@pytest.mark.parametrize(
    "text",
    [
        "@misc(somebody2026, eprint = {2608.19880})",
        "@ARTICLE { somebody2026 ,\neprint={2608.19880}}",
        "% @misc{somebody2026, eprint = {2608.19880}}",
        "@comment{@misc{somebody2026, eprint = {2608.19880}}}",
        "@misc{open, title = {A\n@misc{somebody2026, eprint = {2608.19880}}",
    ],
)
def test_what_bibtex_takes_for_an_entry_is_one(text: str) -> None:
    assert_known(text)


@pytest.mark.parametrize(
    "text",
    [
        "@comment{somebody2026, title = {X}, eprint = {2608.19880}}",
        "@Comment(somebody2026, eprint = {2608.19880})",
        "@ COMMENT {somebody2026, eprint = {2608.19880}}",
        "@preamble{somebody2026, eprint = {2608.19880}}",
        "@string{somebody2026, eprint = {2608.19880}}",
        "@string{eprint = {2608.19880}}",
        '@preamble{"eprint = {2608.19880}"}',
        "@comment{ eprint = {2608.19880}}",
        "@comment{arxiv-2608.19880, title = {X}}",
    ],
)
@pytest.mark.parametrize("before", ["", "@book{other, title = {B}}\n"])
def test_what_bibtex_takes_for_no_entry_is_none(text: str, before: str) -> None:
    assert addition(before + text, [A]).added == ("arxiv-2608.19880",)
    assert len(list(entries(before + text + "@book{last, title = {C}}"))) == 1 + bool(before)


def test_a_key_that_is_taken_gets_a_number() -> None:
    text = "@book{ArXiv-2608.19880, title = {Mine}}\n@book{arxiv-2608.19880-2, title = {Too}}\n"
    added = addition(text, [A])
    assert added.added == ("arxiv-2608.19880-3",)
    assert addition(text + added.text, [A]) == Addition("", (), added.added)


def test_each_paper_is_added_once_and_in_order() -> None:
    added = addition("", [B, A, B])
    assert added.added == ("arxiv-2608.00001", "arxiv-2608.19880")
    assert added.text == f"{bibtex(B)}\n\n{bibtex(A)}\n"
    assert addition(added.text, [A, B]) == Addition("", (), (*reversed(added.added),))


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("", ""),
        ("\xef\xbb\xbf", ""),
        ("\n", ""),
        ("@book{b, title = {B}}", "\n\n"),
        ("@book{b, title = {B}}\n", "\n"),
        ("@book{b, title = {B}}\n\n", ""),
        ("@book{b, title = {B}}\n\n\n", ""),
    ],
)
def test_one_blank_line_stands_before_an_entry(text: str, gap: str) -> None:
    assert addition(text, [A]).text == f"{gap}{bibtex(A)}\n"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_lines_end_as_in_the_file(end: str) -> None:
    expected = f"\n{bibtex(A)}\n".replace("\n", end)
    assert addition(f"% a{end}% b{end}", [A]).text == expected


def test_a_key_is_told_without_harm() -> None:
    text = entry("eprint = {2608.19880}").replace("somebody", "m\xc3\xbcller\x07")
    assert addition(text, [A]).known == ("müller2026",)


@given(st.text(st.characters(max_codepoint=255)) | st.text('@misc{}(),="# \neprint2608.19880%\\'))
def test_no_file_is_too_strange(text: str) -> None:
    list(entries(text))
    added = addition(text, [A])
    assert added.added or added.known
    assert addition(text + added.text, [A]).added == () or "{" in text or '"' in text


@given(a_line, a_line)
def test_what_was_added_is_known_from_then_on(title: str, name: str) -> None:
    papers = [paper(title, name, id=ID), paper(title, name, id=OLD)]
    first = addition("", papers)
    assert addition(first.text, papers) == Addition("", (), first.added)
    assert len(parse_string(first.text).entries) == 2


ENDLESS = ("{", "@a{b,", "b")
LESS_TELLING = ("}", '"', "a={", 'a="', "a=b#", "\\url ")


@pytest.mark.parametrize(
    "piece", [*ENDLESS, *(pytest.param(each, marks=pytest.mark.torture) for each in LESS_TELLING)]
)
def test_a_long_file_is_read_in_a_moment(piece: str) -> None:
    """Quadratic time would take minutes, and the time limit of tests would end it."""
    text = f"@misc{{a,{piece * 100_000}"
    assert list(entries(text))
