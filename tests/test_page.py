"""The reader's page as text: what it says, what it leaves out, and how wide it gets."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from unicodedata import category

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.generate import CROWDED, hostile_day, make_authors, make_item
from tests.recordings import needs_recordings, recorded_days, recorded_items
from tui.hub.wire import parse_items
from tui.page import WIDEST_TEXT, Options, Own, counted, link_starts, page, plain
from tui.papers import Author, Gain, Organization, Paper, User
from tui.text.highlights import Highlights
from tui.text.sanitize import clean_block, clean_line
from tui.text.width import cell_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.page import Kind

DAY: Final = date(2026, 8, 21)
WIDE: Final = 10_000
WIDTHS: Final = (20, 45, 66, 100)
UNSAFE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories: controls, invisible formatting, surrogates, line and paragraph ends."""
FULL: Final = Paper(
    id="2608.19880",
    title="Herons that learn to wait",
    abstract="First sentence.\nSecond sentence.\n\nAnother paragraph.",
    authors=(Author("Ana Berg"), Author("Emeka Ito", "emeka")),
    day=DAY,
    published=date(2026, 8, 19),
    submitter=User("wader", "Wader 白鹭"),
    organization=Organization("heron-lab", "Heron Lab"),
    upvotes=1_234,
    comments=1,
    github_repo="https://github.com/heron/wait",
    github_stars=91_981,
    project_page="https://heron.example",
    ai_summary="Waiting pays.",
    ai_model="heron/Summarizer-7B",
    keywords=("patience", "KV cache"),
    media=("https://cdn-uploads.huggingface.co/a.mp4",),
    author_participating=True,
)
PLAIN: Final = Options()
BARE: Final = Paper(id="2608.00001", title="A title alone")


def lines(paper: Paper, cells: int = WIDE, options: Options = PLAIN) -> list[str]:
    return [plain(line) for line in page(paper, cells, options)]


def of_kind(paper: Paper, kind: Kind, options: Options = PLAIN) -> list[str]:
    spans = (span for line in page(paper, WIDE, options) for span in line)
    return [span.text for span in spans if span.kind == kind]


def parsed(items: Iterable[Any]) -> tuple[Paper, ...]:
    return parse_items(json.dumps(list(items)).encode())[0]


def test_a_full_paper() -> None:
    assert lines(FULL) == [
        "Herons that learn to wait",
        "",
        "Ana Berg, Emeka Ito",
        "Heron Lab",
        "Daily Papers Fri 21 Aug 2026 · arXiv Wed 19 Aug 2026",
        "submitted by Wader 白鹭 · an author takes part in the discussion",
        "1,234 upvotes · 1 comment · 91,981 GitHub stars",
        "",
        "▎ AI summary by Summarizer-7B",
        "▎ Waiting pays.",
        "",
        "First sentence. Second sentence.",
        "",
        "Another paragraph.",
        "",
        "Keywords: patience, KV cache",
        "",
        "Hugging Face  https://huggingface.co/papers/2608.19880",
        "arXiv         https://arxiv.org/abs/2608.19880",
        "PDF           https://arxiv.org/pdf/2608.19880",
        "GitHub        https://github.com/heron/wait",
        "Project       https://heron.example",
        "Media         https://cdn-uploads.huggingface.co/a.mp4",
    ]


def test_a_paper_of_which_little_is_known_has_no_empty_labels() -> None:
    assert lines(BARE) == [
        "A title alone",
        "",
        "0 upvotes",
        "",
        "Hugging Face  https://huggingface.co/papers/2608.00001",
        "arXiv         https://arxiv.org/abs/2608.00001",
        "PDF           https://arxiv.org/pdf/2608.00001",
    ]


@pytest.mark.parametrize(
    ("gain", "told"),
    [
        (Gain(), "1,234 upvotes · 1 comment · 91,981 GitHub stars"),
        (
            Gain(41, 1),
            "1,234 upvotes (+41) · 1 comment (+1) since you last looked · 91,981 GitHub stars",
        ),
        (
            Gain(-2),
            "1,234 upvotes (-2) since you last looked · 1 comment · 91,981 GitHub stars",
        ),
        (
            Gain(1_000, repo=True),
            "1,234 upvotes (+1,000) · 1 comment · 91,981 GitHub stars"
            " · a repository has appeared since you last looked",
        ),
    ],
)
def test_what_a_paper_gained_stands_behind_its_figures(gain: Gain, told: str) -> None:
    text = " ".join(plain(line) for line in page(FULL, WIDE, gain=gain))
    assert told in text
    assert text.count("since you last looked") == (gain != Gain())


def test_a_gain_of_comments_that_are_not_known_says_nothing() -> None:
    assert plain(page(BARE, WIDE, gain=Gain(comments=3))[2]) == "0 upvotes"


