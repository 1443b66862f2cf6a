"""Print what the official client reads: ``python -m tests.hubserver.official DAY...``.

It runs in a process of its own because it keeps global state and imports slowly. HF_ENDPOINT names
the server. Each line is one day as JSON.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

from huggingface_hub import HfApi

if TYPE_CHECKING:
    from collections.abc import Iterable

    from huggingface_hub.hf_api import PaperInfo

LIMIT: Final = 100
"""The client follows no links, and no recorded day is longer."""


def main(days: list[str]) -> None:
    """Print a line for each day."""
    api = HfApi()
    for day in days:
        papers = as_objects(api.list_daily_papers(date=day, limit=LIMIT))
        print(json.dumps({"day": day, "papers": papers}))  # noqa: T201


def as_objects(papers: Iterable[PaperInfo]) -> list[dict[str, Any]]:
    """The fields on which every client must agree."""
    return [
        {
            "id": paper.id,
            "title": paper.title,
            "abstract": paper.summary,
            "authors": [author.name for author in paper.authors or () if not author.hidden],
        }
        for paper in papers
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
