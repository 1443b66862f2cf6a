"""Every recorded title and abstract is shown whole, safe and in its width."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

from tests.recordings import needs_recordings, recorded_days, recorded_items
from tests.text.losses import lost
from tui.text.latex import to_unicode
from tui.text.reflow import wrap
from tui.text.sanitize import clean_block, clean_line
from tui.text.width import cell_width

CELLS = 64
MONEY = re.compile(r"(?<![\\$])\$\d[\d,.]*")
LOST_DOLLAR = re.compile(r"\\\$|\\\d+(?:\.\d+)?\s?[KM]|\\\d+\.\d")
"""Amounts before which the Hub left a backslash, with or without its dollar."""
LEFT_OVER = re.compile(r"\\(?:textbf|emph|times|url|href)\b|\\%|\{sim\}|\w\^[\d{]|``|\d--\d")


FIELDS = ("title", "summary", "ai_summary")


@cache
def recorded_texts() -> tuple[str, ...]:
    """All distinct titles, abstracts and summaries."""
    papers = [item["paper"] for day in recorded_days() for item in recorded_items(day)]
    return tuple(sorted({paper[field] for paper in papers for field in FIELDS if field in paper}))


@needs_recordings
def test_nothing_is_lost_of_recorded_texts() -> None:
    for text in recorded_texts():
        assert not lost(text, to_unicode(text)), text


@needs_recordings
def test_recorded_names_are_shown_whole() -> None:
    papers = (item["paper"] for day in recorded_days() for item in recorded_items(day))
    for name in {author["name"] for paper in papers for author in paper["authors"]}:
        assert to_unicode(clean_line(name, 200)) == normalize("NFC", " ".join(name.split()))


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
