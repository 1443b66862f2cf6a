"""Selection: the papers that the next command is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.edition import EditionScreen
from tui.screens.panes import NO_PAPER

if TYPE_CHECKING:
    from tui.papers import Headline
    from tui.widgets.paper_list import Row


class Selecting(EditionScreen):
    """Selects papers of the list on screen; the selection ends where another list begins."""

    @property
    def chosen_rows(self) -> list[Row]:
        """The selected rows in the order of the list, else the one under the cursor if any."""
        selected = [row for row in self.papers.rows if row.selected]
        return selected or ([self.row] if self.row else [])

    @property
    def chosen(self) -> list[Headline]:
        """The papers that a command is about: those selected, else the one under the cursor."""
        return [row.paper for row in self.chosen_rows]

    def action_select(self) -> None:
        """Select the paper under the cursor, or no longer, and go on to the next."""
        if row := self.row:
            self._selected ^= {row.paper.id}
            self._show_selection()
            self.action_next_paper()
        else:
            self.tell(NO_PAPER)

    def action_clear_selection(self) -> None:
        """Select nothing, so that commands are about the paper under the cursor again."""
        self._selected.clear()
        self._show_selection()

    def _show_selection(self) -> None:
        changed = {
            index: row._replace(selected=not row.selected)
            for index, row in enumerate(self.papers.rows)
            if row.selected != (row.paper.id in self._selected)
        }
        self.papers.change(changed)
        self.show_status()
