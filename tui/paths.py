"""Where things are kept: platformdirs' places, which obey the XDG variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

APP: Final = "daily-papers"
DEMO: Final = "demo"
"""The sample keeps its marks and answers apart from the user's own, in folders of this name."""


class Paths(NamedTuple):
    """The folders and files of one user."""

    cache: Path
    library: Path
    log: Path

    @classmethod
    def of_user(cls, *, demo: bool = False) -> Paths:
        """The current user's places; nothing is created here."""
        from platformdirs import PlatformDirs

        places = PlatformDirs(APP, appauthor=False)
        inner = DEMO if demo else ""
        return cls(
            cache=places.user_cache_path / inner / "http",
            library=places.user_data_path / inner / "library.db",
            log=places.user_state_path / "daily-papers.log",
        )
