"""What somebody means who types tags: commas stand between them, and a ``#`` is for show."""

from __future__ import annotations


def tag_meant(typed: str) -> str:
    """The tag without what is no part of it: the blanks around it, and the # that lists show."""
    return typed.strip().removeprefix("#").strip()


def tags_meant(typed: str) -> list[str]:
    """The tags between commas, in their order."""
    return [tag for part in typed.split(",") if (tag := tag_meant(part))]
