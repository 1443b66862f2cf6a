"""Every recorded title and abstract is shown whole, safe and in its width."""

from __future__ import annotations

import re

from tests.recordings import needs_recordings, recorded_days, recorded_items
from tui.text.latex import to_unicode
from tui.text.reflow import wrap
from tui.text.sanitize import clean_block, clean_line
from tui.text.width import cell_width

CELLS = 64
MONEY = re.compile(r"(?<![\\$])\$\d[\d,.]*")
LOST_DOLLAR = re.compile(r"\\\$|\\\d+(?:\.\d+)?\s?[KM]|\\\d+\.\d")
"""Amounts before which the Hub left a backslash, with or without its dollar."""
LEFT_OVER = re.compile(r"\\(?:textbf|emph|times|url|href)\b|\\%|\{sim\}|\w\^[\d{]|``|\d--\d")


def recorded_texts() -> list[str]:
    """All distinct titles and abstracts."""
    papers = (item["paper"] for day in recorded_days() for item in recorded_items(day))
    return sorted({text for paper in papers for text in (paper["title"], paper["summary"])})


@needs_recordings
def test_recorded_texts_fit_and_keep_their_words() -> None:
    for text in recorded_texts():
        clean = clean_block(text, 9_000)
        assert clean.split() == text.split()
        shown = to_unicode(clean)
        lines = wrap(shown, CELLS)
        assert max(map(cell_width, lines)) <= CELLS
        assert "".join("".join(lines).split()) == "".join(shown.split())
        assert clean_line(shown, 9_000) == " ".join(shown.split())


@needs_recordings
def test_recorded_tex_is_read_and_money_is_not() -> None:
    for text in recorded_texts():
        shown = to_unicode(text)
        assert not LEFT_OVER.search(shown), shown
        assert MONEY.findall(text) == MONEY.findall(shown) or LOST_DOLLAR.search(text)
