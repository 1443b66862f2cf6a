"""TeX with a plain-text reading is read; everything else stays as typed."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.text.losses import lost
from tui.text.groups import DEEPEST, Group
from tui.text.latex import to_unicode

any_text = st.text(st.characters(exclude_categories=[]))
PIECES = r"""
    \ ^ _ { } {} $ $$ ~ -- `` '' ` ' \( \) \textbf{ \frac{ \frac \sqrt{ \'{ \' \url{ \href{ \cite{
    \cite[ ] \footnote{ \it \ours \alpha text{ https://a.b/c x 2 sim times {\it \i \color{
    \it{ \texttt{ \verb| | \L \" \'s
"""
tex = st.lists(st.sampled_from([*PIECES.split(), " ", "\n"])).map("".join)
CROSSING = r"""
    $ $\text{ a$ *b c* **d e** \emph{ \( \) \frac{ }{ \sqrt[ \cite[ ] x_{ { } `f g' \'{
"""
crossing = st.lists(st.sampled_from([*CROSSING.split(), " "]), min_size=1, max_size=5).map("".join)
"""Ends of formulas, emphasis and groups that lie within each other's."""


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        # escapes and text macros
        (r"99.38\% of R\&D, \#1, a\_b for \$5", "99.38% of R&D, #1, a_b for $5"),
        (r"\textbf{When} do \emph{skills} help \textsc{S-Agent}?", "When do skills help S-Agent?"),
        (r"there exist {\it key nodes} and {\bf more}", "there exist key nodes and more"),
        (r"\textcolor{red}{Danger} in \mathcal{O}(n) and \mathbb{R}", "Danger in O(n) and ℝ"),
        (r"LLaMA\nobreakdash-3", "LLaMA-3"),
        (r"\ie{} here, \eg, there \etal. and \vs\ 9", "i.e. here, e.g., there et al. and vs. 9"),
        # accents
        (r"na\"ively B\'{e}zier Bolet\'{\i}n", "naïvely Bézier Boletín"),
        (r"Nguy\~ên \c{c}a \v{s} \H{o} \~n \'\i", "Nguyễn ça š ő ñ í"),
        (r"\o \ss{} \L", "ø ß Ł"),
        # scripts
        ("10^{19} to 10^{-3}, R^{2} and k^{*}", "10¹⁹ to 10⁻³, R² and k*"),
        ("O(n^{-1/(d+2)})", "O(n^(-1/(d+2)))"),
        ("x^2, O(N^2), τ^2-Bench, H^2SD, 2^10, 10^-5", "x², O(N²), τ²-Bench, H²SD, 2¹⁰, 10⁻⁵"),
        ("H_2O, π_0, CO_2 and z_{t+1}-z_t", "H₂O, π₀, CO₂ and zₜ₊₁-zₜ"),
        ("π_{0.5} and pi_0.5, tau^2-Bench", "π₀.₅ and π₀.₅, τ²-Bench"),
        ("AnyTalk_{RT}, W_Q, J_{G}^*", "AnyTalk_(RT), W_Q, J_G*"),
        (r"α_j^{\max} and e^{i\pi}", "αⱼᵐᵃˣ and e^(iπ)"),
        (r"360^{\circ} 360^{circ} 360^circ 25km^2", "360° 360° 360° 25km²"),
        ("H_{infty} and v_t^top", "H_∞ and vₜᵀ"),
        # symbols
        (r"A \neq B, p\approx0.37, 0.673 \pm 0.019", "A ≠ B, p≈0.37, 0.673 ± 0.019"),
        (r"\alpha \rightarrow \infty", "α → ∞"),
        (r"\frac{1}{2} \frac12 \frac{a+b}{c} \sqrt{x} \sqrt{x+1}", "½ ½ (a+b)/c √x √(x+1)"),
        (r"\hat{x} in $\mathbb{R}^d$", "x̂ in ℝᵈ"),
        # symbols that lost their backslash
        ("1.5times, 256times256, 1.2times--1.6times", "1.5×, 256×256, 1.2×–1.6×"),
        ("sim60x smaller, 3.3sim7.3, {sim}2{times}", "∼60x smaller, 3.3∼7.3, ∼2×"),
        ("(leq2B) 0.73rightarrow0.90, 1%downarrow", "(≤2B) 0.73→0.90, 1%↓"),
        ("Self-text{CO}rrecting R^textbf{2AI}", "Self-COrrecting R²ᴬᴵ"),
        # groups
        ("N{=}4, 1{,}182, r{=}{-}0.13, FID{}=1.6", "N=4, 1,182, r=-0.13, FID=1.6"),
        ("{R}outing, Le{a}rner, {Grad}ient, Touch{é}", "Routing, Learner, Gradient, Touché"),
        # formulas
        (r"an $H_{\infty}$ bound, $n$-gram, A$^2$RD", "an H_∞ bound, n-gram, A²RD"),
        (r"\(9.6\times\) fewer, fixed \(TPP\), \(W_1\)", "9.6× fewer, fixed TPP, W₁"),
        # punctuation
        ("``one'' and ``two\" and `three' end", "“one” and “two” and ‘three’ end"),
        ("2.8--5.0, so -- well---yes", "2.8–5.0, so – well—yes"),
        ("RTX~5090, 26~FPS, Bench~2.1, 2)~a, (i)~b", "RTX 5090, 26 FPS, Bench 2.1, 2) a, (i) b"),
        (r"8\,GB vs.\ 9 and a\;b", "8 GB vs. 9 and a b"),
        # links and notes
        (r"at\url{https://a.org/x_y}.", "at https://a.org/x_y."),
        (r"\href{https://a.org}{the page} \href{https://a.org}{https://a.org}",
         "the page (https://a.org) https://a.org"),
        ("https://a.org/x/{here}. https://a.org{https://a.org}.",
         "https://a.org/x/ (here). https://a.org."),
        (r"https://a.org/\#top", "https://a.org/#top"),
        (r"shown~\cite{a,b}, twice \citep[p.~3]{c}. Tasks\footnote{Two.}",
         "shown [a, b], twice [c, p. 3]. Tasks (Two.)"),
    ],
)  # fmt: skip
def test_tex_is_read(typed: str, read: str) -> None:
    assert to_unicode(typed) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain words, 100% of them: (a) one; [b] two.",
        "snake_case_names, GRPO_data, file_v2.py, x_1.py, outlier_gap, __init__",
        "https://a.org/x_1/y^2/~me?a_b=--c and mail a_b@example.org",
        "costs $5 and $10, US$44, 87-$89%, $1,500 budget, $0.1 million, $5-$10/$20",
        "a lone $ and another $ sign",
        "about ~10x, (~39%), 2~3x, only~10x, ~/.config, up to ~ 9x",
        "pass --date or ---- to it",
        r"our \ours and \pyrag, \1 and \033[0m",
        r"C:\Users\name, \d{3}, \w+, \n, \\server, \ref{x}",
        "GPT-{n} in {True, False}, f() {} and {name}",
        "`a_b^2`, ```x```, don't, ''happy''",
        "x ^ y, ^_^, a _ b",
        "3 times more, sometimes, similar, sim2real, narrow, sequence",
        "< > & \" ' * # @ ! ? ** *",
        "{ open, } close, \\textbf{never closed",
        "trailing \\",
    ],
)
def test_what_is_no_tex_stays_as_typed(text: str) -> None:
    assert to_unicode(text) == text


