"""How an answer leaves: whole, or with what can go wrong on a connection."""

from __future__ import annotations

import asyncio
import socket
import struct
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from tests.hubserver.faults import Fault
from tests.hubserver.wire import Answer, blocks_of, head_of

if TYPE_CHECKING:
    from asyncio import StreamWriter

PACE: Final = 0.02
"""Seconds between the bytes of a trickle."""
NO_LINGER: Final = struct.pack("ii", 1, 0)
"""Makes closing a socket send RST."""
OTHER_PROTOCOL: Final = b"220 mail.example ESMTP\r\n\r\n"


async def deliver(answer: Answer, fault: Fault | None, writer: StreamWriter) -> bool:
    """Send the answer, with the connection's fault if it is one; True if more may follow."""
    match fault:
        case Fault.RESET:
            _reset(writer)
        case Fault.NOT_HTTP:
            writer.write(OTHER_PROTOCOL)
        case Fault.DROP:
            writer.write(head_of(answer) + answer.body[: len(answer.body) // 2])
        case Fault.TRICKLE:
            await _trickle(answer, writer)
        case _:
            await _send(answer, writer)
            return _is_framed(answer)
    return False


async def _send(answer: Answer, writer: StreamWriter) -> None:
    writer.write(head_of(answer))
    for block in blocks_of(answer):
        writer.write(block)
        await writer.drain()


async def _trickle(answer: Answer, writer: StreamWriter) -> None:
    writer.write(head_of(answer))
    for byte in answer.body:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(PACE)


def _reset(writer: StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    writer.transport.abort()


def _is_framed(answer: Answer) -> bool:
    """Whether the other side can tell where the answer ends, so that another may follow."""
    if answer.headers.get("Connection") == "close":
        return False
    framed = {"Content-Length", "Transfer-Encoding"} & answer.headers.keys()
    return bool(framed) or answer.status == HTTPStatus.NOT_MODIFIED