@pytest.mark.parametrize(
    ("field", "gone"),
    [
        ("organization", "Heron Lab"),
        ("day", "Daily Papers"),
        ("published", "arXiv Wed"),
        ("submitter", "submitted by"),
        ("comments", "comment"),
        ("github_stars", "star"),
        ("github_repo", "GitHub  "),
        ("project_page", "Project"),
        ("ai_summary", "AI summary"),
        ("ai_model", "Summarizer"),
        ("keywords", "Keywords"),
        ("media", "Media"),
        ("abstract", "First"),
        ("authors", "Ana"),
    ],
)
def test_an_absent_field_leaves_nothing_behind(field: str, gone: str) -> None:
    whole, less = lines(FULL), lines(replace(FULL, **{field: getattr(BARE, field)}))
    less = [line for line in less if "takes part" not in line or gone != "comment"]
    assert any(gone in line for line in whole)
    assert not any(gone in line for line in less)
    assert "" not in (less[0], less[-1])
    assert not any(line.endswith((" · ", ": ", "▎ ")) or line.startswith(" · ") for line in less)
    assert all(a or b for a, b in pairwise(less))


@pytest.mark.parametrize(
    ("many", "shown", "ending"),
    [
        (1, 1, "Author 0"),
        (10, 10, "Author 9"),
        (11, 10, "Author 9 and 1 more"),
        (667, 10, "Author 9 and 657 more"),
        (3303, 10, "Author 9 and 3,293 more"),
    ],
)
def test_ten_authors_and_how_many_more(many: int, shown: int, ending: str) -> None:
    paper = replace(BARE, authors=tuple(Author(f"Author {n}") for n in range(many)))
    told = " ".join(of_kind(paper, "authors"))
    assert told.endswith(ending)
    assert told.count("Author") == shown
    everyone = " ".join(of_kind(paper, "authors", Options(all_authors=True)))
    assert everyone.count("Author") == many
    assert "more" not in everyone


def test_hidden_authors_are_neither_shown_nor_counted() -> None:
    authors = [author | {"hidden": n % 2 == 0} for n, author in enumerate(make_authors(40))]
    (paper,) = parsed([make_item(0, DAY, authors=authors)])
    assert " ".join(of_kind(paper, "authors")).endswith("and 10 more")


def test_a_withdrawn_paper_says_so() -> None:
    paper = replace(BARE, withdrawn=date(2026, 8, 1))
    assert of_kind(paper, "alert") == ["Withdrawn from arXiv on Sat 1 Aug 2026"]


def test_tex_is_shown_as_unicode_or_as_it_was_typed() -> None:
    paper = replace(
        BARE, title=r"Costs of $10^{19}$ \textbf{FLOPs}", abstract=r"$\alpha$",
        keywords=(r"$\tau$-bench", "pass@$k$", "for $5", "for $9"),
    )  # fmt: skip
    assert lines(paper)[0] == "Costs of 10¹⁹ FLOPs"
    assert of_kind(paper, "text") == ["α"]
    assert of_kind(paper, "keywords") == ["Keywords: τ-bench, pass@k, for $5, for $9"]
    raw = Options(raw=True)
    assert lines(paper, options=raw)[0] == paper.title
    assert of_kind(paper, "text", raw) == [paper.abstract]
    assert of_kind(paper, "keywords", raw) == ["Keywords: " + ", ".join(paper.keywords)]


@pytest.mark.parametrize("cells", [8, 14, 60])
def test_what_the_authors_set_apart_stays_so_over_the_ends_of_lines(cells: int) -> None:
    typed = r"Once \textbf{more and more} *again*"
    title, abstract = replace(BARE, title=typed), replace(BARE, abstract=typed)
    for paper in (title, abstract, replace(BARE, ai_summary=typed)):
        spans = [span for line in page(paper, cells) for span in line]
        assert " ".join(span.text for span in spans if span.style == "bold") == "more and more"
        assert [span.text for span in spans if span.style == "italic"] == ["again"]


def test_as_typed_nothing_is_set_apart() -> None:
    typed = page(replace(BARE, abstract="*again*"), 60, Options(raw=True))
    assert {span.style for line in typed for span in line} == {"plain"}


def test_names_are_as_people_write_them() -> None:
    paper = replace(BARE, authors=(Author("Nguy\\~ên Thi Mai"), Author("Ana_B Berg")))
    assert of_kind(paper, "authors") == ["Nguyễn Thi Mai, Ana_B Berg"]


def test_markup_is_text() -> None:
    paper = replace(BARE, title="[/] [@click=app.quit]x[/]", abstract="[b]a[/b] \\[c]")
    assert lines(paper)[0] == paper.title
    assert of_kind(paper, "text") == [paper.abstract]


