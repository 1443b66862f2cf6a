"""Pictures of the screen as rows of text, kept beside the tests and compared line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.color_triplet import ColorTriplet
    from syrupy.assertion import SnapshotAssertion

    from tests.screens.session import Session

SIZES: Final = ((120, 40), (80, 24), (60, 20), (20, 5))


class TextPicture(SingleFileSnapshotExtension):
    """A picture in a text file of its own."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT


class Compare(Protocol):
    """Compares the screen with the pictures of the test, at each size from the largest on."""

    async def __call__(self, session: Session, name: str = "", *keys: str) -> None:
        """Type the keys at the largest size first; a test with several pictures names each."""


@pytest.fixture
def compare(snapshot: SnapshotAssertion) -> Compare:
    """``pytest --snapshot-update`` takes the pictures anew."""
    pictures = snapshot.use_extension(TextPicture)

    async def compare(session: Session, name: str = "", *keys: str) -> None:
        for columns, rows in SIZES:
            await session.pilot.resize_terminal(columns, rows)
            if (columns, rows) == SIZES[0]:
                await session.rush(*keys)
                await session.settle()
            await session.still()
            assert session.text + "\n" == pictures(name=f"{name} {columns}x{rows}".strip())

    return compare


def pairs(session: Session) -> Iterator[tuple[str, ColorTriplet, ColorTriplet]]:
    """Every visible run of text on the screen with its colour and its background's."""
    for strip in session.app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if text.strip() and style and style.color and style.bgcolor:
                yield text, style.color.get_truecolor(), style.bgcolor.get_truecolor()


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: ColorTriplet) -> float:
    """The relative luminance of a colour, 0 to 1, as WCAG 2 defines it."""
    channels = [channel / 255 for channel in colour]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
