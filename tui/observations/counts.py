"""What is asked of the database of observations, on one connection; times are in microseconds."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tui.observations.database import Damaged
from tui.papers import Gain

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tui.papers import Headline

VISIT: Final = timedelta(minutes=30)
"""A visit to a paper ends when it was not looked at for this long."""
WINDOW: Final = timedelta(hours=24)
"""How far back from its latest observation a paper's rate is taken, where there is a choice."""
MIN_SPAN: Final = timedelta(minutes=10)
"""Observations closer to each other say nothing about a rate."""
SPACING: Final = timedelta(hours=1)
"""Of the observations before the latest one more are not kept than this far apart."""
MICROSECOND: Final = timedelta(microseconds=1)
VISIT_US: Final = VISIT // MICROSECOND
WINDOW_US: Final = WINDOW // MICROSECOND
MIN_SPAN_US: Final = MIN_SPAN // MICROSECOND
SPACING_US: Final = SPACING // MICROSECOND
HOUR_US: Final = timedelta(hours=1) // MICROSECOND

FORGET: Final = "DELETE FROM observations WHERE paper = ? AND at_us > ?"
ADD: Final = """
INSERT OR REPLACE INTO observations (paper, at_us, upvotes, comments, repo)
VALUES (?, ?, ?, ?, ?)"""
THIN: Final = f"""
DELETE FROM observations WHERE paper = ?1
    AND ?2 = (SELECT max(at_us) FROM observations WHERE paper = ?1)
    AND at_us = (SELECT at_us FROM observations WHERE paper = ?1
        ORDER BY at_us DESC LIMIT 1 OFFSET 1)
    AND at_us - {SPACING_US} < (SELECT at_us FROM observations WHERE paper = ?1
        ORDER BY at_us DESC LIMIT 1 OFFSET 2)"""
PRUNE: Final = f"""
DELETE FROM observations WHERE paper = ?1 AND at_us < min(
    (SELECT max(at_us) FROM observations WHERE paper = ?1) - {WINDOW_US},
    (SELECT at_us FROM observations WHERE paper = ?1 ORDER BY at_us DESC LIMIT 1 OFFSET 1)
)"""
RATES: Final = f"""
SELECT asked.paper, latest.upvotes - oldest.upvotes, latest.at_us - oldest.at_us
FROM (SELECT DISTINCT value AS paper FROM json_each(?)) AS asked
CROSS JOIN observations AS oldest ON oldest.paper = asked.paper
    AND oldest.at_us = (SELECT min(at_us) FROM observations WHERE paper = asked.paper)
CROSS JOIN observations AS latest ON latest.paper = asked.paper
    AND latest.at_us = (SELECT max(at_us) FROM observations WHERE paper = asked.paper)
WHERE latest.at_us - oldest.at_us >= {MIN_SPAN_US}"""
LOOK: Final = f"""
INSERT INTO looks VALUES (?1, ?2, ?3, ?4, ?5, ?3, ?4, ?5)
ON CONFLICT (paper) DO UPDATE SET
    was_upvotes = iif(excluded.at_us - at_us >= {VISIT_US}, upvotes, was_upvotes),
    was_comments = iif(excluded.at_us - at_us >= {VISIT_US}, comments, was_comments),
    was_repo = iif(excluded.at_us - at_us >= {VISIT_US}, repo, was_repo),
    at_us = excluded.at_us,
    upvotes = excluded.upvotes,
    comments = excluded.comments,
    repo = excluded.repo"""
BASELINES: Final = f"""
SELECT asked.key,
    iif(?2 - at_us >= {VISIT_US}, upvotes, was_upvotes),
    iif(?2 - at_us >= {VISIT_US}, comments, was_comments),
    iif(?2 - at_us >= {VISIT_US}, repo, was_repo)
FROM json_each(?1) AS asked CROSS JOIN looks ON paper = asked.value"""
LATEST: Final = """
SELECT asked.key, latest.upvotes, latest.comments, latest.repo
FROM json_each(?1) AS asked
CROSS JOIN observations AS latest ON latest.paper = asked.value
    AND latest.at_us = (SELECT max(at_us) FROM observations WHERE paper = asked.value)
WHERE +latest.at_us > ?2"""
"""The plus keeps SQLite from going through all that is later than that time."""
LOOK_AT_DAY: Final = "INSERT OR IGNORE INTO days VALUES (?)"
LOOKED_AT: Final = "SELECT day FROM json_each(?) AS asked CROSS JOIN days ON day = asked.value"
UNSEEN: Final = """
SELECT value FROM json_each(?) AS asked
WHERE NOT EXISTS (SELECT 1 FROM looks WHERE paper = asked.value)"""


