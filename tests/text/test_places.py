"""Parts of a text are found again in the lines that it was wrapped into."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.text.places import Place, places
from tui.text.reflow import wrap

words = st.text("ab鹭é \n-", max_size=60)


def test_a_part_may_stand_on_several_lines() -> None:
    lines = ["one two", "three"]
    found = list(places("one  two\nthree", [(0, 3), (5, 12)], lines))
    assert found == [Place(0, 0, 0, 3), Place(1, 0, 4, 7), Place(1, 1, 0, 3)]


@given(words, st.lists(st.integers(0, 60), max_size=8), st.integers(1, 20))
def test_the_places_hold_the_parts(text: str, edges: list[int], cells: int) -> None:
    edges = sorted(min(edge, len(text)) for edge in edges)
    parts = list(zip(edges[::2], edges[1::2], strict=False))
    lines = wrap(text, cells)
    shown = [""] * len(parts)
    for number, line, start, end in places(text, parts, lines):
        shown[number] += lines[line][start:end]
    assert ["".join(part.split()) for part in shown] == [
        "".join(text[start:end].split()) for start, end in parts
    ]
