"""Clients that don't read, and clients that don't finish their headers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from hearth_cft.records import KIB, MIB
from hearth_cft.web.api import layer
from hearth_cft.web.api.budget import Budget, BusyError
from tests.samples import a_record
from tests.server import Server, ready
from tests.warm import Serve
from tests.web.raw import listening
from tests.web.stalled import fetch_of, filled_account, growth
from tests.web.sync_app import Phone, api

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
CONNECTIONS = 150


@pytest.fixture(scope="module", name="server")
def a_server(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Iterator[Server]:
    settings = "[limits]\nfree_space_floor = 0\n"
    with ready(serve(tmp_path_factory.mktemp("stalled"), settings)) as server:
        yield server


def test_clients_that_never_read_their_records_cost_little(server: Server) -> None:
    request = fetch_of(*filled_account(server))

    assert growth(server, request, CONNECTIONS) < 64 * MIB


class Endless:
    """An application whose response has no end."""

    def __init__(self) -> None:
        self.sent = 0
        self.is_disconnected = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while True:
            await send({"type": "http.response.body", "body": b"x" * 64 * KIB, "more_body": True})
            self.sent += 64 * KIB
            if self.is_disconnected.is_set():
                return

    async def watched(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer, and note when the client is gone."""

        async def watch() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            self.is_disconnected.set()

        async with asyncio.TaskGroup() as group:
            group.create_task(watch())
            group.create_task(self(scope, receive, send))


async def test_a_client_that_reads_nothing_is_disconnected() -> None:
    endless = Endless()
    async with listening(endless.watched, stall_seconds=0.2) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
        writer.write(GET)

        await asyncio.wait_for(endless.is_disconnected.wait(), 30)
        writer.close()


async def test_headers_that_never_end_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hypercorn.Config.keep_alive_timeout", 0.2)
    async with listening(Endless()) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET[:10])
        reading = asyncio.create_task(reader.read())
        while not reading.done():
            writer.write(b"x")
            await asyncio.sleep(0.02)
        writer.close()

    assert reading.result() == b""


def test_a_budget_is_for_each_network_and_for_all() -> None:
    budget = Budget(each=10, overall=15)
    budget.take("a", 10)

    for network, size in (("a", 1), ("b", 6)):
        with pytest.raises(BusyError):
            budget.take(network, size)
    budget.take("b", 5)
    budget.give_back("a", 10)
    budget.take("b", 5)


async def test_beyond_the_budget_a_phone_is_asked_to_wait(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layer, "Budget", lambda: Budget(each=128 * KIB))
    async with api(tmp_path_factory.mktemp("busy")) as client:
        phone = await Phone(client).ready()
        large, small = a_record(size=60_000), a_record(size=60_000)
        await phone.push(large)
        await phone.push(small)

        together = await phone.fetch([large.id, small.id])
        alone = await phone.fetch([large.id])
        too_large = await phone.push(*(a_record(size=60_000) for _ in range(3)))

    assert (together.status, together.code) == (503, "overloaded")
    assert int(together.headers["Retry-After"]) > 0
    assert alone.status == 200
    assert (too_large.status, too_large.code) == (503, "overloaded")
