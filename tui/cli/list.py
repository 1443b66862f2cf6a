"""``daily-papers list``: the papers of one day."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from tui.cli.exits import Exit
from tui.cli.output import as_columns, as_fields, as_json, dump
from tui.cli.run import Stop, ask, prepare, run_with, warn
from tui.cli.streams import is_terminal, say
from tui.days import long_day, parse_day
from tui.explain import sentence
from tui.hub.errors import HubError

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from tui.feed import Feed
    from tui.papers import Edition
    from tui.services import Services


def run(given: argparse.Namespace) -> int:
    """Print a day; the exit code."""
    return run_with(lambda: prepare(given), lambda services: _list(services, given))


def _list(services: Services, given: argparse.Namespace) -> int:
    warn(services)
    feed = services.feed
    day = parse_day(given.date, feed.today()) if given.date is not None else None
    edition = ask(services, _edition(feed, day))
    if not edition.papers:
        raise Stop(Exit.NOTHING_FOUND, f"There are no papers on {long_day(edition.day)}.")
    if edition.unreadable:
        say(f"{edition.unreadable} of the day's papers could not be read.")
    _print(feed, edition, as_array=given.json)
    return Exit.DONE


async def _edition(feed: Feed, day: date | None) -> Edition:
    """The day asked for or the latest one; when the Hub fails, what disk has of it."""
    try:
        return await feed.refresh(day or await feed.find_newest())
    except HubError as error:
        day = day or feed.peek_newest()
        known = feed.peek(day) if day else None
        if known is None:
            raise
        say(f"{sentence(error, 'try again')} These are from {known.fetched:%Y-%m-%d %H:%M} UTC.")
        return known


def _print(feed: Feed, edition: Edition, *, as_array: bool) -> None:
    marks = feed.library.marks([paper.id for paper in edition.papers])
    if as_array:
        print(dump([as_json(paper, marks[paper.id]) for paper in edition.papers]))
    elif is_terminal(sys.stdout):
        cells = shutil.get_terminal_size().columns
        print(long_day(edition.day))
        for paper in edition.papers:
            print(as_columns(paper, marks[paper.id], cells))
    else:
        for paper in edition.papers:
            print(as_fields(paper))
