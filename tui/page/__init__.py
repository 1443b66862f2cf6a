"""One paper as a page of text: what the reader paints and ``daily-papers show`` prints."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.days import long_day
from tui.page.spans import (
    BLANK,
    TEXTS_KEPT,
    Kind,
    Line,
    Span,
    link_starts,
    linked,
    marked,
    plain,
    set_text,
    wrapped,
)
from tui.papers import NO_GAIN
from tui.text.addresses import find_links_by_line
from tui.text.highlights import NO_HIGHLIGHTS
from tui.text.latex import to_unicode
from tui.text.links import arxiv_page, hub_page, pdf
from tui.text.reflow import wrap
from tui.text.sanitize import clean_block, clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.papers import Gain, Paper
    from tui.text.highlights import Highlights, Marks

__all__ = [
    "BLANK", "NOTHING_OWN", "Kind", "Line", "Options", "Own", "Span", "counted", "link_starts",
    "page", "plain", "shown_tag",
]  # fmt: skip

BETWEEN_NAMES: Final = ", "
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
    highlights: Highlights = NO_HIGHLIGHTS,
) -> list[Line]:
    """The lines of a paper's page, none wider than ``cells``; ``own`` is made safe to print."""
    width = max(1, min(cells, WIDEST_TEXT))
    facts = _facts(paper, width, options, gain, highlights)
    blocks: tuple[Sequence[Line], ...] = (
        set_text(paper.title, width, "title", highlights, raw=options.raw),
        [*facts, *_tags(own.tags, width)],
        _note(own.note, width),
        _summary(paper, width, highlights, raw=options.raw),
        set_text(paper.abstract, width, "text", highlights, raw=options.raw),
        _keywords(paper, width, highlights, raw=options.raw),
        list(_links(paper, width)),
    )
    lines: list[Line] = []
    for block in filter(None, blocks):
        lines += [BLANK] if lines else []
        lines += block
    return lines


def _labelled(label: str, text: str) -> str:
    return label + text if text else ""


def _keywords(paper: Paper, width: int, highlights: Highlights, *, raw: bool) -> Sequence[Line]:
    keywords = paper.keywords if raw else map(to_unicode, paper.keywords)
    text = _labelled("Keywords: ", ", ".join(keywords))
    return marked(wrapped(text, width, "keywords"), text, highlights.in_text(text))


def _facts(
    paper: Paper, width: int, options: Options, gain: Gain, highlights: Highlights
) -> list[Line]:
    names, known = _authors(paper, highlights, everyone=options.all_authors)
    lines = [*marked(wrapped(names, width, "authors"), names, known)]
    lines += _organization(paper, width, highlights)
    if paper.withdrawn:
        lines += wrapped(f"Withdrawn from arXiv on {long_day(paper.withdrawn)}", width, "alert")
    for facts in (_dates(paper), _submission(paper), _figures(paper, gain)):
        lines += wrapped(" · ".join(facts), width, "facts")
    return lines


def _authors(paper: Paper, highlights: Highlights, *, everyone: bool) -> tuple[str, Marks]:
    """The names in order, and where those stand who are watched for.

    That is everyone, or the first ten, all further ones who are watched for and a count of the
    rest.
    """
    names: list[str] = []
    known: Marks = []
    at = 0
    for number, author in enumerate(paper.authors):
        name = _name(author.name)
        is_watched = highlights.has_author(name)
        if everyone or number < FIRST_AUTHORS or is_watched:
            names.append(name)
            known += [(at, at + len(name))] if is_watched else []
            at += len(name) + len(BETWEEN_NAMES)
    text = BETWEEN_NAMES.join(names)
    rest = len(paper.authors) - len(names)
    return f"{text} and {rest:,} more" if rest else text, known


def _organization(paper: Paper, width: int, highlights: Highlights) -> Sequence[Line]:
    if paper.organization is None:
        return ()
    login, name = paper.organization.name, paper.organization.fullname
    parts = [(0, len(name))] if highlights.has_organization(login, name) else []
    return marked(wrapped(name, width, "facts"), name, parts)


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
    if not paper.headline.is_bare:
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


def _summary(paper: Paper, width: int, highlights: Highlights, *, raw: bool) -> list[Line]:
    if not paper.ai_summary:
        return []
    model = f" by {paper.ai_model.rpartition('/')[2]}" if paper.ai_model else ""
    bar = BAR if width >= ROOM_FOR_BAR else ""
    room = width - len(bar)
    heading = wrapped(f"AI summary{model}", room, "label")
    body = set_text(paper.ai_summary, room, "summary", highlights, raw=raw)
    return [(Span(bar, "summary"), *line) for line in (*heading, *body)]


def _tags(tags: Sequence[str], width: int) -> list[Line]:
    return wrapped(_labelled("Tags: ", ", ".join(map(_apart, tags))), width, "tags")


def _apart(tag: str) -> str:
    """A tag among others with commas between them: one that has a comma itself is in quotes."""
    shown = shown_tag(tag)
    return f"“{shown}”" if "," in shown else shown


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
    body: list[Line] = [
        (Span(part, "note"),) for line in text.split("\n") for part in _indented(line, room)
    ]
    lines = [*wrapped("Note", room, "label"), *linked(body, text, find_links_by_line(text))]
    return tuple((Span(bar, "note"), *line) for line in lines)


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
            yield from wrapped(name, width, "label")
            yield from ((Span(part, "link", address=address),) for part in wrap(address, width))
            continue
        first, *rest = wrap(address, width - LABEL)
        yield Span(name.ljust(LABEL), "label"), Span(first, "link", address=address)
        for part in rest:
            yield Span(" " * LABEL, "label"), Span(part, "link", address=address)
