"""The application: services come in through the constructor, looks from the sheets in styles/."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui.commands import COMMANDS, Command, Pane, keys_text
from tui.screens.daily import DailyScreen
from tui.screens.sheets import sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import date

    from tui.services import Services


class CommandProvider(Provider):
    """Gives the palette every command of the table."""

    async def discover(self) -> Hits:
        for command in _offered():
            yield DiscoveryHit(command.help, self._run(command), command.help, _keys(command))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in _offered():
            score = matcher.match(command.help)
            if score > 0:
                text = matcher.highlight(command.help)
                yield Hit(score, text, self._run(command), command.help, _keys(command))

    def _run(self, command: Command) -> Callable[[], Coroutine[Any, Any, None]]:
        return lambda: self.screen.run_action(command.id)


def _offered() -> list[Command]:
    return [command for command in COMMANDS if command.id != "palette"]


def _keys(command: Command) -> str:
    return keys_text(command, Pane.LIST) or keys_text(command, Pane.READER)


def _collect_garbage() -> None:
    """Collect from now on, but never look again at what the start has made."""
    gc.freeze()
    gc.enable()


class DailyPapers(App[None]):
    """Daily Papers in the terminal."""

    TITLE = "Daily Papers"
    COMMANDS: ClassVar = {CommandProvider}
    CSS_PATH = sheets("layout", "lines", "list", "reader")
    HORIZONTAL_BREAKPOINTS = [(0, "-small"), (70, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (10, "-low"), (20, "-high")]
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, services: Services, day: date | None = None) -> None:
        super().__init__()
        self._services = services
        self._day = day

    def get_default_screen(self) -> DailyScreen:
        return DailyScreen(self._services, self._day)

    def on_ready(self) -> None:
        self.call_after_refresh(_collect_garbage)

    async def on_unmount(self) -> None:
        await self._services.feed.close()
