"""Nothing that could act on a terminal or hide survives; every visible word does."""

from __future__ import annotations

import re
import sys
from unicodedata import category, is_normalized, normalize

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

JOINERS = "\u200c\u200d"
any_text = st.text(st.characters(exclude_categories=[]))
"""Text that holds lone surrogates too."""
nasty = st.text(
    st.sampled_from(
        "ab \t\r\n\x1b[];m\\\x07\x9b\x9c\x9d\x85\u2028\u00a0\u200b\u202e\u0301\u0e47\u0323\u0344"
        "\ud800漢\u200c\u200d\ufe0f\u0628\u0915\u094d\u0d4d\u0958\u1100\u1161\ufb2c\u09c7\u09be\u2764\U0001f469"
        "\ufdd0\U0001d15e\U0001d165\U0001d16d"
    )
)


def forbidden(character: str) -> bool:
    return (
        category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        or ord(character) in LISTED
        or ord(character) & 0xFFFE == 0xFFFE
        or 0xFDD0 <= ord(character) <= 0xFDEF
    )


def assert_harmless(text: str) -> None:
    """Nothing forbidden is there but joiners with something on either side; marks are bounded.

    One that makes a letter of Malayalam stands at a word's end.
    """
    assert not any(forbidden(character) for character in text if character not in JOINERS)
    assert normalize("NFC", text) == text
    text = text.replace("\u0d4d\u200d", "\u0d4d")
    assert not re.search(f"(?:^|[\\x00-\\xff])[{JOINERS}]|[{JOINERS}](?:$|[\\x00-\\xff])", text)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("A title\n  over two\r\nlines", "A title over two lines"),
        (" \tpad\u00a0ded\u2003\u2029", "pad ded"),
        ("next\x85line and\u2028more", "next line and more"),
        ("Cafe\u0301 A\u030a \u1100\u1161 \u212b", "Café Å 가 Å"),
        ("nul\x00 del\x7f", "nul del"),
        ("abc\u202ecba\u202c \u2066x\u2069", "abccba x"),
        ("zero\u200b\u200c\u200d\u2060\ufeffwidth", "zerowidth"),
        ("non\ufffe\uffff\ufdd0\U0010ffffcharacters", "noncharacters"),
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
        ("a\x1b[2J\x0bb", "a b"),
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


@pytest.mark.parametrize(
    "sequence",
    [
        *("\x1b[31m", "\x1b[0;1;38:5:9m", "\x1b[?25l", "\x1b[2 q", "\x1b[!p", "\x1b[>1u"),
        *("\x9b31m", "\x9b?1049h"),
        *("\x1b]0;owned\x07", "\x1b]0;owned\x1b\\", "\x1b]52;c;cm0=\x9c", "\x9d0;owned\x9c"),
        *("\x1b]8;;https://a.org\x1b\\", "\x1b]0;over\ntwo lines\x07"),
        *("\x1bPq#0;2\x1b\\", "\x90q\x9c", "\x1b_Gf=100;AAAA\x1b\\", "\x9fG\x9c"),
        *("\x1b^private\x1b\\", "\x9ep\x9c", "\x1bXstring\x1b\\", "\x98s\x9c"),
        *("\x1bc", "\x1b7", "\x1b=", "\x1b(B", "\x1b#8", "\x1b%G", "\x1bM", "\x84", "\x8e"),
        *("\x1b\x1b[31m\x1b[0m", "\x1b[\x1b[31m", "\x1b]a\x1b]b\x07"),
    ],
)
def test_an_escape_sequence_goes_whole(sequence: str) -> None:
    assert clean_line(f"<{sequence}>", 100) == "<>"
    assert clean_block(f"<\n{sequence}>", 100) == "<\n>"


