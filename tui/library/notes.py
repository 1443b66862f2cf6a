"""The versions of a paper's note: none is lost, however many machines write at once.

Each version names those that it was written over. What is no version's parent is a head; the
note is the one head there is, or all of them together until somebody writes over them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.library.change import NOTE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

READ_VERSIONS: Final = """
SELECT id, clock, machine, number, made_ms, value, step IS NOT NULL, parents FROM changes
WHERE paper = ? AND field = ? ORDER BY clock, machine, number"""


class Version(NamedTuple):
    """A text that the note of one paper once had."""

    change: int
    clock: int
    machine: str
    number: int
    made_ms: int
    text: str
    from_here: bool
    """Whether it was written in a step of this library, or came from another machine."""
    parents: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.machine}:{self.number}"

    @property
    def order(self) -> tuple[int, str, int]:
        return self.clock, self.machine, self.number


def versions(connection: sqlite3.Connection, paper: str) -> list[Version]:
    """Every version of the note of ``paper`` that is here, in the order of their clocks."""
    rows = connection.execute(READ_VERSIONS, (paper, NOTE))
    return [Version._make((*values, tuple(parents.split()))) for *values, parents in rows]


def heads(ordered: Sequence[Version]) -> list[Version]:
    """The versions that no other was written over, in the order of their clocks.

    A version comes after its parents by the clock, so none can be above itself.
    """
    children: dict[str, tuple[int, str, int]] = {}
    for version in ordered:
        children.update(dict.fromkeys(version.parents, version.order))
    return [
        version
        for version in ordered
        if version.name not in children or children[version.name] <= version.order
    ]


def heads_above(ordered: Sequence[Version], name: str) -> list[Version]:
    """The heads that are the version ``name`` or were written over it, however often.

    Left out are those that stand on more of other machines than ``name`` itself does: what these
    wrote may be in their texts.
    """
    allowed = _below(ordered, name)
    foreign = {version.name for version in ordered if not version.from_here} - allowed
    below = [(head, _below(ordered, head.name)) for head in heads(ordered)]
    return [head for head, names in below if name in names and not names & foreign]


def joined(current: Sequence[Version]) -> str:
    """The text of the heads: each one once, those after the first below a line that says so."""
    texts: dict[str, int] = {}
    for head in current:
        texts.setdefault(head.text, head.made_ms)
    texts.pop("", None)
    parts = [text if not index else f"{_divider(made_ms)}\n\n{text}"
             for index, (text, made_ms) in enumerate(texts.items())]  # fmt: skip
    return "\n\n".join(parts)


def _below(ordered: Sequence[Version], name: str) -> set[str]:
    """The names of the version ``name`` and of all that it was written over, however indirectly."""
    found = {name}
    for version in reversed(ordered):
        if version.name in found:
            found.update(version.parents)
    return found


def _divider(made_ms: int) -> str:
    """The line above a text, the same on every machine."""
    made = datetime.fromtimestamp(made_ms / 1000, UTC)
    return f"--- also written on another machine, {made:%Y-%m-%d %H:%M} UTC ---"
