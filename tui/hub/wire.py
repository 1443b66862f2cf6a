"""The Hub's JSON, turned into papers; every string is made safe here (API.md §2).

A bad field costs that field, a bad item costs that paper, and only a body that is no JSON costs
the answer.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NoReturn

from tui.hub.errors import BadAnswer
from tui.papers import Author, Organization, Paper, User, is_paper_id
from tui.text.links import web_address
from tui.text.reflow import joined_at_hyphens
from tui.text.sanitize import clean_block, clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_TITLE: Final = 500  # characters, as all limits of texts here
MAX_ABSTRACT: Final = 20_000
MAX_SUMMARY: Final = 5_000
MAX_NAME: Final = 200
MAX_AUTHORS: Final = 10_000
MAX_KEYWORDS: Final = 100
MAX_MEDIA: Final = 50
MAX_COUNT: Final = 1_000_000_000
"""A larger number of upvotes, comments or stars is a fault."""
FIRST_DATE: Final = date(1991, 1, 1)
"""arXiv began in this year; an earlier date is a fault."""
LAST_DATE: Final = date(2199, 12, 31)
"""A later date is a fault."""

_KINDS: Final[dict[type, str]] = {dict: "an object", list: "a list", str: "a text"}


class Items:
    """The papers of a list answer (API.md §2a), each made when it is asked for."""

    def __init__(self, body: bytes) -> None:
        """Raises BadAnswer when ``body`` is no JSON list."""
        self._items = read_list(body)
        self._by_id: dict[str, Paper | None] = {}
        self._places = {
            paper_id: place
            for place, item in reversed(list(enumerate(self._items)))
            if (paper_id := _id_of(item)) is not None
        }

    def paper(self, paper_id: str) -> Paper | None:
        """The paper of that id, None where there is none that can be read."""
        if paper_id not in self._by_id:
            place = self._places.get(paper_id)
            self._by_id[paper_id] = None if place is None else _item(self._items[place])
        return self._by_id[paper_id]

    def follow(self, before: Items) -> None:
        """Go on knowing the papers of an earlier answer that have left the list since."""
        for paper_id in (before._places.keys() | before._by_id.keys()) - self._places.keys():
            self._by_id[paper_id] = before.paper(paper_id)

    def papers(self) -> tuple[tuple[Paper, ...], int]:
        """All papers in the Hub's order, each once, and how many items could not be read."""
        ids = list(map(_id_of, self._items))
        found = {paper_id: self.paper(paper_id) for paper_id in ids if paper_id}
        unreadable = sum(paper_id is None or found[paper_id] is None for paper_id in ids)
        return tuple(paper for paper in found.values() if paper is not None), unreadable


