"""Nothing that could act on a terminal or hide survives; every visible word does."""

from __future__ import annotations

import sys
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.sanitize import MARKS_PER_BASE, clean_block, clean_line

LISTED = {
    *range(0xFE00, 0xFE10),
    *range(0xE0000, 0xE0080),
    *range(0xE0100, 0xE01F0),
    *range(0x2060, 0x2070),
    *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0),
}
"""Characters that show nothing though Unicode files them under letters and marks."""

any_text = st.text(st.characters(exclude_categories=[]))
"""Text that holds lone surrogates too."""
nasty = st.text(st.sampled_from("ab \t\r\n\x1b\x85\u2028\u00a0\u200b\u202e\u0301\u0e47\ud800漢"))


def forbidden(character: str) -> bool:
    return category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") or ord(character) in LISTED


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("A title\n  over two\r\nlines", "A title over two lines"),
        (" \tpad\u00a0ded\u2003\u2029", "pad ded"),
        ("next\x85line and\u2028more", "next line and more"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;owned\x07", "]0;owned"),
        ("\x9b2J\x90q\x9c", "2Jq"),
        ("nul\x00 del\x7f", "nul del"),
        ("abc\u202ecba\u202c \u2066x\u2069", "abccba x"),
        ("zero\u200b\u200c\u200d\u2060\ufeffwidth", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("flag\U000e0067\U000e007f", "flag"),
        ("heart\u2764\ufe0f", "heart\u2764"),
        ("lone \ud83d half", "lone \ufffd half"),
        ("space \u200b space", "space space"),
        ("Nguyễn José 漢字 ไม่เป็น", "Nguyễn José 漢字 ไม่เป็น"),
        ("[/] [@click=app.quit]x[/]", "[/] [@click=app.quit]x[/]"),
        ("", ""),
        ("\u200b \x1b", ""),
    ],
)
def test_a_line_is_harmless_and_keeps_its_words(raw: str, shown: str) -> None:
    assert clean_line(raw, 100) == shown


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("one\u2028two\u2029three\x85four", "one\ntwo\nthree\nfour"),
        ("\n\n a\tb\u00a0c \n\n", "a b c"),
        ("first\n\nsecond", "first\n\nsecond"),
        ("one\r\u200b\ntwo", "one\ntwo"),
        ("a\x1b[2J\x0bb", "a[2J b"),
    ],
)
def test_a_block_keeps_its_lines_and_nothing_else(raw: str, shown: str) -> None:
    assert clean_block(raw, 100) == shown


@pytest.mark.parametrize(
    ("limit", "shown"),
    [(11, "hello world"), (10, "hello wor…"), (7, "hello…"), (1, "…"), (0, ""), (-3, "")],
)
def test_what_is_too_long_ends_in_an_ellipsis(limit: int, shown: str) -> None:
    assert clean_line("hello world", limit) == shown
    assert clean_block("hello world", limit) == shown


@pytest.mark.parametrize("mark", ["\u0301", "\u0e47", "\u20dd"])
def test_stacked_marks_are_bounded_for_each_base(mark: str) -> None:
    zalgo = "h" + mark * 40 + "i" + mark * 2
    assert clean_line(zalgo, 100) == "h" + mark * MARKS_PER_BASE + "i" + mark * 2


def test_marks_stay_bounded_when_something_hidden_parted_them() -> None:
    marks = "\u0301" * 3
    assert clean_line(f"a{marks}\u200b{marks}", 100) == "a" + "\u0301" * MARKS_PER_BASE


def test_no_character_of_unicode_slips_through() -> None:
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        if character.isascii() and character.isprintable():
            continue
        if forbidden(character):
            assert clean_line(f"a{character}b", 9) in ("ab", "a b", "a\ufffdb"), hex(number)


def test_every_visible_character_of_unicode_is_kept() -> None:
    visible = [
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if not forbidden(character) and category(character) not in ("Zs", "Cn")
    ]
    text = "-".join(visible)
    assert clean_line(text, len(text)) == text


@given(any_text | nasty, st.integers(-1, 40))
def test_a_clean_line_holds_nothing_forbidden_and_is_final(text: str, limit: int) -> None:
    line = clean_line(text, limit)
    assert not any(map(forbidden, line))
    assert "  " not in line
    assert line == line.strip()
    assert len(line) <= max(limit, 0)
    assert clean_line(line, limit) == line


@given(any_text | nasty, st.integers(-1, 40))
def test_a_clean_block_holds_nothing_forbidden_but_newlines(text: str, limit: int) -> None:
    block = clean_block(text, limit)
    assert not any(map(forbidden, block.replace("\n", "")))
    assert block == block.strip()
    assert len(block) <= max(limit, 0)
    assert clean_block(block, limit) == block


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"])))
def test_printable_words_are_never_lost(word: str) -> None:
    assert clean_line(word, len(word)) == word
    assert clean_block(word, len(word)) == word
