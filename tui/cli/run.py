"""What the plain commands share: opening the feed, and failures as sentences and exit codes."""

from __future__ import annotations

import logging
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from tui.cli.exits import Exit
from tui.cli.streams import say
from tui.days import DayError
from tui.explain import TOKEN_REFUSED, sentence, without_backup
from tui.feed import AtBound
from tui.hub.errors import BadRequest, HubError, NotFound, Offline
from tui.library import Library, LibraryError, LibraryTooNew
from tui.log import start_log
from tui.paths import Paths
from tui.services import Services, back_up, lost, open_services
from tui.settings import SettingsError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Coroutine

T = TypeVar("T")

log = logging.getLogger(__name__)

NOT_IN_SAMPLE: Final = "The sample edition does not have this paper."
"""Of the sample nobody asks the Hub."""


class Stop(Exception):
    """The command ends here, with this code and these words."""

    def __init__(self, code: Exit, words: str) -> None:
        super().__init__(words)
        self.code = code


def prepare(given: argparse.Namespace, *, patient: bool = False) -> Services:
    """Start the log and open what is on disk; ``patient`` sits out the Hub's pauses.

    Raises SettingsError and Stop.
    """
    return open_services(_start(given), os.environ, demo=given.demo, patient=patient)


def _start(given: argparse.Namespace) -> Paths:
    """Start the log; the user's places. Raises Stop."""
    _require_home()
    paths = Paths.of_user(demo=given.demo)
    start_log(paths.log, given.log_level)
    return paths


def _require_home() -> None:
    """Stop where no folder is the user's own: ours would come to lie in the current one."""
    try:
        Path.home()
    except RuntimeError:
        raise Stop(Exit.TROUBLE, "You have no home directory; set HOME to one.") from None


def run_with(opened: Callable[[], Services], work: Callable[[Services], int]) -> int:
    """Do a command's work on the services, and turn every failure into words and a code."""

    def whole() -> int:
        services = opened()
        try:
            return work(services)
        except NotFound as error:
            raise Stop(code(error), told(services, error)) from None
        finally:
            services.feed.library.close()

    return _told(whole)


def with_library(
    given: argparse.Namespace, work: Callable[[Library, Paths], int], *, reads: bool = False
) -> int:
    """Do work that needs nothing but the library, as ``run_with`` does it.

    On the first time of a day the library is copied before. Work that only ``reads`` is done with
    that of a newer program too.
    """

    def opened(paths: Paths) -> int:
        with closing(_opened(paths.library, reads=reads)) as library:
            if not given.demo:
                _back_up(library)
            return work(library, paths)

    return with_paths(given, opened)


def _opened(path: Path, *, reads: bool) -> Library:
    if told := lost(path):
        say(told)
    try:
        return Library.open(path)
    except LibraryTooNew as error:
        if not reads:
            raise
        library = Library.read_only(path)
        say(sentence(error))
        return library


def with_paths(given: argparse.Namespace, work: Callable[[Paths], int]) -> int:
    """Do work on the user's files, as ``run_with`` does it."""
    return _told(lambda: work(_start(given)))


def _back_up(library: Library) -> None:
    try:
        back_up(library)
    except LibraryError as error:
        log.warning("no backup was made: %s", error)
        say(without_backup(error))


def _told(work: Callable[[], int]) -> int:
    """The work's exit code, or that of its failure, which is told."""
    try:
        return work()
    except Stop as stop:
        say(str(stop))
        return stop.code
    except (SettingsError, DayError) as error:
        say(str(error))
        return Exit.USAGE
    except (AtBound, HubError, LibraryError) as error:
        say(sentence(error, "try again"))
        return code(error)


def told(services: Services, error: HubError) -> str:
    """What to tell about an error of the Hub, or of the sample that stands for it."""
    if services.demo and isinstance(error, NotFound):
        return NOT_IN_SAMPLE
    return sentence(error, "try again")


def code(error: AtBound | HubError | LibraryError) -> Exit:
    """The exit code that tells of an error."""
    if isinstance(error, Offline):
        return Exit.OFFLINE
    if isinstance(error, (AtBound, NotFound, BadRequest)):
        return Exit.NOTHING_FOUND
    return Exit.REFUSED if isinstance(error, HubError) else Exit.TROUBLE


def warn(services: Services) -> None:
    """Say what works less well than it should for a command, which reads marks and makes none."""
    for trouble in filter(None, (services.cache_trouble, services.library_lost)):
        say(trouble)
    if services.library_error:
        say(sentence(services.library_error))
    elif not services.feed.library.current:
        say(services.marks_trouble)


def require_marks(services: Services) -> None:
    """Stop where marks cannot be read: what is chosen by them would be wrong."""
    if services.feed.library.current:
        return
    raise services.library_error or Stop(Exit.TROUBLE, services.marks_trouble)


def ask(services: Services, question: Coroutine[None, None, T]) -> T:
    """Wait for something that only the Hub may know, then close the connection."""
    import asyncio

    async def answer() -> T:
        try:
            return await question
        finally:
            if services.feed.token_refused:
                say(TOKEN_REFUSED)
            await services.feed.close()

    return asyncio.run(answer())
