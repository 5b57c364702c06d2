"""The proxies of the browser tests end their connections, whatever these are doing."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tests.browser.between import Between, between_to
from tests.browser.line import Line, line_to

Ways = Callable[[int], AbstractAsyncContextManager[Between | Line]]
TURNS = 12  # of the loop, from a new connection to the first bytes of a response


@contextlib.asynccontextmanager
async def silent_server() -> AsyncIterator[int]:
    """Yield the port of a server that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


async def leave_at(turn: int, way_to: Ways) -> None:
    """End a way in this turn of the loop after a browser has connected and asked."""
    async with silent_server() as port, way_to(port) as way:
        with socket.create_connection(("127.0.0.1", way.port)) as browser:
            browser.sendall(b"GET / HTTP/1.1\r\n\r\n")
            for _ in range(turn):
                await asyncio.sleep(0)


# A connection that is left open causes a ResourceWarning, which fails the test.
@pytest.mark.parametrize("way_to", [between_to, line_to])
def test_a_way_that_ends_leaves_no_connection_open(way_to: Ways) -> None:
    for turn in range(TURNS):
        asyncio.run(leave_at(turn, way_to))

    gc.collect()
