"""What is left of the Hub's allowance (API.md §5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER: Final = r"\s*=\s*([0-9]{1,9})(?![0-9])"
_LEFT: Final = re.compile(rf'"[^"]+"\s*;\s*r{_NUMBER}\s*;\s*t{_NUMBER}')
_QUOTA: Final = re.compile(rf"\bq{_NUMBER}")


@dataclass(frozen=True, slots=True)
class RateLimit:
    """Requests that remain until the window's end, in ``reset_seconds``; ``quota`` a window."""

    remaining: int
    reset_seconds: int
    quota: int | None = None

    @classmethod
    def parse(cls, headers: Mapping[str, str]) -> RateLimit | None:
        """The allowance that lower-case ``headers`` name, or None where they name none."""
        left = _LEFT.search(headers.get("ratelimit", ""))
        if left is None:
            return None
        quota = _QUOTA.search(headers.get("ratelimit-policy", ""))
        return cls(int(left[1]), int(left[2]), int(quota[1]) if quota else None)
