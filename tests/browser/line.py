"""A TCP proxy between browser and server that can be slow, cut off, corrupt or unreachable."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from playwright.async_api import BrowserContext, Page, Request

from tests.browser.connections import Connections, connection

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
        self._connections = Connections(self._forward)
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
        self.port = self._connections.listen(self.port)

    async def hang_up(self) -> None:
        """Cut all connections and refuse new ones, as if the server had been stopped."""
        await self._connections.close()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            async with connection(host="127.0.0.1", port=self._server_port) as to_server:
                server_reader, server_writer = to_server
                async with asyncio.TaskGroup() as group:
                    up = group.create_task(self._up(reader, server_writer))
                    down = group.create_task(self._down(server_reader, writer))
                    up.add_done_callback(lambda _: down.cancel())
                    down.add_done_callback(lambda _: up.cancel())

    async def _up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK_BYTES):
                writer.write(data)
                await writer.drain()

    async def _down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := self._corrupted(await reader.read(self._chunk())):
                data, is_cut = self._up_to_cut(data)
                writer.write(data)
                await writer.drain()
                if is_cut:
                    return self._connections.cut()
                if self.pace:
                    await asyncio.sleep(len(data) / self.pace)

    def _chunk(self) -> int:
        """Return how many bytes to send at once: at most those of a quarter of a second."""
        return min(CHUNK_BYTES, self.pace // 4) if self.pace else CHUNK_BYTES

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
