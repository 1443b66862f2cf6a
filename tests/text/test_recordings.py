"""Every recorded title and abstract is shown whole, safe and in its width."""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from unicodedata import normalize

import pytest

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


pytestmark = needs_recordings
of_recorded_days = pytest.mark.parametrize(
    "every", [pytest.param(10, id="some"), pytest.param(1, id="all", marks=pytest.mark.torture)]
)
"""The texts of one recorded day in so many; of all of them in the torture."""


@cache
def recorded_papers(every: int) -> list[dict[str, Any]]:
    return [item["paper"] for day in recorded_days()[::every] for item in recorded_items(day)]


@cache
def recorded_texts(every: int) -> tuple[str, ...]:
    """All distinct titles, abstracts and summaries."""
    papers = recorded_papers(every)
    return tuple(sorted({paper[field] for paper in papers for field in FIELDS if field in paper}))


@of_recorded_days
def test_nothing_is_lost_of_recorded_texts(every: int) -> None:
    for text in recorded_texts(every):
        assert not lost(text, to_unicode(text)), text


@of_recorded_days
def test_recorded_names_are_shown_whole(every: int) -> None:
    papers = recorded_papers(every)
    for name in {author["name"] for paper in papers for author in paper["authors"]}:
        assert to_unicode(clean_line(name, 200)) == normalize("NFC", " ".join(name.split()))


@of_recorded_days
def test_recorded_texts_fit_and_keep_their_words(every: int) -> None:
    for text in recorded_texts(every):
        clean = clean_block(text, 9_000)
        assert clean.split() == text.split()
        shown = to_unicode(clean)
        lines = wrap(shown, CELLS)
        assert max(map(cell_width, lines)) <= CELLS
        assert "".join("".join(lines).split()) == "".join(shown.split())
        assert clean_line(shown, 9_000) == " ".join(shown.split())


@of_recorded_days
def test_recorded_tex_is_read_and_money_is_not(every: int) -> None:
    for text in recorded_texts(every):
        shown = to_unicode(text)
        assert not LEFT_OVER.search(shown), shown
        assert MONEY.findall(text) == MONEY.findall(shown) or LOST_DOLLAR.search(text)
