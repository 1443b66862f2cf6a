"""``daily-papers list``: the papers of a period, or those with a star or a tag."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.cli.exits import Exit
from tui.cli.output import as_columns, as_fields, as_json, dump
from tui.cli.run import Stop, ask, prepare, require_marks, run_with, warn
from tui.cli.streams import is_terminal, say
from tui.days import long_day
from tui.explain import sentence
from tui.hub.errors import HubError
from tui.order import Order, arranged
from tui.page import counted
from tui.papers import Headline, Paper
from tui.periods import STARRED, Period, Span, parse_period
from tui.text.sanitize import clean_line
from tui.text.tags import tag_meant
from tui.text.width import fit

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tui.feed import Feed
    from tui.library import Library, Mark
    from tui.papers import Edition
    from tui.services import Services

ANY: Final = "papers"
"""Which papers are wanted where nothing more was asked for."""
MAX_TAG: Final = 60  # characters


def run(given: argparse.Namespace) -> int:
    """Print a list; the exit code."""
    return run_with(lambda: prepare(given), lambda services: _list(services, given))


class Listing(NamedTuple):
    """What is to be printed, in this order."""

    heading: str
    papers: Sequence[Headline]
    whole: Sequence[Paper]
    """All that is known of them, where that was asked for; of some of those of any day, the id."""
    period: Period | None = None
    """None where they are of any day."""


def _list(services: Services, given: argparse.Namespace) -> int:
    library, kind = services.feed.library, _kind(given)
    if kind != ANY:
        require_marks(services)
    warn(services)
    of_library = given.date is None and (given.starred or given.tag is not None)
    found = _of_library if of_library else _of_period
    listing = found(services, given, kind)
    marks = library.marks([paper.id for paper in listing.papers])
    if given.json:
        _print_json(listing, marks, library.notes(marks))
    elif is_terminal(sys.stdout):
        _print_columns(listing, marks)
    else:
        for headline in listing.papers:
            print(as_fields(headline))
    return Exit.DONE


def _kind(given: argparse.Namespace) -> str:
    """Which papers are wanted, in words."""
    tag = given.tag and f"tagged “{clean_line(given.tag, MAX_TAG)}”"
    words = (given.unread and "unread", given.starred and "starred", ANY, tag)
    return " ".join(filter(None, words))


def _chosen(papers: Sequence[str], library: Library, given: argparse.Namespace) -> list[str]:
    """Those of the papers that have the marks that were asked for."""
    tags = _meant(given.tag) if given.tag is not None else None
    return [
        paper
        for paper, mark in library.marks(papers).items()
        if not (given.unread and mark.read)
        and not (given.starred and not mark.starred)
        and (tags is None or not tags.isdisjoint(mark.tags))
    ]


def _of_library(services: Services, given: argparse.Namespace, kind: str) -> Listing:
    """The papers with a star or a tag, whatever their day, the latest marked first."""
    listing = ask(services, _known(services.feed, given, kind))
    if not listing.papers:
        raise Stop(Exit.NOTHING_FOUND, f"There are no {kind}.")
    return listing


async def _known(feed: Feed, given: argparse.Namespace, kind: str) -> Listing:
    library = feed.library
    stars = await (_stars(feed) if given.starred else feed.refresh(STARRED))
    lines = {line.id: line for line in stars.papers}
    chosen = _chosen(list(lines) if given.starred else _tagged(library, given.tag), library, given)
    await feed.seek_lost(chosen)
    papers = _whole(feed, STARRED, [lines.get(each) or Headline(each, each) for each in chosen])
    headlines = [paper.headline for paper in papers]
    _say_what_is_bare(headlines)
    return Listing(kind[0].upper() + kind[1:], headlines, papers)


async def _stars(feed: Feed) -> Edition:
    """What is starred, once the Hub was asked for what is not on disk."""
    await feed.refresh(STARRED)
    await feed.complete_stars()
    return await feed.refresh(STARRED)


def _whole(feed: Feed, period: Period, headlines: Sequence[Headline]) -> list[Paper]:
    """All that is known of the papers, without those that disk has lost.

    Of a paper of which nothing was ever known the id is all.
    """
    found = ((line, feed.paper(period, line)) for line in headlines)
    return [paper or Paper(line.id, line.id) for line, paper in found if paper or line.is_bare]


def _say_what_is_bare(headlines: Sequence[Headline]) -> None:
    if bare := sum(line.is_bare for line in headlines):
        say(f"Not on disk: {counted(bare, 'paper')}.")


def _meant(tag: str) -> set[str]:
    """The tag as ``mark`` keeps it, and as another program may have made it."""
    return {tag, tag.strip() or tag, tag_meant(tag) or tag}


def _tagged(library: Library, tag: str) -> list[str]:
    try:
        tagged = [paper for each in sorted(_meant(tag)) for paper in library.with_tag(each)]
        return list(dict.fromkeys(tagged))
    except ValueError as error:
        raise Stop(Exit.USAGE, f"No paper can have this tag: {error}.") from None


def _of_period(services: Services, given: argparse.Namespace, kind: str) -> Listing:
    feed = services.feed
    period = parse_period(given.date, feed.today()) if given.date is not None else None
    edition, papers = ask(services, _found(feed, period, given))
    _say_what_lacks(edition)
    _say_what_is_bare(edition.papers)
    period = edition.period
    if not edition.papers:
        raise Stop(Exit.NOTHING_FOUND, f"There are no {kind} {_place(period)}.")
    if given.json and (lost := len(edition.papers) - len(papers)):
        say(f"No longer on disk: {counted(lost, 'paper')}.")
    return Listing(_heading(edition), edition.papers, papers, period)


def _place(period: Period) -> str:
    if period.is_own:
        return "on your reading list"
    return f"{'on' if period.span is Span.DAY else 'in'} {period.title}"


async def _found(
    feed: Feed, period: Period | None, given: argparse.Namespace
) -> tuple[Edition, list[Paper]]:
    """What is wanted of the edition, the newest day first; for JSON all that is known of it."""
    found = await _edition(feed, period)
    papers = arranged(found.papers, Order.HUB, grouped=found.period.is_dated)
    chosen = set(_chosen([paper.id for paper in papers], feed.library, given))
    edition = replace(found, papers=tuple(paper for paper in papers if paper.id in chosen))
    return edition, _whole(feed, edition.period, edition.papers) if given.json else []


async def _edition(feed: Feed, period: Period | None) -> Edition:
    """The period asked for or the latest day; when the Hub fails, what disk has of it."""
    if period and period.is_own:
        return await _stars(feed)
    try:
        return await feed.refresh(period or Period.day(await feed.find_newest()))
    except HubError as error:
        known = feed.peek(period or Period.day(feed.first_to_show()))
        if known is None:
            raise
        say(f"{sentence(error, 'try again')} These are from {_minute(known.fetched)}.")
        return known


def _say_what_lacks(edition: Edition) -> None:
    if edition.unreadable:
        say(f"{counted(edition.unreadable, 'paper')} could not be read.")
    if edition.missing:
        say(f"Not on disk: {counted(len(edition.missing), 'day')} of {edition.period.title}.")


def _print_json(listing: Listing, marks: Mapping[str, Mark], notes: Mapping[str, str]) -> None:
    papers = listing.whole
    print(dump([as_json(paper, marks[paper.id], notes.get(paper.id)) for paper in papers]))


def _print_columns(listing: Listing, marks: Mapping[str, Mark]) -> None:
    """A heading, and one for each day where there are several; then a line per paper."""
    cells = shutil.get_terminal_size().columns
    print(fit(listing.heading, cells))
    period = listing.period
    shown = period.first if period and period.span is Span.DAY else None
    for headline in listing.papers:
        if period and period.is_dated and headline.day and headline.day != shown:
            shown = headline.day
            print(f"\n{long_day(shown)}")
        print(as_columns(headline, marks[headline.id], cells))


def _heading(edition: Edition) -> str:
    """What the list covers; a ranking is of one moment."""
    period, title = edition.period, edition.period.title
    return title if period.is_dated or period.is_own else f"{title} · {_minute(edition.fetched)}"


def _minute(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"
