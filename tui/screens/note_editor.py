"""A small editor for notes, for where no other one can have the terminal."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, ClassVar, Final

from rich.text import Text
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.widgets.text_area import Document, DocumentNavigator, EditResult, WrappedDocument

from tui.explain import sentence
from tui.library import LibraryError
from tui.library.change import MOST_NOTE
from tui.screens.dialog import Dialog
from tui.screens.typed import TypedArea, typed_keys

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets.text_area import Location

    from tui.library.drafts import Draft

SAVE_S: Final = 1.0
"""How often what was typed is saved, so that no crash can lose more."""
HINT: Final = "Ctrl+s or Esc keeps the note; U takes it back"
AGAIN: Final = "Esc once more gives up what you wrote."
LEAVE: Final = "Esc once more leaves it in a file."
UNSAFE: Final = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)
"""What no terminal may get: controls, other line ends than the note's own, and what turns the
direction of writing."""
LINE_END: Final = re.compile("\r\n|\r|\n")
STAND_IN: Final = "\ufffd"


class NoteEditor(Dialog[None]):
    """Writes a draft, which is up to date when this closes, also where the whole program ends.

    Push it with ``await``: keys typed meanwhile then find it mounted.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        ("ctrl+s,escape", "keep", "Keep"),
        ("enter", r"type('\n')", "New line"),
        *typed_keys(),
    ]

    def __init__(self, draft: Draft, text: str, title: str, why: str) -> None:
        """Show the ``text`` of the draft; ``why`` says that no other editor is at work, if one is
        named."""
        super().__init__()
        self._draft = draft
        self._title = title
        self._area = NoteArea(text, id="note-area")
        self._saved = self._area.text
        self._saving = asyncio.Lock()
        self._refused: str | None = None
        """What could not be kept the last time that it was tried."""
        self._hint = Static(Content(f"{why} {HINT}".strip()), classes="box-hint")

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Content(self._title), classes="box-title")
            yield self._area
            yield self._hint

    def on_mount(self) -> None:
        self._area.move_cursor(self._area.document.end)
        self.set_interval(SAVE_S, self._save)

    async def on_unmount(self) -> None:
        await self._save()
        self._draft.release()

    async def _save(self) -> bool:
        """Bring the draft up to date, once what is being saved is; False when that fails."""
        async with self._saving:
            text = self._area.text
            if text == self._saved:
                return True
            try:
                await asyncio.to_thread(self._draft.write, text)
            except LibraryError as error:
                self._hint.update(Content(f"{sentence(error)} {AGAIN}"))
                return False
            self._saved = text
            return True

    async def action_keep(self) -> None:
        """Close once all is saved and can be a note, or when asked again to give that up."""
        text = self._area.text
        if (await self._save() and self._is_note(text)) or self._refused == text:
            self.close()
        self._refused = text

    def _is_note(self, text: str) -> bool:
        """Whether the text is short enough, which is told where it is not."""
        if len(text) <= MOST_NOTE:
            return True
        long = f"A note has at most {MOST_NOTE:,} characters, and this one {len(text):,}."
        self._hint.update(Content(f"{long} {LEAVE}"))
        return False

    def action_type(self, character: str) -> None:
        self._area.take(character)


class NoteDocument(Document):
    """Lines that end as the text has it, or at line feeds where its lines end in several ways.

    Everything else is a part of its line, so that what is put together again is what was parted.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        is_windows = text.count("\r\n") == text.count("\n") > 0
        self._newline = "\r\n" if is_windows else "\n"
        self._lines = text.split(self._newline)

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Put the text, whose lines end as those of the document, in the place of a range."""
        (top, left), (bottom, right) = top_left, bottom_right = sorted((start, end))
        replaced = self.get_text_range(top_left, bottom_right)
        after = "".join(self._lines[bottom : bottom + 1])[right:]
        lines = text.split(self._newline)
        lines[0] = "".join(self._lines[top : top + 1])[:left] + lines[0]
        end_location = (top + len(lines) - 1, len(lines[-1]))
        lines[-1] += after
        self._lines[top : bottom + 1] = lines
        return EditResult(end_location, replaced)


class NoteArea(TypedArea):
    """Shows a stand-in for what no terminal may get; the text itself stays as it is.

    Each stand-in is one character for one: Rich would drop some, and the cursor would be off.
    """

    def __init__(self, text: str, id: str) -> None:  # noqa: A002 - it is what Textual calls it
        super().__init__(id=id)
        self.document = NoteDocument(text)
        self.wrapped_document = WrappedDocument(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)

    def replace(
        self,
        insert: str,
        start: Location,
        end: Location,
        *,
        maintain_selection_offset: bool = True,
    ) -> EditResult:
        """As TextArea; what is typed or pasted ends its lines as the note does."""
        text = LINE_END.sub(self.document.newline, insert)
        return super().replace(
            text, start, end, maintain_selection_offset=maintain_selection_offset
        )

    def get_line(self, line_index: int) -> Text:
        line = self.document.get_line(line_index)
        return Text(UNSAFE.sub(STAND_IN, line), end="", no_wrap=True)
