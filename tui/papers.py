"""The domain: papers and the editions they appear in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime

    from tui.periods import Period

_ID: Final = re.compile(
    r"(?<!\d)\d{4}\.\d{4,5}(?!\d)|[a-z]{1,10}(-[a-z]{1,10})?(\.[A-Z]{2})?/\d{7}(?!\d)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Author:
    """One author who may be shown, with the Hub user name where one was claimed."""

    name: str
    username: str | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A Hub account: the one that put a paper on Daily Papers."""

    username: str
    fullname: str


@dataclass(frozen=True, slots=True)
class Organization:
    """A Hub organization: its login and the name that people read."""

    name: str
    fullname: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as the Hub describes it (API.md §2); every string is safe to print.

    Titles and abstracts hold TeX as the authors typed it; abstracts keep their line breaks.
    What the Hub left out is None, or empty where there can be many.
    """

    id: str
    title: str
    abstract: str = ""
    authors: tuple[Author, ...] = ()
    day: date | None = None
    """The day on Daily Papers, which is not the arXiv date."""
    published: date | None = None
    """The date on arXiv."""
    submitter: User | None = None
    organization: Organization | None = None
    upvotes: int = 0
    comments: int | None = None
    github_repo: str | None = None
    github_stars: int | None = None
    project_page: str | None = None
    ai_summary: str | None = None
    ai_model: str | None = None
    keywords: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    thumbnail: str | None = None
    author_participating: bool = False
    withdrawn: date | None = None

    @property
    def headline(self) -> Headline:
        """What a list shows of it."""
        return Headline(
            self.id,
            self.title,
            self.upvotes,
            self.comments,
            self.github_stars,
            self.github_repo is not None,
            self.organization.fullname if self.organization else "",
            len(self.authors),
            self.day,
            self.published,
        )


class Headline(NamedTuple):
    """What a list shows of a paper; cheap to keep by the thousand."""

    id: str
    title: str
    upvotes: int = 0
    comments: int | None = None
    github_stars: int | None = None
    has_repo: bool = False
    organization: str = ""
    """The name that people read."""
    authors: int = 0
    """How many."""
    day: date | None = None
    published: date | None = None

    @property
    def is_bare(self) -> bool:
        """Whether nothing is known of the paper but its id, which stands for the title then."""
        return self._replace(day=None) == Headline(self.id, self.id)


class Gain(NamedTuple):
    """What a paper has gained since the user last looked; counts may fall as well."""

    upvotes: int = 0
    comments: int = 0
    repo: bool = False
    """Whether a repository has appeared."""


NO_GAIN: Final = Gain()


@dataclass(frozen=True, slots=True)
class Edition:
    """The papers of one period, most upvotes first (trending: as the Hub ranks them), and when
    that was true."""

    period: Period
    papers: tuple[Headline, ...]
    fetched: datetime
    """When the Hub gave or last confirmed the oldest part of this; aware, UTC."""
    unreadable: int = 0
    """Papers in the answers that could not be read."""
    missing: frozenset[date] = frozenset()
    """Days of the period that are not on disk."""


class DayCount(NamedTuple):
    """A day that has papers, with how many there are and how many are unread."""

    day: date
    total: int
    unread: int


def is_paper_id(text: str) -> bool:
    """Whether ``text`` is an arXiv id without a version, such as 2608.19880 or cs/0112017."""
    return _ID.fullmatch(text) is not None


def find_paper_id(text: str) -> str | None:
    """The first arXiv id in ``text``, such as the one in the address of a paper."""
    found = _ID.search(text)
    return found[0] if found else None
