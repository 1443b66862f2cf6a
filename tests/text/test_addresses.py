"""Links inside a text: found exactly, mended where that is beyond doubt, never invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.recordings import needs_recordings, recorded_days, recorded_items
from tui.text.addresses import find_links
from tui.text.latex import to_unicode
from tui.text.links import web_address
from tui.text.sanitize import clean_block

any_text = st.text(st.characters(exclude_categories=[]))
pieces = st.lists(
    st.sampled_from(
        ["https://", "http:/", "https: //", "a.org", "github.", "com", "/", "/x", "o", "-", "_",
         ".", ",", "(", ")", "[", "]", " ", "\n", "and", "www.", "arXiv:", "2608.12345", "doi:",
         "10.1000/"]
    ) | any_text,
    max_size=30,
).map("".join)  # fmt: skip


def found(text: str) -> list[tuple[str, str]]:
    """What of the text is a link, and where that leads."""
    return [(text[link.start : link.end], link.address) for link in find_links(text)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("See https://a.org/b.", "https://a.org/b"),
        ("https://a.org/b", "https://a.org/b"),
        ("Page:https://a.org/b, and", "https://a.org/b"),
        ("at https://a.org/b/.", "https://a.org/b/"),
        ("at https://a.org/b..", "https://a.org/b"),
        ("at https://a.org/b .", "https://a.org/b"),
        ("at https://a.org/b; model", "https://a.org/b"),
        ("Really https://a.org/b?!", "https://a.org/b"),
        ("(https://a.org/b).", "https://a.org/b"),
        ("(see https://a.org/b), a", "https://a.org/b"),
        ("<https://a.org/b>", "https://a.org/b"),
        ("“https://a.org/b”", "https://a.org/b"),
        ("'https://a.org/b'", "https://a.org/b"),
        ("**https://a.org/b**", "https://a.org/b"),
        (r"\url{https://a.org/b}", "https://a.org/b"),
        ("https://a.org/Heron_(bird)", "https://a.org/Heron_(bird)"),
        ("(https://a.org/Heron_(bird))", "https://a.org/Heron_(bird)"),
        ("https://a.org/?q=[1]&r=a+b%20c#d~e", "https://a.org/?q=[1]&r=a+b%20c#d~e"),
        ("https://a.org/b(see", "https://a.org/b"),
        ("https://a.org/路", "https://a.org/"),
        ("HTTP://A.org:8080/b", "HTTP://A.org:8080/b"),
        (
            "https://web.archive.org/web/2/https://a.org",
            "https://web.archive.org/web/2/https://a.org",
        ),
    ],
)
def test_an_address_ends_where_it_should(text: str, shown: str) -> None:
    assert found(text) == [(shown, shown)]


@pytest.mark.parametrize(
    "text",
    [
        "[https://a.org/b](https://c.org/d)",
        "https://a.org/bhttps://c.org/d",
        "https://a.org/b}{https://c.org/d}",
        "https://a.org/b,https://c.org/d",
        "https://a.org/b\nhttps://c.org/d",
        "https://a.org/b / https://c.org/d",
    ],
)
def test_two_addresses_are_two(text: str) -> None:
    assert [address for _, address in found(text)] == ["https://a.org/b", "https://c.org/d"]


@pytest.mark.parametrize(
    ("broken", "address"),
    [
        ("https://github.com/foo/\nbar", "https://github.com/foo/bar"),
        ("https://a.github.io/ SomeName/", "https://a.github.io/SomeName/"),
        ("https://a.github.io/ some-name", "https://a.github.io/some-name"),
        ("https://a.org/data/ sets/birds", "https://a.org/data/sets/birds"),
        ("https://a.org/foo\n  /bar", "https://a.org/foo/bar"),
        ("https://a.org/grey_\nheron", "https://a.org/grey_heron"),
        ("https://a.org/grey-\nheron", "https://a.org/grey-heron"),
        ("https://a.org/?q=\nheron", "https://a.org/?q=heron"),
        ("https://github.\ncom/foo/bar", "https://github.com/foo/bar"),
        ("https://a .github.io/b", "https://a.github.io/b"),
        ("https:/github.com/foo/bar", "https://github.com/foo/bar"),
        ("https:// github.com/foo/bar", "https://github.com/foo/bar"),
        ("https: //github.com/foo/bar", "https://github.com/foo/bar"),
        ("https://github.com/\nfoo/\nbar", "https://github.com/foo/bar"),
    ],
)
@pytest.mark.parametrize("after", ["", ".", ", and more", ") is there."])
def test_a_broken_address_is_mended(broken: str, address: str, after: str) -> None:
    assert found(f"It is at {broken}{after}") == [(broken, address)]


@pytest.mark.parametrize(
    "after",
    [
        " and more", " License at b", " (here).", "\nThe code", " and/or that", " here.", " .",
        " github is", "\nwith GPT-4 inside", " repository.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("whole", ["https://a.github.io/", "https://github.com/foo/"])
def test_words_behind_an_address_are_no_part_of_it(whole: str, after: str) -> None:
    assert found(whole + after) == [(whole, whole)]


def test_no_word_of_the_next_sentence_completes_a_host() -> None:
    assert found("at https://a.github.io. com is") == [("https://a.github.io",) * 2]


@pytest.mark.parametrize(
    "text",
    [
        "github.com/foo/bar", "GitHub.com/foo", "huggingface.co/datasets/foo/bar", "hf.co/foo",
        "arxiv.org/abs/2608.12345", "www.a.net", "www.a.edu/b", "foo.github.io", "heron-bench.com",
        "openheron.ai", "youtu.be/b",
    ],
)  # fmt: skip
def test_an_address_may_lack_its_scheme(text: str) -> None:
    assert found(f"It is at {text}.") == [(text, f"https://{text}")]


@pytest.mark.parametrize(
    "text",
    [
        "", "e.g. this", "socket.io", "me@heron.com", "first.last@heron.ai", "torch.nn/functional",
        "README.md/x", "train/test", "end.The next", "3.5/5", "10.5/20", "10.1234/5", "https://",
        "http://.", "https://user:pw@heron.org/", "javascript:heron", "file:///etc", "ftp://a.b/c",
        "arXiv papers of 2024", "arXiv:archive/2506.18896", "arXiv:2506.188", "Node.js",
        "doi: none", "and/or", "//heron.comb", "x.com-like",
    ],
)  # fmt: skip
def test_what_is_no_link(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "shown", "address"),
    [
        ("(arXiv:2608.12345)", "arXiv:2608.12345", "https://arxiv.org/abs/2608.12345"),
        ("arXiv: 2608.12345v2.", "arXiv: 2608.12345v2", "https://arxiv.org/abs/2608.12345v2"),
        ("arXiv 2608.12345 [cs]", "arXiv 2608.12345", "https://arxiv.org/abs/2608.12345"),
        ("arxiv:cs/0112017,", "arxiv:cs/0112017", "https://arxiv.org/abs/cs/0112017"),
        ("doi:10.1145/32.33.", "doi:10.1145/32.33", "https://doi.org/10.1145/32.33"),
        ("DOI 10.1000/182", "DOI 10.1000/182", "https://doi.org/10.1000/182"),
        ("10.5281/zenodo.17", "10.5281/zenodo.17", "https://doi.org/10.5281/zenodo.17"),
        ("(10.1016/S0(96)12-3)", "10.1016/S0(96)12-3", "https://doi.org/10.1016/S0(96)12-3"),
        ("https://doi.org/10.1000/1", "https://doi.org/10.1000/1", "https://doi.org/10.1000/1"),
    ],
)
def test_ids_of_arxiv_and_dois(text: str, shown: str, address: str) -> None:
    assert found(text) == [(shown, address)]


@given(any_text | pieces)
@example("https:" + "/" * 9)
def test_links_follow_one_another_and_are_safe(text: str) -> None:
    end = 0
    for link in find_links(text):
        assert end <= link.start < link.end <= len(text)
        assert link.address.isascii()
        assert web_address(link.address) == link.address
        assert not text[link.end - 1].isspace()
        end = link.end


ENDLESS = ("http://a]", "a.", "https://a.b/\n   ")
LESS_TELLING = (
    "https://(", "www.", "10.1000/", "https://a.org/ ", "https://a.b", "https://github.com/a/ b ",
    "a-", "https:/ ", "arXiv ", "https://a_\n", "https://a./", "(",
)  # fmt: skip


@pytest.mark.parametrize(
    "piece", [*ENDLESS, *(pytest.param(each, marks=pytest.mark.torture) for each in LESS_TELLING)]
)
def test_a_long_text_ends(piece: str) -> None:
    """A search that took more than linear time would run into the time limit."""
    find_links(piece * (200_000 // len(piece)))


@pytest.mark.torture
@needs_recordings
def test_every_recorded_address_is_found() -> None:
    papers = (item["paper"] for day in recorded_days() for item in recorded_items(day))
    texts = {text for paper in papers for text in (paper["title"], paper["summary"])}
    links = 0
    for text in texts:
        shown = to_unicode(clean_block(text, 9_000))
        within = find_links(shown)
        links += len(within)
        for scheme in re.finditer("https?:/", shown):
            assert any(link.start <= scheme.start() < link.end for link in within), shown
        for link in within:
            assert not re.search(r"[.,;:)\]*]$", link.address), link
            assert "://" in link.address
    assert links > 800
