"""Abstracts as arXiv breaks them, set anew to the width of a pane."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from rich.cells import chop_cells

from tui.text.emphasis import Run, merged
from tui.text.width import cell_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PARAGRAPH: Final = re.compile(
    r"\n[^\S\n]*\n\s*"
    r"|(?:(?<=[.:;!?])|(?<=[.!?][)\"'”’]))\n[^\S\n]{2,}+(?![-*•]\s|\(?\d{1,2}[.)]\s)"
)
"""What parts paragraphs: an empty line, or, as on arXiv, an indent after a sentence."""
_BROKEN_AT_HYPHEN: Final = re.compile(r"(?<=\w-)\n\s*(?=\w)(?!(?:and|or|to|nor|versus|vs)\b)")
_ITEM: Final = re.compile(r"[^\S\n]*(?:([-*•])|(\()?(\d{1,2})[.)])\s+\S")
_ENDS_A_THOUGHT: Final = re.compile(r"(?:[.:;,!?]|\b(?:and|or))\s*$")
_JOINER: Final = "\u200d"
"""Makes one picture of those on either side."""
_NEVER_FIRST: Final = frozenset("、。，．：；！？）」』】》〉”’…")
"""Closing signs that stay on the line of the wide character before them."""


def wrap(text: str, cells: int) -> list[str]:
    """``text`` as lines of at most ``cells`` terminal cells, paragraphs parted by an empty line.

    Single line breaks are those of the source and become spaces, except before an indented
    sentence or the items of a list. Only a wide character that is alone may need a cell more.
    """
    cells = max(cells, 1)
    lines: list[str] = []
    for paragraph in _PARAGRAPH.split(text.strip()):
        if lines:
            lines.append("")
        for block in _blocks(paragraph):
            lines += _fill(block, cells)
    return lines


def wrap_runs(runs: Sequence[Run], cells: int) -> list[tuple[Run, ...]]:
    """``wrap`` for text in several styles, which go on over the ends of lines."""
    lines = wrap("".join(run.text for run in runs), cells)
    if all(run.style == "plain" for run in runs):
        return [(Run(line),) for line in lines]
    return list(_styled(lines, runs))


def joined_at_hyphens(text: str) -> str:
    """``text`` without the line ends that part a word behind its hyphen."""
    return _BROKEN_AT_HYPHEN.sub("", text)


def _styled(lines: Sequence[str], runs: Sequence[Run]) -> Iterator[tuple[Run, ...]]:
    """The lines as runs; a space between two styles is plain."""
    parts = ((run.style, len("".join(run.text.split()))) for run in runs)
    style, left = next(parts)
    for line in lines:
        shown: list[Run] = []
        at = 0
        while at < len(line):
            while not left:
                style, left = next(parts)
            end = _after(line, at, left)
            word = at + (at > 0 and line[at] == " ")
            shown += [Run(line[at:word])] * (word > at) + [Run(line[word:end], style)]
            left -= end - at - line.count(" ", at, end)
            at = end
        yield merged(shown)


def _after(line: str, at: int, letters: int) -> int:
    """The place in ``line`` after so many letters that are no spaces, counted from ``at``."""
    if len(line) - at - line.count(" ", at) <= letters:
        return len(line)
    places = (place for place in range(at, len(line)) if line[place] != " ")
    return next(islice(places, letters - 1, None)) + 1


def _blocks(paragraph: str) -> Iterator[str]:
    """The paragraph whole, or, where it clearly holds a list, its beginning and each item."""
    joined = joined_at_hyphens(paragraph)
    starts = _item_starts(joined) if "\n" in joined else []
    if len(starts) < 2:
        yield joined
        return
    edges = sorted({0, *starts, len(joined)})
    for start, end in pairwise(edges):
        yield joined[start:end]


def _item_starts(paragraph: str) -> list[int]:
    """Where the lines begin that carry one kind of bullet, or the numbers 1, 2, 3 and so on.

    The first follows the end of a thought, or it merely came to stand where a line begins.
    """
    starts: list[int] = []
    kind: tuple[str | None, ...] | None = None
    offset, before = 0, ""
    for line in paragraph.splitlines(keepends=True):
        item = _ITEM.match(line)
        if item and item[3] in (None, str(len(starts) + 1)):
            may_begin = kind is None and (not before or _ENDS_A_THOUGHT.search(before[-20:]))
            if may_begin or item.groups()[:2] == kind:
                kind = item.groups()[:2]
                starts.append(offset)
        offset, before = offset + len(line), line
    return starts


def _fill(block: str, cells: int) -> Iterator[str]:
    """The words of ``block``, as many to a line as there is room for."""
    line: list[str] = []
    used = 0
    for gap, piece, width in _pieces(block, cells):
        if line and used + len(gap) + width > cells:
            yield "".join(line)
            line, used = [], 0
        if line and gap:
            line.append(gap)
            used += 1
        line.append(piece)
        used += width
    if line:
        yield "".join(line)


def _pieces(block: str, room: int) -> Iterator[tuple[str, str, int]]:
    """What may not be broken: the gap before it, the piece, and the piece's width in cells."""
    for word in block.split():
        width = cell_width(word)
        if width == len(word) <= room:
            yield " ", word, width
            continue
        gap = " "
        for run in [word] if width == len(word) else _runs(word):
            for piece in _chopped(run, room):
                yield gap, piece, cell_width(piece)
                gap = ""


def _runs(word: str) -> Iterator[str]:
    """The word in parts between which a line may end: before and after wide characters."""
    start, after_wide = 0, False
    for index, character in enumerate(word):
        width = cell_width(character)
        if not width or word[index - 1 : index] == _JOINER:
            continue
        if index > start and (after_wide or width == 2) and character not in _NEVER_FIRST:
            yield word[start:index]
            start = index
        after_wide = width == 2
    yield word[start:]


def _chopped(run: str, room: int) -> list[str]:
    if 2 * len(run) <= room or cell_width(run) <= room:
        return [run]
    pieces = [piece for piece in chop_cells(run, room) if piece]
    # Rich leaves out what alone is too wide where invisible characters stand before it.
    return pieces if sum(map(len, pieces)) == len(run) else [run]