@pytest.mark.parametrize(
    ("cut_off", "shown"),
    [
        ("a\x1b", "a"),
        ("a\x1b[", "a"),
        ("a\x1b[31;", "a"),
        ("a\x9b3", "a"),
        ("a\x1b(", "a"),
        ("a\x1b]0;owned", "a"),
        ("a\x1b]0;owned\nnext line", "a\nnext line"),
        ("a\x90q\nnext line\x1b[0m", "a\nnext line"),
        ("a\x1b]0;owned\x1b[31mb", "ab"),
        ("a\x1b[31é", "aé"),
    ],
)
def test_a_sequence_that_is_cut_off_takes_no_more_than_its_line(cut_off: str, shown: str) -> None:
    assert clean_block(cut_off, 100) == shown


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d👩\u200d👧", "🏳\u200d🌈", "👩🏽\u200d🚀", "🐦\u200d⬛", "❤\u200d🔥",
        "می\u200cخواهم", "क्\u200dष", "ශ්\u200dරී", "ന്\u200d\u0d30",
        "അവന്\u200d വന്നു, അവര്\u200d",
    ],
)  # fmt: skip
def test_joiners_stay_where_pictures_and_scripts_need_them(text: str) -> None:
    assert clean_line(text, 100) == text


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("❤\ufe0f\u200d🔥", "❤\u200d🔥"),
        ("👩\u200d", "👩"),
        ("\u200d👩", "👩"),
        ("👩\u200da", "👩a"),
        ("👩\u200d\u200d👧", "👩👧"),
        ("👩\u200c👧", "👩👧"),
        ("a\u200cb\u200dc", "abc"),
        ("ب\u200c\u200dب", "بب"),
        ("\u0308\u094d\u200dक", "\u094d\u0308क"),
        ("a\u0345\u200dक्\u200dष", "a\u0345क्\u200dष"),
        ("ന്\u200da ന്\u200d\u200d👩 ന്\u200c", "ന്a ന്👩 ന്"),
    ],
)
def test_other_joiners_go(raw: str, shown: str) -> None:
    assert clean_line(raw, 100) == shown


@given(st.text("aक\u094d\u0301\u0345\u200dന\u0d4d👩 ", max_size=12))
def test_joiners_that_stay_stay_for_good(text: str) -> None:
    line = clean_line(text, 100)
    assert clean_line(line, 100) == line
    assert is_normalized("NFC", line)


def test_a_cut_leaves_no_joiner_behind() -> None:
    assert clean_line("👩\u200d👩\u200d👧", 3) == "👩…"


@pytest.mark.parametrize("mark", ["\u0301", "\u0e47", "\u20dd"])
def test_stacked_marks_are_bounded_for_each_base(mark: str) -> None:
    zalgo = "q" + mark * 40 + "x" + mark * 2
    assert clean_line(zalgo, 100) == "q" + mark * MARKS_PER_BASE + "x" + mark * 2


def test_marks_stay_bounded_when_something_hidden_parted_them() -> None:
    marks = "\u0301" * 3
    assert clean_line(f"q{marks}\u200b{marks}", 100) == "q" + "\u0301" * MARKS_PER_BASE


def test_no_character_of_unicode_slips_through() -> None:
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        if character.isascii() and character.isprintable():
            continue
        if forbidden(character):
            shown = clean_line(f"a{character}漢", 9)
            assert shown in ("a漢", "a 漢", "a\ufffd漢", "a"), hex(number)
            assert shown != "a" or character in "\x90\x98\x9d\x9e\x9f", hex(number)


@pytest.mark.parametrize(
    "end", [0x3000, pytest.param(sys.maxunicode + 1, marks=pytest.mark.torture)], ids=hex
)
def test_every_visible_character_of_unicode_is_kept(end: int) -> None:
    visible = [
        character
        for character in map(chr, range(end))
        if not forbidden(character) and category(character) not in ("Zs", "Cn")
    ]
    text = "-".join(visible)
    assert clean_line(text, 2 * len(text)) == normalize("NFC", text)


@given(any_text | nasty, st.integers(-1, 40))
def test_a_clean_line_holds_nothing_forbidden_and_is_final(text: str, limit: int) -> None:
    line = clean_line(text, limit)
    assert_harmless(line)
    assert "  " not in line
    assert line == line.strip()
    assert len(line) <= max(limit, 0)
    assert clean_line(line, limit) == line


@given(any_text | nasty, st.integers(-1, 40))
def test_a_clean_block_holds_nothing_forbidden_but_newlines(text: str, limit: int) -> None:
    block = clean_block(text, limit)
    assert_harmless(block.replace("\n", " "))
    assert block == block.strip()
    assert len(block) <= max(limit, 0)
    assert clean_block(block, limit) == block


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"])))
def test_printable_words_are_never_lost(word: str) -> None:
    assert clean_line(word, len(word)) == word
    assert clean_block(word, len(word)) == word


ENDLESS = ("\x1b", "\x1b[1;", "\u0301\u0323")
LESS_TELLING = (
    "\x1b[", "\x9d", "\x9d\n", "\x1b]a\n", "\x1bP", "\x1b(", "\u200d", "👩\u200d", "\u0d4d\u200d",
    "\U0001d16d\U0001d165", "\u0344", "a\u0323\u0301", "\ud800", "\ufdd0",
)  # fmt: skip


@pytest.mark.parametrize(
    "piece", [*ENDLESS, *(pytest.param(each, marks=pytest.mark.torture) for each in LESS_TELLING)]
)
def test_endless_attacks_are_cleaned_in_one_pass(piece: str) -> None:
    clean_block(piece * 200_000, 10**9)
