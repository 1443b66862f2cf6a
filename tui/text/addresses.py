"""Web addresses, arXiv ids and DOIs inside a text: told apart from texts without any at once."""

from __future__ import annotations

from typing import Final, NamedTuple

ENDINGS: Final = (
    "com", "org", "net", "ai", "io", "dev", "co", "edu", "gov", "me", "cc", "cn", "de", "uk", "fr",
    "jp", "kr", "ch", "eu", "be", "app", "page", "tech", "space", "site", "xyz",
)  # fmt: skip
"""What a host without a scheme may end in where a path follows, and what a break may part."""
_HINTS: Final = (
    "http", "www.", "arxiv", "10.", ".com", ".org", ".ai", "github.io",
    *(f".{ending}/" for ending in ENDINGS),
)  # fmt: skip


class Link(NamedTuple):
    """What leads somewhere: ``text[start:end]``, and the http(s) address it stands for."""

    start: int
    end: int
    address: str


def find_links(text: str) -> list[Link]:
    """The links in ``text`` in their order; they do not overlap.

    An address ends before a letter of a script that writes without spaces, its host apart. It is
    ASCII, whole and safe to open, also where the text has it broken, or leaves out its scheme.
    """
    lowered = text.lower()
    if not any(hint in lowered for hint in _HINTS):
        return []
    from tui.text.mending import read_links

    return list(read_links(text))


def find_links_by_line(text: str) -> list[Link]:
    """The links in a text whose line ends are meant: none of them goes on in the next line."""
    links: list[Link] = []
    at = 0
    for line in text.split("\n"):
        links += (Link(at + start, at + end, address) for start, end, address in find_links(line))
        at += len(line) + 1
    return links
