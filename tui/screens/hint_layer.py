"""Labels on links: typing one opens what it stands on, ending it with a capital copies that."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual.content import Content
from textual.widgets import Static

from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size

    from tui.widgets.reader import Reader

LETTERS: Final = "asdfghjkl"
"""The home row."""
WORDS: Final = "Type a label to open its link, in capitals to copy it"


class Chosen(NamedTuple):
    """The link whose label was typed, and whether it is to be copied rather than opened."""

    address: str
    copy: bool


def labels(number: int) -> list[str]:
    """So many labels, of one letter or two, none of which begins another one.

    At most 81; where there are more links, the last ones go without.
    """
    pairs = max(0, -(-(number - len(LETTERS)) // (len(LETTERS) - 1)))
    return list(islice(_labels(min(pairs, len(LETTERS))), number))


def _labels(pairs: int) -> Iterator[str]:
    """All labels where so many letters begin one of two letters."""
    ones = len(LETTERS) - pairs
    yield from LETTERS[:ones]
    for first in LETTERS[ones:]:
        yield from (first + second for second in LETTERS)


def _bindings() -> list[BindingType]:
    """The letters; as bindings they work also for a key that was typed ahead of the layer."""
    return [
        (key, f"type('{key}')", "link") for letter in LETTERS for key in (letter, letter.upper())
    ]


class HintLayer(Dialog[Chosen]):
    """Takes the letters of a label; any other key ends it."""

    BINDINGS: ClassVar[list[BindingType]] = _bindings()

    def __init__(self, reader: Reader, addresses: Sequence[str]) -> None:
        super().__init__()
        self._reader = reader
        self._hints = dict(zip(addresses, labels(len(addresses)), strict=False))
        self._typed = ""
        self._room: Size | None = None

    def compose(self) -> ComposeResult:
        yield Static(Content(WORDS), id="hint-words")

    def on_resize(self, event: events.Resize) -> None:
        """Close where the window changes: it shows other links then, without labels."""
        if self._room not in (None, event.size):
            self.close()
        self._room = event.size

    def on_mount(self) -> None:
        self._reader.show_hints(self._hints)

    def on_unmount(self) -> None:
        self._reader.show_hints({})

    def action_type(self, letter: str) -> None:
        """Add a letter to what was typed, and close with the link once its label is complete."""
        self._typed += letter
        left = self._left
        if not left:
            self.close()
        for address, hint in left.items():
            if hint == self._typed.lower():
                self.close(Chosen(address, copy=letter.isupper()))
        self._reader.show_hints(left)

    @property
    def _left(self) -> Mapping[str, str]:
        """The labels that begin with what was typed."""
        typed = self._typed.lower()
        return {address: hint for address, hint in self._hints.items() if hint.startswith(typed)}

    def on_key(self, event: events.Key) -> None:
        """Close at a key that is no letter of a label."""
        if event.key.lower() not in LETTERS:
            event.stop()
            self.close()
