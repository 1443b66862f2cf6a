"""The application: services come in through the constructor, looks from the sheets in styles/."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui.commands import COMMANDS, Command, Pane, keys_text
from tui.screens.daily import DailyScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import date

    from tui.services import Services

SHEETS: Final = ("layout.tcss", "list.tcss", "reader.tcss", "lines.tcss", "dialogs.tcss")


def style_sheets() -> list[str | PurePath]:
    """The sheets beside the package when it is installed, else beside it in the checkout."""
    here = Path(__file__).parent
    folder = here / "styles"
    if not folder.is_dir():
        folder = here.parent / "styles"
    return [folder / name for name in SHEETS]


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


class DailyPapers(App[None]):
    """Daily Papers in the terminal."""

    TITLE = "Daily Papers"
    COMMANDS: ClassVar = {CommandProvider}
    CSS_PATH: ClassVar[list[str | PurePath]] = style_sheets()
    HORIZONTAL_BREAKPOINTS = [(0, "-small"), (70, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (10, "-low"), (20, "-high")]
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, services: Services, day: date | None = None) -> None:
        super().__init__()
        self._services = services
        self._day = day

    def get_default_screen(self) -> DailyScreen:
        return DailyScreen(self._services, self._day)

    async def on_unmount(self) -> None:
        await self._services.feed.close()
        self._services.feed.library.close()
