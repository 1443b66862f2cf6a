"""Links of the text: they open at a click, and f puts a label on each one in view."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual import on

from tui.desktop.hyperlinks import takes_hyperlinks
from tui.screens.handing_over import HandingOver
from tui.screens.panes import NO_PAPER
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from tui.periods import Period
    from tui.screens.hint_layer import Chosen
    from tui.services import Services


class Hinting(HandingOver):
    """Opens and copies the links of the text that is shown."""

    def __init__(self, services: Services, period: Period) -> None:
        super().__init__(services, period)
        self.reader.has_hyperlinks = takes_hyperlinks(os.environ)

    async def action_hints(self) -> None:
        """Label the links in view and wait for one of the labels."""
        from tui.screens.hint_layer import HintLayer

        addresses = self.reader.links_in_view
        if addresses:
            await self.app.push_screen(HintLayer(self.reader, addresses), self._follow)
        elif self.papers.current is None:
            self.tell(NO_PAPER)
        elif self.reader.text_height:
            self.tell("No link is in view. Scroll to one, or press o for the paper's page.")
        else:
            self.tell("The text is not in view; Enter shows it.")

    def _follow(self, chosen: Chosen | None) -> None:
        if chosen is None:
            return
        if chosen.copy:
            self._copy_all("link", [chosen.address])
        else:
            self._browse("the link", chosen.address)

    @on(Reader.LinkClicked)
    def _link_clicked(self, event: Reader.LinkClicked) -> None:
        self._browse("the link", event.address)
