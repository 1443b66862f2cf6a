"""Reads addresses for ``find_links``, and mends what a space or a line end has broken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tui.text.addresses import ENDINGS, Link
from tui.text.groups import unescaped
from tui.text.links import ADDRESS_LIMIT, arxiv_page, doi_page, hyperlink_target, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BREAKS: Final = 4
"""Places at which one address is mended."""

_LABEL: Final = r"[A-Za-z0-9][A-Za-z0-9-]{0,62}"
_ENDINGS: Final = "|".join(ENDINGS)
_BARE: Final = (
    rf"www\.(?:{_LABEL}\.){{1,5}}[a-z]{{2,}}"
    rf"|(?:{_LABEL}\.){{1,5}}(?:com|org|ai|github\.io)(?![\w@]|[.-]\w)"
    rf"|(?:{_LABEL}\.){{1,5}}(?:{_ENDINGS})(?=/\w)"
)
_HOST_FOLLOWS: Final = rf"(?=(?:{_LABEL}\.){{1,5}}[a-z]{{2}})"
_WORD: Final = r"(?![A-Za-z\d_])\w[\w-]{0,62}"
_HOST_IN_ANY_SCRIPT: Final = (
    rf"(?:(?:{_LABEL}|{_WORD})\.){{0,3}}{_WORD}"
    rf"\.(?:[a-z]{{2,63}}(?![A-Za-z\d_-])|{_WORD}(?=[\s/]|\Z))"
)
"""A host with a name beyond ASCII, where its end is beyond doubt."""
_START: Final = re.compile(
    rf"(?P<scheme>(?i:https?)(?:://(?:{_HOST_IN_ANY_SCRIPT}|(?=\w))"
    rf"|\s?:\s?/\s?/?\s?{_HOST_FOLLOWS}))"
    r"|(?<![\w.])(?i:arxiv)(?:\s?:\s?|\s)"
    r"(?P<arxiv>(?:\d{4}\.\d{4,5}|[a-z]{2,10}(?:-[a-z]{2,10})?(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?)"
    r"(?![\w/])"
    r"|(?<![\w./])(?P<named>(?i:doi)\s?:?\s?)?(?P<doi>10\.\d{4,9}/(?=\w))"
    rf"|(?<![\w@./:-])(?P<bare>{_BARE})"
)
_LETTERS: Final = (
    r"\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
    r"\u0300-\u036f"
    r"\u0386\u0388-\u03f5\u1f00-\u1fff"
    r"\u0400-\u0481\u048a-\u052f"
)
"""Of Latin, what combines with them, Greek and Cyrillic: scripts with spaces between words."""
_RUN: Final = re.compile(
    rf"(?:[A-Za-z0-9{_LETTERS}._~:/?#@!$&'*+,;=%()\[\]-]|\\(?=[_%#&~])){{0,{ADDRESS_LIMIT}}}"
)
"""The characters of an address, some of them escaped as TeX has them."""
_GLUED: Final = re.compile(r"(?<![/=])https?://", re.IGNORECASE)
_TRAILING: Final = frozenset(".,:;!?'*")
_CLOSERS: Final = {")": "(", "]": "["}
_SCHEME: Final = re.compile(r"(https?):/*", re.IGNORECASE)

_PATH_OR_HOST_GOES_ON: Final = re.compile(rf"\s+(?=/(?!https?:)[\w~]|\.(?:{_ENDINGS}|github)\b)")
_HALF_A_HOST: Final = re.compile(rf"https?://(?:[\w-]+\.)*(?!(?:{_ENDINGS})\.$)[\w-]+\.")
_OTHER_HALF: Final = re.compile(rf"\s+(?=(?:{_ENDINGS})(?:[/.,;)\s]|$))")
_LIST_ITEM: Final = r"(?:\d+|[A-Za-z]|[ivx]+)[.)]\s"
_BEFORE_COLON: Final = r"(?:[^\s:.,;]+ ){0,2}[^\s:.,;]*[^\s:.,;/] ?:(?!//)"
_FIGURES: Final = r"[\d.,:/-]+(?:[\s;)\]]|$)"
_OF_ITS_OWN: Final = rf"{_LIST_ITEM}|{_BEFORE_COLON}|{_FIGURES}"
"""How a line or word begins that has nothing to do with the address before it."""
_NEXT_LINE: Final = re.compile(rf"[^\S\n]*+\n\s*+(?=\w)(?!(?:and|or|to|nor)\b|{_OF_ITS_OWN})")
_OPEN_ENDS: Final = ("-", "_", "=", "&", "#", "%", "+", "~")
_NEXT_STEP: Final = re.compile(
    rf"\s++(?=(?P<step>[A-Za-z0-9][A-Za-z0-9{_LETTERS}_.~%+/-]*))"
    rf"(?!https?:|www\.|{_OF_ITS_OWN})"
)
_CLAUSE_ENDS: Final = re.compile(r"[.,;)\]]*(?:\s*$|(?<=[.,;)\]])\s)")
_ONLY_AN_OWNER: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:github|gitlab)\.com/[\w.-]+/", re.IGNORECASE
)
_ONLY_A_HOME: Final = re.compile(r"(?:https?://)?[\w-]+\.github\.io/", re.IGNORECASE)
_HYPHENATED: Final = re.compile(r"[a-z][a-z\d]*(?:-[a-z\d]+)+")
_WORDS: Final = frozenset(
    {"and", "or", "for", "with", "here", "there", "now", "soon", "repository", "repositories",
     "repo", "repos", "page", "pages", "website", "site", "account", "profile", "organization",
     "group", "link", "links", "code", "codes", "codebase", "demo", "demos", "model", "models",
     "data", "dataset", "datasets", "benchmark", "benchmarks", "weights", "checkpoint",
     "checkpoints", "paper", "papers", "project", "projects", "video", "videos", "image", "images",
     "text", "audio", "train", "training", "test", "testing", "source", "software", "library",
     "toolkit", "package", "implementation", "supplementary", "appendix", "abstract", "github",
     "gitlab", "youtube"}
)  # fmt: skip
"""What may follow an address and be no name of a repository or page."""


def read_links(text: str) -> Iterator[Link]:
    """The links in ``text``; ``find_links`` says more."""
    at = 0
    while start := _START.search(text, at):
        end, read = _read(text, start)
        if address := web_address(read):
            yield Link(start.start(), end, address)
        at = max(end, start.end())


def _read(text: str, start: re.Match[str]) -> tuple[int, str]:
    """Where the link ends that begins here, and its address; "" where it is none after all."""
    if found := start["arxiv"]:
        return start.end(), arxiv_page(found)
    if start["doi"]:
        end = _trimmed(text, start.start("doi"), _run_end(text, start.end()))
        name = unescaped(text[start.start("doi") : end])
        sure = start["named"] or re.search("[A-Za-z]", name)
        return end, doi_page(name) if sure and end > start.end() else ""
    end = _mended_end(text, start.start(), start.end())
    address = unescaped("".join(text[start.start() : end].split()))
    whole = f"https://{address}" if start["bare"] else _SCHEME.sub(r"\1://", address, count=1)
    return end, hyperlink_target(whole)


def _mended_end(text: str, start: int, at: int) -> int:
    """Where the address ends that begins at ``start`` and has been read up to ``at``."""
    for breaks_left in reversed(range(MOST_BREAKS + 1)):
        run = _run_end(text, at)
        end = _trimmed(text, start, run)
        goes_on = _goes_on(text, start, end, run) if breaks_left else None
        if goes_on is None:
            break
        at = goes_on
    return end


def _run_end(text: str, at: int) -> int:
    """Where the characters of an address end, or another address begins."""
    run = _RUN.match(text, at)
    end = run.end() if run else at
    glued = _GLUED.search(text, at, end)
    return glued.start() if glued else end


def _trimmed(text: str, start: int, end: int) -> int:
    """Where the address ends: before a bracket without its other half, and punctuation."""
    open_at: list[int] = []
    for index in range(start, end):
        character = text[index]
        if character in "([":
            open_at.append(index)
        elif character in _CLOSERS:
            if not open_at or text[open_at[-1]] != _CLOSERS[character]:
                end = index
                break
            open_at.pop()
    end = open_at[0] if open_at else end
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return end


def _goes_on(text: str, start: int, end: int, run: int) -> int | None:
    """Where the address goes on after a break; None where that is not beyond doubt."""
    found: re.Match[str] | None = None
    if end < run:
        if _HALF_A_HOST.fullmatch("".join(text[start:run].split())):
            found = _OTHER_HALF.match(text, run)
    elif text.endswith(_OPEN_ENDS, start, end):
        found = _NEXT_LINE.match(text, end)
    elif text[end - 1] == "/":
        found = _next_step(text, start, end)
    else:
        found = _PATH_OR_HOST_GOES_ON.match(text, end)
    return found.end() if found else None


def _next_step(text: str, start: int, end: int) -> re.Match[str] | None:
    """The gap before the next step of a path that was broken behind a slash."""
    found = _NEXT_STEP.match(text, end)
    if found is None:
        return None
    step = found["step"].rstrip(".")
    if not _may_be_a_name(step):
        return None
    if step.endswith("/"):
        return found
    if not _CLAUSE_ENDS.match(text, found.start("step") + len(step)):
        return None
    return found if _goes_with("".join(text[start:end].split()), step) else None


def _may_be_a_name(step: str) -> bool:
    """Whether a part of this step is more than a figure, a single letter or a plain word."""
    parts = step.casefold().split("/")
    return any(len(part) > 1 and part not in _WORDS for part in parts if not part.isdigit())


def _goes_with(address: str, step: str) -> bool:
    """Whether a step that ends a clause is beyond doubt the next one of this address."""
    if "/" in step or "_" in step or _ONLY_AN_OWNER.fullmatch(address):
        return True
    return bool(_ONLY_A_HOME.fullmatch(address) and _HYPHENATED.fullmatch(step))
