"""What is changed here, written down, inside a transaction that the caller holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.library import clock, machine, state
from tui.library.change import KEPT, STARRED

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

ADD_CHANGE: Final = """
INSERT INTO changes (machine, number, clock, made_ms, paper, field, value, parents, step, was)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
LAST_NUMBER: Final = "SELECT coalesce(max(number), 0) FROM changes WHERE machine = ?"
KEEP: Final = """
INSERT INTO kept (change, paper, json)
SELECT id, paper, :json FROM changes
WHERE id > :since AND paper = :paper AND field IN (:starred, :kept) AND value = 1
    AND :json IS NOT (SELECT json FROM kept WHERE paper = :paper ORDER BY change DESC LIMIT 1)"""

LACKING: Final = """
SELECT star.paper, coalesce(latest.clock, 0)
FROM json_each(:papers) AS wanted
CROSS JOIN marks AS star ON star.paper = wanted.value AND star.field = :starred AND star.value = 1
LEFT JOIN marks AS earlier ON earlier.paper = star.paper AND earlier.field = :kept
LEFT JOIN changes AS latest ON latest.id = earlier.change
WHERE NOT EXISTS (SELECT 1 FROM kept WHERE kept.paper = star.paper)"""


class Wanted(NamedTuple):
    """A field of a paper that is to change, and what is known of it so far."""

    paper: str
    field: str
    value: int | str
    was: int | str
    seen: int
    """The greatest clock that the field has had; 0 for none."""
    parents: tuple[str, ...] = ()
    made_ms: int | None = None
    """When it was made for the first time, where it is made again; else it is made now."""


def record(
    connection: sqlite3.Connection,
    now_ms: int,
    wanted: Sequence[Wanted],
    *,
    step: int | None,
    kept: Mapping[str, str],
) -> None:
    """Add the changes under this machine's name and bring what is current up to date.

    ``kept`` is metadata by paper, stored with the stars among the changes.
    """
    since = state.last_change(connection)
    name = machine.name(connection)
    last: int = connection.execute(LAST_NUMBER, (name,)).fetchone()[0]
    now = clock.next_clock(connection, now_ms)
    rows = [
        (name, number, clock.above(now, change.seen), change.made_ms or now_ms, change.paper,
         change.field, change.value, " ".join(change.parents), step, change.was)
        for number, change in enumerate(wanted, last + 1)
    ]  # fmt: skip
    connection.executemany(ADD_CHANGE, rows)
    fields = {"since": since, "starred": STARRED, "kept": KEPT}
    papers = {change.paper for change in wanted}
    connection.executemany(
        KEEP, ({"paper": paper, "json": kept[paper], **fields} for paper in papers & kept.keys())
    )
    state.apply(connection, since)


def keep(connection: sqlite3.Connection, now_ms: int, kept: Mapping[str, str]) -> int:
    """Add metadata to the starred papers that have none; return how many that are.

    It travels as a change of its own: the star again would win over its removal elsewhere.
    """
    values = {"papers": json.dumps(list(kept)), "starred": STARRED, "kept": KEPT}
    lacking = [
        Wanted(paper, KEPT, 1, 0, seen) for paper, seen in connection.execute(LACKING, values)
    ]
    if lacking:
        record(connection, now_ms, lacking, step=None, kept=kept)
    return len(lacking)
