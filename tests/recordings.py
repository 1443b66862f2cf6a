"""Real days as the Hub answered them, where somebody has put them beside the checkout."""

from __future__ import annotations

import gzip
import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from tests.generate import Item

BESIDE: Final = Path(__file__).resolve().parents[2] / "shared" / "hub" / "recordings"
RECORDINGS: Final = Path(os.environ.get("DAILY_PAPERS_RECORDINGS") or BESIDE)
"""A folder of ``YYYY-MM-DD.json.gz``; it may be absent."""
SUFFIX: Final = ".json.gz"


def recorded_days(folder: Path = RECORDINGS) -> list[date]:
    """The recorded days, oldest first; none without recordings."""
    names = (path.name.removesuffix(SUFFIX) for path in folder.glob(f"*-*-*{SUFFIX}"))
    return sorted(date.fromisoformat(name) for name in names)


def recorded_items(day: date, folder: Path = RECORDINGS) -> list[Item]:
    """What the Hub answered for ``day``."""
    items: list[Item] = json.loads(gzip.decompress((folder / f"{day}{SUFFIX}").read_bytes()))
    return items


needs_recordings = pytest.mark.skipif(
    not recorded_days(), reason=f"no recorded days in {RECORDINGS}"
)
