"""One paper as a page of text: what the reader paints and ``daily-papers show`` prints."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from tui.days import long_day
from tui.papers import NO_GAIN
from tui.text.emphasis import Run
from tui.text.latex import runs, to_unicode
from tui.text.links import arxiv_page, hub_page, pdf
from tui.text.reflow import wrap, wrap_runs
from tui.text.sanitize import clean_block, clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.papers import Gain, Paper
    from tui.text.emphasis import Style

TEXTS_KEPT: Final = 32
"""Texts that are kept as lines: those of the last ten papers or so."""
FIRST_AUTHORS: Final = 10
"""Authors shown before the rest is only counted."""
WIDEST_TEXT: Final = 92
"""Cells of a text line at most: longer ones are hard to read."""
LABEL: Final = 14
"""Cells of the column that names a link."""
BAR: Final = "▎ "
"""What sets a model's words apart from the authors' own."""
ROOM_FOR_BAR: Final = 4
"""Cells of a line, at least, that leave room for a wide character beside the bar."""
SINCE: Final = " since you last looked"
MOST_NOTE: Final = 100_000
"""Characters of a note that are shown."""
MOST_TAG: Final = 200
"""Characters of a tag that are shown; none is longer."""
UNSEEN: Final = "\ufffd"
"""Stands for a tag of which nothing may reach a terminal."""

Kind = Literal[
    "title", "authors", "facts", "tags", "note", "label", "summary", "text", "keywords", "link",
    "alert",
]  # fmt: skip


class Span(NamedTuple):
    """A run of text on one line; ``kind`` says what it is, never how it looks.

    ``style`` is what its authors set apart in it.
    """

    text: str
    kind: Kind
    style: Style = "plain"


Line = tuple[Span, ...]
BLANK: Final[Line] = ()


class Options(NamedTuple):
    """What the reader may ask for: every author, and TeX as it was typed."""

    all_authors: bool = False
    raw: bool = False


AS_SHOWN: Final = Options()


class Own(NamedTuple):
    """What the user has put to a paper, as it was typed: nothing of it is safe to print."""

    note: str = ""
    tags: tuple[str, ...] = ()


NOTHING_OWN: Final = Own()


def page(
    paper: Paper,
    cells: int,
    options: Options = AS_SHOWN,
    gain: Gain = NO_GAIN,
    own: Own = NOTHING_OWN,
) -> list[Line]:
    """The lines of a paper's page, none wider than ``cells``; ``own`` is made safe to print."""
    width = max(1, min(cells, WIDEST_TEXT))
    blocks: tuple[Sequence[Line], ...] = (
        _set(paper.title, width, "title", raw=options.raw),
        [*_facts(paper, width, options, gain), *_tags(own.tags, width)],
        _note(own.note, width),
        _summary(paper, width, paper.ai_summary or "", raw=options.raw),
        _set(paper.abstract, width, "text", raw=options.raw),
        _wrapped(_labelled("Keywords: ", ", ".join(paper.keywords)), width, "keywords"),
        list(_links(paper, width)),
    )
    lines: list[Line] = []
    for block in filter(None, blocks):
        lines += [BLANK] if lines else []
        lines += block
    return lines


@lru_cache(maxsize=TEXTS_KEPT)
def _set(text: str, width: int, kind: Kind, *, raw: bool) -> tuple[Line, ...]:
    """A text of the authors as lines; kept, as it stays the same while the figures change."""
    lines = wrap_runs((Run(text),) if raw else runs(text), width)
    return tuple(tuple(Span(run.text, kind, run.style) for run in line) for line in lines)


def plain(line: Line) -> str:
    """The line's text without its kinds."""
    return "".join(span.text for span in line)


def _wrapped(text: str, width: int, kind: Kind) -> list[Line]:
    return [(Span(line, kind),) for line in wrap(text, width)]


def _labelled(label: str, text: str) -> str:
    return label + text if text else ""


def _facts(paper: Paper, width: int, options: Options, gain: Gain) -> list[Line]:
    lines = _wrapped(authors(paper, everyone=options.all_authors), width, "authors")
    if paper.organization:
        lines += _wrapped(paper.organization.fullname, width, "facts")
    if paper.withdrawn:
        lines += _wrapped(f"Withdrawn from arXiv on {long_day(paper.withdrawn)}", width, "alert")
    for facts in (_dates(paper), _submission(paper), _figures(paper, gain)):
        lines += _wrapped(" · ".join(facts), width, "facts")
    return lines


