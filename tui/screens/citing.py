"""Citations: into the user's ``.bib`` file, and copied for reference managers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual import work

from tui.page import counted
from tui.screens.edition import LOST
from tui.screens.handing_over import BLANK_LINE, HandingOver
from tui.screens.panes import NO_PAPER
from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui.papers import Paper
    from tui.text.citing.bibfile import Addition

MAX_PATH: Final = 500  # characters
MOST_KEYS: Final = 3
"""Keys that a toast names; of more it says for how many papers."""
OF_SAMPLE: Final = "The papers of the sample are not added to your .bib file."


class Citing(HandingOver):
    """Adds the chosen papers to the file that the user named, and copies citations."""

    def action_cite(self) -> None:
        self.cite_papers(self._chosen_papers)

    def cite_papers(self, papers: Sequence[Paper]) -> None:
        """Add the entries of papers that the user's ``.bib`` file lacks, and say what was done."""
        file = self.services.settings.bib_file
        if not papers:
            self.tell(NO_PAPER)
        elif any(paper.abstract == LOST for paper in papers):
            self.tell(LOST)
        elif file is not None:
            self._append(file, papers)
        else:
            self.tell(OF_SAMPLE if self.services.demo else self._how_to_name_a_file())

    def _how_to_name_a_file(self) -> str:
        settings = clean_line(str(self.services.paths.config), MAX_PATH)
        return f'To name your .bib file, write [cite] and bib_file = "~/papers.bib" to {settings}.'

    @work(group="cite")
    async def _append(self, file: Path, papers: Sequence[Paper]) -> None:
        from tui.desktop.bibliography import BibliographyError, append

        try:
            addition = await asyncio.to_thread(append, file, papers)
        except BibliographyError as error:
            self.tell(str(error), warn=True)
        else:
            self.tell(_told(addition, clean_line(file.name, MAX_PATH)))

    def action_copy_reference(self) -> None:
        from tui.text.citing.plain import reference

        self._copy_all("citation", map(reference, self._chosen_papers))

    def action_copy_ris(self) -> None:
        from tui.text.citing.exchange import ris

        self._copy_all("RIS record", map(ris, self._chosen_papers), gap=BLANK_LINE)

    def action_copy_csl(self) -> None:
        from tui.text.citing.exchange import csl_json

        if papers := self._chosen_papers:
            self._copy("the CSL-JSON", csl_json(papers), "")
        else:
            self.tell(NO_PAPER)


def _told(addition: Addition, file: str) -> str:
    """``Added arxiv-1706.03762 to papers.bib.``, ``Already in papers.bib: vaswani2017.``."""
    added, known = addition.added, addition.known
    news = f"Added {_named(added)} to {file}." if added else ""
    return " ".join(filter(None, [news, f"Already in {file}: {_named(known)}." if known else ""]))


def _named(keys: Sequence[str]) -> str:
    return ", ".join(keys) if len(keys) <= MOST_KEYS else counted(len(keys), "paper")
