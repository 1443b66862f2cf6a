"""Answers of the Hub on disk: bytes in, bytes out, with the time they were fetched.

Nothing here is the user's own and all of it can be fetched again, so trouble is never raised: it
is a miss, or a write that is dropped. The only room that knows diskcache.
"""

from tui.cache.cache import Cache
from tui.cache.entry import Entry

__all__ = ["Cache", "Entry"]
