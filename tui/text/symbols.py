"""What TeX names and Unicode has: the tables behind ``tui.text.latex``."""

from __future__ import annotations

from typing import Final


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _names(table: str) -> frozenset[str]:
    return frozenset(table.split())


GREEK: Final = _pairs("""
    alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ
    nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω
""")

SYMBOLS: Final = GREEK | _pairs(r"""
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    varepsilon ε vartheta ϑ varphi φ varrho ϱ varsigma ς
    times × cdot · div ÷ pm ± mp ∓ ast ∗ star ⋆ oplus ⊕ otimes ⊗ odot ⊙ circ ∘ bullet •
    setminus ∖ le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ll ≪ gg ≫ ne ≠ neq ≠
    approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ prec ≺ succ ≻ lesssim ≲ gtrsim ≳
    in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩
    emptyset ∅ varnothing ∅ forall ∀ exists ∃ neg ¬ lnot ¬ land ∧ wedge ∧ lor ∨ vee ∨
    top ⊤ bot ⊥ perp ⊥ parallel ∥ mid | to → rightarrow → leftarrow ← gets ← leftrightarrow ↔
    longrightarrow ⟶ Rightarrow ⇒ implies ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔
    uparrow ↑ downarrow ↓ nearrow ↗ searrow ↘ mapsto ↦
    infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ angle ∠ prime ′
    langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lVert ‖ rVert ‖ Vert ‖
    lvert | rvert | vert | ldots … dots … cdots ⋯ degree ° deg ° dagger † ddagger ‡
    checkmark ✓ cmark ✓ xmark ✗ square □ triangle △ diamond ⋄
    heartsuit ♥ spadesuit ♠ clubsuit ♣ S § P ¶ copyright © pounds £ euro €
    textregistered ® texttrademark ™ textdegree ° textendash – textemdash —
    textasciitilde ~ textasciicircum ^ textbackslash \ textbar | textless < textgreater >
    textunderscore _ ss ß o ø O Ø ae æ AE Æ oe œ OE Œ aa å AA Å l ł L Ł i ı j ȷ
    LaTeX LaTeX TeX TeX arg arg det det dim dim exp exp inf inf lim lim ln ln log log
    max max min min Pr Pr sup sup cos cos sin sin tan tan tanh tanh argmax argmax argmin argmin
""")
"""Macros without an argument."""

BARE_SYMBOLS: Final = _names("""
    sim approx times pm infty leq geq neq rightarrow leftarrow cdot circ deg ell propto
""")
"""Symbols that the Hub's texts hold in braces with their backslash lost (API.md §2b)."""

BARE_SCRIPTS: Final = BARE_SYMBOLS | _names("top perp prime dagger star ast")
"""Symbols that are understood without a backslash where a script begins."""

SPACES: Final = _names("quad qquad enspace thinspace newline") | frozenset(",;: >")

ABBREVIATIONS: Final = _pairs("""
    ie i.e. eg e.g. etc etc. vs vs. cf cf. wrt w.r.t. aka a.k.a.
""") | {"etal": "et al."}
"""The macros of the usual paper styles, which bring their own dot."""

SILENT: Final = frozenset("!-@") | _names("""
    left right big Big bigg Bigg bigl bigr displaystyle textstyle xspace noindent nobreakdash
    limits nolimits protect bf it em rm sf sc tt bfseries itshape scshape ttfamily small large
    normalfont
""")
"""Macros that only change how what follows looks."""

FONTS: Final = _names("""
    text textbf textit textsc texttt textrm textsf textup textmd textnormal mathrm mathbf
    mathcal mathbb mathit mathsf mathtt mathfrak mathscr boldsymbol operatorname
""")
"""Macros that show their argument as it is; told apart even with the backslash lost."""

UNWRAPPED: Final = FONTS | _names("""
    emph underline uline mbox hbox bm textsubscript textsuperscript ensuremath overline widehat
    widetilde
""")
"""Macros whose one argument is shown."""

DROPPED: Final = _names("cite citep citet citealp citeauthor autocite label vspace hspace thanks")
"""Macros that go with their argument."""

DOUBLE_STRUCK: Final = _pairs("C ℂ E 𝔼 H ℍ N ℕ P ℙ Q ℚ R ℝ Z ℤ")

ACCENTS: Final = {
    name: chr(int(code, 16))
    for name, code in _pairs(r"""
        ' 301 ` 300 ^ 302 " 308 ~ 303 = 304 . 307 c 327 v 30c H 30b u 306 r 30a k 328 d 323 b 331
        hat 302 tilde 303 bar 304 dot 307 ddot 308 vec 20d7
    """).items()
}
"""Combining characters, by the macro that puts them on one letter."""

SUPERSCRIPTS: Final = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ∘⊤*∗′†‡§°.,",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ°ᵀ**′†‡§°.,",
)
SUBSCRIPTS: Final = str.maketrans(
    "0123456789+-−=()aehijklmnoprstuvxβγρφχ.,", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ.,"
)

FRACTIONS: Final = _pairs("1/2 ½ 1/3 ⅓ 2/3 ⅔ 1/4 ¼ 3/4 ¾ 1/5 ⅕ 1/8 ⅛")