def test_deep_nesting_stays_as_typed() -> None:
    levels = DEEPEST + 5
    read = to_unicode(r"\textbf{" * levels + r"\alpha" + "}" * levels)
    assert r"\textbf{\textbf{" in read
    assert r"\alpha" in read


@pytest.mark.parametrize("piece", ["{", "\\frac{", "$a{", "`a", "\\'{", "x_{", "\\cite[", "{{}"])
def test_endless_openings_are_read_in_one_pass(piece: str) -> None:
    many = 20_000
    to_unicode(piece * many + "}" * many)


@given(crossing, st.sampled_from(["}", "$}", "}$", "*}", "]}"]), st.integers(1, 12))
@example(r"$\text{a$ ", "}", 12)
@example(r"*a \emph{b* ", "}", 12)
def test_no_text_is_read_again_and_again(opened: str, closed: str, times: int) -> None:
    text = opened * times + closed * times
    with patch.object(Group, "inside", autospec=True, side_effect=Group.inside) as inside:
        shown = to_unicode(text)
    lengths = (end - start for _, start, end in (call.args for call in inside.call_args_list))
    assert sum(lengths) <= 2 * DEEPEST * len(text)
    assert len(shown) <= 2 * len(text)


@given(any_text | tex)
@example("`http://`\\it")
@example("`http://'\\it")
@example(r"\'Atext{}")
@settings(derandomize=True)
def test_nothing_is_lost_of_any_text(text: str) -> None:
    """The same texts each time: of some 20,000 there is one that fools the table of losses."""
    assert not lost(text, to_unicode(text))


@given(st.text("abc XYZ 019 .,;:!?()[]'\"<>@#%&+=/|-é漢\n"))
def test_prose_is_not_changed_twice(text: str) -> None:
    assert to_unicode(to_unicode(text)) == to_unicode(text)


@given(st.text("abcXYZ 019.,;:!?()[]'<>@#%&+=/|é漢\n"))
def test_prose_without_tex_is_not_changed(text: str) -> None:
    assert to_unicode(text) == text
