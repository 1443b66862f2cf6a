"""What is done to a paper, in the words of commands."""

from __future__ import annotations

from typing import Final

from tui.cli.ids import quoted
from tui.library.change import NOTE, READ, STARRED, TAG

WORDS: Final = {
    (READ, True): "read",
    (READ, False): "unread",
    (STARRED, True): "starred",
    (STARRED, False): "star taken off",
    (NOTE, True): "note written",
    (NOTE, False): "note taken off",
}


def deed(field: str, value: bool | str) -> str:
    """What it is called to give the field the value: ``starred``, ``tag “rag” taken off``."""
    if words := WORDS.get((field, bool(value))):
        return words
    tag = quoted(field.removeprefix(TAG))
    return f"tagged {tag}" if value else f"tag {tag} taken off"