def test_figures_have_their_noun() -> None:
    assert [counted(n, "paper") for n in (0, 1, 2, 1_000)] == [
        "0 papers", "1 paper", "2 papers", "1,000 papers",
    ]  # fmt: skip


def assert_fits(paper: Paper, cells: int, options: Options = PLAIN) -> None:
    """No line is wider than the pane; a wide character needs two cells at least."""
    most = max(2, min(cells, WIDEST_TEXT))
    for line in page(paper, cells, options):
        text = plain(line)
        assert cell_width(text) <= most, text
        assert not any(category(character) in UNSAFE for character in text)


@st.composite
def texts(draw: st.DrawFn, limit: int = 120) -> str:
    pieces = st.text(max_size=30) | st.sampled_from(
        ["白鹭研究所", "サギ", "백로", "$\\alpha_0$", "10^{19}", "https://example.org/" + "a" * 60,
         "\n", " ", "z" + "\u0301" * 9, "👩", "…", "（注）", "\\textbf{x}", "Å"]
    )  # fmt: skip
    return "".join(draw(st.lists(pieces, max_size=8)))[:limit]


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    one = texts().map(lambda text: clean_line(text, 200))
    line, block = one.map(lambda text: text or "x"), texts().map(lambda t: clean_block(t, 500))
    dates = st.none() | st.dates(date(2023, 5, 4), date(2030, 1, 1))
    return Paper(
        id="2608.19880",
        title=draw(line),
        abstract=draw(block),
        authors=tuple(map(Author, draw(st.lists(line, max_size=12)))),
        day=draw(dates),
        published=draw(dates),
        submitter=draw(st.none() | st.builds(User, line, line)),
        organization=draw(st.none() | st.builds(Organization, line, line)),
        upvotes=draw(st.integers(0, 10**9)),
        comments=draw(st.none() | st.integers(0, 10**9)),
        github_repo=draw(st.none() | st.just("https://github.com/heron/" + "long" * 30)),
        ai_summary=draw(st.none() | block),
        ai_model=draw(st.none() | line),
        keywords=tuple(draw(st.lists(line, max_size=3))),
        withdrawn=draw(dates),
    )


@given(papers(), st.integers(0, 130), st.builds(Options, st.booleans(), st.booleans()))
@example(replace(FULL, title="鹭" * 40, ai_summary="鹭" * 9), 2, Options())
@example(FULL, 0, Options())
@example(FULL, 1, Options())
def test_no_line_is_wider_than_the_pane_and_marks_change_no_text(
    paper: Paper, cells: int, options: Options
) -> None:
    assert_fits(paper, cells, options)
    own = Own("see https://heron.example/x\nand a")
    plainly = page(paper, cells, options, own=own)
    lines = page(paper, cells, options, own=own, highlights=Highlights(["a", "x y", "鹭"]))
    assert list(map(plain, lines)) == list(map(plain, plainly))


@pytest.mark.parametrize("cells", [1, 5, 17, 40, 80, 200])
def test_hostile_texts_are_laid_out_as_text(cells: int) -> None:
    found = parsed(hostile_day(DAY))
    assert found
    for paper in found:
        assert_fits(paper, cells, Options(all_authors=True))


def test_every_word_of_a_narrow_page_is_there() -> None:
    wide, narrow = ("".join("".join(lines(FULL, cells)).split()) for cells in (WIDE, 30))
    assert wide.replace("▎", "") == narrow.replace("▎", "")


LONG: Final = "https://heron.example/" + "/".join(["far"] * 30)


@pytest.mark.parametrize("cells", [9, 20, 28, 60, 200])
def test_a_link_is_whole_and_every_part_of_it_leads_to_all_of_it(cells: int) -> None:
    told = f"Code (see {LONG}) is *here*."
    for paper in (
        replace(BARE, abstract=told), replace(BARE, ai_summary=told), replace(BARE, title=told),
        replace(BARE, project_page=LONG),
    ):  # fmt: skip
        spans = [span for line in page(paper, cells) for span in line]
        assert "".join(span.text for span in spans if span.address == LONG) == LONG
    note = page(BARE, cells, own=Own(f"one\n  {told}"))
    assert "".join(span.text for line in note for span in line if span.address == LONG) == LONG


def test_a_broken_link_leads_where_it_was_meant_to() -> None:
    paper = replace(BARE, abstract="At https://github.com/heron/\nwait.")
    spans = {span.text: span.address for line in page(paper, WIDE) for span in line}
    assert spans["https://github.com/heron/ wait"] == "https://github.com/heron/wait"
    assert spans["."] == ""


def test_links_begin_once() -> None:
    told = f"{LONG} and {LONG}"
    (start, again, *_) = link_starts(page(replace(BARE, title="", abstract=told), 40))
    assert [start.address, again.address] == [LONG, LONG]
    assert (start.line, start.column) == (0, 0) or start.line < again.line
    below = page(replace(BARE, title="", ai_summary=told), 40)
    assert len([each for each in link_starts(below) if each.address == LONG]) == 2


