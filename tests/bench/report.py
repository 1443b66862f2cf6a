"""The table: medians, 95th percentiles and ratios, beside what they should be."""

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
    Row("mark", "mark"),
    Row("quit", "quit to process gone"),
    Row("memory", "peak memory", "MiB", ratio=1.3),
    Row("start cpu", "processor: start"),
    Row("key cpu", "processor: cursor key"),
    Row("version", "--version (floor: pass)", ratio=2.5),
    Row("help", "--help (floor: pass)"),
    Row("version cpu", "processor: --version"),
)
SCALE: Final = {"ms": 1000.0, "MiB": 1.0}
HEAD: Final = ("", "unit", "floor", "p95", "program", "p95", "ratio", "target", "")


class Figures(NamedTuple):
    """Of one row, in its unit."""

    floor: float
    floor_p95: float
    program: float
    program_p95: float

    @property
    def ratio(self) -> float:
        """Of the medians."""
        return self.program / self.floor


def figures(row: Row, floor: Samples, program: Samples) -> Figures:
    """The row's figures in its unit."""
    scale = SCALE[row.unit]
    return Figures(
        *(scale * f(samples[row.name]) for samples in (floor, program) for f in (median, p95))
    )


median = statistics.median


def p95(values: Sequence[float]) -> float:
    """The 95th percentile; the largest of fewer than 20 values."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(0.95 * len(ranked)))]


def targets(row: Row, seen: Figures) -> list[tuple[str, bool]]:
    """Each target of a row in words, and whether it is met."""
    asked = (("x", row.ratio, seen.ratio), ("median", row.median, seen.program),
             ("p95", row.p95, seen.program_p95))  # fmt: skip
    return [
        (f"{name} ≤ {most:g}", value <= most) for name, most, value in asked if most is not None
    ]


def table(floor: Samples, program: Samples) -> str:
    """Every row that was measured, in aligned columns."""
    lines = [HEAD, *_lines(floor, program)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_aligned(line, widths) for line in lines)


def _lines(floor: Samples, program: Samples) -> Iterator[tuple[str, ...]]:
    for row in ROWS:
        if row.name not in program:
            continue
        seen = figures(row, floor, program)
        asked = targets(row, seen)
        yield (
            row.title, row.unit, *(f"{value:.1f}" for value in seen), f"{seen.ratio:.2f}",
            ", ".join(words for words, _ in asked),
            ", ".join("met" if met else "MISSED" for _, met in asked),
        )  # fmt: skip


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    cells = zip(line, widths, strict=True)
    words = (0, 1, 7, 8)
    return "  ".join(
        cell.ljust(width) if number in words else cell.rjust(width)
        for number, (cell, width) in enumerate(cells)
    ).rstrip()
