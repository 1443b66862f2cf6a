"""Why a connection failed, out of the chain of causes."""

from __future__ import annotations

import errno
import socket
import ssl

import pytest

from tui.hub.errors import Offline, Reason, Untrusted
from tui.hub.lost import lost_connection


def because_of(*causes: Exception) -> Exception:
    """An error as anyio raises it: every address was tried, and each failed for its own cause."""
    error = OSError("All connection attempts failed")
    error.__cause__ = ExceptionGroup("attempts", causes)
    top = RuntimeError("top")
    top.__context__ = error
    return top


@pytest.mark.parametrize(
    ("cause", "reason"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), Reason.UNKNOWN_NAME),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), Reason.REFUSED),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), Reason.NO_NETWORK),
        (OSError(errno.EHOSTUNREACH, "No route to host"), Reason.NO_NETWORK),
        (ConnectionResetError(errno.ECONNRESET, "reset"), Reason.BROKEN),
        (ssl.SSLEOFError(8, "EOF occurred in violation of protocol"), Reason.BROKEN),
    ],
)
def test_reasons(cause: Exception, reason: Reason) -> None:
    error = lost_connection(because_of(ValueError("unrelated"), cause))
    assert isinstance(error, Offline)
    assert error.reason is reason
    assert error.detail == reason.value


def test_tls_that_fails_is_not_trusted() -> None:
    assert isinstance(lost_connection(because_of(ssl.SSLError(1, "wrong version"))), Untrusted)