def authors(paper: Paper, *, everyone: bool = False) -> str:
    """The names in order: the first ten and a count of the rest, or everyone."""
    shown = paper.authors if everyone else paper.authors[:FIRST_AUTHORS]
    names = ", ".join(_name(author.name) for author in shown)
    rest = len(paper.authors) - len(shown)
    return f"{names} and +{rest:,} more" if rest else names


def _name(name: str) -> str:
    r"""The name as people write it: ``Nguy\~ên`` is Nguyễn."""
    return to_unicode(name) if "\\" in name else name


def _dates(paper: Paper) -> Iterator[str]:
    if paper.day:
        yield f"Daily Papers {long_day(paper.day)}"
    if paper.published:
        yield f"arXiv {long_day(paper.published)}"


def _submission(paper: Paper) -> Iterator[str]:
    if paper.submitter:
        yield f"submitted by {paper.submitter.fullname}"
    if paper.author_participating:
        yield "an author takes part in the discussion"


def _figures(paper: Paper, gain: Gain) -> list[str]:
    """``128 upvotes (+41)``, ``12 comments``; the last one gained says since when."""
    known = list(_counts(paper, gain))
    last = max((number for number, (_, gained) in enumerate(known) if gained), default=None)
    return [text + SINCE * (number == last) for number, (text, _) in enumerate(known)]


def _counts(paper: Paper, gain: Gain) -> Iterator[tuple[str, bool]]:
    """Each figure with its change, and whether there is one."""
    yield counted(paper.upvotes, "upvote") + _change(gain.upvotes), gain.upvotes != 0
    if paper.comments is not None:
        yield counted(paper.comments, "comment") + _change(gain.comments), gain.comments != 0
    if paper.github_stars is not None:
        yield counted(paper.github_stars, "GitHub star"), False
    if gain.repo:
        yield "a repository has appeared", True


def _change(number: int) -> str:
    return f" ({number:+,})" if number else ""


def counted(number: int, noun: str) -> str:
    """``1 paper``, ``1,234 papers``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _summary(paper: Paper, width: int, text: str, *, raw: bool) -> list[Line]:
    if not text:
        return []
    model = f" by {paper.ai_model.rpartition('/')[2]}" if paper.ai_model else ""
    bar = BAR if width >= ROOM_FOR_BAR else ""
    room = width - len(bar)
    heading = _wrapped(f"AI summary{model}", room, "label")
    body = _set(text, room, "summary", raw=raw)
    return [(Span(bar, "summary"), *line) for line in (*heading, *body)]


def _tags(tags: Sequence[str], width: int) -> list[Line]:
    return _wrapped(_labelled("Tags: ", ", ".join(map(shown_tag, tags))), width, "tags")


def shown_tag(tag: str) -> str:
    """A tag as it may be printed, on one line."""
    return clean_line(tag, MOST_TAG) or UNSEEN


@lru_cache(maxsize=TEXTS_KEPT)
def _note(note: str, width: int) -> tuple[Line, ...]:
    """The user's note behind a bar, every line of it on a line of its own."""
    text = clean_block(note, MOST_NOTE)
    if not text:
        return ()
    bar = BAR if width >= ROOM_FOR_BAR else ""
    room = width - len(bar)
    body = [part for line in text.split("\n") for part in _indented(line, room)]
    lines = [*(Span(part, "label") for part in wrap("Note", room)),
             *(Span(part, "note") for part in body)]  # fmt: skip
    return tuple((Span(bar, "note"), line) for line in lines)


def _indented(line: str, cells: int) -> list[str]:
    """One line, wrapped under its own indent as far as that leaves room."""
    words = line.lstrip(" ")
    indent = " " * min(len(line) - len(words), cells // 2)
    return [indent + part for part in wrap(words, cells - len(indent))] or [""]


def links(paper: Paper) -> Iterator[tuple[str, str]]:
    """The paper's addresses with their names, the Hub's page first."""
    yield "Hugging Face", hub_page(paper.id)
    yield "arXiv", arxiv_page(paper.id)
    yield "PDF", pdf(paper.id)
    if paper.github_repo:
        yield "GitHub", paper.github_repo
    if paper.project_page:
        yield "Project", paper.project_page
    for address in paper.media:
        yield "Media", address


def _links(paper: Paper, width: int) -> Iterator[Line]:
    for name, address in links(paper):
        if width < 2 * LABEL:
            yield from _wrapped(name, width, "label")
            yield from _wrapped(address, width, "link")
            continue
        first, *rest = wrap(address, width - LABEL)
        yield Span(name.ljust(LABEL), "label"), Span(first, "link")
        for part in rest:
            yield Span(" " * LABEL, "label"), Span(part, "link")
