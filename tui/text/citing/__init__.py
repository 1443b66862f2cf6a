"""Papers as others quote them, each form in a module of its own; pure functions."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from tui.text.citing.bibtex import bibtex
from tui.text.citing.exchange import csl_json, ris
from tui.text.citing.plain import markdown_link, reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.papers import Paper

__all__ = ["Form", "cite"]


class Form(Enum):
    """How to write a citation; the value is what the command line calls it."""

    BIBTEX = "bibtex"
    MARKDOWN = "markdown"
    TEXT = "text"
    RIS = "ris"
    CSL = "csl"


def cite(papers: Sequence[Paper], form: Form) -> str:
    """The papers in this form, one after the other, without a line end behind the last."""
    match form:
        case Form.BIBTEX:
            return "\n\n".join(map(bibtex, papers))
        case Form.MARKDOWN:
            return "\n".join(map(markdown_link, papers))
        case Form.TEXT:
            return "\n".join(map(reference, papers))
        case Form.RIS:
            return "\n\n".join(map(ris, papers))
        case Form.CSL:
            return csl_json(papers)
