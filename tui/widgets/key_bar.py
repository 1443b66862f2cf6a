"""The footer: the most useful keys of the pane in focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.commands import Command, Pane, following, footer, key_text
from tui.widgets.line import Piece, PieceLine

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOM_FOR_WORDS: Final = 24
"""Below this many cells the footer asks for a larger window instead."""


class KeyBar(PieceLine):
    """Shows keys with a word for each; a click does what the key does."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._pane = Pane.LIST
        self._prefix = ""

    def show(self, pane: Pane) -> None:
        """Show the keys of a pane."""
        self._pane = pane
        self.refresh()

    def offer(self, prefix: str) -> None:
        """Show the keys that may follow a prefix, or with "" those of the pane again."""
        self._prefix = prefix
        self.refresh()

    def pieces(self, cells: int) -> list[Piece]:
        if cells < ROOM_FOR_WORDS:
            return [Piece("enlarge to 40x10")]
        if self._prefix:
            choices = list(_pieces(following(self._prefix), self._pane))
            return [Piece("Copy", "bold", 0), *choices, Piece("Esc cancel", "", 1)]
        return list(_pieces(footer(self._pane), self._pane))


def _pieces(commands: Iterable[Command], pane: Pane) -> Iterable[Piece]:
    for rank, command in enumerate(commands, 1):
        yield Piece(f"{key_text(command.keys(pane)[0])} {command.label}", "", rank, command.id)
