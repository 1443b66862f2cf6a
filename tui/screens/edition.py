"""One edition on the screen: the list, the text of one of its papers, and what is around them."""

from __future__ import annotations

import logging
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Final

from tui.library import LibraryError
from tui.merging import Merged, merged
from tui.order import Choice, Order
from tui.page import NOTHING_OWN, Own, counted
from tui.papers import NO_GAIN, Paper
from tui.periods import Period, Span
from tui.screens.listing import Listing
from tui.widgets.day_strip import DAYS
from tui.widgets.masthead import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date, timedelta

    from tui.papers import Edition, Headline
    from tui.services import Services
    from tui.widgets.paper_list import Row

NO_STARS: Final = "Nothing is starred yet; s stars the paper under the cursor in any list."
LOST: Final = "The text of this paper is not on disk; R may bring it, and o opens its page."

log = logging.getLogger(__name__)


class EditionScreen(Listing):
    """Shows an edition; newer facts about it come in without anything moving."""

    def __init__(self, services: Services, period: Period) -> None:
        super().__init__(services, period)
        self.edition: Edition | None = None
        self._places: dict[Period, str] = {}
        self._read: dict[str, Paper] = {}
        """What was read of this list so far, to stay when a paper leaves it."""
        self._awaited: frozenset[date] = frozenset()
        """Days of this list that were not on disk when it was come to: they are no news."""

    # -- what is shown ------------------------------------------------------------------

    def show_edition(self, edition: Edition) -> None:
        """Show another edition, with the cursor where it was left, or on its first unread paper."""
        self._leave()
        if self.edition is None or self.edition.period != edition.period:
            self._selected.clear()
        self.period = edition.period
        self.edition = edition
        self._take(edition)
        self._new, self._gone = self._newcomers(edition), {}
        self._awaited = edition.missing
        self._read = {}
        rows = self._rows(self._arranged(self._papers))
        self.papers.show(rows, _place(rows, self._places.get(edition.period)))
        self._tell_of_nothing()
        self._show_around()
        self._shown()

    def improve_edition(self, edition: Edition) -> None:
        """Show newer facts about what is on screen; cursor, text and rows in view stay put."""
        shown = self.edition
        if shown is None or shown.period != edition.period or not self.papers.rows:
            self.show_edition(edition)
            return
        before = [row.paper for row in self.papers.rows]
        self.edition = edition
        self._take(edition)
        merger = merged(
            before, self._gone, self._arranged(self._papers, staying=before), self.papers.in_view,
            grouped=self.is_grouped,
        )  # fmt: skip
        listed = {paper.id for paper in shown.papers} | self._gone.keys()
        fresh = frozenset(
            paper.id for paper in edition.papers
            if paper.id not in listed and paper.day not in self._awaited
            and not edition.period.is_own
        )  # fmt: skip
        self._awaited &= edition.missing
        left = merger.gone - self._gone.keys()
        known = {**self._gone, **{paper.id: paper for paper in before}}
        self._came |= fresh
        self._new = (self._new | fresh) - merger.gone
        self._gone = {key: paper for key, paper in known.items() if key in merger.gone}
        self.papers.update(self._rows(merger.papers))
        self._show_around()
        self._tell_of_changes(before, merger, fresh & merger.new, left)
        self._shown()

    def _shown(self) -> None:
        """Called whenever a list, or a newer or another state of it, has come on screen."""

    def rearrange(self) -> None:
        """Show the same papers in another order, with the cursor on the same one."""
        if self.edition is None:
            return
        current = self.papers.current
        rows = self._rows(self._arranged([*self._papers, *self._gone.values()]))
        self.papers.show(rows, _place(rows, current.id if current else None))
        self._tell_of_nothing()
        self._show_around()
        self._shown()

    def _tell_of_nothing(self) -> None:
        """Say in an empty list why it is empty."""
        edition = self.edition
        if self.papers.rows or edition is None:
            return
        if edition.papers:
            wanted = self.choice.value.removesuffix(" only")
            papers = counted(len(edition.papers), "paper")
            self.papers.say(f"None of the {papers} is {wanted}; v shows others.")
        elif edition.period.is_own:
            self.papers.say(NO_STARS)
        else:
            self.papers.say(f"There are no papers in this list: {edition.period.title}.")

    def show_nothing(self, period: Period, note: str) -> None:
        """Empty the panes for a period that is not known yet, and say why."""
        self._leave()
        self.period = period
        self.edition = None
        self.papers.show([])
        self.papers.say(note)
        self._show_around()

    def show_marks(self, ids: Collection[str] | None = None) -> None:
        """Bring the rows, the header and the strip in line with the library.

        Only the rows of ``ids`` where it is known that no other mark has changed. A list of which
        nothing was to be shown may have something to show now.
        """
        if self.edition and self.edition.papers and not self.papers.rows:
            self.rearrange()
            return
        places = [
            index for index, row in enumerate(self.papers.rows)
            if ids is None or row.paper.id in ids
        ]  # fmt: skip
        marks = self._marks([self.papers.rows[index].paper for index in places])
        changed = {}
        for index in places:
            row = self.papers.rows[index]
            mark = marks[row.paper.id]
            if (marked := row._replace(**mark._asdict())) != row:
                changed[index] = marked
        self.papers.change(changed)
        self._let_in(ids)
        self._show_around()

    def _let_in(self, ids: Collection[str] | None) -> None:
        """Bring in what the filter has hidden and by the marks of these papers hides no more."""
        if self.choice is Choice.ALL:
            return
        shown = [row.paper for row in self.papers.rows]
        listed = {paper.id for paper in shown}
        if ids is not None and listed.issuperset(ids):
            return
        chosen = self._arranged(self._papers, staying=shown)
        if all(paper.id in listed for paper in chosen):
            return
        merger = merged(shown, self._gone, chosen, self.papers.in_view, grouped=self.is_grouped)
        self.papers.update(self._rows(merger.papers))

    def show_paper(self) -> None:
        headline = self.papers.current
        gain = self._gains.get(headline.id, NO_GAIN) if headline else NO_GAIN
        paper = self.paper
        if paper and headline:
            self._read[paper.id] = paper
            paper = replace(paper, upvotes=headline.upvotes, comments=headline.comments)
        self.reader.show(paper, gain, self._own())

    def _own(self) -> Own:
        """What the user has put to the paper under the cursor."""
        row = self.row
        if row is None:
            return NOTHING_OWN
        note = self._note(row.paper.id) if row.has_note else ""
        return Own(note, row.tags)

    def _note(self, paper_id: str) -> str:
        try:
            return self.feed.library.note(paper_id)
        except LibraryError as error:
            log.warning("the note cannot be read: %s", error)
            return ""

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.papers.rows[self.papers.cursor] if self.papers.rows else None

    @property
    def paper(self) -> Paper | None:
        """All that is known of the paper under the cursor."""
        headline = self.papers.current
        return self.known(headline) if headline else None

    def known(self, headline: Headline) -> Paper:
        """All that is known of a paper of this list."""
        return self.feed.paper(self.period, headline) or self._elsewhere(headline)

    def _elsewhere(self, headline: Headline) -> Paper:
        """What is known of a paper that is not in the answer it is listed by."""
        if headline.id in self._read:
            return self._read[headline.id]
        if known := self.feed.peek_paper(headline.id):
            return known[0]
        day = None if self.period.is_own else headline.day  # that of its star
        return Paper(headline.id, headline.title, LOST, day=day, upvotes=headline.upvotes)

    # -- around the list ----------------------------------------------------------------

    def _show_around(self) -> None:
        self.show_paper()
        self._show_counts()

    def _show_counts(self) -> None:
        """Bring the header in line now, and the strip once the list and the text are painted."""
        self.show_status()
        self.call_after_refresh(self._show_strip)

    def on_mount(self) -> None:
        self.feed.on_learned = self._learned

    def _learned(self) -> None:
        self.call_after_refresh(self._show_strip)

    def _show_strip(self) -> None:
        shown = self.period.first if self.period.span is Span.DAY else None
        last = self.period.last if self.period.is_dated else self.feed.today()
        try:
            counts = self.feed.strip(shown or self.feed.peek_newest() or last, DAYS)
        except LibraryError as error:
            log.warning("the strip has no counts: %s", error)
            counts = []
        self._strip.show(counts, shown)

    def show_status(self) -> None:
        edition = self.edition
        listed = [row for row in self.papers.rows if not row.gone]
        self._masthead.show(
            Status(
                title=self.period.title if edition else "",
                choice="" if self.choice is Choice.ALL else self.choice.value,
                order="" if self.order is Order.HUB else self.order.briefly,
                papers=len(listed),
                unread=sum(not row.read for row in listed),
                selected=sum(row.selected for row in self.papers.rows),
                unreadable=edition.unreadable if edition else 0,
                missing=len(edition.missing) if edition else 0,
                age=self._age,
                taken=not self.period.is_dated,
                busy=next(iter(self._busy.values()), ""),
                countdown=ceil(self.feed.pause_left),
                trouble=self._trouble or ("offline" if self._is_out_of_reach else ""),
                note="SAMPLE" if self.services.demo else "",
                lacking="" if self.feed.library.writable else "marks off",
            )
        )

    @property
    def _is_out_of_reach(self) -> bool:
        """Whether the Hub, which the user's own list has no need of, cannot be asked."""
        return self.feed.is_offline and not self.period.is_own

    @property
    def _age(self) -> timedelta | None:
        """How old the facts on screen are; None for what is true by itself."""
        if self.edition is None or self.edition.period.is_own:
            return None
        return self.feed.now() - self.edition.fetched

    def _tell_of_changes(
        self, before: Iterable[Headline], merger: Merged, fresh: Collection[str],
        left: Collection[str],
    ) -> None:  # fmt: skip
        """Say what a refresh has brought, if anything; marks the user makes without being told."""
        if self.period.is_own:
            return
        facts = {paper.id: paper for paper in before}
        changed = sum(paper != facts.get(paper.id, paper) for paper in merger.papers)
        news = counted(len(fresh), "new paper") if fresh else ""
        parts = [news, f"{changed} changed" if changed else "", f"{len(left)} left" if left else ""]
        if told := ", ".join(filter(None, parts)):
            self.tell(f"{told}.", beside=True)

    def _leave(self) -> None:
        if self.edition and (paper := self.papers.current):
            self._places[self.edition.period] = paper.id


def _place(rows: Sequence[Row], paper_id: str | None) -> int:
    """Where the cursor was left, else the first unread paper, else the top."""
    left = (index for index, row in enumerate(rows) if row.paper.id == paper_id)
    unread = (index for index, row in enumerate(rows) if not row.read)
    return next(left, next(unread, 0))
