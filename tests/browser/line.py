"""A line between browser and server that can be slow, cut, spoilt and hung up."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from playwright.async_api import BrowserContext, Page, Request

CHUNK_BYTES = 64 * 1024


class Line:
    """Carries bytes to the server's port from a port of its own: browse its ``url`` instead.

    ``cuts`` holds how many bytes still come through before each of the next cuts;
    ``spoil`` bends one bit after so many bytes; ``pace`` is bytes a second, None for as fast
    as it goes.
    """

    def __init__(self, port: int) -> None:
        self._server_port = port
        self._listening: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._carried: set[asyncio.Task[None]] = set()
        self.port = 0
        self.cuts: list[int] = []
        self.cut = 0
        self.spoil: int | None = None
        self.pace: int | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def lay(self) -> None:
        """Begin to carry; after `hang_up`, again on the same port."""
        self._listening = await asyncio.start_server(self._take, "127.0.0.1", self.port)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def hang_up(self) -> None:
        """From here on the browser's connections are refused, as by a server that was stopped."""
        if self._listening:
            self._listening.close()
            self._listening = None
        self._cut_all()
        for task in list(self._carried):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._carry(reader, writer))
        self._carried.add(task)
        task.add_done_callback(self._carried.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with contextlib.suppress(OSError):
            above, below = await asyncio.open_connection("127.0.0.1", self._server_port)
            self._open.add(below)
            try:
                await asyncio.gather(self._up(reader, below), self._down(above, writer))
            finally:
                self._drop(below)
        self._drop(writer)

    async def _up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK_BYTES):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def _down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := self._bent(await reader.read(CHUNK_BYTES)):
            data, is_cut = self._up_to_cut(data)
            writer.write(data)
            await writer.drain()
            if is_cut:
                self._cut_all()
            if self.pace:
                await asyncio.sleep(len(data) / self.pace)
        writer.close()

    def _bent(self, data: bytes) -> bytes:
        if self.spoil is None:
            return data
        if self.spoil >= len(data):
            self.spoil -= len(data)
            return data
        bent = bytearray(data)
        bent[self.spoil] ^= 1
        self.spoil = None
        return bytes(bent)

    def _up_to_cut(self, data: bytes) -> tuple[bytes, bool]:
        if not self.cuts:
            return data, False
        if self.cuts[0] > len(data):
            self.cuts[0] -= len(data)
            return data, False
        self.cut += 1
        return data[: self.cuts.pop(0)], True

    def _cut_all(self) -> None:
        for writer in list(self._open):
            self._drop(writer)

    def _drop(self, writer: asyncio.StreamWriter) -> None:
        self._open.discard(writer)
        writer.transport.abort()


@contextlib.asynccontextmanager
async def line_to(port: int) -> AsyncIterator[Line]:
    """A line to the server on this port, hung up at the end."""
    line = Line(port)
    await line.lay()
    try:
        yield line
    finally:
        await line.hang_up()


def under_way_of(context: BrowserContext) -> set[Request]:
    """The requests for recordings that aren't answered to their end, from now on."""
    under_way: set[Request] = set()

    def begun(request: Request) -> None:
        if "/media/" in request.url:
            under_way.add(request)

    def ended(request: Request) -> None:
        under_way.discard(request)

    context.on("request", begun)
    context.on("requestfinished", ended)
    context.on("requestfailed", ended)
    return under_way


async def pass_time(page: Page, under_way: set[Request]) -> None:
    """Let a second of the page's time pass at once, unless it's the line that it waits for.

    For a context whose clock is installed.
    """
    if under_way:
        await asyncio.sleep(0.02)
    else:
        await page.clock.fast_forward(1_000)
