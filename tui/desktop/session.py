"""What the environment variables say about where the program runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SSH_VARIABLES: Final = ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")
DISPLAY_VARIABLES: Final = ("DISPLAY", "WAYLAND_DISPLAY")


def over_ssh(environ: Mapping[str, str]) -> bool:
    """Tell whether the user sits at another machine than this one."""
    return any(environ.get(name) for name in SSH_VARIABLES)


def in_wsl(environ: Mapping[str, str]) -> bool:
    """Tell whether this is Linux inside Windows."""
    return bool(environ.get("WSL_DISTRO_NAME"))


def has_display(environ: Mapping[str, str]) -> bool:
    """Tell whether X11 or Wayland can be reached, be it forwarded over SSH."""
    return any(environ.get(name) for name in DISPLAY_VARIABLES)


def has_desktop(environ: Mapping[str, str]) -> bool:
    """Tell whether graphical programs started here appear before the user."""
    if has_display(environ):
        return True
    native = sys.platform in ("darwin", "win32") or in_wsl(environ)
    return native and not over_ssh(environ)
