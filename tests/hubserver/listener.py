"""One port on loopback that can be closed and opened again without being lost."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from tests.hubserver.wire import Request, read_request

if TYPE_CHECKING:
    import ssl
    from asyncio import StreamReader, StreamWriter
    from collections.abc import Awaitable, Callable

LOOPBACK: Final = "127.0.0.1"


class Listener:
    """Hands each request to ``respond``, which says whether the connection goes on.

    What ``respond`` raises, other than the client's going away, is kept in ``mistakes``.
    """

    def __init__(
        self,
        port: int,
        respond: Callable[[Request, StreamWriter], Awaitable[bool]],
        tls: ssl.SSLContext | None,
    ) -> None:
        self._socket = _bound(port)
        self.port: int = self._socket.getsockname()[1]
        self.mistakes: list[BaseException] = []
        self._respond = respond
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._talks: dict[asyncio.Task[None], StreamWriter] = {}

    async def open(self) -> None:
        """Accept connections."""
        if self._server is None:
            self._server = await asyncio.start_server(
                self._connected, sock=self._socket, ssl=self._tls
            )

    async def refuse(self) -> None:
        """End every connection and refuse new ones; nobody else can take the port."""
        if self._server is None:
            return
        await self.close()
        self._server = None
        self._socket = _bound(self.port)

    async def close(self) -> None:
        """End every connection and give the port back."""
        if self._server is not None:
            asyncio.get_running_loop().remove_reader(self._socket)
            await asyncio.sleep(0)  # a closed server would lose whom it has just let in
            self._server.close()
        self._socket.close()
        # A talk that is cancelled before it began cleans up nothing, and one may just come in.
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            for talk, writer in self._talks.items():
                talk.cancel()
                writer.transport.abort()
            await asyncio.wait(others)

    def _connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        talk = asyncio.get_running_loop().create_task(self._talk(reader, writer))
        self._talks[talk] = writer
        talk.add_done_callback(self._ended)

    def _ended(self, talk: asyncio.Task[None]) -> None:
        del self._talks[talk]
        if not talk.cancelled() and (mistake := talk.exception()) is not None:
            self.mistakes.append(mistake)

    async def _talk(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Answer one request after another until one side has had enough."""
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                while await self._respond(await read_request(reader), writer):
                    pass
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
        finally:
            writer.transport.abort()


def _bound(port: int) -> socket.socket:
    """A socket that has the port and does not listen, so that connecting is refused."""
    # Named as TCP, else asyncio leaves Nagle's algorithm on and each answer takes 40 ms longer.
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind((LOOPBACK, port))
    return held
