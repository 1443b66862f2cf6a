"""The orders in which a list can be shown, and which of its papers are."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tui.papers import Headline


class Order(Enum):
    """How papers are sorted; the value completes the sentence “sorted …”."""

    HUB = "as on the Hub"
    UPVOTES = "by upvotes"
    RISING = "by upvotes gained per hour"
    COMMENTS = "by comments"
    ARXIV_DATE = "by arXiv date"
    TITLE = "by title"

    @property
    def briefly(self) -> str:
        """The same for a line that has little room."""
        return "by rising" if self is Order.RISING else self.value


class Choice(Enum):
    """Which papers of a list are shown, in words."""

    ALL = "all"
    UNREAD = "unread only"
    STARRED = "starred only"

    @property
    def next(self) -> Choice:
        """The one that follows; after the last the first."""
        choices = list(Choice)
        return choices[(choices.index(self) + 1) % len(choices)]

    def holds(self, *, read: bool, starred: bool) -> bool:
        """Whether a paper with these marks is one of them."""
        return self is Choice.ALL or (starred if self is Choice.STARRED else not read)


def arranged(
    papers: Iterable[Headline],
    order: Order,
    *,
    grouped: bool = False,
    rates: Mapping[str, float] | None = None,
) -> tuple[Headline, ...]:
    """The papers in that order, equals as they stood; ``grouped`` puts the newest day first.

    ``rates`` are upvotes gained per hour by id; papers of which none is known come last.
    """
    ranked = sorted(papers, key=_key(order, rates or {}))
    if grouped:
        ranked.sort(key=lambda paper: paper.day or date.min, reverse=True)
    return tuple(ranked)


def _key(order: Order, rates: Mapping[str, float]) -> Callable[[Headline], Any]:
    """What a smaller one of comes first."""
    match order:
        case Order.HUB:
            return lambda paper: 0
        case Order.UPVOTES:
            return lambda paper: -paper.upvotes
        case Order.RISING:
            return lambda paper: -rates.get(paper.id, float("-inf"))
        case Order.COMMENTS:
            return lambda paper: -(paper.comments or 0)
        case Order.ARXIV_DATE:
            return lambda paper: -(paper.published or date.min).toordinal()
        case Order.TITLE:
            return lambda paper: paper.title.casefold()