def record(
    connection: sqlite3.Connection, headlines: Iterable[Headline], at_us: int, now_us: int | None
) -> None:
    """Add an observation of each paper; equal counts say that it has stood still.

    Of the older ones stay those that a rate can still be taken from: one an hour in the WINDOW,
    and the one before the latest however old it is. None stays that is later than ``now_us``:
    it is of a clock that was ahead, and would pass for the latest until then.
    """
    rows = [(h.id, at_us, h.upvotes, h.comments or 0, h.has_repo) for h in headlines]
    ids = dict.fromkeys(row[0] for row in rows)
    if now_us is not None:
        connection.executemany(FORGET, [(paper, now_us) for paper in ids])
    connection.executemany(ADD, rows)
    connection.executemany(THIN, [(paper, at_us) for paper in ids])
    connection.executemany(PRUNE, [(paper,) for paper in ids])


def look(connection: sqlite3.Connection, headlines: Iterable[Headline], at_us: int) -> None:
    """Replace what the user saw last, which becomes the baseline if that visit has ended."""
    rows = ((h.id, at_us, h.upvotes, h.comments, h.has_repo) for h in headlines)
    connection.executemany(LOOK, rows)


def look_at_days(connection: sqlite3.Connection, days: Iterable[date]) -> None:
    """Keep that the lists of these days were looked at."""
    connection.executemany(LOOK_AT_DAY, [(day.isoformat(),) for day in days])


def newest(
    connection: sqlite3.Connection, headlines: Sequence[Headline], fetched_us: int
) -> list[Headline]:
    """The papers with the counts of their latest observation where it is after that time.

    A number of comments that is 0 there may be one that the Hub left out.
    """
    papers = list(headlines)
    asked = json.dumps([headline.id for headline in headlines])
    for place, upvotes, comments, repo in connection.execute(LATEST, (asked, fetched_us)):
        then = papers[place]
        if (upvotes, comments, repo) != (then.upvotes, then.comments or 0, then.has_repo):
            papers[place] = _brought_up_to_date(then, upvotes, comments, repo)
    return papers


def gains(
    connection: sqlite3.Connection, headlines: Sequence[Headline], at_us: int
) -> dict[str, Gain]:
    """What differs from the baselines that hold at that time, by id."""
    asked = json.dumps([headline.id for headline in headlines])
    found = {}
    for place, upvotes, comments, repo in connection.execute(BASELINES, (asked, at_us)):
        now = headlines[place]
        if upvotes != now.upvotes or comments != now.comments or repo != now.has_repo:
            found[now.id] = _gain(now, upvotes, comments, repo)
    return {paper: gain for paper, gain in found.items() if any(gain)}


def unseen(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    """Those of the ids that were never looked at."""
    return {paper for (paper,) in connection.execute(UNSEEN, (json.dumps(list(ids)),))}


def newcomers(connection: sqlite3.Connection, headlines: Sequence[Headline]) -> set[str]:
    """Those that were never looked at, of days whose own lists were."""
    days = {paper.day.isoformat() for paper in headlines if paper.day}
    looked_at = {day for (day,) in connection.execute(LOOKED_AT, (json.dumps([*days]),))}
    ids = [paper.id for paper in headlines if paper.day and paper.day.isoformat() in looked_at]
    return unseen(connection, ids)


def rates(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, float]:
    """Upvotes gained per hour, by id.

    ``record`` leaves nothing older than where a rate is taken from.
    """
    rows = connection.execute(RATES, (json.dumps(list(ids)),))
    return {paper: _number(gained) * HOUR_US / span for paper, gained, span in rows}


def _brought_up_to_date(
    then: Headline, upvotes: object, comments: object, repo: object
) -> Headline:
    known = None if then.comments is None else _number(comments) or then.comments
    return then._replace(upvotes=_number(upvotes), comments=known, has_repo=bool(repo))


def _gain(now: Headline, upvotes: object, comments: object, repo: object) -> Gain:
    """What a paper has gained since its counts were these."""
    more_comments = 0
    if comments is not None and now.comments is not None:
        more_comments = now.comments - _number(comments)
    return Gain(now.upvotes - _number(upvotes), more_comments, now.has_repo and not repo)


def _number(value: object) -> int:
    if isinstance(value, int):
        return value
    raise Damaged(f"{type(value).__name__} in place of a number")
