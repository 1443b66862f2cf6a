"""The lines of the library screen, safe to print whatever the library holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from tui.days import long_day
from tui.deeds import deed
from tui.library.change import NOTE
from tui.page import counted
from tui.reading_history import (
    reading_sentence,
    streak_sentence,
    tags_sentence,
    time_of,
    totals_sentence,
)
from tui.text.sanitize import clean_line
from tui.text.width import fit
from tui.widgets.read_list import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tui.library import Event, ReadPaper
    from tui.papers import Headline
    from tui.reading_history import ReadingHistory, Stats

MOST_EVENTS: Final = 200
"""Events that are shown; more are counted."""
MOST_ID: Final = 40
"""Characters of an id in place of a title."""
MOST_NOTE: Final = 1000
"""Characters of a note that are looked at for what its event shows."""
NOTE_CELLS: Final = 60
NOTHING_DONE: Final = "Nothing was done to this paper yet."
MUTED: Final = "$text-muted"


def summary(stats: Stats) -> Content:
    """What the library has come to, a sentence a line."""
    sentences = (
        reading_sentence(stats.history),
        streak_sentence(stats.history),
        totals_sentence(stats.totals),
        tags_sentence(stats.tags),
    )
    return Content("\n".join(filter(None, sentences)))


def day_heading(history: ReadingHistory, day: date) -> str:
    """``Tue 18 Aug 2026: 7 papers read``."""
    today = ", today" if day == history.today else ""
    return f"{long_day(day)}{today}: {counted(history.on(day), 'paper')} read"


def title(paper_id: str, known: Mapping[str, Headline]) -> str:
    """The title of a paper, or its id where nothing else is known."""
    paper = known.get(paper_id)
    return paper.title if paper else clean_line(paper_id, MOST_ID)


def entries(reads: Sequence[ReadPaper], known: Mapping[str, Headline], total: int) -> list[Entry]:
    """When each paper was read and its title, and how many more of ``total`` there are."""
    rest = total - len(reads) if reads else 0
    return [
        *(Entry(f"{time_of(each.read_ms):%H:%M}", title(each.paper, known)) for each in reads),
        *(Entry("", words) for words in _rest(rest, "paper")),
    ]


def event_lines(events: Sequence[Event]) -> Content:
    """What was done to a paper, the latest first."""
    if not events:
        return Content(NOTHING_DONE)
    lines = [_event_line(event) for event in reversed(events[-MOST_EVENTS:])]
    rest = [Content(words) for words in _rest(len(events) - len(lines), "event")]
    return Content("\n").join(lines + rest)


def _event_line(event: Event) -> Content:
    made = time_of(event.made_ms)
    when = f"{long_day(made.date())} {made:%H:%M}  "
    return Content.assemble((when, MUTED), _words(event))


def _words(event: Event) -> str:
    """What was done; of a note its beginning."""
    if event.field == NOTE and event.value:
        beginning = str(event.value)[:MOST_NOTE]
        return f"note: “{fit(clean_line(beginning, MOST_NOTE), NOTE_CELLS)}”"
    return deed(event.field, event.value)


def _rest(number: int, noun: str) -> list[str]:
    """A line that counts what is not shown, if anything."""
    return [f"and {counted(number, f'more {noun}')}"] if number > 0 else []
