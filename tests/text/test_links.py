"""Addresses from the wire are mended where that is safe and refused where it is not."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.links import (
    ADDRESS_LIMIT,
    arxiv_page,
    doi_page,
    hub_page,
    hyperlink_target,
    pdf,
    web_address,
)

any_text = st.text(st.characters(exclude_categories=[]))


def test_a_paper_has_three_pages() -> None:
    assert hub_page("1706.03762") == "https://huggingface.co/papers/1706.03762"
    assert arxiv_page("1706.03762") == "https://arxiv.org/abs/1706.03762"
    assert pdf("cs/0112017") == "https://arxiv.org/pdf/cs/0112017"


def test_an_id_cannot_leave_its_page() -> None:
    assert hub_page("1?x#y z)") == "https://huggingface.co/papers/1%3Fx%23y%20z%29"


def test_a_doi_leads_to_its_resolver() -> None:
    assert doi_page("10.1000/S0(96)12-3") == "https://doi.org/10.1000/S0(96)12-3"
    assert doi_page("10.1000/a?b#c d") == "https://doi.org/10.1000/a%3Fb%23c%20d"


def test_a_terminal_is_given_ascii() -> None:
    assert hyperlink_target("https://a.org/?q=[x]#y~") == "https://a.org/?q=[x]#y~"
    assert hyperlink_target("https://Bücher.de/ü://ö") == "https://xn--bcher-kva.de/%C3%BC://%C3%B6"
    assert hyperlink_target("https://a⒈é.org/") == "https://a%E2%92%88%C3%A9.org/"
    assert hyperlink_target("https://a.org/道 \x1b") == "https://a.org/%E9%81%93%20%1B"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org", "https://example.org"),
        (" https://example.org/a", "https://example.org/a"),
        ("https://github.com/o\n  /r", "https://github.com/o/r"),
        ("HTTP://example.org:8080/~me?q=1&r=[2]#x", "HTTP://example.org:8080/~me?q=1&r=[2]#x"),
        ("https://medium.com/@someone/x", "https://medium.com/@someone/x"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("https://例え.jp/道", "https://例え.jp/道"),
        ("", None),
        ("example.org", None),
        ("https://", None),
        ("https:///path", None),
        ("javascript:alert(1)//https://example.org", None),
        ("file:///etc/passwd", None),
        ("ftp://example.org", None),
        ("https://user:pw@example.org/", None),
        ("https://example.org:443@evil.org/", None),
        ("https://example.org\\@evil.org/", None),
        ("https://example.org/\x1b]52;c;x\x07", None),
        ("https://example.org/\u202egpj.exe", None),
        ("https://example.org/\ud800", None),
        ("https://example.org/<b>", None),
        ("-https://example.org", None),
        ("https://-o.example", None),
        ("https://example.org:port/", None),
    ],
)
def test_only_a_plain_web_address_passes(text: str, address: str | None) -> None:
    assert web_address(text) == address


def test_an_endless_address_is_refused() -> None:
    longest = "https://example.org/".ljust(ADDRESS_LIMIT, "x")
    assert web_address(longest) == longest
    assert web_address(longest + "x") is None


@given(any_text)
def test_no_text_is_too_strange(text: str) -> None:
    address = web_address("https://example.org/" + text)
    assert {"Cc", "Cf", "Cs", "Zs"}.isdisjoint(map(category, address or ""))
    assert hub_page(text).isascii()
