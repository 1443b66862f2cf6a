"""What TeX names and Unicode has: the tables behind ``tui.text.latex``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tui.text.emphasis import Style


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _names(table: str) -> frozenset[str]:
    return frozenset(table.split())


GREEK: Final = _pairs("""
    alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ
    nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω
""")

OPERATORS: Final = _names("""
    arg det dim exp gcd hom inf ker lim ln log max min Pr sup cos sin tan cot sec csc cosh
    sinh tanh coth arccos arcsin arctan argmax argmin liminf limsup
""")
"""Names in formulas that stand apart from letters and figures."""

SYMBOLS: Final = GREEK | _pairs(r"""
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    varepsilon ε vartheta ϑ varphi φ varrho ϱ varsigma ς varpi ϖ digamma ϝ
    times × cdot · div ÷ pm ± mp ∓ ast ∗ star ⋆ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ circ ∘
    bullet • setminus ∖ smallsetminus ∖ wr ≀ amalg ⨿ ltimes ⋉ rtimes ⋊ bowtie ⋈
    le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ll ≪ gg ≫ lll ⋘ ggg ⋙ ne ≠ neq ≠ nleq ≰ ngeq ≱
    approx ≈ approxeq ≊ equiv ≡ sim ∼ simeq ≃ nsim ≁ cong ≅ ncong ≇ asymp ≍ doteq ≐ propto ∝
    triangleq ≜ coloneqq ≔ prec ≺ succ ≻ preceq ⪯ succeq ⪰ lesssim ≲ gtrsim ≳
    in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ subsetneq ⊊ nsubseteq ⊈ supset ⊃ supseteq ⊇ supsetneq ⊋
    cup ∪ cap ∩ uplus ⊎ sqcup ⊔ sqcap ⊓ sqsubseteq ⊑ sqsupseteq ⊒ bigcup ⋃ bigcap ⋂ bigsqcup ⨆
    bigoplus ⨁ bigotimes ⨂ bigvee ⋁ bigwedge ⋀ coprod ∐
    emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ land ∧ wedge ∧ lor ∨ vee ∨
    top ⊤ bot ⊥ perp ⊥ parallel ∥ nparallel ∦ mid | nmid ∤ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨
    therefore ∴ because ∵ to → rightarrow → leftarrow ← gets ← leftrightarrow ↔
    longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ longmapsto ⟼ Rightarrow ⇒ implies ⇒
    Longrightarrow ⟹ Leftarrow ⇐ Longleftarrow ⟸ Leftrightarrow ⇔ iff ⇔ Longleftrightarrow ⟺
    uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ nwarrow ↖
    swarrow ↙ mapsto ↦ hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ leftharpoonup ↼
    rightleftharpoons ⇌ leadsto ⇝ rightsquigarrow ⇝ curvearrowright ↷ circlearrowright ↻
    infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ iint ∬ oint ∮ ell ℓ hbar ℏ wp ℘ Re ℜ Im ℑ
    aleph ℵ beth ℶ complement ∁ angle ∠ measuredangle ∡ prime ′ backprime ‵ surd √
    langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lVert ‖ rVert ‖ Vert ‖ | ‖
    lvert | rvert | vert | lbrace { rbrace } lbrack [ rbrack ] backslash \ colon : slash /
    ldots … dots … dotsc … dotsb … cdots ⋯ vdots ⋮ ddots ⋱ degree ° deg ° celsius ℃
    dagger † dag † ddagger ‡ ddag ‡ checkmark ✓ cmark ✓ xmark ✗ square □ Box □ blacksquare ■
    triangle △ blacktriangle ▲ triangledown ▽ triangleleft ◁ triangleright ▷ diamond ⋄
    Diamond ◇ lozenge ◊ bigcirc ◯ bigstar ★ heartsuit ♥ spadesuit ♠ clubsuit ♣ diamondsuit ♦
    flat ♭ natural ♮ sharp ♯ S § P ¶ copyright © pounds £ euro € texteuro € textsterling £
    textyen ¥ textcent ¢ textdollar $ textregistered ® texttrademark ™ textdegree °
    textendash – textemdash — textellipsis … textbullet • textperiodcentered · textmu µ
    textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” textquotedbl "
    textquotesingle ' guillemotleft « guillemotright » textexclamdown ¡ textquestiondown ¿
    textasciitilde ~ textasciicircum ^ textbackslash \ textbar | textless < textgreater >
    textunderscore _ textbraceleft { textbraceright } textsection § textparagraph ¶ textpm ±
    texttimes × textdiv ÷ ss ß o ø O Ø ae æ AE Æ oe œ OE Œ aa å AA Å l ł L Ł dh ð DH Ð dj đ DJ Đ
    th þ TH Þ ng ŋ NG Ŋ i ı j ȷ imath ı jmath ȷ
    LaTeX LaTeX TeX TeX BibTeX BibTeX
