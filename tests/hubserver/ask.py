"""The plainest client there is: sees each answer as it came, follows and unpacks nothing."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from email.message import Message

    from tests.hubserver.server import HubServer

TIMEOUT = 10
"""Seconds."""


@dataclass(frozen=True)
class Reply:
    """One answer off the wire."""

    status: int
    headers: Message
    body: bytes

    @property
    def value(self) -> Any:
        return json.loads(self.body)

    @property
    def ids(self) -> list[str]:
        """The ids of the papers in a list answer."""
        return [item["paper"]["id"] for item in self.value]


def connect(hub: HubServer) -> HTTPConnection:
    """A connection to the hub that stays open between requests."""
    return HTTPConnection(urlsplit(hub.url).netloc, timeout=TIMEOUT)


def ask_on(connection: HTTPConnection, target: str, **headers: str) -> Reply:
    """GET ``target``; underscores in header names stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", target, headers=named)
    response = connection.getresponse()
    return Reply(response.status, response.headers, response.read())


def ask(hub: HubServer, target: str, **headers: str) -> Reply:
    """GET ``target`` on a connection of its own."""
    with closing(connect(hub)) as connection:
        return ask_on(connection, target, **headers)


def daily(hub: HubServer, query: str, **headers: str) -> Reply:
    """GET the daily papers that ``query`` names."""
    return ask(hub, f"/api/daily_papers?{query}", **headers)
