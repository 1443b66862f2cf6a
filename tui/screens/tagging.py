"""Tags: put to papers and taken off in one dialog, as one step."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.library import LibraryError, LibraryUnwritable
from tui.page import shown_tag
from tui.screens.marking import Marking, subject
from tui.screens.panes import NO_PAPER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Tagging(Marking):
    """Tags the chosen papers."""

    async def action_edit_tags(self) -> None:
        """Show the tags of the chosen papers, to add some and to take some off."""
        from tui.screens.tag_dialog import TagDialog, Tagged

        rows, library = self.chosen_rows, self.feed.library
        if not rows:
            self.tell(NO_PAPER)
            return
        try:
            if library.trouble is not None:
                raise LibraryUnwritable(library.path, library.trouble)
            in_use = await asyncio.to_thread(library.tags)
        except LibraryError as error:
            self.tell_error(error)
            return

        async def chosen(tags: Mapping[str, bool] | None) -> None:
            if tags:
                await self._mark_chosen(rows, f"{', '.join(_deeds(tags))}:", tags=tags)

        title = f"Tags of {subject(rows)}"
        tagged = Tagged.of([row.tags for row in rows])
        dialog = TagDialog(title, tagged, [tag for tag, _ in in_use])
        await self.app.push_screen(dialog, chosen)


def _deeds(tags: Mapping[str, bool]) -> Iterator[str]:
    """What is done, as the name of the step that undo takes back."""
    for tag, is_there in tags.items():
        name = f"“{shown_tag(tag)}”"
        yield f"tagged {name}" if is_there else f"tag {name} taken off"
