"""Puts the rooms together: settings, cache, library and feed for one run of the program."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.cache import Cache
from tui.explain import RESTORE
from tui.feed import Clock, Feed, Stores
from tui.hub.settings import HubSettings
from tui.library import (
    Library,
    LibraryDamaged,
    LibraryError,
    LibraryTooNew,
    copies,
    copy_of_day,
)
from tui.library.errors import NOT_READABLE
from tui.library.files import has_log
from tui.library.store import utc_now
from tui.settings import Settings
from tui.sharing import Share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.hub.client import Hub
    from tui.library.recovery import Recovered
    from tui.observations import Observations
    from tui.paths import Paths

log = logging.getLogger(__name__)


class Services(NamedTuple):
    """What a screen or a command needs, and what went wrong while it was put together."""

    feed: Feed
    demo: bool
    library_error: LibraryError | None
    """Why marks cannot be kept at all; the feed then has an empty library in its place, or the
    marks of a newer program to be read."""
    cache_trouble: str
    """A sentence where nothing is kept for later, otherwise empty."""
    marks_trouble: str
    """A sentence where marks can be read, perhaps, but not made; otherwise empty."""
    library_lost: str
    """A sentence where a fresh library took the place of one that is gone, otherwise empty."""
    settings: Settings
    """What the user has set; the sample has the defaults."""
    paths: Paths
    share: Share | None = None
    """Shares the library with other machines, where the settings name a folder for it."""


def open_services(
    paths: Paths, environ: Mapping[str, str], *, demo: bool = False, patient: bool = True
) -> Services:
    """Open everything that is on disk. Raises SettingsError for a setting that cannot be used.

    ``patient`` sits out the pauses that the Hub asks for; else they are RateLimited at once.
    """
    hub = None if demo else HubSettings.from_environ(environ, Path.home())
    settings = Settings() if demo else Settings.load(paths.config)
    cache = Cache.open(paths.cache)
    library_lost = lost(paths.library)
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
    share = open_share(feed, settings, paths)
    return Services(
        feed, demo, library_error, cache_trouble, marks_trouble, library_lost,
        settings, paths, share,
    )  # fmt: skip


def lost(path: Path) -> str:
    """A sentence where there is no library at ``path`` but copies of one, which say it was there.

    To be asked before one is opened, which makes a fresh one, but for one whose log is left.
    """
    try:
        if path.exists() or has_log(path) or not copies(path):
            return ""
    except OSError:  # what cannot be looked at cannot be opened either, which tells why
        return ""
    return f"The library {path} is gone, and a fresh one in use; {RESTORE} lists its copies."


def open_library(path: Path) -> tuple[Library, LibraryError | None]:
    """The library, or one that keeps nothing and the reason for it.

    That has the marks of a library of a newer program, as far as they can be read, or is empty.
    """
    try:
        return Library.open(path), None
    except LibraryError as error:
        log.error("the library cannot be used: %s", error)
        return _stand_in(path, error), error


def _stand_in(path: Path, error: LibraryError) -> Library:
    if isinstance(error, LibraryTooNew):
        with suppress(LibraryError):
            return Library.read_only(path)
    return Library.empty(path, trouble=NOT_READABLE)


def open_share(feed: Feed, settings: Settings, paths: Paths) -> Share | None:
    """What shares the feed's library; None where the settings name no folder."""
    folder = settings.sync_folder
    return Share(lambda: feed.library, folder, paths.sync) if folder else None


def back_up(library: Library) -> Path | None:
    """Copy the library if that is due today; the path of the copy, if one was made.

    Blocks, for a second where the library is large. Raises LibraryError.
    """
    return copy_of_day(library.path, utc_now()) if library.writable else None


async def start_afresh(feed: Feed, path: Path) -> Recovered | None:
    """Give the feed a library with what can be read of a damaged one, which is put aside.

    None where another window has done that already. Raises LibraryError when it cannot be done;
    the feed is as it was then.
    """
    library, recovered = await asyncio.to_thread(_recovered, path)
    feed.library, stand_in = library, feed.library
    stand_in.close()
    return recovered


def _recovered(path: Path) -> tuple[Library, Recovered | None]:
    from tui.library.recovery import Recovered

    with suppress(LibraryDamaged):
        return Library.open(path), None
    try:
        recovered = Library.recover(path)
    except LibraryDamaged:
        recovered = Recovered(Library.set_aside(path), changes=0, papers=0)
    return Library.open(path), recovered


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
