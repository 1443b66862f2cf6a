"""Texts on their way to the screen, in this process: parsed, cleaned, read as TeX, wrapped."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

from tests.generate import make_item
from tui.hub.wire import parse_items
from tui.text.latex import runs
from tui.text.reflow import wrap_runs
from tui.text.sanitize import clean_block

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.session import Samples
    from tui.text.emphasis import Run

DAY: Final = date(2026, 8, 21)
PAPERS: Final = 50
CELLS: Final = 90
LONG: Final = 100_000
"""Characters."""
SHORT: Final = 1_000
LONGEST: Final = 1_000_000
SHORT_RUNS: Final = LONG // SHORT
"""How often the short text is timed at once, as one is too short to be timed well."""


def measure() -> Samples:
    """One sample of each, of processor time; what loads with the first text is left out."""
    samples: Samples = defaultdict(list)
    items = [make_item(number, DAY) for number in range(PAPERS)]
    body, text = json.dumps(items).encode(), _text(items)
    long, short = text[:LONG], text[:SHORT]
    _read(short)
    samples["papers"].append(_elapsed(lambda: _read_papers(body)))
    samples["long text"].append(_elapsed(lambda: _read(long)))
    samples["wrapping"].append(_elapsed(lambda: wrap_runs(runs(long), CELLS)))
    shorts = _elapsed(lambda: [_read(short) for _ in range(SHORT_RUNS)])
    growth = _elapsed(lambda: _read(text)) / LONGEST * (SHORT_RUNS * SHORT) / shorts
    samples["growth"].append(growth)
    return samples


def _read_papers(body: bytes) -> None:
    for paper in parse_items(body)[0]:
        for text in (paper.title, paper.abstract, paper.ai_summary or ""):
            runs(text)


def _read(text: str) -> tuple[Run, ...]:
    return runs(clean_block(text, LONGEST))


def _text(items: list[dict[str, dict[str, str]]]) -> str:
    """Abstracts with their TeX, as often as it takes."""
    abstracts = "\n\n".join(item["paper"]["summary"] for item in items)
    return (abstracts * (LONGEST // len(abstracts) + 1))[:LONGEST]


def _elapsed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
