"""The cache as the feed sees it: never in the way, whatever happens on the disk."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import suppress
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar

from tui.cache.database import DAMAGED, TROUBLE, UNWRITABLE, clause_of, open_store
from tui.cache.entry import Damaged, Entry, pack, time_of, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

log = logging.getLogger(__name__)

SIZE_LIMIT: Final = 128 * 2**20  # bytes on disk; a day takes about 50 KB
LONGEST_RACE: Final = timedelta(minutes=10)
"""A request takes less, with all the pauses that the Hub may ask for."""

Result = TypeVar("Result")


class Cache:
    """A bounded store of answers by key, for several threads and processes at once.

    ``trouble`` is a clause for the user while answers are not kept, otherwise None.
    """

    def __init__(self, directory: Path, size_limit: int) -> None:
        self._directory = directory
        self._size_limit = size_limit
        self._lock = Lock()
        self._reopened = False
        self._said: set[str] = set()
        self._store, self.trouble = open_store(directory, size_limit)

    @classmethod
    def open(cls, directory: Path, size_limit: int = SIZE_LIMIT) -> Cache:
        """The cache in ``directory``, which is made when it is not there; raises nothing.

        A damaged cache is set aside. One that cannot be written is read as it stands. Takes about
        three milliseconds, and at most a second or two when another process holds the lock.
        """
        return cls(directory, size_limit)

    def get(self, key: str) -> Entry | None:
        """The answer stored under ``key``; one that cannot be decoded is a miss, and deleted."""
        try:
            return self._attempt(lambda store: unpack(store.get(key)), None)
        except Damaged as damage:
            log.warning("dropped the cached answer %s: %s", key, damage)
            self._attempt(lambda store: store.delete(key), None)
            return None

    def put(self, key: str, body: bytes, *, fetched: datetime, validator: str | None) -> bool:
        """Whether ``body``, or what is newer, is now stored under ``key``; ``fetched`` is aware."""
        return self.put_all({key: Entry(body, fetched, validator)}) is not None

    def put_all(
        self, entries: Mapping[str, Entry], *, now: datetime | None = None
    ) -> frozenset[str] | None:
        """Store these in one go; the keys where newer ones stay, None when nothing was stored.

        What was fetched after ``now`` is from before the clock was set back, and gives way.
        """
        values: dict[str, tuple[datetime, bytes]] = {}
        for key, entry in entries.items():
            if (value := pack(entry)) is None:
                return None
            values[key] = entry.fetched, value
        overtaken = self._attempt(lambda store: _write(store, values, now), None)
        if overtaken is not None:
            self.trouble = None
        return overtaken

    def touch(self, keys: Iterable[str], fetched: datetime, *, now: datetime | None = None) -> bool:
        """Whether the answers under ``keys`` now count as fetched at the aware time ``fetched``."""
        entries = {key: self.get(key) for key in keys}
        renewed = {key: entry._replace(fetched=fetched) for key, entry in entries.items() if entry}
        return len(renewed) == len(entries) and self.put_all(renewed, now=now) is not None

    def keys(self, low: str, high: str, direction: int, most: int) -> list[str]:
        """At most so many of the stored keys from ``low`` to ``high``, downward for -1."""
        return self._attempt(lambda store: list(store.keys(low, high, direction, most)), [])

    def version(self) -> int:
        """A number that is another one once any other thread or process has stored something.

        It has a meaning within one thread only.
        """
        return self._attempt(lambda store: int(store.version()), 0)

    def close(self) -> None:
        """Let go of the database; from now on everything is a miss."""
        with self._lock:
            store, self._store = self._store, None
        if store is not None:
            with suppress(sqlite3.Error):
                store.close()

    def _attempt(self, work: Callable[[Any], Result], otherwise: Result) -> Result:
        store = self._store
        if store is None:
            return otherwise
        try:
            return work(store)
        except Damaged:
            raise
        except TROUBLE as error:
            self._stumble(store, error)
            return otherwise

    def _stumble(self, store: object, error: Exception) -> None:
        clause = self.trouble = clause_of(error)
        if clause not in self._said:
            self._said.add(clause)
            log.warning("%s (%s: %s)", clause, type(error).__name__, error)
        if clause in (DAMAGED, UNWRITABLE):
            self._reopen(store)

    def _reopen(self, store: object) -> None:
        """Start on a sound database, once a run, when the one in use was damaged or removed."""
        with self._lock:
            if self._reopened or store is not self._store:
                return
            self._reopened = True
            self._store, self.trouble = open_store(self._directory, self._size_limit, suspect=True)


def _write(
    store: Any, values: Mapping[str, tuple[datetime, bytes]], now: datetime | None
) -> frozenset[str] | None:
    overtaken = set()
    with store.transact():
        for key, (fetched, value) in values.items():
            if _is_overtaken(store, key, fetched, now):
                overtaken.add(key)
            elif not store.set(key, value):
                return None
    return frozenset(overtaken)


def _is_overtaken(store: Any, key: str, fetched: datetime, now: datetime | None) -> bool:
    """Whether what is stored was asked for after this, which was longer on its way.

    What lies further ahead than a race can last is from before the clock was set back.
    """
    try:
        stored = time_of(store.get(key))
    except Damaged:
        return False
    if stored is None or (now is not None and stored > now):
        return False
    return timedelta(0) < stored - fetched < LONGEST_RACE
