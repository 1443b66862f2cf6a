"""What papers may say to a terminal: nothing. Looked at where it counts, in the bytes."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import TODAY
from tests.generate import HOSTILE, hostile_day, make_day
from tests.program.user import User, quits, shows, unbroken

if TYPE_CHECKING:
    from tests.hubserver import HubServer

SEQUENCE: Final = re.compile(
    rb"\x1b(?:"
    rb"\[(?P<csi>[<=>?]?)[0-9;:]*(?P<final>[ -/]*[@-~])"
    rb"|\](?P<osc>\d+)[^\x07\x1b]*(?:\x07|\x1b\\)"
    rb"|(?P<string>[PX^_]).*?\x1b\\"
    rb"|(?P<other>[^\[\]PX^_]))",
    re.DOTALL,
)
"""Every escape sequence, with what tells its kind."""
CONTROL: Final = re.compile(rb"[\x00-\x08\x0b-\x0c\x0e-\x1a\x1c-\x1f\x7f]|\xc2[\x80-\x9f]")
"""C0 without tab, newline, carriage return and escape; DEL; C1."""
INVISIBLE: Final = re.compile(
    "[\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u00ad\U000e0000-\U000e007f"
    "\ufdd0-\ufdef\ufffe]"
    "|[\u200c\u200d](?![^\x00-\x7f])|(?<![^\x00-\x7f])[\u200c\u200d]"
)
"""Bidirectional and zero-width characters, separators, tags, noncharacters, joiners of nothing."""
TOLD: Final = re.compile(rb"\x1b\](?!8;).*?(?:\x07|\x1b\\)|\x1b\[\?[0-9;]*[hl]", re.DOTALL)
"""What sets title, clipboard, colours, modes and the cursor, word for word."""
HARMLESS: Final = 3
"""Papers that bring out all that the program itself says to a terminal."""


def kinds(raw: bytes) -> set[tuple[str | None, bytes]]:
    """The kinds of escape sequences in the bytes, without their figures."""
    found = SEQUENCE.finditer(raw)
    return {(each.lastgroup, (each["csi"] or b"") + each[each.lastgroup or 0]) for each in found}


def read_everything(user: User, papers: int) -> tuple[bytes, str]:
    """Look at every paper in list and text; the bytes written, and the text of all screens."""
    texts = []
    with user.starts() as terminal:
        shows(terminal, f"{papers} papers · {papers} unread")
        terminal.press("s<enter>")
        shows(terminal, f"{papers - 1} unread")
        for left in reversed(range(papers - 1)):
            texts.append(terminal.text)
            terminal.press("Jsra")
            shows(terminal, f" {left} unread")
        terminal.press("M")
        terminal.settle()
        texts.append(terminal.text)
        quits(terminal, "<c-q>")
        return terminal.raw, "\n".join(map(unbroken, texts))


@pytest.mark.torture
def test_hostile_text_is_shown_and_does_nothing(newcomer: User, hub: HubServer) -> None:
    hub.days[TODAY] = make_day(TODAY, HARMLESS)
    harmless, _ = read_everything(newcomer, HARMLESS)
    hub.days[TODAY] = hostile_day(TODAY)
    newcomer.paths.library.unlink()
    shutil.rmtree(newcomer.paths.cache)
    raw, text = read_everything(newcomer, len(HOSTILE))
    assert kinds(raw) <= kinds(harmless)
    assert set(TOLD.findall(raw)) <= set(TOLD.findall(harmless))
    assert not CONTROL.findall(SEQUENCE.sub(b"", raw))
    assert not INVISIBLE.findall(raw.decode())
    for literal in ("[@click=app.quit]x[/]", "[red]red[/red]", "[/red]", "$variable {braces}",
                    "&#27;[0m", "wiped", "txet desrever", "titled", "copied", "drawn",
                    "strings of C0", "strings of C1", "colours and cursor", "cut off",
                    "noncharacters, joiners"):  # fmt: skip
        assert literal in text
    for swallowed in ("a new title", "cm0gLXJmIH4", "example.org/trap", "AAAA", "private"):
        assert swallowed not in text


def test_the_search_for_escapes_finds_them() -> None:
    for hostile in HOSTILE[:5]:
        assert kinds(hostile.encode()) - {("final", b"m")}
    assert all(TOLD.search(text.encode()) for text in HOSTILE[1:3])
    assert all(CONTROL.search(text.encode("utf-8", "replace")) for text in HOSTILE[5:8])
    assert all(INVISIBLE.search(text) for text in HOSTILE[8:11])
