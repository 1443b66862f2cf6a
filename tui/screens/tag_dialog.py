"""The dialog for tags: a line with those of the papers, and the tags in use to choose from."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple, Self

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.library.change import MOST_TAG
from tui.page import shown_tag
from tui.screens.dialog import Dialog
from tui.screens.typed import TypedLine, typed_keys
from tui.text.tags import tag_meant
from tui.text.width import fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

OFFERED: Final = 6
"""Tags in use that are shown at once."""
TAG_CELLS: Final = 40
HINT: Final = "Commas between tags · Tab completes, ↑ ↓ choose · Enter keeps, Esc changes nothing"
TOO_LONG: Final = f"A tag has at most {MOST_TAG} characters."
COMMA_IN_TAG: Final = ";"
"""Stands for a comma inside a tag, which another program can make."""
CHOSEN: Final = "bold $text-accent"


class Tagged(NamedTuple):
    """The tags of the papers that the dialog is about."""

    all: tuple[str, ...] = ()
    """Those that every paper has."""
    some: tuple[str, ...] = ()
    """Those that only some have; they stay as they are unless they are typed."""

    @classmethod
    def of(cls, papers: Sequence[Sequence[str]]) -> Self:
        """The tags of each paper, sorted into those of all and those of some."""
        every = sorted(set(chain.from_iterable(papers)))
        shared = tuple(tag for tag in every if all(tag in tags for tags in papers))
        return cls(shared, tuple(tag for tag in every if tag not in shared))


class TagDialog(Dialog["Mapping[str, bool]"]):
    """Gives whether each tag that was added or taken off is to be there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("tab", "complete", "Complete"),
        ("enter", "keep", "Keep"),
        ("down", "choose(1)", "Next"),
        ("up", "choose(-1)", "Previous"),
        *typed_keys(),
    ]

    def __init__(self, title: str, tagged: Tagged, in_use: Sequence[str]) -> None:
        """``in_use`` are all tags there are, those to be offered first in front."""
        super().__init__()
        self._title = title
        self._tagged = tagged
        self._in_use = in_use
        self._chosen = "", 0
        """A line, and the place of the tag that was chosen among those offered for it."""
        self._line = TypedLine(
            "".join(f"{typable(tag)}, " for tag in tagged.all), placeholder="moe, to read",
            select_on_focus=False, id="tag-line",
        )  # fmt: skip
        self._offer = Static(id="tag-offer")
        self._hint = Static(Content(HINT), classes="box-hint")

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Content(self._title), classes="box-title")
            yield self._line
            yield self._offer
            if self._tagged.some:
                some = ", ".join(map(typable, self._tagged.some))
                yield Static(Content(f"Some of them have: {some}"), id="tag-some")
            yield self._hint

    def on_input_changed(self) -> None:
        self._show_offer()

    def _show_offer(self) -> None:
        parts = [
            (fit(typable(tag), TAG_CELLS), CHOSEN if place == self._place else "")
            for place, tag in enumerate(self._offered)
        ]
        self._offer.update(Content("  ").join(Content.styled(*part) for part in parts))

    @property
    def _offered(self) -> list[str]:
        *before, begun = self._line.value.split(",")
        return completions(begun, self._in_use, taken=names(before))[:OFFERED]

    @property
    def _place(self) -> int:
        """Of the chosen one among those that are offered: the first in a line that has changed,
        which keys may ask about before the message of that comes."""
        line, place = self._chosen
        return place if line == self._line.value else 0

    def action_choose(self, step: int) -> None:
        """Choose another one of the tags that are offered."""
        place = max(0, min(self._place + step, len(self._offered) - 1))
        self._chosen = self._line.value, place
        self._show_offer()

    def action_complete(self) -> None:
        """Put the chosen tag in place of the one that was begun."""
        offered = self._offered
        if offered:
            *before, _ = self._line.value.split(",")
            tags = [*names(before), typable(offered[self._place])]
            self._line.value = "".join(f"{tag}, " for tag in tags)
            self._line.cursor_position = len(self._line.value)

    def action_type(self, character: str) -> None:
        self._line.take(character)

    def action_keep(self) -> None:
        changed = changes(names(self._line.value.split(",")), self._tagged, self._in_use)
        if any(len(tag) > MOST_TAG for tag in changed):
            self._hint.update(Content(TOO_LONG))
        else:
            self.close(changed)


def typable(tag: str) -> str:
    """A tag as it stands in the line, where nothing unsafe and no comma may be in it."""
    return shown_tag(tag).replace(",", COMMA_IN_TAG)


def names(parts: Iterable[str]) -> list[str]:
    """The tags between commas, each once, in the order in which they were typed."""
    return list(dict.fromkeys(tag for part in parts if (tag := part.strip())))


def completions(begun: str, in_use: Iterable[str], *, taken: Sequence[str]) -> list[str]:
    """The tags in use that what was begun may become, the case of letters aside."""
    starts = begun.strip().casefold(), tag_meant(begun).casefold()
    return [
        tag for tag in in_use if typable(tag).casefold().startswith(starts)
        and typable(tag) not in taken
    ]  # fmt: skip


def changes(typed: Sequence[str], tagged: Tagged, in_use: Iterable[str]) -> Mapping[str, bool]:
    """What turns the tags of the papers into those that were typed.

    A tag in use is meant by the way it is shown, whatever hidden characters it has, and be it one
    that begins with #.
    """
    meant = {typable(tag): tag for tag in (*in_use, *tagged.some)}
    present = {typable(tag) for tag in tagged.all}
    wanted = [tag if tag in meant or tag in present else tag_meant(tag) for tag in typed]
    added = {meant.get(tag, tag): True for tag in wanted if tag and tag not in present}
    return added | {tag: False for tag in tagged.all if typable(tag) not in wanted}
