"""Lists by name: read from disk once, and again when another window has stored a newer answer."""

from __future__ import annotations

import logging
from collections import OrderedDict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from tui.cache import Entry
from tui.cache.cache import LONGEST_RACE
from tui.feed.brief import Brief, dump, load
from tui.hub.errors import BadAnswer
from tui.hub.item import dump_paper
from tui.hub.wire import Items, by_upvotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from tui.cache import Cache
    from tui.papers import Paper

BRIEFS_IN_MEMORY: Final = 500
ANSWERS_IN_MEMORY: Final = 8
"""Whole answers take a hundred times the room of their briefs."""
TRENDING: Final = "trending"
"""The name of the trending list."""

T = TypeVar("T")
log = logging.getLogger(__name__)


def day_list(day: date) -> str:
    """The name of a day's list."""
    return f"day/{day}"


def day_of(name: str) -> date | None:
    """The day whose list has that name."""
    try:
        return date.fromisoformat(name.removeprefix("day/"))
    except ValueError:
        return None


def brief_key(name: str) -> str:
    """Where the brief of a list is kept."""
    return f"brief/{name}"


def left_key(paper_id: str) -> str:
    """Where a paper is kept that has left its list."""
    return f"left/{paper_id}"


class Arrival(NamedTuple):
    """An answer that has just come: its bytes, its papers, and what to store of it."""

    items: Items
    brief: Brief
    entries: dict[str, Entry]


class _Checked(NamedTuple):
    """A brief, or None where there was none, and the state of the disk for which that holds."""

    brief: Brief | None
    version: int
    is_stored: bool = True
    """Whether the disk has taken it."""


def arrival(name: str, body: bytes, fetched: datetime, validator: str | None) -> Arrival:
    """Take in the list answer ``body``, for any thread; the papers of a day by upvotes.

    Raises BadAnswer, also for a list of which not one paper makes sense.
    """
    items = Items(body)
    papers, unreadable = items.papers()
    if unreadable and not papers:
        raise nonsense()
    brief = _brief(papers, unreadable, fetched, day_of(name))
    stored = Entry(dump(brief.headlines, unreadable), fetched, None)
    return Arrival(items, brief, {name: Entry(body, fetched, validator), brief_key(name): stored})


def nonsense() -> BadAnswer:
    """The error for a list of which not one paper can be read."""
    return BadAnswer("not one of its papers makes sense", path="/api/daily_papers")


def _brief(papers: Iterable[Paper], unreadable: int, fetched: datetime, day: date | None) -> Brief:
    """Its headlines name the day on whose list they stand."""
    if day is None:
        return Brief(tuple(paper.headline for paper in papers), fetched, unreadable)
    ranked = by_upvotes(papers)
    return Brief(tuple(paper.headline._replace(day=day) for paper in ranked), fetched, unreadable)


def stored_items(cache: Cache, name: str) -> Items | None:
    """The papers of the list answer on disk, for any thread; None where there is none."""
    entry = cache.get(name)
    try:
        return Items(entry.body) if entry else None
    except BadAnswer:
        return None


def departed(
    cache: Cache, before: Mapping[str, Brief | None], came: Mapping[str, Arrival]
) -> dict[str, Entry]:
    """What to store of the papers that have left these lists, for any thread.

    The lists still on disk hold them, and are about to be replaced.
    """
    entries = {}
    for name, old in before.items():
        gone = set(old.ids).difference(came[name].brief.ids) if old else ()
        items = stored_items(cache, name) if gone else None
        for paper in filter(None, map(items.paper, gone)) if items else ():
            body = dump_paper(paper).encode()
            entries[left_key(paper.id)] = Entry(body, came[name].brief.fetched, None)
    return entries


def lists_any(cache: Cache, name: str, paper_ids: Iterable[str]) -> set[str]:
    """Those of the papers that the list on disk has, for any thread; nothing is parsed for it."""
    entry = cache.get(brief_key(name)) or cache.get(name)
    return {each for each in paper_ids if f'"{each}"'.encode() in entry.body} if entry else set()


