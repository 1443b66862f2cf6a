"""The command line: arguments first, and only then whatever they ask for."""

from tui.cli.main import main

__all__ = ["main"]
