"""An HTTP proxy between browser and server that changes what it forwards, or answers by itself."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable

from tests.browser.connections import Connections, connection

HEAD_END = b"\r\n\r\n"
NOT_FORWARDED = (b"connection:", b"accept-encoding:")


class Between:
    """Forwards GET requests to the server's port. Browse its ``url``.

    Tests set these attributes:

    ``added`` is put at the end of each page of the server, as filters do. ``instead`` returns the
    status and the text of a page in place of the server's response to a path, or None. While
    ``is_silent`` is set, requests get no response.
    """

    def __init__(self, port: int) -> None:
        self._server_port = port
        self._connections = Connections(self._answer)
        self.port = 0
        self.added = b""
        self.instead: Callable[[str], tuple[int, str] | None] = lambda path: None
        self.is_silent = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.port = self._connections.listen()

    async def stop(self) -> None:
        await self._connections.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # The browser opens connections that it doesn't use, and drops requests.
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(HEAD_END)
            if self.is_silent:
                await asyncio.get_running_loop().create_future()
            page = self.instead(head.split(b" ", 2)[1].decode())
            writer.write(_response(*page) if page else await self._forwarded(head))
            await writer.drain()

    async def _forwarded(self, head: bytes) -> bytes:
        first, *lines = head.split(b"\r\n")
        kept = [line for line in lines if not line.lower().startswith(NOT_FORWARDED)]
        async with connection(host="127.0.0.1", port=self._server_port) as (reader, writer):
            writer.write(b"\r\n".join([first, b"Connection: close", *kept]))
            response = await reader.read()
        start, _, body = response.partition(HEAD_END)
        if self.added and body and b"\r\ncontent-type: text/html" in start.lower():
            body += self.added
            start = re.sub(rb"(?i)content-length: \d+", b"content-length: %d" % len(body), start)
        return start + HEAD_END + body


def _response(status: int, text: str) -> bytes:
    body = f"<!doctype html><title>Proxy</title><h1>{text}</h1>".encode()
    lines = (
        f"HTTP/1.1 {status} Proxy",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Connection: close",
    )
    return "\r\n".join(lines).encode() + HEAD_END + body


@contextlib.asynccontextmanager
async def between_to(port: int) -> AsyncIterator[Between]:
    """Yield a proxy in front of the server on this port. Stop it at the end."""
    between = Between(port)
    between.start()
    try:
        yield between
    finally:
        await between.stop()