""") | {name: name for name in OPERATORS} | {"|": "‖"}  # fmt: skip
"""Macros without an argument."""

LETTERS: Final = _names("ss o O ae AE oe OE aa AA l L dh DH dj DJ th TH ng NG i j")
"""Letters of words, before whose next one a space may end their name."""

RELATIONS: Final = _names("""
    ne neq le leq leqslant ge geq geqslant ll gg lesssim gtrsim approx equiv sim simeq cong propto
    asymp triangleq coloneqq prec succ preceq succeq in notin ni subset subseteq supset supseteq
    mid nmid parallel perp vdash models to gets rightarrow leftarrow leftrightarrow longrightarrow
    mapsto implies iff Rightarrow Leftarrow Leftrightarrow pm mp cdot
""")
"""Symbols that have a space on both sides or on neither."""

PRODUCTS: Final = _names("times cup cap setminus wedge vee oplus ominus otimes odot circ div")
"""Symbols that are so in formulas; in prose a word may follow, as in ``3\\times faster``."""

BARE_SYMBOLS: Final = _names("""
    sim approx times pm mp infty leq geq neq ll gg rightarrow leftarrow uparrow downarrow
    leftrightarrow cdot cdots ldots circ deg ell propto subset subseteq
""")
"""Symbols that the Hub's texts hold in braces with their backslash lost (API.md §2b)."""

NO_WORDS: Final = _names("""
    cdot cdots ldots propto infty leq geq neq langle rangle subseteq
    rightarrow leftarrow uparrow downarrow leftrightarrow
""")
"""Symbols that are understood without a backslash in prose, where they mean nothing else."""

BARE_SCRIPTS: Final = BARE_SYMBOLS | _names("top perp prime dagger star ast")
"""Symbols that are understood without a backslash where a script begins."""

SPACES: Final = _names("quad qquad enspace thinspace newline") | frozenset(",;: ")

ABBREVIATIONS: Final = _pairs("""
    ie i.e. Ie I.e. eg e.g. Eg E.g. etc etc. vs vs. cf cf. Cf Cf. wrt w.r.t. aka a.k.a. iid i.i.d.
    dof d.o.f. resp resp. wolog w.l.o.g. wlog w.l.o.g.
""") | {"etal": "et al."}
"""The macros of the usual paper styles, which bring their own dot."""

SIDES: Final = _names("left right")
"""What lets brackets grow; a dot after it is no bracket."""

SWITCHES: Final[dict[str, Style]] = {
    **dict.fromkeys(("bf", "bfseries"), "bold"),
    **dict.fromkeys(("it", "em", "sl", "itshape", "slshape"), "italic"),
    **dict.fromkeys(("tt", "ttfamily"), "code"),
}
"""Macros that set the rest of their group."""

STYLES: Final[dict[str, Style]] = {
    "textbf": "bold",
    **dict.fromkeys(("emph", "textit", "textsl"), "italic"),
    "texttt": "code",
}
"""Macros that set their argument."""

