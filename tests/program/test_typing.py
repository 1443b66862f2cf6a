"""What comes from the terminal need not be text."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.program.user import FIRST_PAPER, quits, shows
from tui.library import Library

if TYPE_CHECKING:
    from tests.program.user import User


@pytest.mark.torture
def test_bytes_that_are_not_utf_8_are_stand_ins(reader: User) -> None:
    with reader.starts() as terminal:
        shows(terminal, "29 unread")
        os.write(terminal._fd, b"\xff\xf1")
        terminal.press("e")
        shows(terminal, "Note on ")
        os.write(terminal._fd, b"\x1b[200~na\xefve\x1b[201~!")
        shows(terminal, "na\ufffdve!")
        terminal.press("<c-s>")
        shows(terminal, lambda text: "Note on " not in text)
        quits(terminal)
    with closing(Library.open(reader.paths.library)) as library:
        assert library.note(FIRST_PAPER) == "na\ufffdve!"
