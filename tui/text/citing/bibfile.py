"""Files of BibTeX entries: which papers they cite already, and what to add to them.

The text is the file's bytes read as Latin-1, which loses nothing in any encoding: keys, names of
fields and ids are ASCII.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.text.citing.bibtex import bibtex
from tui.text.citing.facts import cite_key, eprint
from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.papers import Paper

MAX_KEY: Final = 100  # characters that are shown

_HEAD: Final = re.compile(
    r"@\s*(?:(?:comment|preamble|string)\s*[{(]|\w+\s*[{(]\s*([^\s,\"#%'(){}=@]+)\s*,)",
    re.ASCII | re.IGNORECASE,
)
"""Where a command begins; one with a key is an entry."""
_FIELD: Final = re.compile(r"(?<![\w-])([a-z][\w-]*+)\s*+=\s*", re.ASCII | re.IGNORECASE)
_BARE: Final = re.compile(r"[^\s,#{}\"]*")
_JOINED: Final = re.compile(r"\s*#\s*")
_DRESS: Final = re.compile(r"[{}<>]|\\(?:url|href|emph|textit|texttt)\b")
"""What stands around a text for its looks."""
_LINE_END: Final = re.compile(r"\r\n?|\n")
_BYTE_ORDER_MARK: Final = "\xef\xbb\xbf"

_ID: Final = r"([a-z][a-z-]*(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?(?!\d)"
_PAGE: Final = r"(?:(?:ar|alpha)xiv\.org/[a-z]+/|(?:huggingface|hf)\.co/papers/)"
_CLASS: Final = re.compile(r"\.[a-z]{2}(?=/)")
_EPRINT: Final = re.compile(rf"(?:arxiv)?[\s:.]*{_ID}.*", re.IGNORECASE)
_ADDRESS: Final = re.compile(rf"(?:{_PAGE}|10\.48550/arxiv\.){_ID}", re.IGNORECASE)
_NOTE: Final = re.compile(
    r"(?:arxiv|corr|e-?prints?|preprint|[\s:.,])*"
    rf"(?:arxiv[\s:.]*|abs/|(?:https?://)?(?:www\.)?{_PAGE})"
    rf"{_ID}\s*(?:\[[\w.-]+\])?[\s,.]*(?:\(?\d{{4}}\)?)?\.?",
    re.IGNORECASE,
)
"""arXiv and an id, and nothing else: a paper that a note only mentions is another one."""
_EPRINT_FIELDS: Final = frozenset(["arxiv", "arxivid", "eprint"])
"""What programs call it: Mendeley writes ``arxivId``."""
_ADDRESS_FIELDS: Final = frozenset(["doi", "ee", "eprint", "howpublished", "link", "url"])
_NOTE_FIELDS: Final = frozenset(
    ["howpublished", "journal", "journaltitle", "note", "number", "publisher", "volume"]
)


class Entry(NamedTuple):
    """An entry of a file: its key, and the arXiv ids under which it is known."""

    key: str
    eprints: frozenset[str]


class Addition(NamedTuple):
    """What to put behind a file's text, and the keys of the papers in it and in the file."""

    text: str
    added: tuple[str, ...]
    known: tuple[str, ...]


def entries(text: str) -> Iterator[Entry]:
    """The entries of a file, in order; what BibTeX could not read costs that entry at the most.

    As for BibTeX, ``@comment`` is none, but an entry within it or behind a percent sign is one.
    """
    heads = list(_HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    for head, end in zip(heads, ends, strict=False):
        if head[1] is None:
            continue
        fields = _fields(text[head.end() : end])
        found = (_eprint(name, value) for name, value in fields)
        yield Entry(head[1], frozenset(filter(None, found)))


def addition(text: str, papers: Sequence[Paper]) -> Addition:
    """The entries that the file lacks, each once, parted by blank lines, lines ending as there.

    A paper that is cited already under any key is left out; a key that is taken gets a number.
    """
    there = list(entries(text))
    cited = {each: entry.key for entry in there for each in entry.eprints}
    taken = {entry.key.lower() for entry in there}
    known, new = [], {}
    for identity, paper in {eprint(paper.id): paper for paper in papers}.items():
        if identity in cited:
            known.append(_shown(cited[identity]))
        else:
            key = _free(cite_key(paper.id), taken)
            taken.add(key.lower())
            new[key] = bibtex(paper, key)
    return Addition(_behind(text, list(new.values())), tuple(new), tuple(known))


def _fields(body: str) -> Iterator[tuple[str, str]]:
    """The fields of an entry, their names small, their values without the outer signs."""
    closing = _closing(body)
    at = 0
    while field := _FIELD.search(body, at):
        value, at = _value(body, field.end(), closing)
        yield field[1].lower(), value


def _closing(body: str) -> dict[int, int]:
    """The place of each brace that is closed, and of the one that closes it."""
    places: dict[int, int] = {}
    opened: list[int] = []
    for brace in re.finditer("[{}]", body):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            places[opened.pop()] = brace.start()
    return places


def _value(body: str, at: int, closing: dict[int, int]) -> tuple[str, int]:
    """The value that begins there, its pieces joined, and where it ends."""
    value, at = _piece(body, at, closing)
    while joined := _JOINED.match(body, at):
        piece, at = _piece(body, joined.end(), closing)
        value += piece
    return value, at


def _piece(body: str, at: int, closing: dict[int, int]) -> tuple[str, int]:
    """What stands in braces, in quotes or in neither there, and where it ends."""
    sign = body[at : at + 1]
    end = closing.get(at) if sign == "{" else _quote_end(body, at, closing) if sign == '"' else None
    if end is not None:
        return body[at + 1 : end], end + 1
    bare = _BARE.match(body, at + (sign in ("{", '"')))
    return (bare[0], bare.end()) if bare else ("", at + 1)


def _quote_end(body: str, at: int, closing: dict[int, int]) -> int | None:
    """Where the quote that begins there ends: at the next one that no braces hold."""
    at += 1
    while found := re.compile('[{"]').search(body, at):
        if found[0] == '"':
            return found.start()
        at = closing.get(found.start(), found.start()) + 1
    return None


def _eprint(name: str, value: str) -> str | None:
    """The arXiv id that a field gives to its entry, without version and class."""
    plain = " ".join(_DRESS.sub(" ", value).split())
    found = _EPRINT.fullmatch(plain) if name in _EPRINT_FIELDS else None
    if not found and name in _ADDRESS_FIELDS:
        found = _ADDRESS.search(plain.replace(" ", ""))
    if not found and name in _NOTE_FIELDS:
        found = _NOTE.fullmatch(plain)
    return _CLASS.sub("", found[1].lower()) if found else None


def _behind(text: str, new: list[str]) -> str:
    """The new entries with the line ends of the text, and one blank line before each."""
    if not new:
        return ""
    first = _LINE_END.search(text)
    ending = first[0] if first else "\n"
    last = text.rstrip("\r\n")
    lacking = 2 - len(_LINE_END.findall(text, len(last)))
    gap = ending * lacking if last not in ("", _BYTE_ORDER_MARK) else ""
    return gap + ("\n\n".join(new) + "\n").replace("\n", ending)


def _shown(key: str) -> str:
    """The key of a file as it may stand in a sentence."""
    return clean_line(key.encode("latin-1").decode("utf-8", "replace"), MAX_KEY)


def _free(key: str, taken: set[str]) -> str:
    """The key, or with the first number that makes it one of its own; case does not count."""
    keys = (f"{key}-{number}" if number > 1 else key for number in count(1))
    return next(each for each in keys if each.lower() not in taken)