class Memory:
    """The lists that were seen, for one thread at a time."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._briefs: OrderedDict[str, _Checked] = OrderedDict()
        self._answers: OrderedDict[str, tuple[datetime, Items]] = OrderedDict()

    def brief(self, name: str) -> Brief | None:
        """The list as last seen by any window, None when it never was."""
        known = self._briefs.get(name)
        version = self._cache.version()
        if known is None or known.version != version:
            known = self._check(name, known, version)
            self._put(name, known)
        return known.brief

    def paper(self, name: str, paper_id: str) -> Paper | None:
        """A paper of the list with all that is known of it, None where disk has lost it."""
        brief = self.brief(name)
        answer = self._answers.get(name)
        if brief and (answer is None or answer[0] != brief.fetched):
            items = stored_items(self._cache, name)
            answer = (brief.fetched, items) if items else None
            if items:
                self._open(name, brief.fetched, items)
        return answer[1].paper(paper_id) if answer else None

    def keep(
        self, name: str, came: Arrival, overtaken: frozenset[str] | None, version: int
    ) -> None:
        """Remember what has just come, as the cache took it: see its ``put_all``.

        ``version`` is the state of the disk before that: what another window may have stored
        right behind it is looked for when the list is next wanted.
        """
        known = self._briefs.get(name)
        if overtaken is None and known and known.brief and _is_overtaken(came.brief, known.brief):
            return
        if overtaken and name in overtaken:
            self._briefs.pop(name, None)
            return
        stored = overtaken is not None
        self._put(name, _Checked(came.brief, version, is_stored=stored))
        self._open(name, came.brief.fetched, came.items)

    def _open(self, name: str, fetched: datetime, items: Items) -> None:
        """Hold an answer open; papers that have left the list can still be read."""
        if before := self._answers.get(name):
            items.follow(before[1])
        _add(self._answers, name, (fetched, items), ANSWERS_IN_MEMORY)

    def renew(self, name: str, fetched: datetime) -> None:
        """The Hub has confirmed the list on disk; the answer that is open stays open."""
        known, answer = self._briefs.pop(name, None), self._answers.get(name)
        if not (known and known.brief and answer and answer[0] == known.brief.fetched):
            return
        if self.brief(name) == known.brief._replace(fetched=fetched):
            self._answers[name] = (fetched, answer[1])

    def _check(self, name: str, known: _Checked | None, version: int) -> _Checked:
        """What is on disk now, or what is known, where the disk has lost or never taken that."""
        old = known.brief if known else None
        read = self._read(name, old)
        if known and old and (read is None or (not known.is_stored and read.fetched < old.fetched)):
            return known._replace(version=version)
        return _Checked(read, version)

    def _read(self, name: str, old: Brief | None) -> Brief | None:
        """What is on disk; an answer without a brief is read in full, but only once."""
        stored = self._cache.get(brief_key(name))
        if stored and old and old.fetched == stored.fetched:
            return old
        if stored and (brief := load(stored)):
            return brief
        entry = self._cache.get(name)
        if entry is None:
            return None
        if old and old.fetched == entry.fetched:
            return old
        try:
            came = arrival(name, entry.body, entry.fetched, entry.validator)
        except BadAnswer as trouble:
            log.warning("the cached %s cannot be read: %s", name, trouble.detail)
            return None
        return came.brief

    def _put(self, name: str, checked: _Checked) -> None:
        _add(self._briefs, name, checked, BRIEFS_IN_MEMORY)


def _is_overtaken(came: Brief, known: Brief) -> bool:
    """Whether what has come was asked for before what is known; the cache has the same rule."""
    return timedelta(0) < known.fetched - came.fetched < LONGEST_RACE


def _add(kept: OrderedDict[str, T], name: str, value: T, most: int) -> None:
    """Keep ``value`` as the latest, and at most so many."""
    kept[name] = value
    kept.move_to_end(name)
    while len(kept) > most:
        kept.popitem(last=False)
