"""The log file: rotated, in the user's state directory, never on the screen."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path
from typing import Final

MAX_BYTES: Final = 1_000_000
KEPT: Final = 2
"""Older files kept beside the current one."""


def start_log(path: Path, level: str) -> None:
    """Send our own log lines to the file; where there is no place for it, nothing is logged.

    Only the ``tui`` loggers are kept: what libraries log may hold more than we want on disk.
    """
    logger = logging.getLogger("tui")
    logger.setLevel(level.upper())
    logger.propagate = False
    logging.raiseExceptions = False
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.chmod(0o600)
    except OSError:
        logger.addHandler(logging.NullHandler())
    else:
        logger.addHandler(_LateFile(path))


class _LateFile(logging.Handler):
    """Opens the file at the first line: most runs have none, and their start need not wait."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self._file is None:
                self._file = _rotating(self._path)
            self._file.handle(record)
        except OSError:
            self.handleError(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def _rotating(path: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler

    file = RotatingFileHandler(
        path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8", errors="backslashreplace"
    )
    file.rotator = _rotate
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return file


def _rotate(full: str, kept: str) -> None:
    """Rename the full file and make the next one, for the user alone too."""
    with suppress(FileNotFoundError):
        Path(full).rename(kept)
    Path(full).touch(mode=0o600)
