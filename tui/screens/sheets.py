"""Where the style sheets are: inside the package when installed, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path, PurePath

ROOT = Path(__file__).parent.parent


def sheets(*names: str) -> list[str | PurePath]:
    """The sheets of these names, as absolute paths."""
    installed = ROOT / "styles"
    folder = installed if installed.is_dir() else ROOT.parent / "styles"
    return [folder / f"{name}.tcss" for name in names]
