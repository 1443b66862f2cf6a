"""Abstracts fill the pane they are in: no word lost, no line too wide."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.text.emphasis import Run
from tui.text.reflow import wrap, wrap_runs
from tui.text.width import cell_width

any_text = st.text(st.characters(exclude_categories=[]))
wide_text = st.text("ab -\n漢字。（\u0301é\u200d\ufe0f❤")
list_text = st.lists(st.sampled_from(["- a", "1. b", "2. c", "(1) d", "word.", "", "so:"])).map(
    "\n".join
)


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("", 10, []),
        (" \n\n ", 10, []),
        ("one two three", 7, ["one two", "three"]),
        ("one\ntwo\n  three", 40, ["one two three"]),
        ("one\n\ntwo\n \n three", 40, ["one", "", "two", "", "three"]),
        ('One."\n  two\n   Three.\n \n  Four', 40, ['One."', "", "two Three.", "", "Four"]),
        ("one\n two.\n three\n  four-\n  Five", 40, ["one two. three four-Five"]),
        ("state-of-\nthe-art", 40, ["state-of-the-art"]),
        ("pre- and\npost-\nand mid-\ntraining", 40, ["pre- and post- and mid-training"]),
        ("a dash --\nsee", 40, ["a dash -- see"]),
        ("abcdefghij kl", 4, ["abcd", "efgh", "ij", "kl"]),
        ("see abcdefgh", 6, ["see", "abcdef", "gh"]),
        ("漢字漢字", 5, ["漢字", "漢字"]),
        ("LLM漢字 ok", 6, ["LLM漢", "字 ok"]),
        ("漢字漢字。", 8, ["漢字漢", "字。"]),
        ("漢字", 1, ["漢", "字"]),
        ("👩\u200d👩\u200d👧👩\u200d🚀", 2, ["👩\u200d👩\u200d👧", "👩\u200d🚀"]),
        ("ok👍🏽👍🏽", 4, ["ok👍🏽", "👍🏽"]),
        ("ab", 0, ["a", "b"]),
        ("ab", -5, ["a", "b"]),
        ("cafe\u0301 au lait", 7, ["cafe\u0301 au", "lait"]),
    ],
)
def test_lines_are_joined_and_broken_anew(text: str, cells: int, lines: list[str]) -> None:
    assert wrap(text, cells) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("We find:\n- it is\nfast\n- it is small", ["We find:", "- it is fast", "- it is small"]),
        ("So: \n1. one;\n2. two.", ["So:", "1. one;", "2. two."]),
        ("(1) one.\n(2) two.", ["(1) one.", "(2) two."]),
        ("So:\n  - one\n  - two.\n  Then", ["So:", "- one", "- two.", "", "Then"]),
        ("Done.\n  17. Later", ["Done. 17. Later"]),
        ("We show\n(1) speed and\n(2) size", ["We show (1) speed and (2) size"]),
        ("It costs\n- so they say\nand - more", ["It costs - so they say and - more"]),
        ("Known since:\n2022) and on.\n17. Later", ["Known since: 2022) and on. 17. Later"]),
        ("Just one:\n- item", ["Just one: - item"]),
    ],
)
def test_items_keep_their_lines_only_in_a_clear_list(text: str, lines: list[str]) -> None:
    assert wrap(text, 60) == lines


@given(any_text | wide_text | list_text, st.integers(-1, 30))
def test_every_line_fits_and_ends_in_no_space(text: str, cells: int) -> None:
    for line in wrap(text, cells):
        assert cell_width(line) <= max(cells, 1) or cell_width(line) == 2
        assert line == line.strip()


@given(any_text | wide_text | list_text, st.integers(1, 30))
def test_no_character_but_spaces_is_lost(text: str, cells: int) -> None:
    assert "".join("".join(wrap(text, cells)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        (40, [[Run("one "), Run("two three", "bold"), Run(" "), Run("f", "code"), Run("our")]]),
        (7, [[Run("one "), Run("two", "bold")], [Run("three", "bold")],
             [Run("f", "code"), Run("our")]]),
    ],
)  # fmt: skip
def test_styles_go_on_over_the_ends_of_lines(cells: int, lines: list[list[Run]]) -> None:
    runs = (Run("one "), Run("two\nthree", "bold"), Run("\n"), Run("f", "code"), Run("our"))
    assert wrap_runs(runs, cells) == [tuple(line) for line in lines]


runs = st.lists(
    st.builds(Run, any_text | wide_text, st.sampled_from(["plain", "bold", "italic", "code"]))
)


@given(runs, st.integers(1, 30))
@example([Run("\u200d\u200d⼀")], 1)
def test_every_character_keeps_its_style(typed: list[Run], cells: int) -> None:
    def styled(pieces: list[Run]) -> list[tuple[str, str]]:
        return [(c, run.style) for run in pieces for c in run.text if not c.isspace()]

    lines = wrap_runs(typed, cells)
    assert styled([run for line in lines for run in line]) == styled(typed)
    texts = ["".join(run.text for run in line) for line in lines]
    assert texts == wrap("".join(run.text for run in typed), cells)
