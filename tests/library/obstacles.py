"""Directories that cannot be written and disks that are full, for root too."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def frozen(path: Path) -> Iterator[None]:
    """Let nobody write to the file or directory ``path``, or skip the test."""
    if sys.platform == "win32":
        pytest.skip("no way to freeze a directory on Windows")
    if os.geteuid() == 0:
        with _immutable(path):
            yield
    else:
        with _without_write_bits(path):
            yield


@contextmanager
def _immutable(path: Path) -> Iterator[None]:
    if shutil.which("chattr") is None or not _done("chattr", "+i", str(path)):
        pytest.skip("root can write everywhere, and chattr +i does not work here")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", str(path)], check=True)


@contextmanager
def _without_write_bits(path: Path) -> Iterator[None]:
    before = path.stat().st_mode
    path.chmod(before & ~0o222)
    try:
        yield
    finally:
        path.chmod(before)


@contextmanager
def small_disk(directory: Path, size: str) -> Iterator[None]:
    """Mount a disk of ``size`` (as ``mount`` reads it) at ``directory``, or skip the test."""
    if shutil.which("mount") is None or not _done(
        "mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(directory)
    ):
        pytest.skip("a small disk cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(directory)], check=True)


def fill(directory: Path) -> Path:
    """Write a file that takes all the room there is left; deleting it gives the room back."""
    filler = directory / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            return filler
    raise AssertionError("unreachable")


def _done(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
