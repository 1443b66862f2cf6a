"""The library is shared while the program runs: what other machines did shows by itself."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from textual import work

from tui.explain import sentence
from tui.library import LibraryError
from tui.screens.current import Current

if TYPE_CHECKING:
    from tui.periods import Period
    from tui.services import Services
    from tui.sharing import Share

SHARE_S: Final = 4.0
"""How often the folder is looked at."""

log = logging.getLogger(__name__)


class Sharing(Current):
    """Shares the library through the folder of the settings, where they name one."""

    def __init__(self, services: Services, period: Period) -> None:
        super().__init__(services, period)
        self._folder_remarks: tuple[str, ...] = ()
        """What was said of the folder: it is said again only once it is something else."""

    def on_mount(self) -> None:
        if share := self.services.share:
            self.call_after_refresh(self._share, share)
            self.set_interval(SHARE_S, lambda: self._share(share))

    def _share(self, share: Share) -> None:
        if self.feed.library.writable and not share.is_looking:
            self._look_at_folder(share)

    @work(group="sharing")
    async def _look_at_folder(self, share: Share) -> None:
        from tui.sync import SyncError

        try:
            synced = await asyncio.to_thread(share.look)
        except SyncError as error:
            self._tell_of_folder((str(error),), error.merged)
        except LibraryError as error:
            self._tell_of_folder((str(error),), error.merged, sentence(error))
        else:
            self._tell_of_folder(synced.skipped, synced.merged)

    def _tell_of_folder(self, remarks: tuple[str, ...], merged: int, words: str = "") -> None:
        """Show the marks that came, and say what is wrong, each thing once and in these words."""
        if merged:
            log.info("%d changes came from other machines", merged)
            self.show_marks()
        if remarks and remarks != self._folder_remarks:
            self.tell(words or " ".join(remarks), warn=True, beside=True)
        self._folder_remarks = remarks
