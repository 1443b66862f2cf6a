"""A refresh in place: newer facts come in without anything moving under the reader's eyes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tui.papers import Headline

Day = date | None
Key = TypeVar("Key", bound=Hashable)


class Merged(NamedTuple):
    """A list after a refresh: its papers, and the ids of those that came and went."""

    papers: tuple[Headline, ...]
    new: frozenset[str]
    gone: frozenset[str]
    """Still among the papers: the next visit shows the list without them."""


def merged(
    shown: Sequence[Headline],
    gone: Collection[str],
    fresh: Sequence[Headline],
    in_view: range,
    *,
    grouped: bool,
) -> Merged:
    """``shown`` with the facts of ``fresh``, in its own order, and with what is new.

    A new paper goes behind the nearest one before it in ``fresh`` that was shown, or behind the
    rows ``in_view`` where that place is between two of them. ``gone`` are the ids of earlier
    leavers. With ``grouped`` the papers of each day stand together in both lists; new papers keep
    to their day, new days to their place, and what was shown to the day it was shown under: what
    comes to a day that ends in view goes above the view, and only where that day begins there too
    is its end the place.
    """
    old = {paper.id: paper for paper in shown}
    facts = {paper.id: paper for paper in fresh}
    if grouped:
        facts.update((key, _under(old[key].day, facts[key])) for key in old.keys() & facts.keys())
        order = _woven_by_day(_days(old), _days(facts), in_view)
    else:
        order = _woven([*old], facts, in_view)
    return Merged(
        papers=tuple(facts[key] if key in facts else old[key] for key in order),
        new=frozenset(facts.keys() - old.keys()),
        gone=frozenset((old.keys() | gone) - facts.keys()),
    )


def _under(day: Day, paper: Headline) -> Headline:
    return paper if paper.day == day else paper._replace(day=day)


def _days(papers: Mapping[str, Headline]) -> dict[Day, list[str]]:
    """The ids of each day's papers, both in order."""
    days = defaultdict[Day, list[str]](list)
    for paper in papers.values():
        days[paper.day].append(paper.id)
    return days


def _woven_by_day(
    old: Mapping[Day, list[str]], fresh: Mapping[Day, list[str]], in_view: range
) -> list[str]:
    """The ids of both, woven within each day."""
    order: list[str] = []
    above = 0
    for day in _woven([*old], fresh, range(0)):
        ids = old.get(day, [])
        held = range(in_view.start - above, in_view.stop - above)
        order += _woven(ids, fresh.get(day, ()), held)
        above += len(ids)
    return order


def _woven(old: Sequence[Key], fresh: Iterable[Key], held: range) -> list[Key]:
    """The old keys in their order, each new one behind the nearest old one before it.

    None comes between two old keys whose indexes are ``held``, as far as there is another place.
    """
    places = {key: place for place, key in enumerate(old)}
    arrivals: defaultdict[int, list[Key]] = defaultdict(list)
    gap = 0
    for key in fresh:
        if key in places:
            gap = places[key] + 1
        else:
            arrivals[_clear_of(held, gap, len(old))].append(key)
    woven = [*arrivals[0]]
    for number, key in enumerate(old, start=1):
        woven.append(key)
        woven.extend(arrivals[number])
    return woven


def _clear_of(held: range, gap: int, end: int) -> int:
    """A gap that is not among those held: behind them, else before, else at the end."""
    if not held.start < gap < held.stop:
        return gap
    if held.stop <= end:
        return held.stop
    return held.start if held.start >= 0 else end
