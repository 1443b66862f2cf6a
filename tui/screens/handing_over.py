"""Copy and open: handing a paper over to the clipboard or the browser, and saying how it went.

What only a key press needs is imported then: the first frame does not wait for it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from textual import work

from tui.page import counted
from tui.screens.panes import NO_PAPER
from tui.screens.selecting import Selecting
from tui.text.links import arxiv_page, hub_page, pdf
from tui.text.width import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.papers import Paper

SHOWN_CELLS: Final = 60
"""Cells of the copied text that the toast repeats."""
BLANK_LINE: Final = "\n\n"
"""Between texts that may take more than a line each."""


class HandingOver(Selecting):
    """Copies what the user wants of the chosen papers, and opens pages of the current one."""

    async def action_copy(self) -> None:
        from tui.screens.choice_strip import CopyStrip

        if self.chosen:
            await self.app.push_screen(CopyStrip(), self._copy_chosen)
        else:
            self.tell(NO_PAPER)

    async def _copy_chosen(self, command_id: str | None) -> None:
        if command_id:
            await self.run_action(command_id)

    def action_copy_link(self) -> None:
        self.action_copy_hub_link()

    def action_copy_hub_link(self) -> None:
        self._copy_all("link", [hub_page(paper.id) for paper in self.chosen])

    def action_copy_arxiv_link(self) -> None:
        self._copy_all("arXiv link", [arxiv_page(paper.id) for paper in self.chosen])

    def action_copy_pdf_link(self) -> None:
        self._copy_all("PDF link", [pdf(paper.id) for paper in self.chosen])

    def action_copy_id(self) -> None:
        self._copy_all("id", [paper.id for paper in self.chosen])

    def action_copy_title(self) -> None:
        self._copy_all("title", [paper.title for paper in self.chosen])

    def action_copy_markdown(self) -> None:
        from tui.text.citing.plain import markdown_link

        self._copy_all("Markdown link", map(markdown_link, self._chosen_papers))

    def action_copy_bibtex(self) -> None:
        from tui.text.citing.bibtex import bibtex

        self._copy_all("BibTeX entry", map(bibtex, self._chosen_papers), gap=BLANK_LINE)

    def action_copy_summary(self) -> None:
        texts = [paper.abstract for paper in self._chosen_papers]
        self._copy_all("abstract", texts, gap=BLANK_LINE)

    def action_copy_github_link(self) -> None:
        papers = self._chosen_papers
        links = [paper.github_repo for paper in papers if paper.github_repo]
        lacking = len(papers) - len(links)
        if links or not papers:
            without = f"{counted(lacking, 'paper')} without a repository. " if lacking else ""
            self._copy_all("GitHub link", links, before=without)
        else:
            these = "This paper names" if lacking == 1 else "These papers name"
            self.tell(f"{these} no GitHub repository.")

    @property
    def _chosen_papers(self) -> list[Paper]:
        """All that is known of the chosen papers."""
        return [self.known(paper) for paper in self.chosen]

    def _copy_all(
        self, noun: str, texts: Iterable[str], *, gap: str = "\n", before: str = ""
    ) -> None:
        """Copy the texts with a gap between them; ``before`` goes ahead of what is told."""
        if all_texts := list(texts):
            what = f"the {noun}" if len(all_texts) == 1 else _several(len(all_texts), noun)
            self._copy(what, gap.join(all_texts), before)
        else:
            self.tell(NO_PAPER)

    def action_open_page(self) -> None:
        self._browse_paper("the Hugging Face page", hub_page)

    def action_open_pdf(self) -> None:
        self._browse_paper("the PDF", pdf)

    def _browse_paper(self, what: str, address: Callable[[str], str]) -> None:
        if paper := self.papers.current:
            self._browse(what, address(paper.id))
        else:
            self.tell(NO_PAPER)

    @work(group="copy", exclusive=True)
    async def _copy(self, what: str, text: str, before: str) -> None:
        await self._hand_over(what, text, before=before)

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

    @work(group="open")
    async def _browse(self, what: str, address: str) -> None:
        from tui.desktop.browser import open_page

        if await open_page(address, os.environ):
            self.tell(f"Opened {what} in the browser.")
        else:
            await self._hand_over("the link", address, before="No browser can open here. ")


def _several(number: int, noun: str) -> str:
    """``3 links``, ``3 BibTeX entries``."""
    return f"{number} {noun.removesuffix('y')}ies" if noun.endswith("y") else counted(number, noun)
