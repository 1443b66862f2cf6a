"""Brings a library of an earlier schema up to the present one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.library import machine, schema, state
from tui.library.backups import copy_now
from tui.library.clock import COUNTER_BITS

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime
    from pathlib import Path

CREATE_CHANGES_1: Final = """
CREATE TABLE changes (
    step   INTEGER NOT NULL REFERENCES steps,
    paper  TEXT NOT NULL,
    field  TEXT NOT NULL,
    was    NOT NULL,
    became NOT NULL,
    PRIMARY KEY (step, paper, field)
) WITHOUT ROWID"""
"""The changes of version 1, where the row of a step said when."""
COPY_CHANGES: Final = f"""
INSERT INTO changes (machine, number, clock, made_ms, paper, field, value, parents, step, was)
SELECT :name, row_number() OVER in_order, dated.clock, made_ms, paper, field, became, '', step, was
FROM changes_1 JOIN (
    SELECT number, made_ms, number
        + max((made_ms << {COUNTER_BITS}) - number) OVER (ORDER BY number) AS clock
    FROM steps
) AS dated ON dated.number = step
WINDOW in_order AS (ORDER BY step, paper, field)
ORDER BY step, paper, field"""
"""Gives every step the clock of its time, or one more than the step before where that is later."""


def upgrade(connection: sqlite3.Connection, path: Path, now: datetime) -> None:
    """Bring the file up to the present schema in one transaction, after a copy beside it.

    Raises LibraryUnwritable where there is no room for the copy; nothing has changed then.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = schema.version(connection)
        if found < schema.VERSION:
            copy_now(path, now, f"v{found}-")
            upgrade_tables(connection, machine.place(path))
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def upgrade_tables(connection: sqlite3.Connection, place: str) -> None:
    """Make version 2 of version 1, in a transaction that the caller holds."""
    connection.execute("ALTER TABLE changes RENAME TO changes_1")
    connection.execute("DROP TABLE IF EXISTS marks")
    for statement in schema.UPGRADED:
        connection.execute(statement)
    machine.rename(connection, place)
    connection.execute(COPY_CHANGES, {"name": machine.name(connection)})
    connection.execute("DROP TABLE changes_1")
    state.rebuild(connection)
    connection.execute(f"PRAGMA user_version = {schema.VERSION}")
