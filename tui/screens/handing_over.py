"""Copy and open: handing a paper over to the clipboard or the browser, and saying how it went.

What only a key press needs is imported then: the first frame does not wait for it.
"""

from __future__ import annotations

import os

from textual import work

from tui.screens.edition import EditionScreen
from tui.text.latex import to_unicode
from tui.text.links import arxiv_page, hub_page, pdf
from tui.text.width import fit

SHOWN_CELLS = 60
"""Cells of the copied text that the toast repeats."""


class HandingOver(EditionScreen):
    """Copies what the user chooses of the paper under the cursor, and opens its pages."""

    async def action_copy(self) -> None:
        from tui.screens.choice_strip import CopyStrip

        if self.papers.current:
            await self.app.push_screen(CopyStrip(), self._copy_chosen)

    async def _copy_chosen(self, command_id: str | None) -> None:
        if command_id:
            await self.run_action(command_id)

    def action_copy_link(self) -> None:
        self.action_copy_hub_link()

    def action_copy_hub_link(self) -> None:
        if paper := self.papers.current:
            self._copy("the link", hub_page(paper.id))

    def action_copy_arxiv_link(self) -> None:
        if paper := self.papers.current:
            self._copy("the arXiv link", arxiv_page(paper.id))

    def action_copy_pdf_link(self) -> None:
        if paper := self.papers.current:
            self._copy("the PDF link", pdf(paper.id))

    def action_copy_id(self) -> None:
        if paper := self.papers.current:
            self._copy("the id", paper.id)

    def action_copy_title(self) -> None:
        if paper := self.papers.current:
            self._copy("the title", to_unicode(paper.title))

    def action_copy_markdown(self) -> None:
        from tui.text.cite import markdown_link

        if paper := self.paper:
            self._copy("the Markdown link", markdown_link(paper))

    def action_copy_bibtex(self) -> None:
        from tui.text.cite import bibtex

        if paper := self.paper:
            self._copy("the BibTeX entry", bibtex(paper))

    def action_copy_summary(self) -> None:
        if paper := self.paper:
            self._copy("the abstract", to_unicode(paper.abstract))

    def action_copy_github_link(self) -> None:
        paper = self.paper
        if paper and paper.github_repo:
            self._copy("the GitHub link", paper.github_repo)
        elif paper:
            self.tell("This paper names no GitHub repository.")

    def action_open_page(self) -> None:
        if paper := self.papers.current:
            self._browse("the Hugging Face page", hub_page(paper.id))

    def action_open_pdf(self) -> None:
        if paper := self.papers.current:
            self._browse("the PDF", pdf(paper.id))

    @work(group="copy", exclusive=True)
    async def _copy(self, what: str, text: str) -> None:
        await self._hand_over(what, text, before="")

    async def _hand_over(self, what: str, text: str, *, before: str) -> None:
        """Copy and say how; where nothing can copy, show the text to select."""
        from tui.desktop.clipboard import Way, copy
        from tui.screens.notices import SelectText

        way = await copy(text, os.environ, osc52=self.app.copy_to_clipboard)
        if way is Way.NOWHERE:
            self.app.push_screen(SelectText(text))
            return
        shown = fit(" ".join(text.split()), SHOWN_CELLS)
        self.tell(f"{before}Copied {what} {way.value}: {shown}")

    @work(group="open", exclusive=True)
    async def _browse(self, what: str, address: str) -> None:
        from tui.desktop.browser import open_page

        if await open_page(address, os.environ):
            self.tell(f"Opened {what} in the browser.")
        else:
            await self._hand_over("the link", address, before="No browser can open here. ")
