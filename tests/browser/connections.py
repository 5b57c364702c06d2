"""Accept connections on a port, and leave none open at the end."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@contextlib.asynccontextmanager
async def connection(**where: Any) -> AsyncIterator[Streams]:
    """Yield the streams of a connection. At the end, close it and wait until it is closed.

    The arguments are those of `asyncio.open_connection`. After `drain()`, the bytes written have
    left this process, so that closing loses none.
    """
    reader, writer = await asyncio.open_connection(**where)
    writer.transport.set_write_buffer_limits(0)
    try:
        yield reader, writer
    finally:
        # The other side may have stopped reading.
        writer.transport.abort()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


class Connections:
    """Accepts connections and serves each in a task of its own, which `cut` and `close` cancel.

    asyncio's own server lets a connection go that is accepted while the server closes.
    """

    def __init__(
        self, serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
    ) -> None:
        self._serve = serve
        self._listener: socket.socket | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def listen(self, port: int = 0) -> int:
        """Start accepting connections on this port; on any port if it is 0. Return the port."""
        self._listener = listener = socket.create_server(("127.0.0.1", port))
        listener.setblocking(False)
        asyncio.get_running_loop().add_reader(listener, self._accept, listener)
        return int(listener.getsockname()[1])

    def cut(self) -> None:
        """End all connections in the next turns of the loop."""
        for task in self._tasks:
            task.cancel()

    async def close(self) -> None:
        """Refuse new connections, end all others, and wait until they have ended."""
        if self._listener:
            asyncio.get_running_loop().remove_reader(self._listener)
            self._listener.close()
            self._listener = None
        self.cut()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, listener: socket.socket) -> None:
        # The browser may have gone again.
        with contextlib.suppress(BlockingIOError, ConnectionAbortedError):
            accepted, _ = listener.accept()
            accepted.setblocking(False)
            task = asyncio.ensure_future(self._serve_one(accepted))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            # A task that is cancelled before it begins closes nothing itself.
            task.add_done_callback(lambda _: accepted.close())

    async def _serve_one(self, accepted: socket.socket) -> None:
        async with connection(sock=accepted) as (reader, writer):
            await self._serve(reader, writer)
