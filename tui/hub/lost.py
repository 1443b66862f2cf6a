"""Why a connection could not be made, or was lost."""

from __future__ import annotations

import errno
import socket
import ssl
from typing import TYPE_CHECKING, Final

from tui.hub.errors import MAX_DETAIL, HubError, Offline, Reason, Untrusted
from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_NETWORK: Final = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN})


def lost_connection(error: BaseException) -> HubError:
    """The error of our family for a transport's ``error``, by the first cause that is known."""
    found = (_known(cause) for cause in _causes(error))
    return next((each for each in found if each), Offline(reason=Reason.BROKEN))


def _known(cause: BaseException) -> HubError | None:
    if isinstance(cause, ssl.SSLEOFError):
        return Offline(reason=Reason.BROKEN)
    if isinstance(cause, ssl.SSLError):
        return Untrusted(clean_line(str(cause), MAX_DETAIL))
    if isinstance(cause, socket.gaierror):
        return Offline(reason=Reason.UNKNOWN_NAME)
    if isinstance(cause, ConnectionRefusedError):
        return Offline(reason=Reason.REFUSED)
    if isinstance(cause, OSError) and cause.errno in NO_NETWORK:
        return Offline(reason=Reason.NO_NETWORK)
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """``error`` and all that led to it; the attempts at each address of a name are a group."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for attempt in error.exceptions:
                yield from _causes(attempt)
        error = error.__cause__ or error.__context__
