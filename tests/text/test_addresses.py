"""Links inside a text: found exactly, mended where that is beyond doubt, never invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.recordings import needs_recordings, recorded_days, recorded_items
from tui.page import Own, page
from tui.papers import Paper
from tui.text.addresses import find_links, find_links_by_line
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
        ("„https://a.org/b“", "https://a.org/b"),
        ("«https://a.org/b»", "https://a.org/b"),
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
    ("shown", "address"),
    [
        ("https://de.wikipedia.org/wiki/Bär", "https://de.wikipedia.org/wiki/B%C3%A4r"),
        ("https://a.org/Việt_Nam", "https://a.org/Vi%E1%BB%87t_Nam"),
        ("https://a.org/Ba\u0308r", "https://a.org/Ba%CC%88r"),
        ("https://a.org/λόγος", "https://a.org/%CE%BB%CF%8C%CE%B3%CE%BF%CF%82"),
        ("https://a.org/ёж?й=1", "https://a.org/%D1%91%D0%B6?%D0%B9=1"),
        ("a.org/Bär", "https://a.org/B%C3%A4r"),
        ("doi:10.1000/Bär", "https://doi.org/10.1000/B%C3%A4r"),
    ],
)
@pytest.mark.parametrize("after", ["", ".", "»", "”, and", "路", "。", " · more"])
def test_letters_of_alphabets_are_part_of_a_path(shown: str, address: str, after: str) -> None:
    assert found(shown + after) == [(shown, address)]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (r"https://github.com/a/my\_repo", "https://github.com/a/my_repo"),
        (r"https://a.github.io/\#heron", "https://a.github.io/#heron"),
        (r"https://a.org/\~b/?c=d\%20e\&f=g", "https://a.org/~b/?c=d%20e&f=g"),
        (r"github.com/a/my\_repo", "https://github.com/a/my_repo"),
        (r"doi:10.1000/a\_b", "https://doi.org/10.1000/a_b"),
        (r"https://a.org/b\ ", "https://a.org/b"),
        (r"https://a.org/b\emph", "https://a.org/b"),
    ],
)
def test_an_address_goes_on_behind_what_tex_escapes(typed: str, address: str) -> None:
    for text in (rf"\url{{{typed}}}", f"at {typed}.", typed):
        (link,) = find_links(text)
        assert link.address == address
        assert web_address(address) == address


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        ("https://bücher.de/b", "https://xn--bcher-kva.de/b"),
        ("https://Straße.Bücher.de", "https://xn--strae-oqa.xn--bcher-kva.de"),
        ("http://a.bu\u0308cher.de:80/ü", "http://a.xn--bcher-kva.de:80/%C3%BC"),
        ("https://пример.рф/ёж", "https://xn--e1afmkfd.xn--p1ai/%D1%91%D0%B6"),
        ("https://例え.jp/a_b", "https://xn--r8jz45g.jp/a_b"),
        ("https://www.例え.co.jp", "https://www.xn--r8jz45g.co.jp"),
        ("https://例え.テスト/", "https://xn--r8jz45g.xn--zckzah/"),
    ],
)
@pytest.mark.parametrize("after", ["", ". So", ")", "”, and", "。次は", " · more"])
def test_a_host_in_any_script_is_opened_as_it_is_registered(
    shown: str, address: str, after: str
) -> None:
    assert found(f"at {shown}{after}") == [(shown, address)]


def test_letters_alike_lead_to_other_hosts() -> None:
    assert found("https://\u0430pple.com/") == [
        ("https://\u0430pple.com/", "https://xn--pple-43d.com/")
    ]


@pytest.mark.parametrize("text", ["https://a.orgи so", "https://bücher", "https://bücher.deé/b"])
def test_no_part_of_a_host_stands_for_the_whole(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "[https://a.org/b](https://c.org/d)",
        "https://a.org/bhttps://c.org/d",
        "https://a.org/b}{https://c.org/d}",
        "https://a.org/b,https://c.org/d",
        "https://a.org/b\nhttps://c.org/d",
        "https://a.org/b / https://c.org/d",
        "https://a.org/b-\nGitHub: https://c.org/d",
        "https://a.org/b-\nProject page: https://c.org/d",
        "https://a.org/b-\nCode & data:https://c.org/d",
    ],
)
def test_two_addresses_are_two(text: str) -> None:
    addresses = [address.rstrip("-") for _, address in found(text)]
    assert addresses == ["https://a.org/b", "https://c.org/d"]


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
        ("https://github.com/ foo/bar", "https://github.com/foo/bar"),
        ("https://github.com/foo/ Bar2.5-VL", "https://github.com/foo/Bar2.5-VL"),
        ("https://a.org/b/ some_name", "https://a.org/b/some_name"),
        ("https://github.com/foo/ bär", "https://github.com/foo/b%C3%A4r"),
    ],
)
@pytest.mark.parametrize("after", ["", ".", ", and more", ") is there."])
def test_a_broken_address_is_mended(broken: str, address: str, after: str) -> None:
    assert found(f"It is at {broken}{after}") == [(broken, address)]


@pytest.mark.parametrize(
    "after",
    [
        " and more", " License at b", " (here).", "\nThe code", " and/or that", " here.", " .",
        " github is", "\nwith GPT-4 inside", " repository.", " code.", " Demo.", " dataset,",
        " datasets;", " models:", "\nGitHub: c", " YouTube: c", " YouTube : c", " Code/Data.",
        " Heron/Bird: c", "\n2. c", " 2) c", "\nb) c", "\niv. c", "\n2024-05-01, read", " 2024.",
        " 2024/05/01, read", " 24/7.", " w/ code", " w/o code", " 3/ c", "\n- c",
    ],
)  # fmt: skip
@pytest.mark.parametrize("whole", ["https://a.github.io/", "https://github.com/foo/"])
def test_words_behind_an_address_are_no_part_of_it(whole: str, after: str) -> None:
    assert found(whole + after) == [(whole, whole)]


@pytest.mark.parametrize(
    "after", ["\nGPT-4, Claude", " GPT-4, Claude", " ImageNet.", " YouTube, c", " Apache-2.0."]
)
@pytest.mark.parametrize("whole", ["https://a.github.io/", "https://a.org/b/"])
def test_names_behind_an_address_are_no_part_of_it(whole: str, after: str) -> None:
    assert found(whole + after) == [(whole, whole)]


@pytest.mark.parametrize(
    "after",
    ["2. next", "2) next", "2024-05-01, read", "12", "b. next", "Note: next", "Note : next"],
)
@pytest.mark.parametrize("whole", ["https://a.org/?x=", "https://a.org/b-"])
def test_no_next_line_of_its_own_completes_an_address(whole: str, after: str) -> None:
    assert found(f"{whole}\n{after}") == [(whole, whole)]


def test_an_address_in_a_list_does_not_take_the_next_number() -> None:
    first, second = "https://foo.org/", "https://bar.org/"
    told = f"1. {first}\n2. {second}\n3. …"
    assert [address for _, address in found(told)] == [first, second]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://a.org/b_\nheron", ["https://a.org/b_"]),
        ("https://github.com/foo/\nbar", ["https://github.com/foo/"]),
        ("https://github.com/foo/ bar\n", ["https://github.com/foo/bar"]),
        ("arXiv:\n2608.12345", []),
        ("a\n\n  https://a.org/b\nhttps://a.org/c", ["https://a.org/b", "https://a.org/c"]),
    ],
)
def test_lines_of_the_user_are_never_joined(text: str, addresses: list[str]) -> None:
    links = find_links_by_line(text)
    assert [link.address for link in links] == addresses
    for start, end, address in links:
        assert "".join(text[start:end].split()) == address


def test_a_page_joins_no_lines_of_a_note() -> None:
    paper = Paper(id="2608.12345", title="Herons", abstract="")
    note = "https://github.com/heron/\nwait. https://a.org/Bär"
    spans = [span for line in page(paper, 80, own=Own(note)) for span in line]
    leads = {span.text: span.address for span in spans if span.kind == "note" and span.address}
    assert leads == {
        "https://github.com/heron/": "https://github.com/heron/",
        "https://a.org/Bär": "https://a.org/B%C3%A4r",
    }


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
    "https://a.org/ b ", "https://a.org/ä", "https://a.org/_\nb ", "https://a.org/ b/", "ä",
    "https://(", "www.", "10.1000/", "https://a.org/ ", "https://a.b", "https://github.com/a/ b ",
    "a-", "https:/ ", "arXiv ", "https://a_\n", "https://a./", "(",
)  # fmt: skip


@pytest.mark.parametrize(
    "piece", [*ENDLESS, *(pytest.param(each, marks=pytest.mark.torture) for each in LESS_TELLING)]
)
def test_a_long_text_ends(piece: str) -> None:
    """A search that took more than linear time would run into the time limit."""
    find_links(piece * (200_000 // len(piece)))


@pytest.mark.parametrize("piece", ["\n", " ", "\n ", "b", "b ", "1.", "ä", "/", "b/", "b:", ")"])
@pytest.mark.parametrize("start", ["https://a.org/b_\n", "https://a.org/b/ c", "https://a.org"])
def test_a_long_text_behind_an_address_ends(start: str, piece: str) -> None:
    """As above."""
    find_links(start + piece * (200_000 // len(piece)))


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
