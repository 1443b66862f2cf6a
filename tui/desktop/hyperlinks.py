"""Whether a terminal may be told where links lead (OSC 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

WITHOUT: Final = frozenset({"", "dumb", "linux", "unknown", "vt52", "vt100", "vt102", "vt220"})
"""Values of TERM; other terminals know OSC 8, or pass over what they do not know."""


def takes_hyperlinks(environ: Mapping[str, str]) -> bool:
    """What FORCE_HYPERLINK says, where it is set: 0 for no. Else no for a terminal of old."""
    forced = environ.get("FORCE_HYPERLINK")
    if forced:
        return forced != "0"
    return environ.get("TERM", "") not in WITHOUT
