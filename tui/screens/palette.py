"""The palette: every command of the table, found by typing."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider

from tui.commands import COMMANDS, Command, Pane, keys_text

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.binding import BindingType


class Commands(Provider):
    """Gives the palette the table."""

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


class Palette(CommandPalette):
    """Textual's palette over our commands; it closes once, however often it is asked to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page('page_up')", show=False),
        Binding("pagedown", "page('page_down')", show=False),
    ]

    def __init__(self) -> None:
        super().__init__([Commands], placeholder="Type what you want to do")

    def action_page(self, action: str) -> None:
        """Page the list, which Textual cannot before it has laid the list out."""
        with suppress(KeyError):
            getattr(self.query_one(CommandList), f"action_{action}")()

    def dismiss(self, result: Any = None) -> AwaitComplete:
        return super().dismiss(result) if self.is_current else AwaitComplete()


def _offered() -> list[Command]:
    return [command for command in COMMANDS if command.id != "palette"]


def _keys(command: Command) -> str:
    return keys_text(command, Pane.LIST) or keys_text(command, Pane.READER)
