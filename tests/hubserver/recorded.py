"""A folder of recorded days as the mapping that the server reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from tests.recordings import recorded_days, recorded_items

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from tests.generate import Item


class RecordedDays(Mapping["date", "list[Item]"]):
    """The days of ``folder`` (``YYYY-MM-DD.json.gz``), each read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[date, list[Item]] = {}

    @cached_property
    def _days(self) -> dict[date, None]:
        return dict.fromkeys(recorded_days(self._folder))

    def __getitem__(self, day: date) -> list[Item]:
        if day not in self._days:
            raise KeyError(day)
        if day not in self._read:
            self._read[day] = recorded_items(day, self._folder)
        return self._read[day]

    def __iter__(self) -> Iterator[date]:
        return iter(self._days)

    def __len__(self) -> int:
        return len(self._days)
