"""What is done to a paper, in words."""

from __future__ import annotations

from typing import Final

from tui.library.change import NOTE, READ, STARRED, TAG
from tui.page import shown_tag

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
    tag = f"“{shown_tag(field.removeprefix(TAG))}”"
    return f"tagged {tag}" if value else f"tag {tag} taken off"
