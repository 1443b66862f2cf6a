"""Notes: written in the user's editor or in a small one of our own, and never lost on the way."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import work
from textual.app import SuspendNotSupported

from tui.explain import sentence
from tui.library import LibraryError, LibraryUnwritable
from tui.page import counted
from tui.screens.marking import Marking, subject
from tui.screens.panes import NO_PAPER

if TYPE_CHECKING:
    from pathlib import Path

    from tui.library.drafts import Draft

SAVED: Final = "what it had saved is the note now; U takes it back"
AS_IT_WAS: Final = "the note is as it was"
FOUND: Final = "What an earlier run had not finished is in the notes now"


class Noting(Marking):
    """Writes notes; what was saved in an editor is in a file until the library has it."""

    def on_mount(self) -> None:
        if self.feed.library.writable:
            self.call_after_refresh(self._find_left_over)

    async def action_edit_note(self) -> None:
        """Write the note of the paper under the cursor."""
        row = self.row
        if row is None:
            self.tell(NO_PAPER)
            return
        try:
            draft = await self._begin(row.paper.id)
        except LibraryError as error:
            self.tell_error(error)
            return
        await self._write(draft, subject([row]))

    async def _begin(self, paper: str) -> Draft:
        """A draft of the paper's note, or the one that an earlier run could not finish.

        Raises LibraryError.
        """
        from tui.library.drafts import Draft, Memory, left_over

        library = self.feed.library
        if library.trouble is not None:
            raise LibraryUnwritable(library.path, library.trouble)
        await self._take_left_over(paper)
        unusable = await asyncio.to_thread(left_over, self._folder, paper)
        for draft in unusable[1:]:
            draft.release()
        if unusable:
            return unusable[0]
        note = await asyncio.to_thread(library.note_to_edit, paper)
        memory = Memory(paper, note.text, note.versions)
        return await asyncio.to_thread(Draft.begin, self._folder, memory)

    async def _write(self, draft: Draft, title: str) -> None:
        """Have the draft written in the editor that the user names, or else in our own."""
        from tui.desktop.editor import command_line, named_editor

        named = named_editor(os.environ)
        code = self._run_editor(command_line(named), draft.path)
        if code is None:
            await self._write_here(draft, title, f"“{named}” cannot run here." if named else "")
            return
        is_new = await self._keep(draft, cut_short=code != 0)
        if code and is_new is not None:
            self.tell(f"The editor {_ending(code)}: {SAVED if is_new else AS_IT_WAS}.", warn=True)

    def _run_editor(self, command: list[str], path: Path) -> int | None:
        """Hand the terminal over until the editor ends; None where one of the two cannot be.

        Nothing else happens meanwhile: what is painted would be painted over the editor.
        """
        from tui.desktop.editor import edit

        if not command:
            return None
        try:
            with self.app.suspend():
                return edit(command, path)
        except SuspendNotSupported:
            return None

    async def _write_here(self, draft: Draft, title: str, why: str) -> None:
        from tui.screens.note_editor import NoteEditor

        async def written(_: None) -> None:
            await self._keep(draft)

        try:
            text, trouble = await asyncio.to_thread(_text, draft)
        except LibraryError as error:
            self._leave_draft(draft, error)
            return
        why = " ".join(filter(None, (why, trouble)))
        await self.app.push_screen(NoteEditor(draft, text, f"Note on {title}", why), written)

    async def _keep(self, draft: Draft, *, cut_short: bool = False) -> bool | None:
        """Put what was written into the library; whether it was new, None where that failed."""
        try:
            text = await asyncio.to_thread(draft.change, cut_short=cut_short)
            if text is not None:
                await self._write_down(draft, text)
        except LibraryError as error:
            self._leave_draft(draft, error)
            return None
        draft.discard()
        return text is not None

    async def _write_down(self, draft: Draft, text: str) -> None:
        """Change a note as one step to undo. Raises LibraryError."""
        rows = [row for row in self.papers.rows if row.paper.id == draft.paper]
        deed = "note on" if text else "note taken off"
        label = f"{deed} {subject(rows) if rows else draft.paper}"
        ids = [draft.paper]
        mark = partial(self.feed.library.mark, ids, note=text, over=draft.over, label=label)
        await self._change(ids, mark)

    def _leave_draft(self, draft: Draft, error: LibraryError) -> None:
        """Say why the library has not got the note, and where it is."""
        from tui.library.drafts import NoteUnusable

        draft.release()
        if isinstance(error, NoteUnusable):
            why = f"Nothing was changed: what you wrote {error.reason}."
        else:
            why = sentence(error)
        self.tell(f"{why} It is kept in {draft.path}.", warn=True)

    @work(group="notes")
    async def _find_left_over(self) -> None:
        """Take what earlier runs have left, of all papers, once the first list is on screen."""
        try:
            found = await self._take_left_over()
        except LibraryError as error:
            self.tell_error(error)
            return
        if found:
            self.tell(f"{FOUND} ({counted(found, 'paper')}); U takes it back.")

    async def _take_left_over(self, paper: str | None = None) -> int:
        """Put what was saved when an editor or a program broke off into the library; how many.

        Raises LibraryError where none of it can be read.
        """
        from tui.library.drafts import left_over

        drafts = await asyncio.to_thread(left_over, self._folder, paper)
        return sum([bool(await self._keep(draft, cut_short=True)) for draft in drafts])

    @property
    def _folder(self) -> Path:
        return self.feed.library.path.parent


def _text(draft: Draft) -> tuple[str, str]:
    """What is in the draft, and a sentence that says why it cannot be a note, if it cannot.

    Raises LibraryError.
    """
    from tui.library.drafts import NoteUnusable

    try:
        return draft.text(), ""
    except NoteUnusable as error:
        return draft.text_to_mend(), f"What you wrote {error.reason}."


def _ending(code: int) -> str:
    return f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"
