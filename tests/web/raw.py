"""Serve an ASGI application on a real socket, and speak to it byte by byte."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import hypercorn

from hearth_cft.web.connection import serve_connections
from hearth_cft.web.prerendered import Application


@asynccontextmanager
async def listening(
    app: Application, *, graceful_timeout: float = 1, **options: Any
) -> AsyncIterator[int]:
    """Serve the application. Yield its port. `options` are those of `serve_connections`."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    stopping = asyncio.Event()
    settings = hypercorn.Config()
    settings.graceful_timeout = graceful_timeout
    serving = asyncio.create_task(serve_connections(app, settings, listener, stopping, **options))
    try:
        yield port
    finally:
        stopping.set()
        await serving


async def exchange(port: int, *parts: bytes) -> bytes:
    """Send the parts. Return all that the server sends until it closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"".join(parts))
    answer = await reader.read()
    writer.close()
    return answer


async def read_response(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Read one response with a Content-Length. Return its status and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    [length] = [int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")]
    return int(head.split(b" ", 2)[1]), await reader.readexactly(length)


async def send_all(scope: Any, receive: Any, send: Any) -> None:
    """Read the request's body, and send its length: an ASGI application."""
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        length, more = length + len(message["body"]), message["more_body"]
    body = b"%d" % length
    headers = [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
