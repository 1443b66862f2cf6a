"""What we have seen of papers' counts: what they gained since the user looked, and how fast."""

from __future__ import annotations

from tui.observations.store import Observations

__all__ = ["Observations"]
