"""What the user has read: a year of days, the papers of each, and the history of one paper."""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual import work
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.days import ONE_DAY
from tui.explain import sentence
from tui.library import Library, LibraryError
from tui.reading_history import WEEK, ReadingHistory, day_ms, local_time, read_stats
from tui.screens.dialog import Dialog
from tui.screens.library_lines import day_heading, entries, event_lines, summary, title
from tui.text.latex import to_unicode
from tui.widgets.heat_map import LEGEND, HeatMap, View
from tui.widgets.read_list import ReadList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.feed import Feed
    from tui.library import ReadPaper
    from tui.papers import Headline
    from tui.reading_history import Stats

T = TypeVar("T")

LOOK_S: Final = 1.0
"""How long after one look at the library the next one is taken."""
SETTLE_S: Final = 0.1
"""A day that stays under the cursor for this long has its papers looked up."""
MOST_LISTED: Final = 200
"""Papers of a day that are shown; more are counted."""
DAY: Final = "day"
EVENTS: Final = "events"
"""Groups of workers: the latest question takes the place of the one before."""
LOOKING: Final = "Looking at the library…"
NOT_LISTED: Final = "The list of this paper is not on disk."
NO_PAPER: Final = "There is no paper under the cursor."
DAYS_HINT: Final = "Arrows choose a day · Enter goes to its papers · Tab this paper · q closes"
PAPERS_HINT: Final = "↑ ↓ choose a paper · Enter goes to it · Tab its history · q back to the days"
HISTORY_HINT: Final = "↑ ↓ PgUp PgDn scroll · Tab the days · q closes"
ITS_HISTORY_HINT: Final = "↑ ↓ PgUp PgDn scroll · Tab the papers · q back to the days"