def by_upvotes(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Most upvotes first, in the order given among equals."""
    return tuple(sorted(papers, key=lambda paper: -paper.upvotes))


def parse_items(body: bytes) -> tuple[tuple[Paper, ...], int]:
    """The papers of a list answer, most upvotes first, and how many items could not be read.

    A paper that comes twice is kept once. Raises BadAnswer when ``body`` is no JSON list.
    """
    papers, unreadable = Items(body).papers()
    return by_upvotes(papers), unreadable


def parse_paper(body: bytes) -> Paper:
    """The paper of a detail answer, which is flat (API.md §3).

    Raises BadAnswer when ``body`` is no JSON object or lacks a usable id or title.
    """
    paper = _paper(read_object(body), {})
    if paper is None:
        raise BadAnswer("the paper has no usable id or title")
    return paper


def parse_item(body: bytes) -> Paper:
    """The paper of one item of a list answer.

    Raises BadAnswer when ``body`` is no JSON object or lacks a usable id or title.
    """
    paper = _item(read_object(body))
    if paper is None:
        raise BadAnswer("the item has no paper with a usable id and title")
    return paper


def read_list(body: bytes) -> list[Any]:
    """The list in ``body``; raises BadAnswer when it holds anything else."""
    value = _read(body)
    if not isinstance(value, list):
        raise BadAnswer(f"{_KINDS.get(type(value), 'a value')} came instead of a list")
    return value


def read_object(body: bytes) -> dict[str, Any]:
    """The object in ``body``; raises BadAnswer when it holds anything else."""
    value = _read(body)
    if not isinstance(value, dict):
        raise BadAnswer(f"{_KINDS.get(type(value), 'a value')} came instead of an object")
    return value


def _read(body: bytes) -> object:
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise BadAnswer("the answer is not UTF-8 text") from None
    except ValueError:  # no JSON, cut off, or a number of thousands of digits
        raise BadAnswer("the answer is not JSON, or is cut off") from None
    except RecursionError:
        raise BadAnswer("the answer is nested too deep") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _id_of(item: object) -> str | None:
    """The id of a list item, None where it is not the id of a paper."""
    paper = item.get("paper") if isinstance(item, dict) else None
    paper_id = paper.get("id") if isinstance(paper, dict) else None
    return paper_id if isinstance(paper_id, str) and is_paper_id(paper_id) else None


def _item(item: object) -> Paper | None:
    if not isinstance(item, dict) or not isinstance(item.get("paper"), dict):
        return None
    return _paper(item["paper"], item)


def _paper(paper: dict[str, Any], item: dict[str, Any]) -> Paper | None:
    """The paper, or None without an id or title; ``item`` holds what the list adds to it."""
    paper_id = paper.get("id")
    title = _title(paper.get("title")) or _title(item.get("title"))
    if not isinstance(paper_id, str) or not is_paper_id(paper_id) or title is None:
        return None
    return Paper(
        id=paper_id,
        title=title,
        abstract=_block(paper.get("summary"), MAX_ABSTRACT) or "",
        authors=_authors(paper.get("authors")),
        day=_date(paper.get("submittedOnDailyAt")),
        published=_date(paper.get("publishedAt")),
        submitter=_user(paper.get("submittedOnDailyBy")) or _user(item.get("submittedBy")),
        organization=_organization(paper.get("organization"))
        or _organization(item.get("organization")),
        upvotes=_count(paper.get("upvotes")) or 0,
        comments=_count(item.get("numComments")),
        github_repo=_url(paper.get("githubRepo")),
        github_stars=_count(paper.get("githubStars")),
        project_page=_url(paper.get("projectPage")),
        ai_summary=_block(paper.get("ai_summary"), MAX_SUMMARY),
        ai_model=_line(paper.get("ai_summary_model"), MAX_NAME),
        keywords=_keywords(paper.get("ai_keywords")),
        media=_media(paper.get("mediaUrls")) or _media(item.get("mediaUrls")),
        thumbnail=_url(item.get("thumbnail")),
        author_participating=item.get("isAuthorParticipating") is True,
        withdrawn=_date(paper.get("withdrawnAt")),
    )


def _title(value: object) -> str | None:
    return _line(joined_at_hyphens(value), MAX_TITLE) if isinstance(value, str) else None


def _line(value: object, limit: int) -> str | None:
    return clean_line(value, limit) or None if isinstance(value, str) else None


def _block(value: object, limit: int) -> str | None:
    return clean_block(value, limit) or None if isinstance(value, str) else None


def _url(value: object) -> str | None:
    return web_address(value) if isinstance(value, str) else None


def _count(value: object) -> int | None:
    return value if type(value) is int and 0 <= value <= MAX_COUNT else None


def _date(value: object) -> date | None:
    """The date at the start of an ISO time, as it stands there: never moved to another zone."""
    if not isinstance(value, str) or value[4:5] != "-" or value[7:8] != "-":
        return None
    try:
        found = date.fromisoformat(value[:10])
    except ValueError:
        return None
    return found if FIRST_DATE <= found <= LAST_DATE else None


def _authors(value: object) -> tuple[Author, ...]:
    found = (_author(entry) for entry in _list(value)[:MAX_AUTHORS])
    return tuple(author for author in found if author is not None)


def _author(value: object) -> Author | None:
    if not isinstance(value, dict) or value.get("hidden") is True:
        return None
    name = _line(value.get("name"), MAX_NAME)
    if name is None:
        return None
    user = value.get("user")
    return Author(name, _login(user) if isinstance(user, dict) else None)


def _login(user: dict[str, Any]) -> str | None:
    return _line(user.get("name"), MAX_NAME) or _line(user.get("user"), MAX_NAME)


def _user(value: object) -> User | None:
    if not isinstance(value, dict):
        return None
    login = _login(value)
    return User(login, _line(value.get("fullname"), MAX_NAME) or login) if login else None


def _organization(value: object) -> Organization | None:
    if not isinstance(value, dict):
        return None
    name = _line(value.get("name"), MAX_NAME)
    return Organization(name, _line(value.get("fullname"), MAX_NAME) or name) if name else None


def _keywords(value: object) -> tuple[str, ...]:
    found = (_line(entry, MAX_NAME) for entry in _list(value)[:MAX_KEYWORDS])
    return tuple(keyword for keyword in found if keyword is not None)


def _media(value: object) -> tuple[str, ...]:
    found = (_url(entry) for entry in _list(value)[:MAX_MEDIA])
    return tuple(url for url in found if url is not None)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
