"""What authors set apart is told as runs in their style; the text itself is the same."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.emphasis import Run
from tui.text.latex import runs, to_unicode

any_text = st.text(st.characters(exclude_categories=[]))
PIECES = r"\textbf{ \emph{ {\it {\bf \texttt{ } ** * ` x y^2 \alpha $ $$ \em \bfseries ~"
marked_up = st.lists(st.sampled_from([*PIECES.split(), " ", "\n"])).map("".join)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain", [Run("plain")]),
        ("", []),
        (r"\textbf{a} b", [Run("a", "bold"), Run(" b")]),
        (r"see \emph{a b}, \textit{c}",
         [Run("see "), Run("a b", "italic"), Run(", "), Run("c", "italic")]),
        (r"{\it vs.} {\bf b c} {\tt d}",
         [Run("vs.", "italic"), Run(" "), Run("b c", "bold"), Run(" "), Run("d", "code")]),
        (r"{\it a \bfseries b} c", [Run("a ", "italic"), Run("b", "bold"), Run(" c")]),
        (r"\textbf{a \emph{b} c}", [Run("a ", "bold"), Run("b", "italic"), Run(" c", "bold")]),
        (r"\textbf{a}\textbf{b}", [Run("ab", "bold")]),
        ("**a b** and *c*", [Run("a b", "bold"), Run(" and "), Run("c", "italic")]),
        ("**over\ntwo lines**", [Run("over\ntwo lines", "bold")]),
        ("run `a_b^2` now", [Run("run "), Run("`a_b^2`", "code"), Run(" now")]),
        (r"\texttt{a\_b}", [Run("a_b", "code")]),
        (r"\verb|--a_1| \bf{b} c", [Run("--a_1", "code"), Run(" "), Run("b", "bold"), Run(" c")]),
        (r"at $x^{\textbf{2}}$ and $\mathbf{v}$", [Run("at x² and v")]),
        (r"\textsc{Name} \mathcal{L}", [Run("Name L")]),
        (r"\bf all of it", [Run("all of it")]),
    ],
)  # fmt: skip
def test_what_is_set_apart_has_its_style(typed: str, shown: list[Run]) -> None:
    assert list(runs(typed)) == shown


@pytest.mark.parametrize(
    "text",
    ["5 * 3 * 2", "x*y*z", "k* and q*", "*p<0.05, **p<0.01", "f(*args, **kwargs)", "** a **",
     "* one\n* two", "***", "(*a) and (*b)", "*a\n\nb*", "2 ** 3 ** 4", "**a", "a**b**c"],
)  # fmt: skip
def test_stars_that_are_no_emphasis_stay(text: str) -> None:
    assert runs(text) == (Run(text),)


@given(any_text | marked_up)
def test_runs_are_the_text_in_pieces_that_differ(text: str) -> None:
    found = runs(text)
    assert "".join(run.text for run in found) == to_unicode(text)
    assert all(run.text for run in found)
    assert all(one.style != other.style for one, other in pairwise(found))


@given(marked_up)
def test_no_mark_of_a_style_is_left(text: str) -> None:
    assert not {"\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"} & set(to_unicode(text))
