"""Notation as papers have it, most of it from real titles and abstracts, and how it is shown."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final, NamedTuple

from tests.text.losses import lost
from tui.text.latex import to_unicode

TABLE: Final = Path(__file__).with_name("golden.tsv")
LINE_BREAK: Final = "⏎"
"""What stands in the table for the end of a line."""


class Case(NamedTuple):
    source: str
    shown: str
    why: str


def cases() -> list[Case]:
    """The lines of the table, which has a heading."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        _, *lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [Case(*(cell.replace(LINE_BREAK, "\n") for cell in line)) for line in lines]


CASES: Final = cases()


def test_notation_is_shown_so() -> None:
    for case in CASES:
        assert to_unicode(case.source) == case.shown, case


def test_nothing_of_it_is_lost() -> None:
    for case in CASES:
        assert not lost(case.source, case.shown), case


def test_no_case_stands_twice_or_without_a_reason() -> None:
    assert len({case.source for case in CASES}) == len(CASES)
    assert all(case.why for case in CASES)
