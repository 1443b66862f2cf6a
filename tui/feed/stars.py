"""The starred papers, whole: from the library, with the newest counts that disk knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from tui.feed.brief import load
from tui.feed.memory import brief_key, day_list
from tui.hub.errors import BadAnswer
from tui.hub.wire import parse_item
from tui.papers import Headline, is_paper_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from tui.cache import Cache
    from tui.feed.shelf import Shelf
    from tui.library import Starred
    from tui.papers import Paper


class Kept(NamedTuple):
    """What is kept with a star, and the paper that it describes; None for nothing usable."""

    json: str | None
    paper: Paper | None


class Stars(NamedTuple):
    """The starred papers as the library had them at one time, the latest star first."""

    headlines: tuple[Headline, ...]
    """Each under the day on which it was starred, where the user is."""
    kept: Mapping[str, Kept]
    found: Mapping[str, Paper]
    """Those of which nothing usable is kept, as disk has them elsewhere."""
    change: int
    """The library's last change to any of it then."""
    fetched: datetime

    @property
    def lacking(self) -> list[str]:
        """The papers of which nothing usable is kept."""
        return [paper_id for paper_id, kept in self.kept.items() if kept.paper is None]

    def paper(self, headline: Headline) -> Paper | None:
        """All that is known of the paper, with the counts of the headline."""
        kept = self.kept.get(headline.id)
        paper = (kept and kept.paper) or self.found.get(headline.id)
        return paper and replace(
            paper,
            upvotes=headline.upvotes,
            comments=headline.comments,
            github_stars=headline.github_stars,
        )


def read_stars(shelf: Shelf, cache: Cache, before: Stars | None) -> Stars:
    """The starred papers as they are now; slow where there are many.

    What ``before`` has read already is not read again, nor looked for. Raises LibraryError.
    """
    library = shelf.library
    change = library.last_star
    stars = [star for star in library.starred() if is_paper_id(star.paper)]
    known = before.kept if before else {}
    kept = {star.paper: _kept(star, known.get(star.paper)) for star in stars}
    lacking = [paper_id for paper_id, (_, paper) in kept.items() if paper is None]
    found = shelf.find(set(lacking).difference(known))
    if before:
        found |= {each: before.found[each] for each in before.found.keys() & lacking}
    papers = found | {paper_id: paper for paper_id, (_, paper) in kept.items() if paper}
    fresh = _headlines(cache, {paper.day for paper in papers.values() if paper.day})
    lines = tuple(_headline(star, papers.get(star.paper), fresh) for star in stars)
    return Stars(lines, kept, found, change, shelf.now())


def _kept(star: Starred, known: Kept | None) -> Kept:
    """What is kept of the paper."""
    if known and known.json == star.kept:
        return known
    return Kept(star.kept, kept_paper(star.paper, star.kept))


def kept_paper(paper_id: str, json: str | None) -> Paper | None:
    """The paper as it was kept with its star, None for nothing usable.

    Another one, which a shared file can hold, is nothing.
    """
    try:
        paper = parse_item(json.encode()) if json else None
    except BadAnswer:
        return None
    return paper if paper and paper.id == paper_id else None


def _headlines(cache: Cache, days: Iterable[date]) -> dict[str, Headline]:
    """The papers of those days as their lists on disk have them."""
    entries = (cache.get(brief_key(day_list(day))) for day in days)
    briefs = (load(entry) for entry in entries if entry)
    return {line.id: line for brief in briefs if brief for line in brief.headlines}


def _headline(star: Starred, paper: Paper | None, fresh: Mapping[str, Headline]) -> Headline:
    found = fresh.get(star.paper) or (paper and paper.headline) or Headline(star.paper, star.paper)
    starred = datetime.fromtimestamp(star.starred_ms / 1000, UTC).astimezone()
    return found._replace(day=starred.date())
