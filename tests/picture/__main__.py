"""Draw the picture of the README from the sample edition: ``python -m tests.picture``."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.app import DailyPapers
from tui.paths import Paths
from tui.services import open_services

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE: Final = Path(__file__).parent / "daily-papers.svg"
SIZE: Final = (110, 32)
OLDEST: Final = "Wed 19"
"""The oldest day of the sample: when the strip shows it, everything has been fetched."""
PATIENCE_S: Final = 30
FONT_FACES: Final = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""They name files on the network; the browser's own fixed-width font does."""
TAGS: Final = re.compile(r"<[^>]*>")
IDS: Final = re.compile(r"terminal-\d+")


async def draw(home: Path) -> str:
    """The program on the second paper of the sample, as SVG; its files go into ``home``."""
    names = ("settings.toml", "cache", "observations.db", "library.db", "log", "sync.json")
    paths = Paths(*(home / name for name in names))
    app = DailyPapers(open_services(paths, {}, demo=True))
    async with app.run_test(size=SIZE) as pilot, asyncio.timeout(PATIENCE_S):
        while OLDEST not in text(app.export_screenshot()):
            await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.press("j")
        await pilot.pause()
        return plain(app.export_screenshot(title="daily-papers --demo"))


def text(svg: str) -> str:
    """What can be read in a picture, without its colours and places."""
    return unescape(TAGS.sub("", svg)).replace("\xa0", " ")


def plain(svg: str) -> str:
    """The picture without fonts from the network, and with ids that do not depend on its text."""
    return IDS.sub("terminal", FONT_FACES.sub("", svg))


def main(arguments: Sequence[str] = sys.argv[1:]) -> int:
    """Write the picture to the file named, or to its place in the checkout."""
    file = Path(arguments[0]) if arguments else FILE
    with tempfile.TemporaryDirectory() as home:
        file.write_text(asyncio.run(draw(Path(home))), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
