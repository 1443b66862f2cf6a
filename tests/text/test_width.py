"""Texts are measured and cut in terminal cells, never through a wide character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from tui.text.sanitize import clean_line
from tui.text.width import cell_width, fit, pad

any_text = st.text(st.characters(exclude_categories=[])) | st.text("a 漢é\u0301\u200d\ufe0f❤")


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("abc", 3), ("漢字", 4), ("e\u0301", 1), ("曲彧彣 x", 8), ("🤗", 2), ("τ²", 2)],
)
def test_width_counts_wide_characters_twice_and_marks_not_at_all(text: str, cells: int) -> None:
    assert cell_width(text) == cells


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("hello", 5, "hello"),
        ("hello", 4, "hel…"),
        ("hello world", 7, "hello…"),
        ("漢字漢字", 8, "漢字漢字"),
        ("漢字漢字", 7, "漢字漢…"),
        ("漢字漢字", 6, "漢字…"),
        ("漢字", 2, "…"),
        ("hello", 1, "…"),
        ("hello", 0, ""),
        ("hello", -1, ""),
        ("", 0, ""),
    ],
)
def test_fit_cuts_at_a_cell_boundary(text: str, cells: int, shown: str) -> None:
    assert fit(text, cells) == shown


def test_pad_fills_what_a_wide_character_left_over() -> None:
    assert pad("漢字漢字", 6) == "漢字… "
    assert pad("ab", 4) == "ab  "
    assert pad("abcdef", 4) == "abc…"


@given(any_text, st.integers(-1, 30))
def test_fit_never_exceeds_its_cells(text: str, cells: int) -> None:
    assert cell_width(fit(text, cells)) <= max(cells, 0)


@given(any_text, st.integers(0, 30))
def test_pad_takes_exactly_its_cells(text: str, cells: int) -> None:
    assert cell_width(pad(clean_line(text, 200), cells)) == cells


@given(any_text)
def test_textual_measures_clean_text_as_we_do(text: str) -> None:
    line = clean_line(text, 200)
    assert Content(line).cell_length == cell_width(line)