def watched(paper: Paper, cells: int = WIDE, **watching: list[str]) -> list[str]:
    """What is marked on the page."""
    lines = page(paper, cells, highlights=Highlights(**watching))
    return [span.text for line in lines for span in line if span.marked]


def test_words_that_are_watched_for_are_marked() -> None:
    paper = replace(
        BARE, title="A World Model", abstract="a *world\nmodel* of x", ai_summary="World-model.",
        keywords=("world model", "y"),
    )  # fmt: skip
    found = ["World Model", "World-model", "world model", "world model"]
    assert watched(paper, words=["world model"]) == found
    assert watched(paper, 9, words=["world model"])[-2:] == ["world", "model"]
    assert watched(paper, words=["y", "x"]) == ["x", "y"]


def test_a_link_is_not_parted_by_marks() -> None:
    paper = replace(BARE, abstract=f"The heron: {LONG}.")
    assert watched(paper, words=["heron", "far"]) == ["heron"]


def test_authors_and_organizations_that_are_watched_for_are_marked() -> None:
    assert watched(FULL, authors=["EMEKA ITO"], organizations=["heron lab"]) == [
        "Emeka Ito", "Heron Lab",
    ]  # fmt: skip
    assert watched(FULL, organizations=["heron-lab"]) == ["Heron Lab"]
    assert watched(FULL, authors=["Ana", "Ito"]) == []
    paper = replace(BARE, authors=(Author("Nguy\\~ên Thi Mai"),))
    assert watched(paper, authors=["Nguyen Thi Mai"]) == ["Nguyễn Thi Mai"]


def test_an_author_who_is_watched_for_is_named_behind_the_first_ten() -> None:
    paper = replace(BARE, authors=tuple(Author(f"Author {n}") for n in range(3303)))
    lines = page(paper, WIDE, highlights=Highlights(authors=["author 2000"]))
    told = " ".join(span.text for line in lines for span in line if span.kind == "authors")
    assert " ".join(told.split()).endswith("Author 9, Author 2000 and 3,292 more")
    assert watched(paper, authors=["author 2000"]) == ["Author 2000"]


def test_the_largest_crowd_of_authors_is_laid_out() -> None:
    day, number = CROWDED
    (paper,) = parsed([make_item(number, day)])
    assert_fits(paper, 40, Options(all_authors=True))
    assert len(of_kind(paper, "authors", Options(all_authors=True))) > 100


@needs_recordings
@pytest.mark.parametrize(
    "every", [pytest.param(20, id="some"), pytest.param(1, id="all", marks=pytest.mark.torture)]
)
def test_every_recorded_paper_is_laid_out(every: int) -> None:
    for day in recorded_days()[::every]:
        items = recorded_items(day)
        found = parsed(items)
        assert len(found) == len({item["paper"]["id"] for item in items}), day
        for number, paper in enumerate(found):
            assert_fits(paper, WIDTHS[number % len(WIDTHS)])


def noted(own: Own, cells: int = 30) -> list[str]:
    """The lines of a page that come from the user."""
    return [
        plain(line)
        for line in page(BARE, cells, own=own)
        if any(span.kind in ("tags", "note") for span in line)
    ]


def test_a_note_keeps_its_lines_and_its_indent() -> None:
    note = "# Herons\n\n- wait, and wait some more\n  - then strike\n\n"
    assert noted(Own(note)) == [
        "▎ Note",
        "▎ # Herons",
        "▎ ",
        "▎ - wait, and wait some more",
        "▎   - then strike",
    ]
    assert noted(Own("set\n    deeply and widely set"), 20)[2:] == [
        "▎     deeply and",
        "▎     widely set",
    ]


def test_a_note_stands_above_what_others_wrote() -> None:
    shown = [plain(line) for line in page(FULL, WIDE, own=Own("mine", ("b", "a, c")))]
    assert shown.index("Tags: b, “a, c”") < shown.index("▎ Note")
    assert shown.index("▎ mine") < shown.index("First sentence. Second sentence.")


def test_tags_have_a_line_of_their_own() -> None:
    assert noted(Own(tags=("moe", "to read"))) == ["Tags: moe, to read"]
    assert noted(Own(" \n", ())) == []


@given(st.text(), st.lists(st.text(), max_size=3), st.sampled_from(WIDTHS))
def test_whatever_the_user_typed_is_safe_and_fits(note: str, tags: list[str], cells: int) -> None:
    for line in noted(Own(note, tuple(tags)), cells):
        assert not any(category(character) in UNSAFE - {"Cf"} for character in line)
        assert cell_width(line) <= cells
