"""``daily-papers library stats``: what was read when, streaks, totals and tags."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tui.cli.exits import Exit
from tui.cli.output import dump
from tui.reading_history import (
    Stats,
    read_stats,
    reading_sentence,
    streak_sentence,
    tags_sentence,
    totals_sentence,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from tui.library import Library


def run_stats(library: Library, given: argparse.Namespace) -> int:
    """Say what the library has come to, in sentences or as JSON."""
    stats = read_stats(library, datetime.now(UTC))
    print(dump(_as_json(stats)) if given.json else "\n".join(filter(None, _sentences(stats))))
    return Exit.DONE


def _sentences(stats: Stats) -> Iterator[str]:
    yield reading_sentence(stats.history)
    yield streak_sentence(stats.history)
    yield totals_sentence(stats.totals)
    yield tags_sentence(stats.tags)


def _as_json(stats: Stats) -> dict[str, Any]:
    history = stats.history
    return {
        "today": history.today.isoformat(),
        "read_today": history.on(history.today),
        "read_this_week": history.this_week,
        "streaks": history.streaks._asdict(),
        "totals": stats.totals._asdict(),
        "tags": dict(stats.tags),
        "read_per_day": {day.isoformat(): papers for day, papers in history.year.items()},
    }
