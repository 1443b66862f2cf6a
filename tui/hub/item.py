"""A paper as an item of the Hub's lists: the form in which it is kept with a star."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tui.papers import Paper


def dump_paper(paper: Paper) -> str:
    """JSON of which ``tui.hub.wire.parse_item`` makes the paper again (API.md §2a)."""
    fields = {
        "id": paper.id,
        "title": paper.title,
        "summary": paper.abstract,
        "authors": [_known(name=each.name, user=_login(each.username)) for each in paper.authors],
        "submittedOnDailyAt": _text(paper.day),
        "publishedAt": _text(paper.published),
        "submittedOnDailyBy": paper.submitter
        and {"name": paper.submitter.username, "fullname": paper.submitter.fullname},
        "organization": paper.organization
        and {"name": paper.organization.name, "fullname": paper.organization.fullname},
        "upvotes": paper.upvotes,
        "githubRepo": paper.github_repo,
        "githubStars": paper.github_stars,
        "projectPage": paper.project_page,
        "ai_summary": paper.ai_summary,
        "ai_summary_model": paper.ai_model,
        "ai_keywords": paper.keywords,
        "mediaUrls": paper.media,
        "withdrawnAt": _text(paper.withdrawn),
    }
    item = _known(
        paper=_known(**fields),
        numComments=paper.comments,
        thumbnail=paper.thumbnail,
        isAuthorParticipating=paper.author_participating or None,
    )
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))


def _known(**fields: object) -> Mapping[str, Any]:
    """The fields without those that the Hub would leave out."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], ())}


def _login(username: str | None) -> Mapping[str, str] | None:
    return {"name": username} if username else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
