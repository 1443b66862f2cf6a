"""The pages of one list."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Final

from tui.hub.body import too_large
from tui.hub.errors import BadAnswer
from tui.hub.wire import read_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.hub.connection import Reply

PAGE_SIZE: Final = 100
"""Papers a page, the most that the Hub allows; it gives 50 when not asked."""
MAX_PAGES: Final = 30
"""Twice the pages of a full month."""
MAX_LIST: Final = 16 * 2**20
"""Bytes of all pages; a full month has 9 MB (API.md §1)."""


class Pages:
    """Takes pages in, and knows which one comes next; blocks for milliseconds a page."""

    def __init__(self, first: Reply) -> None:
        """Raises BadAnswer when the first page is not a list."""
        self._pages = [first]
        self._last_count = len(first.read(read_list))

    @property
    def validator(self) -> str | None:
        """What vouches for the whole: that of a lone page which leaves no room for a second."""
        alone = len(self._pages) == 1 and self._last_count < PAGE_SIZE
        return self._pages[0].validator if alone else None

    @property
    def next_page(self) -> str | None:
        """The address of the page to add, None at the end of the list.

        Raises BadAnswer for too many pages, and where they run in a circle; that of a page which
        is not full is none, as nothing can come after it.
        """
        last = self._pages[-1]
        url = last.next_page
        if url is None or (self._is_known(url) and self._last_count < PAGE_SIZE):
            return None
        if self._is_known(url):
            raise last.located(BadAnswer("its pages run in a circle"))
        if len(self._pages) == MAX_PAGES:
            raise last.located(BadAnswer(f"there are more than {MAX_PAGES} pages"))
        return url

    def add(self, page: Reply) -> None:
        """Take the next page in; raises BadAnswer when it is not a list or makes it too large."""
        self._last_count = len(page.read(read_list))
        self._pages.append(page)
        if sum(len(each.body) for each in self._pages) > MAX_LIST:
            raise page.located(too_large(MAX_LIST))

    @property
    def bodies(self) -> tuple[bytes, ...]:
        """The pages as they came, in order."""
        return tuple(page.body for page in self._pages)

    def _is_known(self, url: str) -> bool:
        return any(page.url == url for page in self._pages)


def joined(pages: Sequence[bytes]) -> bytes:
    """The items of all pages as one JSON list, each as the Hub wrote it."""
    if len(pages) == 1:
        return pages[0]
    inner = map(_without_brackets, pages)
    return b"[" + b",".join(items for items in inner if items) + b"]"


def _without_brackets(body: bytes) -> bytes:
    return body.removeprefix(BOM_UTF8).strip()[1:-1].strip()
