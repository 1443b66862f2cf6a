"""The footer: the most useful keys of the pane in focus."""

from __future__ import annotations

from typing import Final

from tui.commands import Command, Pane, footer, key_text
from tui.widgets.line import Piece, PieceLine

ROOM_FOR_WORDS: Final = 24
"""Below this many cells the footer asks for a larger window instead."""


class KeyBar(PieceLine):
    """Shows keys with a word for each; a click does what the key does."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pane = Pane.LIST

    def show(self, pane: Pane) -> None:
        """Show the keys of a pane."""
        self._pane = pane
        self.refresh()

    def pieces(self, cells: int) -> list[Piece]:
        if cells < ROOM_FOR_WORDS:
            return [Piece("enlarge to 40x10")]
        *most, last = footer(self._pane)
        pieces = [_piece(command, self._pane, rank) for rank, command in enumerate(most, 1)]
        return [*pieces, _piece(last, self._pane, rank=0)]


def _piece(command: Command, pane: Pane, rank: int) -> Piece:
    key = key_text(command.keys(pane)[0])
    return Piece(f"{key} {command.label}", "", rank, command.id, lead=len(key) + 1)
