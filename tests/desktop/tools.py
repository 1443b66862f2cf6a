"""Programs made for a test, and a way to know that one runs and that all of it has ended."""

from __future__ import annotations

import asyncio
import os
import select
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DEADLINE_S = 20.0


def install(folder: Path, name: str, script: str) -> Path:
    """Put a shell script of this name into the folder."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


class Line:
    """A named pipe: the programs that opened it for writing can be heard, and missed."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.path = path
        self._end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    async def heard(self) -> str:
        """The next thing written; empty once every program that had it open has ended."""
        return await asyncio.to_thread(self._heard)

    def _heard(self) -> str:
        readable, _, _ = select.select([self._end], [], [], DEADLINE_S)
        assert readable, "nothing was written, and nothing ended"
        return os.read(self._end, 1024).decode()

    def close(self) -> None:
        """Hear nothing more."""
        os.close(self._end)