class LibraryScreen(Dialog["Headline"]):
    """Gives the paper that the user chose among those of a day.

    Push it with ``await``: keys typed meanwhile then find it mounted.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        ("left,h", "week(-1)", "Week before"),
        ("right,l", "week(1)", "Week after"),
        ("up,k", "step(-1)", "Day or paper before, line up"),
        ("down,j", "step(1)", "Day or paper after, line down"),
        ("home,g", "edge(-1)", "First"),
        ("end,G,t", "edge(1)", "Last"),
        ("pageup,b", "scroll(-1)", "Page up"),
        ("pagedown,space", "scroll(1)", "Page down"),
        ("enter", "choose", "Go to the papers, or to the paper"),
        ("tab,shift+tab,H", "turn", "The day, or the paper"),
        ("q,escape", "back", "Back"),
    ]

    def __init__(self, feed: Feed, paper: Headline | None) -> None:
        """``paper`` is the one whose history is told until another is chosen."""
        super().__init__()
        self._feed = feed
        self._paper = paper
        self._state: tuple[int, date] | None = None
        """The library's last change, and the day, for which the screen holds."""
        self._history = ReadingHistory({}, local_time(feed.now()).date())
        self._cursor = self._history.today
        self._reads: Sequence[ReadPaper] = ()
        """What was read on the day under the cursor, as far as it is known yet."""
        self._known = {paper.id: paper} if paper else {}
        self._place: int | None = None
        """Of the chosen one among the papers of the day; None while a day is chosen."""
        self._tells_of_paper = False
        self._summary = Static(Content(LOOKING), id="library-summary")
        self._map = HeatMap(id="library-map")
        self._heading = Static(id="library-heading")
        self._papers = ReadList(id="library-papers")
        self._events = Static(id="library-events")
        self._scroll = VerticalScroll(self._events, id="library-scroll", can_focus=False)
        self._hint = Static(Content(DAYS_HINT), classes="box-hint")

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield self._summary
            yield self._map
            yield Static(Content(LEGEND), id="library-legend")
            yield self._heading
            yield self._papers
            yield self._scroll
            yield self._hint

    def on_mount(self) -> None:
        self._look()

    # -- what is known ------------------------------------------------------------------

    async def _ask(self, question: Callable[[Library], T]) -> T | None:
        """The library's answer, or None and a sentence on the screen for a failure.

        It comes over a connection of its own, so that the panes never wait for a long one.
        """
        path = self._feed.library.path

        def answer() -> T:
            with closing(Library.read_only(path)) as library:
                return question(library)

        try:
            return await asyncio.to_thread(answer)
        except LibraryError as error:
            self._summary.update(Content(sentence(error)))
            self._state = None
            return None

    @work(group="look")
    async def _look(self) -> None:
        """Bring everything in line with the library, now and again in a while."""
        before, now = self._state, self._feed.now()

        def look(library: Library) -> tuple[tuple[int, date], Stats] | None:
            state = library.last_change, local_time(now).date()
            return None if state == before else (state, read_stats(library, now))

        if found := await self._ask(look):
            self._state, stats = found
            self._show_stats(stats)
        self.set_timer(LOOK_S, self._look)

    def _show_stats(self, stats: Stats) -> None:
        self._history = stats.history
        self._summary.update(summary(stats))
        self._cursor = min(max(self._cursor, self._history.first_day), self._history.today)
        self._show_day()
        self._show_rows()

    def _show_day(self) -> None:
        """Show the day under the cursor in its year, and find out what was read on it."""
        if self._state:
            self._map.show(View(self._history.year, self._cursor))
        self._learn_day(self._cursor)

    @work(group=DAY, exclusive=True)
    async def _learn_day(self, day: date) -> None:
        await asyncio.sleep(SETTLE_S)
        since, until = day_ms(day), day_ms(day + ONE_DAY)
        reads = await self._ask(lambda library: library.read_within(since, until, MOST_LISTED))
        self._take(reads or ())
        self._show_rows()
        self._known |= await self._feed.recall(self._reads)
        self._show_rows()

    def _take(self, reads: Sequence[ReadPaper]) -> None:
        """Have other papers of the day; the chosen one stays chosen where it still is."""
        chosen = None if self._place is None else self._subject
        self._reads = reads
        ids = [each.paper for each in reads]
        if chosen in ids:
            self._place = ids.index(chosen)
        elif self._place is not None and self._place >= len(ids):
            self._choose(len(ids) - 1 if ids else None)

    @property
    def _subject(self) -> str | None:
        """The id of the paper whose history is told."""
        if self._place is None:
            return self._paper.id if self._paper else None
        return self._reads[self._place].paper if self._place < len(self._reads) else None

    # -- what is shown ------------------------------------------------------------------

    def _show_rows(self) -> None:
        """Show the papers of the day, or the history of the paper."""
        self.set_class(self._tells_of_paper, "-paper")
        if self._tells_of_paper:
            self._show_history(self._subject)
            return
        self.workers.cancel_group(self, EVENTS)
        if self._state:
            total = self._history.on(self._cursor)
            _say(self._heading, day_heading(self._history, self._cursor))
            self._papers.show(entries(self._reads, self._known, total), self._place)

    @work(group=EVENTS, exclusive=True)
    async def _show_history(self, paper: str | None) -> None:
        _say(self._heading, to_unicode(title(paper, self._known)) if paper else NO_PAPER)
        events = await self._ask(lambda library: library.history(paper)) if paper else None
        self._events.update(Content() if events is None else event_lines(events))

    # -- actions ------------------------------------------------------------------------

    def _move_to(self, day: date) -> None:
        """Choose a day, or the nearest one of the year."""
        reached = min(max(day, self._history.first_day), self._history.today)
        self._tells_of_paper = False
        self._place_at(None)
        if reached != self._cursor:
            self._cursor, self._reads = reached, ()
        self._show_day()
        self._show_rows()

    @property
    def _last_place(self) -> int:
        """Of the papers of the day that are known, or are on their way."""
        coming = min(self._history.on(self._cursor), MOST_LISTED)
        return max(0, (len(self._reads) or coming) - 1)

    def _choose(self, place: int | None) -> None:
        """Choose a paper of the day, or the day again."""
        self._place_at(place)
        self._show_rows()

    def _place_at(self, place: int | None) -> None:
        """Name the keys that count there; what was said of an earlier choice is gone."""
        self._place = place
        if self._tells_of_paper:
            _say(self._hint, HISTORY_HINT if place is None else ITS_HISTORY_HINT)
        else:
            _say(self._hint, DAYS_HINT if place is None else PAPERS_HINT)

    def on_days_view_clicked(self, event: HeatMap.Clicked) -> None:
        self._move_to(event.day)

    def action_week(self, direction: int) -> None:
        if not self._tells_of_paper:
            self._move_to(self._cursor + direction * WEEK * ONE_DAY)

    def action_step(self, direction: int) -> None:
        if self._tells_of_paper:
            self._scroll_history(direction)
        elif self._place is None:
            self._move_to(self._cursor + direction * ONE_DAY)
        else:
            self._choose(max(0, min(self._place + direction, self._last_place)))

    def action_edge(self, direction: int) -> None:
        """Choose the first or last paper of the day, or day of the year; an end of the history."""
        if self._tells_of_paper:
            self._scroll_history(direction * self._scroll.max_scroll_y)
        elif self._place is None:
            history = self._history
            self._move_to(history.first_day if direction < 0 else history.today)
        else:
            self._choose(0 if direction < 0 else self._last_place)

    def action_scroll(self, pages: int) -> None:
        if self._tells_of_paper:
            self._scroll_history(pages * max(1, self._scroll.scrollable_content_region.height - 1))
        else:
            self._papers.page(pages)

    def _scroll_history(self, lines: int) -> None:
        self._scroll.scroll_relative(y=lines, animate=False, immediate=True)

    async def action_choose(self) -> None:
        """Go to the papers of the day, or give the chosen one if it can be gone to."""
        if self._place is None:
            if self._history.on(self._cursor) or not self._state:
                self._tells_of_paper = False
                self._choose(0)
        elif self._place < len(self._reads):
            chosen = self._reads[self._place]
            if chosen.paper not in self._known:
                self._known |= await self._feed.recall([chosen])
            paper = self._known.get(chosen.paper)
            if paper and paper.day:
                self.close(paper)
            else:
                _say(self._hint, NOT_LISTED)

    def action_turn(self) -> None:
        """Tell of the paper in place of the day, or of the day again."""
        self._tells_of_paper = not self._tells_of_paper
        self._scroll.scroll_home(animate=False)
        self._choose(self._place)

    def action_back(self) -> None:
        """Go back to the days, or close."""
        if self._place is None:
            self.close()
        else:
            self._tells_of_paper = False
            self._choose(None)


def _say(line: Static, words: str) -> None:
    """Have other words in a line, whose height is for the sheet to say: nothing is laid out."""
    line.update(Content(words), layout=False)
