"""Bindings of a pane, made from the command table."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.commands import COMMANDS, Pane


def bindings(pane: Pane) -> list[BindingType]:
    """Every key of the pane, bound to the screen's action of the command."""
    return [
        Binding(key, f"screen.{command.id}", command.help, show=False, id=f"{command.id}.{key}")
        for command in COMMANDS
        if not command.prefix
        for key in command.keys(pane)
    ]
