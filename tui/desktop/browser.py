"""Opening a page in the user's browser, never in one that would take over the terminal."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from asyncio.subprocess import DEVNULL
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from tui.desktop.session import has_desktop, in_wsl, over_ssh

if TYPE_CHECKING:
    from collections.abc import Mapping

PATIENCE_S: Final = 5.0
"""A browser that still runs after this long has opened the page and stays in front."""
WEB_ADDRESS: Final = re.compile(r'https?://[\w\[][^\s"\\<>\x00-\x1f\x7f\ud800-\udfff]*', re.I)
"""What may reach another program's command line; leaves out quotes and controls."""
TEXT_BROWSERS: Final = frozenset(
    {"browsh", "elinks", "links", "links2", "lynx", "w3m", "www-browser"}
)
LAUNCHER: Final = """
import os, sys, threading, webbrowser
opened = []
thread = threading.Thread(target=lambda: opened.append(webbrowser.open(sys.argv[1])), daemon=True)
thread.start()
thread.join(float(sys.argv[2]))
os._exit(0 if thread.is_alive() or any(opened) else 1)
"""


async def open_page(url: str, environ: Mapping[str, str]) -> bool:
    """Open an http or https address; False when that cannot work here, and nothing opened.

    True means that a browser was started, ended well or still runs after ``PATIENCE_S``.
    """
    choices = _choices(environ)
    if not WEB_ADDRESS.fullmatch(url) or not (choices or has_desktop(environ)):
        return False
    return await _launch(url, _for_browsers(environ, choices))


def _choices(environ: Mapping[str, str]) -> list[str]:
    """The browsers that the user names in BROWSER, without those made of text.

    In WSL the one of Windows follows, which the standard library does not know.
    """
    named = environ.get("BROWSER", "").split(os.pathsep)
    choices = [command for command in named if command.strip() and not _is_text(command)]
    if in_wsl(environ) and not over_ssh(environ):
        choices.append("wslview")
    return choices


def _is_text(command: str) -> bool:
    return PurePath(command.split()[0]).name in TEXT_BROWSERS


def _for_browsers(environ: Mapping[str, str], choices: list[str]) -> dict[str, str]:
    """The environment for the launcher; without TERM, ``webbrowser`` tries no text browser."""
    kept = {name: value for name, value in environ.items() if name not in ("TERM", "BROWSER")}
    return {**kept, "BROWSER": os.pathsep.join(choices)} if choices else kept


async def _launch(url: str, environ: Mapping[str, str]) -> bool:
    """Run ``webbrowser`` in a child; when cancelled the child ends, and the browser stays."""
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-c", LAUNCHER, url, str(PATIENCE_S)),
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=DEVNULL,
            env=dict(environ),
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
