"""Papers for reference managers: RIS and CSL-JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tui.text.citing.facts import cite_key, doi, eprint, year
from tui.text.citing.names import Name, parse_name
from tui.text.citing.plain import plain_title
from tui.text.links import arxiv_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.papers import Paper


def ris(paper: Paper) -> str:
    """The paper as a RIS record: an unpublished work, as there is no type for preprints.

    Lines end as they do where the text goes; the format's ``\\r\\n`` is what Windows writes.
    """
    return "\n".join(f"{tag}  - {value}" for tag, value in _ris_fields(paper))


def _ris_fields(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "TY", "UNPB"
    yield "ID", cite_key(paper.id)
    yield "TI", plain_title(paper)
    yield from (("AU", _ris_author(parse_name(author.name))) for author in paper.authors)
    if when := year(paper):
        yield "PY", str(when)
    if paper.published:
        yield "DA", f"{paper.published:%Y/%m/%d}"
    yield "PB", "arXiv"
    yield "AN", f"arXiv:{eprint(paper.id)}"
    yield "DO", doi(paper.id)
    yield "UR", arxiv_page(eprint(paper.id))
    yield "ER", ""


def _ris_author(name: Name) -> str:
    """``van der Berg, Jan, Jr.``; no comma in a part, and no asterisk, which the format forbids."""
    parts = (name.last, name.given, name.suffix)
    return ", ".join(part.replace(",", "").replace("*", "") for part in parts if part)


def csl_json(papers: Iterable[Paper]) -> str:
    """The papers as a CSL-JSON array; CSL calls a preprint an article."""
    return json.dumps([_csl_item(paper) for paper in papers], ensure_ascii=False, indent=2)


def _csl_item(paper: Paper) -> dict[str, Any]:
    item = {
        "id": cite_key(paper.id),
        "type": "article",
        "title": plain_title(paper),
        "author": [_csl_name(parse_name(author.name)) for author in paper.authors],
        "issued": _csl_date(paper),
        "publisher": "arXiv",
        "number": f"arXiv:{eprint(paper.id)}",
        "DOI": doi(paper.id),
        "URL": arxiv_page(eprint(paper.id)),
    }
    return {name: value for name, value in item.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    if name.is_whole:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given,
             "non-dropping-particle": name.particle, "suffix": name.suffix}  # fmt: skip
    return {part: value for part, value in parts.items() if value}


def _csl_date(paper: Paper) -> dict[str, list[list[int]]]:
    if day := paper.published:
        return {"date-parts": [[day.year, day.month, day.day]]}
    when = year(paper)
    return {"date-parts": [[when]]} if when else {}
