"""Papers cited for people to read: a Markdown link, and a line in the manner of the APA."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tui.text.citing.facts import eprint, year
from tui.text.citing.names import Name, initials, on_one_line, parse_name
from tui.text.links import arxiv_page, hub_page

if TYPE_CHECKING:
    from tui.papers import Paper

MOST_AUTHORS: Final = 20
"""All are named up to this number; of more the first ones and the last."""

_MARKUP: Final = re.compile(r"[\\\[\]`<*_]|&(?=#?\w+;)")


def markdown_link(paper: Paper) -> str:
    """The paper's title as a Markdown link to its page on Hugging Face."""
    title = _MARKUP.sub(r"\\\g<0>", plain_title(paper))
    return f"[{title}]({hub_page(paper.id)})"


def reference(paper: Paper) -> str:
    """``Vaswani, A., & Kaiser, Ł. (2017). Title (arXiv:1706.03762). arXiv. https://…``."""
    when = f"({year(paper) or 'n.d.'})"
    what = f"{plain_title(paper)} (arXiv:{eprint(paper.id)})"
    authors = _authors([_author(parse_name(author.name)) for author in paper.authors])
    head = f"{authors} {when}. {what}" if authors else f"{what}. {when}"
    return f"{head}. arXiv. {arxiv_page(eprint(paper.id))}"


def plain_title(paper: Paper) -> str:
    """The title on one line, its TeX read."""
    return on_one_line(paper.title)


def _authors(names: list[str]) -> str:
    if len(names) > MOST_AUTHORS:
        return f"{', '.join(names[: MOST_AUTHORS - 1])}, … {names[-1]}"
    return ", & ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _author(name: Name) -> str:
    return ", ".join(filter(None, [name.last, initials(name.given), name.suffix]))
