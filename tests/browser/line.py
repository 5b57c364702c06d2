"""A TCP proxy between browser and server that can be slow, cut off, corrupt or unreachable."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from playwright.async_api import BrowserContext, Page, Request

CHUNK_BYTES = 64 * 1024


class Line:
    """Forwards bytes between a port of its own and the server's port. Browse its ``url``.

    Tests set these attributes. They apply to the bytes that the server sends:

    ``cuts`` lists how many bytes still come through before each of the next cuts. A cut ends all
    connections. ``cut`` counts the cuts so far. ``spoil`` lists how many bytes come through
    before each of the next flipped bits. ``pace`` is the speed in bytes a second, None for no
    limit.
    """

    def __init__(self, port: int) -> None:
        self._server_port = port
        self._listener: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0
        self.cuts: list[int] = []
        self.cut = 0
        self.spoil: list[int] = []
        self.pace: int | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def lay(self) -> None:
        """Start accepting connections. After `hang_up`, use the same port again."""
        self._listener = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def hang_up(self) -> None:
        """Cut all connections and refuse new ones, as if the server had been stopped."""
        if self._listener:
            self._listener.close()
            self._listener = None
        self._cut_all()
        for task in list(self._tasks):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._forward(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with contextlib.suppress(OSError):
            server_reader, server_writer = await asyncio.open_connection(
                "127.0.0.1", self._server_port
            )
            self._writers.add(server_writer)
            try:
                await asyncio.gather(
                    self._up(reader, server_writer), self._down(server_reader, writer)
                )
            finally:
                self._drop(server_writer)
        self._drop(writer)

    async def _up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK_BYTES):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def _down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := self._corrupted(await reader.read(CHUNK_BYTES)):
            data, is_cut = self._up_to_cut(data)
            writer.write(data)
            await writer.drain()
            if is_cut:
                self._cut_all()
            if self.pace:
                await asyncio.sleep(len(data) / self.pace)
        writer.close()

    def _corrupted(self, data: bytes) -> bytes:
        if not self.spoil:
            return data
        if self.spoil[0] >= len(data):
            self.spoil[0] -= len(data)
            return data
        corrupted = bytearray(data)
        corrupted[self.spoil.pop(0)] ^= 1
        return bytes(corrupted)

    def _up_to_cut(self, data: bytes) -> tuple[bytes, bool]:
        if not self.cuts:
            return data, False
        if self.cuts[0] > len(data):
            self.cuts[0] -= len(data)
            return data, False
        self.cut += 1
        return data[: self.cuts.pop(0)], True

    def _cut_all(self) -> None:
        for writer in list(self._writers):
            self._drop(writer)

    def _drop(self, writer: asyncio.StreamWriter) -> None:
        self._writers.discard(writer)
        writer.transport.abort()


@contextlib.asynccontextmanager
async def line_to(port: int) -> AsyncIterator[Line]:
    """Yield a line to the server on this port. Stop it at the end."""
    line = Line(port)
    await line.lay()
    try:
        yield line
    finally:
        await line.hang_up()


def under_way_of(context: BrowserContext) -> set[Request]:
    """Return a set that holds the context's unfinished requests for recordings from now on.

    Requests for the list of recordings count too: the app gives up waiting for it after a time.
    """
    under_way: set[Request] = set()

    def add(request: Request) -> None:
        if "/media/" in request.url or request.url.endswith("/recordings.json"):
            under_way.add(request)

    def remove(request: Request) -> None:
        under_way.discard(request)

    context.on("request", add)
    context.on("requestfinished", remove)
    context.on("requestfailed", remove)
    return under_way


async def pass_time(page: Page, under_way: set[Request]) -> None:
    """Move the page's clock forward by a second, unless requests are under way.

    If they are, wait 20 ms instead. The context's clock must be installed.
    """
    if under_way:
        await asyncio.sleep(0.02)
    else:
        await page.clock.fast_forward(1_000)
