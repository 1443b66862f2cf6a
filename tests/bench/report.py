"""The table: medians, 95th percentiles and ratios, beside what they should be.

A row that was measured of the program alone has no floor and no ratio.
"""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.session import Samples


class Row(NamedTuple):
    """What is measured, in which unit, and the targets; a None is no target."""

    name: str
    title: str
    unit: str = "ms"
    ratio: float | None = None
    """Of the medians, the program's to the floor's."""
    median: float | None = None
    p95: float | None = None


ROWS: Final = (
    Row("start", "start to first paper", ratio=1.15),
    Row("row", "cursor key to row"),
    Row("abstract", "cursor key to abstract", ratio=1.3, median=16, p95=33),
    Row("day", "day from cache", p95=33),
    Row("prefetched", "day, prefetched", p95=33),
    Row("month", "month of 900 papers", p95=100),
    Row("merged", "month, merged"),
    Row("month key", "key in the month"),
    Row("refresh slice", "refresh of 92 rows, longest slice"),
    Row("arrival slice", "month arrives, longest slice"),
    Row("arrival stall", "month arrives, longest stall"),
    Row("mark", "mark"),
    Row("quit", "quit to process gone"),
    Row("first requests", "before the first paper", "requests", p95=4),
    Row("requests", "until read ahead", "requests", p95=12),
    Row("memory", "peak memory", "MiB", ratio=1.3),
    Row("start cpu", "processor: start"),
    Row("key cpu", "processor: cursor key"),
    Row("refresh", "processor: refresh of 92 rows", p95=16),
    Row("refresh paint", "processor: its painting"),
    Row("library loop", "library: mark, event loop", p95=2),
    Row("library mark", "library: mark, on disk"),
    Row("library normal", "library: the same, NORMAL"),
    Row("library undo", "library: undo"),
    Row("library open", "library: open", p95=30),
    Row("library marks", "library: marks of 1,000 papers"),
    Row("library merge", "library: merge 10,000 changes", p95=1000),
    Row("library stall", "library: longest stall meanwhile"),
    Row("version", "--version (floor: pass)", ratio=2.5),
    Row("help", "--help (floor: pass)"),
    Row("version cpu", "processor: --version"),
    Row("papers", "processor: 50 papers parsed, cleaned, read as TeX", median=15),
    Row("long text", "processor: 100 KB cleaned, read as TeX", median=30),
    Row("wrapping", "processor: 100 KB read as TeX, wrapped"),
    Row("growth", "time per character, 1 MB to 1 KB", "times", median=1.5),
)
SCALE: Final = {"ms": 1000.0, "MiB": 1.0, "requests": 1.0, "times": 1.0}
HEAD: Final = ("", "unit", "floor", "p95", "program", "p95", "ratio", "target", "")


class Figures(NamedTuple):
    """Of one program, in the unit of the row."""

    median: float
    p95: float


def figures(row: Row, samples: Samples) -> Figures | None:
    """The row's figures in its unit, None where it was not measured."""
    if not (values := samples.get(row.name)):
        return None
    scale = SCALE[row.unit]
    return Figures(scale * median(values), scale * p95(values))


median = statistics.median


def p95(values: Sequence[float]) -> float:
    """The 95th percentile; the largest of fewer than 20 values."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(0.95 * len(ranked)))]


def targets(row: Row, seen: Figures, ratio: float | None) -> list[tuple[str, bool]]:
    """Each target of a row in words, and whether it is met."""
    asked = (("x", row.ratio, ratio), ("median", row.median, seen.median),
             ("p95", row.p95, seen.p95))  # fmt: skip
    return [
        (f"{name} ≤ {most:g}", value <= most)
        for name, most, value in asked
        if most is not None and value is not None
    ]


def table(floor: Samples, program: Samples) -> str:
    """Every row that was measured, in aligned columns."""
    lines = [HEAD, *_lines(floor, program)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_aligned(line, widths) for line in lines)


def _lines(floor: Samples, program: Samples) -> Iterator[tuple[str, ...]]:
    for row in ROWS:
        if (seen := figures(row, program)) is None:
            continue
        bare = figures(row, floor)
        ratio = seen.median / bare.median if bare else None
        asked = targets(row, seen, ratio)
        yield (
            row.title, row.unit, *_numbers(bare), *_numbers(seen),
            "" if ratio is None else f"{ratio:.2f}",
            ", ".join(words for words, _ in asked),
            ", ".join("met" if met else "MISSED" for _, met in asked),
        )  # fmt: skip


def _numbers(seen: Figures | None) -> tuple[str, str]:
    return (f"{seen.median:.1f}", f"{seen.p95:.1f}") if seen else ("", "")


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    cells = zip(line, widths, strict=True)
    words = (0, 1, 7, 8)
    return "  ".join(
        cell.ljust(width) if number in words else cell.rjust(width)
        for number, (cell, width) in enumerate(cells)
    ).rstrip()
