"""What the user watches for: words and phrases in texts, authors, organizations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import combining, normalize

from tui.text.latex import to_unicode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.papers import Paper

Marks = list[tuple[int, int]]
"""Where something is marked in a text, as start and end; in order, without overlaps."""

_PARTS: Final = re.compile(r"[\s\u2010\u2011-]+")
_BETWEEN: Final = r"[\s\u2010\u2011-]{1,9}"
_BETWEEN_NAMES: Final = re.compile(r"[\s\u2010\u2011.,-]+")
_LAST_OF_EUROPE: Final = "\u052f"
"""Beyond Latin, Greek and Cyrillic marks make other letters: が is not か."""
_WITHOUT_SPACES: Final = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff]"
"""Scripts that put no spaces between words; compiled, which takes long, when there are words."""
_STROKES: Final = str.maketrans("øØłŁđĐı", "oollddi")
"""Letters that Unicode does not take apart."""


class _Folding(dict[int, int]):
    """Characters to what they are compared as, filled as they are met."""

    def __missing__(self, code: int) -> int:
        parts = normalize("NFD", chr(code))
        base = parts[0] if all(map(combining, parts[1:])) else chr(code)
        lowered = (base if base <= _LAST_OF_EUROPE else chr(code)).lower()
        self[code] = compared = ord(lowered) if len(lowered) == 1 else code
        return compared


_FOLDING: Final = _Folding(_STROKES)


def folded(text: str) -> str:
    """``text`` as it is compared, without case and accents; as many characters as before."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


class Highlights:
    """Finds what the user watches for; one lasts as long as the settings do."""

    __slots__ = ("_authors", "_organizations", "_words")

    def __init__(
        self,
        words: Iterable[str] = (),
        authors: Iterable[str] = (),
        organizations: Iterable[str] = (),
    ) -> None:
        self._words = _pattern(words)
        self._authors = _names(authors)
        self._organizations = _names(organizations)

    def __bool__(self) -> bool:
        return bool(self._words or self._authors or self._organizations)

    def in_text(self, text: str) -> Marks:
        """Where a text holds words that are watched for, in time linear in its length."""
        if self._words is None:
            return []
        return [found.span() for found in self._words.finditer(folded(text))]

    def has_author(self, name: str) -> bool:
        """Whether this is the whole name of an author who is watched for."""
        return bool(self._authors) and _name(name) in self._authors

    def has_organization(self, *names: str) -> bool:
        """Whether one of these, login or full name, is an organization that is watched for."""
        return not self._organizations.isdisjoint(map(_name, names))

    def watches(self, paper: Paper) -> bool:
        """Whether a paper has any of it: in its texts or keywords, or in who it is by."""
        if self._words and any(map(self._words.search, map(folded, _shown(paper)))):
            return True
        by = paper.organization
        if by and self.has_organization(by.name, by.fullname):
            return True
        return any(self.has_author(to_unicode(author.name)) for author in paper.authors)


def _shown(paper: Paper) -> Iterator[str]:
    """The texts of a paper as its page shows them: with their TeX read."""
    yield from map(to_unicode, (paper.title, paper.abstract, paper.ai_summary or ""))
    yield ", ".join(map(to_unicode, paper.keywords))


def _pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """One expression for all phrases; where two begin alike the longer one is found.

    A phrase may be typed as TeX: ``R^2`` is found as such and as R².
    """
    forms = {form for each in phrases for form in (each, to_unicode(each))}
    split = {tuple(filter(None, _PARTS.split(folded(normalize("NFC", each))))) for each in forms}
    longest_first = sorted(split - {()}, key=lambda parts: (-len("".join(parts)), parts))
    spaced = [_phrase(parts) for parts in longest_first if not _stands_in_words(parts)]
    dense = [_phrase(parts) for parts in longest_first if _stands_in_words(parts)]
    between_words = [rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)"] if spaced else []
    return re.compile("|".join(between_words + dense)) if longest_first else None


def _phrase(parts: tuple[str, ...]) -> str:
    """An expression for words however they are parted: by spaces, line ends or hyphens."""
    return _BETWEEN.join(map(re.escape, parts))


def _stands_in_words(parts: tuple[str, ...]) -> bool:
    return any(re.search(_WITHOUT_SPACES, part) for part in parts)


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_name, names)) - {""}


def _name(name: str) -> str:
    """A name as it is compared: also without the points and hyphens of initials."""
    return _BETWEEN_NAMES.sub(" ", folded(normalize("NFC", name))).strip()


NO_HIGHLIGHTS: Final = Highlights()
