"""``daily-papers list``: the papers of a day, a week or a month, or those that are trending."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.cli.exits import Exit
from tui.cli.output import as_columns, as_fields, as_json, dump
from tui.cli.run import Stop, ask, prepare, run_with, warn
from tui.cli.streams import is_terminal, say
from tui.days import long_day
from tui.explain import sentence
from tui.hub.errors import HubError
from tui.order import Order, arranged
from tui.page import counted
from tui.periods import Period, Span, parse_period

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from datetime import datetime

    from tui.feed import Feed
    from tui.library import Mark
    from tui.papers import Edition, Paper
    from tui.services import Services


def run(given: argparse.Namespace) -> int:
    """Print a list; the exit code."""
    return run_with(lambda: prepare(given), lambda services: _list(services, given))


def _list(services: Services, given: argparse.Namespace) -> int:
    warn(services)
    feed = services.feed
    period = parse_period(given.date, feed.today()) if given.date is not None else None
    edition, papers = ask(services, _found(feed, period, whole=given.json))
    _say_what_lacks(edition)
    if not edition.papers:
        on = "on" if edition.period.span is Span.DAY else "in"
        raise Stop(Exit.NOTHING_FOUND, f"There are no papers {on} {edition.period.title}.")
    marks = feed.library.marks([paper.id for paper in edition.papers])
    if given.json:
        _print_json(edition, papers, marks)
    elif is_terminal(sys.stdout):
        _print_columns(edition, marks)
    else:
        for headline in edition.papers:
            print(as_fields(headline))
    return Exit.DONE


async def _found(
    feed: Feed, period: Period | None, *, whole: bool
) -> tuple[Edition, list[Paper]]:
    """The edition, the newest day first, and with ``whole`` all that is known of its papers."""
    found = await _edition(feed, period)
    papers = arranged(found.papers, Order.HUB, grouped=found.period.is_dated)
    edition = replace(found, papers=papers)
    return edition, feed.papers(edition) if whole else []


async def _edition(feed: Feed, period: Period | None) -> Edition:
    """The period asked for or the latest day; when the Hub fails, what disk has of it."""
    try:
        return await feed.refresh(period or Period.day(await feed.find_newest()))
    except HubError as error:
        period = period or _newest_known(feed)
        known = feed.peek(period) if period else None
        if known is None:
            raise
        say(f"{sentence(error, 'try again')} These are from {_minute(known.fetched)}.")
        return known


def _newest_known(feed: Feed) -> Period | None:
    day = feed.peek_newest()
    return Period.day(day) if day else None


def _say_what_lacks(edition: Edition) -> None:
    if edition.unreadable:
        say(f"{counted(edition.unreadable, 'paper')} could not be read.")
    if edition.missing:
        say(f"Not on disk: {counted(edition.missing, 'day')} of {edition.period.title}.")


def _print_json(edition: Edition, papers: list[Paper], marks: Mapping[str, Mark]) -> None:
    if lost := len(edition.papers) - len(papers):
        say(f"No longer on disk: {counted(lost, 'paper')}.")
    print(dump([as_json(paper, marks[paper.id]) for paper in papers]))


def _print_columns(edition: Edition, marks: Mapping[str, Mark]) -> None:
    """A heading, and one for each day where there are several; then a line per paper."""
    cells = shutil.get_terminal_size().columns
    print(_heading(edition))
    shown = edition.period.first if edition.period.span is Span.DAY else None
    for headline in edition.papers:
        if edition.period.is_dated and headline.day and headline.day != shown:
            shown = headline.day
            print(f"\n{long_day(shown)}")
        print(as_columns(headline, marks[headline.id], cells))


def _heading(edition: Edition) -> str:
    """What the list covers; a ranking is of one moment."""
    title = edition.period.title
    return title if edition.period.is_dated else f"{title} · {_minute(edition.fetched)}"


def _minute(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"
