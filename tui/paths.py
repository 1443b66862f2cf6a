"""Where things are kept: platformdirs' places, which obey the XDG variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

APP: Final = "daily-papers"
DEMO: Final = "demo"
"""The sample keeps what it writes apart from the user's own, in folders of this name."""


class Paths(NamedTuple):
    """The folders and files of one user."""

    config: Path
    """The user's ``settings.toml``, for the sample as well; it is never written."""
    cache: Path
    observations: Path
    library: Path
    log: Path
    sync: Path
    """What is known of the folder that machines share; it can be made anew."""

    @classmethod
    def of_user(cls, *, demo: bool = False) -> Paths:
        """The current user's places; nothing is created here."""
        from platformdirs import PlatformDirs

        places = PlatformDirs(APP, appauthor=False)
        inner = DEMO if demo else ""
        return cls(
            config=places.user_config_path / "settings.toml",
            cache=places.user_cache_path / inner / "http",
            observations=places.user_cache_path / inner / "observations.db",
            library=places.user_data_path / inner / "library.db",
            log=places.user_state_path / "daily-papers.log",
            sync=places.user_cache_path / inner / "sync.json",
        )
