"""Puts the rooms together: settings, cache, library and feed for one run of the program."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.cache import Cache
from tui.feed import Clock, Feed, Stores
from tui.hub.settings import HubSettings
from tui.library import Library, LibraryError
from tui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.hub.client import Hub
    from tui.observations import Observations
    from tui.paths import Paths

log = logging.getLogger(__name__)


class Services(NamedTuple):
    """What a screen or a command needs, and what went wrong while it was put together."""

    feed: Feed
    demo: bool
    library_error: LibraryError | None
    """Why marks cannot be kept at all; the feed then has an empty library in its place."""
    cache_trouble: str
    """A sentence where nothing is kept for later, otherwise empty."""
    marks_trouble: str
    """A sentence where marks can be read, perhaps, but not made; otherwise empty."""
    settings: Settings
    """What the user has set; the sample has the defaults."""
    paths: Paths


def open_services(
    paths: Paths, environ: Mapping[str, str], *, demo: bool = False, patient: bool = True
) -> Services:
    """Open everything that is on disk. Raises SettingsError for a setting that cannot be used.

    ``patient`` sits out the pauses that the Hub asks for; else they are RateLimited at once.
    """
    hub = None if demo else HubSettings.from_environ(environ, Path.home())
    settings = Settings() if demo else Settings.load(paths.config)
    cache = Cache.open(paths.cache)
    library, library_error = open_library(paths.library)
    stores = Stores(cache, library, lambda: _observations(paths.observations))
    if hub is None:
        feed = _sample_feed(stores)
    else:
        connect = _connect if patient else _connect_for_now
        feed = Feed(stores, hub, connect, reads_ahead=settings.read_ahead)
    cache_trouble = marks_trouble = ""
    if cache.trouble:
        cache_trouble = f"Nothing is kept for later: {cache.trouble} ({paths.cache})."
    if library.trouble and library_error is None:
        marks_trouble = f"Marks cannot be kept: {library.trouble} ({paths.library.parent})."
    return Services(
        feed, demo, library_error, cache_trouble, marks_trouble, settings, paths
    )


def open_library(path: Path) -> tuple[Library, LibraryError | None]:
    """The library, or an empty one that keeps nothing and the reason for it."""
    try:
        return Library.open(path), None
    except LibraryError as error:
        log.error("the library cannot be used: %s", error)
        return Library.empty(path, trouble="the library cannot be used"), error


def start_afresh(feed: Feed, path: Path) -> Path:
    """Put a damaged library aside, give the feed a new one, and say where the old one is now.

    Raises LibraryError when that cannot be done; the feed is as it was then.
    """
    aside = Library.set_aside(path)
    feed.library, stand_in = Library.open(path), feed.library
    stand_in.close()
    return aside


def _connect(settings: HubSettings) -> Hub:
    from tui.hub.client import Hub

    return Hub(settings)


def _connect_for_now(settings: HubSettings) -> Hub:
    from tui.hub.client import Hub

    return Hub(settings, patience=0)


def _observations(path: Path) -> Observations:
    from tui.observations import Observations

    return Observations.open(path)


def _sample_feed(stores: Stores) -> Feed:
    """A feed whose archive is the sample's days, and whose clock stands on the last of them."""
    from tui.sample import DAYS, TODAY, answer

    def connect(settings: HubSettings) -> Hub:
        from tui.hub.client import Hub

        return Hub(settings, answer=answer)

    clock = Clock(open_day=lambda _: TODAY, first_day=DAYS[0])
    return Feed(stores, HubSettings(), connect, clock)
