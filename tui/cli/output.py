"""Papers as JSON, as columns and as fields; results go to stdout and nowhere else."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tui.text.latex import to_unicode
from tui.text.links import hub_page
from tui.text.sanitize import HIDDEN
from tui.text.width import fit
from tui.widgets.row import READ, STARRED, UNREAD

if TYPE_CHECKING:
    from tui.library import Mark
    from tui.papers import Headline, Paper

UNPRINTABLE: Final = re.compile(f"[{HIDDEN}\x85\u2028\u2029\ud800-\udfff]")
"""What JSON allows in a text and a terminal does not; notes and tags are as they were typed."""


def as_json(paper: Paper, mark: Mark, note: str | None) -> dict[str, Any]:
    """Every field of the domain, the id first, then the user's marks; dates are ISO texts.

    Of a paper of which nothing is known every other field of the domain is null.
    """
    fields = {name: _plain(value) for name, value in asdict(paper).items()}
    if paper.headline.is_bare:
        fields = dict.fromkeys(fields) | {"id": paper.id}
    marks = {"read": mark.read, "starred": mark.starred, "tags": mark.tags, "note": note}
    return fields | marks


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def dump(value: object) -> str:
    """JSON for people and programs alike: nothing is lost, and nothing steers a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return UNPRINTABLE.sub(lambda found: json.dumps(found[0])[1:-1], text)


def as_columns(paper: Headline, mark: Mark, cells: int) -> str:
    """One aligned line for a terminal: marks, id, upvotes, comments, title."""
    marks = (READ if mark.read else UNREAD) + (STARRED if mark.starred else " ")
    upvotes = "" if paper.is_bare else f"{paper.upvotes:,}"
    comments = "" if paper.comments is None else paper.comments
    title = "" if paper.is_bare else to_unicode(paper.title)
    return fit(f"{marks} {paper.id:<10} {upvotes:>5} ▲ {comments:>4} ✎  {title}", cells)


def as_fields(paper: Headline) -> str:
    """Tab-separated: id, title, upvotes, comments, GitHub stars, organization, authors, link."""
    facts: tuple[object, ...] = (paper.title, paper.upvotes, paper.comments, paper.github_stars,
                                 paper.organization, paper.authors)  # fmt: skip
    if paper.is_bare:
        facts = (None,) * len(facts)
    fields = (paper.id, *facts, hub_page(paper.id))
    return "\t".join("" if field is None else str(field) for field in fields)
