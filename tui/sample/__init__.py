"""A small edition that ships with the program: three real days, answered as the Hub answers.

Ids, titles, names, dates and figures are those of the papers; abstracts and summaries are told
in our own words.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping

DAYS: Final = (date(2026, 8, 19), date(2026, 8, 20), date(2026, 8, 21))
TODAY: Final = DAYS[-1]
"""The day it is in the sample; later ones are not open yet."""
LIST_PATH: Final = "/api/daily_papers"
PAPER_PATH: Final = "/api/papers/"
DEFAULT_LIMIT: Final = 50  # papers a page (API.md §1)
MAX_LIMIT: Final = 100
NAMES: Final = {"date": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m"}
"""The parameters that name days, and what a day is called there."""
PATTERNS: Final = {
    "week": r"^\d{4}-W(0[1-9]|[1-4][0-9]|5[0-2])$",
    "month": r"^\d{4}-(0[1-9]|1[0-2])$",
}
"""The weeks and months that the Hub accepts; week 53 is none of them (API.md §1)."""
TRENDING: Final = "trending"
SORTS: Final = ("publishedAt", TRENDING)
MIRRORED: Final = ("title", "summary", "mediaUrls", "organization")
"""What a list item repeats from its paper (API.md §2a); the files hold it once."""

Json = dict[str, Any]
Answer = tuple[int, dict[str, str], bytes]


def answer(path: str, query: Mapping[str, str]) -> Answer:
    """Status, headers and body for a GET of ``path``; header names are in lower case.

    Knows the list with ``date``, ``week`` or ``month``, ``sort``, ``limit`` and ``p``, and single
    papers (API.md §1, §3, §4).
    """
    try:
        if path == LIST_PATH:
            return _list(_Query.read(query))
        if path.startswith(PAPER_PATH):
            return _paper(path.removeprefix(PAPER_PATH))
    except _QueryError as refusal:
        return _json(400, {"error": f"✖ {refusal}"})
    return _json(404, {"error": "The sample has no such page."})


class _QueryError(ValueError):
    """A parameter that the Hub does not accept; the message says which."""


@dataclass(frozen=True, slots=True)
class _Query:
    asked: Mapping[str, str]
    limit: int
    page: int

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> _Query:
        if "date" in asked:
            _check_day(asked["date"])
        for name, pattern in PATTERNS.items():
            if name in asked and re.fullmatch(pattern, asked[name], re.ASCII) is None:
                raise _QueryError(f"Invalid string: must match pattern /{pattern}/\n  → at {name}")
        if asked.get("sort", TRENDING) not in SORTS:
            options = "|".join(f'"{sort}"' for sort in SORTS)
            raise _QueryError(f"Invalid option: expected one of {options}\n  → at sort")
        return cls(
            asked,
            limit=_number(asked, "limit", DEFAULT_LIMIT, range(1, MAX_LIMIT + 1)),
            page=_number(asked, "p", 0, range(2**31)),
        )

    def next_page(self) -> str:
        return f"{LIST_PATH}?{urlencode({**self.asked, 'limit': self.limit, 'p': self.page + 1})}"

    def holds(self, day: date) -> bool:
        """Whether ``day`` is called what was asked for."""
        return all(
            self.asked[key] == f"{day:{form}}" for key, form in NAMES.items() if key in self.asked
        )


def _check_day(text: str) -> None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _QueryError('"date" must be a day like 2026-08-21') from None
    if day.isoformat() != text:
        raise _QueryError('"date" must be a day like 2026-08-21')
    if day > TODAY:
        latest = f"{TODAY.isoformat()}T00:00:00.000Z"
        raise _QueryError(f'"date" must be less than or equal to "{latest}"')


def _number(query: Mapping[str, str], name: str, default: int, allowed: range) -> int:
    text = query.get(name, str(default))
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
    if number not in allowed:
        raise _QueryError(f'"{name}" must be between {allowed[0]} and {allowed[-1]}')
    return number


def _list(query: _Query) -> Answer:
    items = _ranked() if query.asked.get("sort") == TRENDING else _newest_first(query)
    end = (query.page + 1) * query.limit
    page = items[end - query.limit : end]
    if query.asked.keys() & PATTERNS:
        page.sort(key=_upvotes, reverse=True)  # each page by itself (API.md §1)
    status, headers, body = _json(200, page)
    if end < len(items):
        headers["link"] = f'<{query.next_page()}>; rel="next"'
    return status, headers, body


def _newest_first(query: _Query) -> list[Json]:
    return [item for day in reversed(DAYS) if query.holds(day) for item in _items(day)]


def _ranked() -> list[Json]:
    """The papers of all days by upvotes a day; the ranking shows in no field of them."""
    dated = [(day, item) for day in DAYS for item in _items(day)]
    dated.sort(key=lambda pair: _upvotes(pair[1]) / ((TODAY - pair[0]).days + 1), reverse=True)
    return [item for _, item in dated]


def _upvotes(item: Json) -> int:
    upvotes: int = item["paper"]["upvotes"]
    return upvotes


def _paper(paper_id: str) -> Answer:
    for day in DAYS:
        for item in _items(day):
            if item["paper"]["id"] == paper_id:
                return _json(200, item["paper"])
    return _json(404, {"error": "Paper not found. It is not one of the sample's papers."})


@cache
def _items(day: date) -> tuple[Json, ...]:
    """The list items of one of DAYS, most upvotes first as in the file."""
    stored = files(__name__).joinpath(f"{day}.json").read_text(encoding="utf-8")
    return tuple(_whole(item) for item in json.loads(stored))


def _whole(item: Json) -> Json:
    """``item`` with what the Hub repeats outside of its paper."""
    paper = item["paper"]
    mirrored = {key: paper[key] for key in MIRRORED if key in paper}
    return item | mirrored | {"submittedBy": paper["submittedOnDailyBy"]}


def _json(status: int, value: object) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode()
    headers = {
        "content-type": "application/json; charset=utf-8",
        "etag": f'W/"{len(body):x}-{zlib.crc32(body):08x}"',
    }
    return status, headers, body
