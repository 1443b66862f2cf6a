"""What can go wrong between us and the Hub.

HubError
├── Offline            no answer came at all, or we were told not to ask
│   └── TooSlow        an answer began or was awaited, and time ran out
├── Untrusted          no secure connection: the certificate was not accepted, or TLS failed
├── BadAnswer          an answer came that is not what the API promises
└── Refused            the Hub answered with an error status
    ├── BadRequest     400
    ├── Denied         401, 403
    ├── NotFound       404
    ├── RateLimited    429; says when to come back
    └── Unwell         5xx
"""

from __future__ import annotations

from enum import Enum
from typing import Final

MAX_DETAIL: Final = 200  # characters that an error keeps of what was said to it


class HubError(Exception):
    """Base of the family. ``path`` is the request's path and query, without the host."""

    def __init__(self, detail: str = "", *, path: str = "", status: int | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.path = path
        self.status = status

    def __str__(self) -> str:
        status = f" ({self.status})" if self.status is not None else ""
        return f"{type(self).__name__}{status} {self.path}: {self.detail}"


class Reason(Enum):
    """Why no answer came, as a clause for the user."""

    TOLD_NOT_TO_ASK = "HF_HUB_OFFLINE is set"
    UNKNOWN_NAME = "the Hub's name was not found"
    NO_NETWORK = "there is no network"
    REFUSED = "the connection was refused"
    BROKEN = "the connection broke"
    PROXY = "the proxy did not help"
    TIME_OUT = "the answer took too long"


class Offline(HubError):
    """No answer: no network, an unknown name, a refused or broken connection, or offline mode."""

    def __init__(
        self,
        detail: str = "",
        *,
        path: str = "",
        status: int | None = None,
        reason: Reason = Reason.NO_NETWORK,
    ) -> None:
        super().__init__(detail or reason.value, path=path, status=status)
        self.reason = reason


class TooSlow(Offline):
    """The answer did not arrive, or did not end, in time."""

    def __init__(self, detail: str = "", *, path: str = "", status: int | None = None) -> None:
        super().__init__(detail, path=path, status=status, reason=Reason.TIME_OUT)


class Untrusted(HubError):
    """No secure connection: the other side's certificate was not accepted, or TLS failed."""


class BadAnswer(HubError):
    """The answer is not JSON, not the promised shape, too large, or a foreign redirect."""


class Refused(HubError):
    """The Hub answered with an error status."""


class BadRequest(Refused):
    """400: the Hub does not accept what was asked for, such as a day that is not open yet."""


class Denied(Refused):
    """401 or 403: the Hub wants other credentials."""


class NotFound(Refused):
    """404: the Hub has no such paper."""


class RateLimited(Refused):
    """429: too many requests; ask again after ``retry_after`` seconds."""

    def __init__(
        self,
        detail: str = "",
        *,
        path: str = "",
        status: int | None = 429,
        retry_after: float,
    ) -> None:
        super().__init__(detail, path=path, status=status)
        self.retry_after = retry_after


class Unwell(Refused):
    """500, 502, 503 and their like: the Hub is having a bad day."""
