"""What the pure half of the room brings along: neither the network nor the screen."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
import tui.hub.wire, tui.hub.settings, tui.hub.errors, tui.hub.ratelimit, tui.hub.refusal
import tui.hub.body, tui.hub.lost, tui.cache
print(*sorted({"httpx", "textual", "asyncio"} & set(sys.modules)))
"""


def test_no_httpx_and_no_textual() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
