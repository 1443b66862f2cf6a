"""Papers' counts as the user last saw them, and as the Hub gave them over time."""

from __future__ import annotations

import logging
import sqlite3
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeVar

from tui.observations import counts
from tui.observations.counts import MICROSECOND
from tui.observations.database import (
    Damaged,
    begin_anew,
    is_damage,
    open_database,
    transaction,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from tui.observations.database import Channel, Database
    from tui.papers import Gain, Headline

log = logging.getLogger(__name__)

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
Result = TypeVar("Result")


class Observations:
    """What papers' counts were, for several threads and processes at once; never in the way.

    No method raises for the sake of the disk: what cannot be read is not known, and what cannot
    be written is dropped. Writing waits up to half a second for another process, and never holds
    up what is read meanwhile.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._replacing = Lock()
        self._began_anew = False
        self._said: set[str] = set()
        self._database: Database | None = open_database(path)

    @classmethod
    def open(cls, path: Path) -> Observations:
        """The observations kept at ``path``, or those of this run where that cannot be."""
        return cls(path)

    def record(
        self, headlines: Iterable[Headline], at: datetime, now: datetime | None = None
    ) -> None:
        """Keep what the Hub said at the aware time ``at``, as far as rates need it.

        What is kept of these papers from later than ``now`` is forgotten: the clock was ahead.
        """
        now_us = None if now is None else _microseconds(now)
        self._write(lambda writer: counts.record(writer, headlines, _microseconds(at), now_us))

    def look(self, headlines: Sequence[Headline], at: datetime, days: Iterable[date] = ()) -> None:
        """Keep that the user has these counts on the screen at the aware time ``at``.

        ``days`` are those whose lists they make up. On a clock that was set back it is still the
        same visit.
        """

        def look(writer: sqlite3.Connection) -> None:
            counts.look(writer, headlines, _microseconds(at))
            counts.look_at_days(writer, days)

        self._write(look)

    def newest(self, headlines: Sequence[Headline], fetched: datetime) -> list[Headline]:
        """These papers with what the Hub has said of their counts since the time ``fetched``."""
        return self._read(
            lambda reader: counts.newest(reader, headlines, _microseconds(fetched)),
            list(headlines),
        )

    def gains(self, headlines: Sequence[Headline], at: datetime) -> dict[str, Gain]:
        """What has changed since the visit before that of the aware time ``at``, by id.

        On the first visit it is what has changed since its first look. A number of comments that
        the Hub left out, then or now, is not compared.
        """
        return self._read(lambda reader: counts.gains(reader, headlines, _microseconds(at)), {})

    def newcomers(self, headlines: Sequence[Headline]) -> set[str]:
        """The ids of those never looked at whose day's list the user has looked at."""
        return self._read(lambda reader: counts.newcomers(reader, headlines), set())

    def rates(self, ids: Sequence[str]) -> dict[str, float]:
        """Upvotes gained per hour up to a paper's latest observation, by id; may be negative.

        They are counted from the oldest observation in the 24 hours before it, else from the
        newest one before those. A paper without two that are ten minutes apart has no rate.
        """
        return self._read(lambda reader: counts.rates(reader, ids), {})

    def close(self) -> None:
        """Let go of the file; from now on nothing is known and nothing is kept."""
        with self._replacing:
            database, self._database = self._database, None
        if database is not None:
            database.close()

    def _read(self, work: Callable[[sqlite3.Connection], Result], otherwise: Result) -> Result:
        return self._attempt(lambda database: database.reader, work, otherwise)

    def _write(self, work: Callable[[sqlite3.Connection], None]) -> None:
        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                work(connection)

        self._attempt(lambda database: database.writer, write, None)

    def _attempt(
        self,
        channel: Callable[[Database], Channel],
        work: Callable[[sqlite3.Connection], Result],
        otherwise: Result,
    ) -> Result:
        database = self._database
        if database is None:
            return otherwise
        connection, lock = channel(database)
        with lock:
            if database is not self._database:  # closed or replaced while we waited
                return otherwise
            try:
                return work(connection)
            except (sqlite3.Error, Damaged) as error:
                trouble = error
        self._stumble(database, trouble)
        return otherwise

    def _stumble(self, database: Database, trouble: Exception) -> None:
        if str(trouble) not in self._said:
            self._said.add(str(trouble))
            log.warning("observations: %s (%s)", trouble, type(trouble).__name__)
        if is_damage(trouble):
            self._begin_anew(database, trouble)

    def _begin_anew(self, damaged: Database, damage: Exception) -> None:
        """Replace the damaged database, once a run and unless another thread just did."""
        with self._replacing:
            if self._began_anew or self._database is not damaged:
                return
            self._began_anew, self._database = True, None
            damaged.close()
            self._database = begin_anew(self._path, damage)


def _microseconds(at: datetime) -> int:
    """Since 1970, UTC."""
    return (at - EPOCH) // MICROSECOND
