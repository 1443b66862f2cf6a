"""One line of text that shows as many of its pieces as fit, the important ones first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.text.width import cell_width, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

Target = date | str
"""Where a click leads: to a day, or to the command of that id."""
LEAD_STYLE: Final = "bold $text-accent"


class Piece(NamedTuple):
    """A run of text, its style, how soon it goes when room is short (0 stays longest)."""

    text: str
    style: str = ""
    rank: int = 0
    target: Target | None = None
    lead: int = 0
    """Characters at the start that stand out: a key before its word."""


def fitting(pieces: Sequence[Piece], cells: int, gap: int) -> list[Piece]:
    """The pieces in their order, without the least important ones that do not fit."""
    kept = [piece for piece in pieces if piece.text]
    while len(kept) > 1 and sum(cell_width(piece.text) + gap for piece in kept) - gap > cells:
        kept.remove(max(reversed(kept), key=lambda piece: piece.rank))
    return [piece._replace(text=fit(piece.text, cells)) for piece in kept]


class PieceLine(Widget):
    """A line of pieces; subclasses say which."""

    SEPARATOR = "  "

    @dataclass
    class Clicked(Message):
        """The user clicked a piece that leads somewhere."""

        target: Target

    def pieces(self, cells: int) -> list[Piece]:
        """What the line would say in so many cells if there were room for everything."""
        raise NotImplementedError

    def render(self) -> Content:
        parts: list[str | tuple[str, str]] = []
        for piece in self._kept():
            parts += [self.SEPARATOR] if parts else []
            parts.append((piece.text[: piece.lead], LEAD_STYLE))
            parts.append((piece.text[piece.lead :], piece.style))
        return Content.assemble(*parts)

    def _kept(self) -> list[Piece]:
        cells = self.content_size.width
        return fitting(self.pieces(cells), cells, cell_width(self.SEPARATOR))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        end = 0
        for piece in self._kept() if offset else ():
            start, end = end, end + cell_width(piece.text)
            if offset and start <= offset.x < end and piece.target is not None:
                self.post_message(self.Clicked(piece.target))
            end += cell_width(self.SEPARATOR)