SILENT: Final = frozenset("!-@/") | SIDES | SWITCHES.keys() | _names("""
    middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr displaystyle textstyle scriptstyle
    xspace noindent nobreakdash limits nolimits protect rm sf sc scshape rmfamily sffamily
    mdseries upshape normalfont tiny scriptsize footnotesize small normalsize large Large
    allowbreak linebreak centering cal
""")  # fmt: skip
"""Macros that only change how what follows looks."""

FONTS: Final = STYLES.keys() | _names("""
    text textsc textrm textsf textup textmd textnormal mathrm mathbf mathcal mathbb mathit mathsf
    mathtt mathfrak mathscr mathop mathnormal boldsymbol operatorname
""")
"""Macros that show their argument as it is; told apart even with the backslash lost."""

UNWRAPPED: Final = FONTS | _names("""
    underline uline ul mbox hbox fbox bm pmb ensuremath
""")
"""Macros whose one argument is shown."""

COLOURS: Final = frozenset(
    shade + colour
    for shade in ("", "soft", "dark", "light", "deep")
    for colour in _names("""
        red blue green black magenta cyan orange purple gray grey brown teal violet pink
    """)
)
"""Authors' own macros that colour their argument; told apart even with the backslash lost."""

CITING: Final = _names("""
    cite citep citet citealp citealt citeauthor citeyear citeyearpar citenum autocite parencite
    textcite footcite nocite
""")
"""Macros whose argument holds the keys of works."""

DROPPED: Final = _names("label vspace hspace phantom hphantom vphantom")
"""Macros that go with their argument, which names a place or a space."""

READ_BARE: Final = UNWRAPPED | COLOURS | CITING | _names("""
    frac sqrt url href footnote textcolor hat tilde widehat widetilde overline bar vec dot ddot
    check breve
""")  # fmt: skip
"""Macros that are understood without a backslash before braces (API.md §2b)."""

DOUBLE_STRUCK: Final = _pairs("C ℂ E 𝔼 H ℍ N ℕ P ℙ Q ℚ R ℝ Z ℤ")

ACCENTS: Final = {
    name: chr(int(code, 16))
    for name, code in _pairs(r"""
        ' 301 ` 300 ^ 302 " 308 ~ 303 = 304 . 307 c 327 v 30c H 30b u 306 r 30a k 328 d 323 b 331
        hat 302 tilde 303 bar 304 dot 307 ddot 308 vec 20d7 widehat 302 widetilde 303
        overline 304 acute 301 grave 300 breve 306 check 30c mathring 30a
    """).items()
}
"""Combining characters, by the macro that puts them on one letter."""

SPACED: Final = frozenset("cHkuv")
"""Accents whose letter may follow a space; the others of one letter are also escapes of code."""

SUPERSCRIPTS: Final = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUW∘⊤*∗⋆′†‡§°.",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁᵂ°ᵀ**⋆′†‡§°.",
)
SUBSCRIPTS: Final = str.maketrans(
    "0123456789+-−=()aehijklmnoprstuvx.", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ."
)
"""The letters that the usual fonts of terminals have; they lack most Greek ones."""

FRACTIONS_OF: Final = _names("frac dfrac tfrac nicefrac sfrac")
"""Macros that show one argument above another."""

FACTORS: Final = (
    FRACTIONS_OF | UNWRAPPED | OPERATORS | _names("sqrt sum prod int partial nabla ell")
    | {name for name, sign in SYMBOLS.items() if name in GREEK or sign.isalpha()}
    | {name for name in ACCENTS if len(name) > 1}
)  # fmt: skip
"""Macros that begin a factor of a formula."""

FRACTIONS: Final = _pairs("1/2 ½ 1/3 ⅓ 2/3 ⅔ 1/4 ¼ 3/4 ¾ 1/5 ⅕ 1/8 ⅛")
