"""What a library answers; it reads and changes nothing."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tui.library import notes
from tui.library.change import NOTE, READ, STARRED, TAG, is_shown, is_tag, tag_field
from tui.library.marks import Event, Mark, Note, ReadPaper, Totals

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

READ_MARKS: Final = """
SELECT wanted.key, marks.field FROM json_each(?) AS wanted
JOIN marks ON marks.paper = wanted.value AND marks.value = 1"""
READ_NOTES: Final = """
SELECT wanted.key, notes.text FROM json_each(?) AS wanted
JOIN notes ON notes.paper = wanted.value"""
TAGS_IN_USE: Final = f"""
SELECT field, count(*) FROM marks
WHERE value = 1 AND field > '{TAG}' AND field < '{TAG[:-1]};'
GROUP BY field ORDER BY count(*) DESC, field"""
LATEST_KEPT: Final = """(
    SELECT json FROM kept JOIN changes ON changes.id = kept.change
    WHERE kept.paper = marks.paper ORDER BY clock DESC, machine DESC, number DESC LIMIT 1
)"""
READ_STARS: Final = """
SELECT marks.paper, star.made_ms
FROM marks JOIN changes AS star ON star.id = marks.change
WHERE marks.field = ? AND marks.value = 1
ORDER BY star.made_ms DESC, star.clock DESC, star.machine, star.number"""
BARE_STARS: Final = """
SELECT paper FROM marks WHERE field = ? AND value = 1
AND NOT EXISTS (SELECT 1 FROM kept WHERE kept.paper = marks.paper)"""
LAST_STAR: Final = """
SELECT max(
    coalesce((SELECT max(change) FROM marks WHERE field = :starred AND value = 0), 0),
    coalesce((SELECT max(change) FROM marks WHERE field = :starred AND value = 1), 0),
    coalesce((SELECT max(change) FROM kept), 0)
)"""
"""By value, for each of which the index has the greatest change at hand."""
READ_KEPT: Final = """
SELECT (
    SELECT json FROM kept JOIN changes ON changes.id = kept.change
    WHERE kept.paper = wanted.value ORDER BY clock DESC, machine DESC, number DESC LIMIT 1
) FROM json_each(?) AS wanted ORDER BY wanted.key"""
READ_MARKED: Final = """
SELECT marks.paper FROM marks JOIN changes AS latest ON latest.id = marks.change
WHERE marks.field = ? AND marks.value = 1
ORDER BY latest.made_ms DESC, latest.clock DESC, latest.machine, latest.number"""
READ_TIMES: Final = """
SELECT latest.made_ms FROM marks JOIN changes AS latest ON latest.id = marks.change
WHERE marks.field = ? AND marks.value = 1 AND latest.made_ms >= ? ORDER BY latest.made_ms"""
READ_WITHIN: Final = f"""
SELECT marks.paper, latest.made_ms, {LATEST_KEPT}
FROM marks JOIN changes AS latest ON latest.id = marks.change
WHERE marks.field = ? AND marks.value = 1 AND latest.made_ms >= ? AND latest.made_ms < ?
ORDER BY latest.made_ms DESC, latest.clock DESC, latest.machine, latest.number LIMIT ?"""
READ_HISTORY: Final = """
SELECT made_ms, field, value FROM changes WHERE paper = ? ORDER BY clock, machine, number"""
READ_TOTALS: Final = "SELECT field, count(*) FROM marks WHERE value = 1 GROUP BY field"
READ_TAGGED: Final = f"""
SELECT count(DISTINCT paper) FROM marks
WHERE value = 1 AND field > '{TAG}' AND field < '{TAG[:-1]};'"""


def last_star(connection: sqlite3.Connection) -> int:
    """The number of the latest change of a star or of what is kept with one; 0 for none."""
    return int(connection.execute(LAST_STAR, {"starred": STARRED}).fetchone()[0])


def last_change(connection: sqlite3.Connection) -> int:
    """The number of the latest change in order of arrival; 0 for none."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0])


def marks(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Mark]:
    """The mark of every paper asked for."""
    papers = list(dict.fromkeys(ids))
    fields: list[tuple[str, ...]] = [()] * len(papers)
    for index, field in connection.execute(READ_MARKS, (json.dumps(papers),)):
        fields[index] += (field,)
    return dict(zip(papers, map(_mark, fields), strict=True))


def note(connection: sqlite3.Connection, paper: str) -> Note:
    """The note of the paper with the versions that it consists of."""
    heads = notes.heads(notes.versions(connection, paper))
    return Note(notes.joined(heads), tuple(head.name for head in heads))


def note_texts(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """The notes of those of the papers that have one."""
    papers = list(dict.fromkeys(ids))
    rows = connection.execute(READ_NOTES, (json.dumps(papers),))
    return {papers[index]: text for index, text in rows}


def tags(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Every tag in use with how many papers have it, most used first."""
    rows = connection.execute(TAGS_IN_USE)
    return [(field.removeprefix(TAG), papers) for field, papers in rows]


def stars(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """The starred papers with when they were starred, the latest star first."""
    return connection.execute(READ_STARS, (STARRED,)).fetchall()


def bare_stars(connection: sqlite3.Connection) -> list[str]:
    """The starred papers with which nothing is kept."""
    return [row[0] for row in connection.execute(BARE_STARS, (STARRED,))]


def kept(connection: sqlite3.Connection, ids: Sequence[str]) -> list[str | None]:
    """The metadata of each of the papers, None where none was kept."""
    return [row[0] for row in connection.execute(READ_KEPT, (json.dumps(ids),))]


def with_tag(connection: sqlite3.Connection, tag: str) -> list[str]:
    """The papers that have the tag, the latest tagged first."""
    return [row[0] for row in connection.execute(READ_MARKED, (tag_field(tag),))]


def with_note(connection: sqlite3.Connection) -> list[str]:
    """The papers that have a note, the latest written first."""
    return [row[0] for row in connection.execute(READ_MARKED, (NOTE,))]


def read_times(connection: sqlite3.Connection, since_ms: int) -> list[int]:
    """When each paper that is read was marked so, in order, as far back as ``since_ms``."""
    return [row[0] for row in connection.execute(READ_TIMES, (READ, since_ms))]


def read_within(
    connection: sqlite3.Connection, since_ms: int, until_ms: int, most: int
) -> list[ReadPaper]:
    """The papers that were marked read from ``since_ms`` on and before ``until_ms``, the latest
    first."""
    rows = connection.execute(READ_WITHIN, (READ, since_ms, until_ms, most))
    return [ReadPaper(*row) for row in rows]


def history(connection: sqlite3.Connection, paper: str) -> list[Event]:
    """What was done to the paper, here and on other machines, the earliest first."""
    rows = connection.execute(READ_HISTORY, (paper,))
    return [
        Event(made_ms, field, value if field == NOTE else bool(value))
        for made_ms, field, value in rows
        if is_shown(field)
    ]


def totals(connection: sqlite3.Connection) -> Totals:
    """How many papers are marked in each way."""
    papers: dict[str, int] = dict(connection.execute(READ_TOTALS).fetchall())
    tagged: int = connection.execute(READ_TAGGED).fetchone()[0]
    return Totals(papers.get(READ, 0), papers.get(STARRED, 0), papers.get(NOTE, 0), tagged)


@lru_cache
def _mark(fields: tuple[str, ...]) -> Mark:
    """The mark of a paper on which the fields are set; most papers have one of a few."""
    names = tuple(sorted(field.removeprefix(TAG) for field in fields if is_tag(field)))
    return Mark(READ in fields, STARRED in fields, NOTE in fields, names)
