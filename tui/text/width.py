"""How many terminal cells a text takes, counted as Textual counts them."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len, set_cell_size

ELLIPSIS: Final = "…"


def cell_width(text: str) -> int:
    """Terminal cells that one line of ``text`` takes: wide characters two, combining marks none."""
    return cell_len(text)


def fit(text: str, cells: int) -> str:
    """``text`` when it fits into ``cells``, else its beginning with an ellipsis.

    A wide character that would be cut in two is left out.
    """
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, cells - 1).rstrip() + ELLIPSIS if cells > 0 else ""


def pad(text: str, cells: int) -> str:
    """Sanitised ``text`` fitted and filled with spaces to exactly ``cells``."""
    fitted = fit(text, cells)
    return fitted + " " * (cells - cell_len(fitted))
