"""The rows of a list: which papers, in which order, with what marks and gains."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING

from tui.days import long_day
from tui.explain import unreadable_marks
from tui.library import LibraryError, Mark
from tui.order import Choice, Order, arranged
from tui.page import counted
from tui.papers import NO_GAIN
from tui.screens.panes import Panes
from tui.widgets.paper_list import Row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tui.feed import Feed
    from tui.papers import Edition, Gain, Headline
    from tui.periods import Period
    from tui.services import Services

log = logging.getLogger(__name__)


class Listing(Panes):
    """Makes the rows of an edition, as the user wants to see it."""

    def __init__(self, services: Services, period: Period) -> None:
        super().__init__()
        self.services = services
        self.feed: Feed = services.feed
        self.period = period
        """What is on screen or on its way there."""
        self.order = Order.HUB
        self.choice = Choice.ALL
        self.is_merged = False
        """Whether weeks and months are shown in one piece rather than day by day."""
        self._papers: Sequence[Headline] = ()
        """What is listed, with the newest counts that are known."""
        self._gains: Mapping[str, Gain] = {}
        self._is_bare = False
        """Whether this was listed before anything could be told of gains and newcomers."""
        self._came: set[str] = set()
        """Papers that came to a list in this visit, or between the last one and this."""
        self._new: frozenset[str] = frozenset()
        """Those of them that are in this list."""
        self._gone: Mapping[str, Headline] = {}
        """Papers that left this list in this visit, by id."""
        self._selected: set[str] = set()
        """The papers of this list that the next command is about."""
        self._watched: set[str] = set()
        """Papers that are known to have what the user watches for."""

    @property
    def is_grouped(self) -> bool:
        """Whether the papers stand under the headings of their days."""
        return self.period.has_headings and not self.is_merged

    def _take(self, edition: Edition) -> None:
        """Hold what there is to say about the papers of an edition."""
        self._is_bare = not self.feed.is_observing
        self._papers = self.feed.newest(edition)
        # the counts that are kept with a star may be old
        self._gains = {} if edition.period.is_own else self.feed.gains(self._papers)

    def _arranged(
        self, papers: Sequence[Headline], staying: Collection[Headline] = ()
    ) -> tuple[Headline, ...]:
        """The papers to show, in order; those on screen stay, though they may have been marked."""
        papers = self._chosen(papers, {paper.id for paper in staying})
        rates = self.feed.rates(papers) if self.order is Order.RISING else None
        return arranged(papers, self.order, grouped=self.is_grouped, rates=rates)

    def _chosen(self, papers: Sequence[Headline], staying: Collection[str]) -> Sequence[Headline]:
        if self.choice is Choice.ALL:
            return papers
        marks = self._marks(papers)
        return [
            paper for paper in papers
            if paper.id in staying
            or self.choice.holds(read=marks[paper.id].read, starred=marks[paper.id].starred)
        ]  # fmt: skip

    def _newcomers(self, edition: Edition) -> frozenset[str]:
        """The papers that came to a day's list after the user had last seen that list."""
        if edition.period.is_own:
            return frozenset()
        self._came |= self.feed.newcomers(edition.papers)
        return frozenset(paper.id for paper in edition.papers if paper.id in self._came)

    def _rows(self, papers: Sequence[Headline]) -> list[Row]:
        marks = self._marks(papers)
        headings = _headings(papers, self._gone) if self.is_grouped else {}
        rows = []
        for paper in papers:
            mark = marks[paper.id]
            rows.append(
                Row(
                    paper,
                    *mark,
                    selected=paper.id in self._selected,
                    watched=paper.id in self._watched,
                    gain=self._gains.get(paper.id, NO_GAIN),
                    new=paper.id in self._new,
                    gone=paper.id in self._gone,
                    heading=headings.get(paper.id, ""),
                )
            )
        return rows

    def _marks(self, papers: Iterable[Headline]) -> Mapping[str, Mark]:
        """The marks of all these papers; those on screen where the library cannot be read."""
        ids = [paper.id for paper in papers]
        try:
            return self.feed.library.marks(ids)
        except LibraryError as error:
            log.warning("the marks cannot be read: %s", error)
            self.tell(unreadable_marks(error), warn=True)
        shown = {
            row.paper.id: Mark(row.read, row.starred, row.has_note, row.tags)
            for row in self.papers.rows
        }
        return {paper: shown.get(paper, Mark()) for paper in ids}


def _headings(papers: Sequence[Headline], gone: Collection[str]) -> dict[str, str]:
    """What stands above the first paper of each day, by that paper's id.

    Those that have left the list do not count, as in the header.
    """
    totals = Counter(paper.day for paper in papers if paper.id not in gone)
    firsts = {paper.day: paper.id for paper in reversed(papers)}
    return {
        paper_id: f"{long_day(day)} · {counted(totals[day], 'paper')}"
        for day, paper_id in firsts.items()
        if day
    }
