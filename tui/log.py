"""The log file: rotated, in the user's state directory, never on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

LEVELS: Final = ("debug", "info", "warning", "error")
MAX_BYTES: Final = 1_000_000
KEPT: Final = 2
"""Older files kept beside the current one."""


def start_log(path: Path, level: str) -> bool:
    """Send our own log lines to the file; whether that worked. Nothing is logged otherwise.

    Only the ``tui`` loggers are kept: what libraries log may hold more than we want on disk.
    """
    import logging
    from logging.handlers import RotatingFileHandler

    logger = logging.getLogger("tui")
    logger.setLevel(level.upper())
    logger.propagate = False
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.chmod(0o600)
        handler = RotatingFileHandler(
            path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8"
        )
    except OSError:
        logger.addHandler(logging.NullHandler())
        return False
    logging.raiseExceptions = False
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
    return True
