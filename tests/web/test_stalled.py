"""Clients that don't read, and clients that don't finish their headers."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import select
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from hearth_cft.records import KIB, MIB
from hearth_cft.web import connection
from hearth_cft.web.api import layer
from hearth_cft.web.api.budget import Budget, BusyError
from hearth_cft.web.connection import KEEP_ALIVE_SECONDS
from hearth_cft.web.pace import Pace, Watch
from tests.samples import a_record
from tests.server import Server, ready
from tests.warm import Serve
from tests.web.raw import listening, read_response, send_all
from tests.web.stalled import fetch_of, filled_account, growth, unfinished_push_of
from tests.web.sync_app import Phone, api

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
LAST = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
CONNECTIONS, MOST_BYTES = 150, 300 * KIB


@pytest.fixture(scope="module", name="server")
def a_server(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Iterator[Server]:
    settings = "[limits]\nfree_space_floor = 0\n"
    with ready(serve(tmp_path_factory.mktemp("stalled"), settings)) as server:
        yield server


def test_clients_that_never_read_their_records_cost_little(server: Server) -> None:
    request = fetch_of(*filled_account(server))

    assert growth(server, request, CONNECTIONS) < MOST_BYTES


def test_clients_that_never_finish_a_push_cost_little(server: Server) -> None:
    request = unfinished_push_of(filled_account(server)[0])

    assert growth(server, request, CONNECTIONS, waits=False) < MOST_BYTES


def test_clients_that_never_read_their_pages_cost_little(server: Server) -> None:
    assert growth(server, GET.replace(b"/", b"/en/", 1) * 100, CONNECTIONS) < MOST_BYTES


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


def unread(port: int, request: bytes) -> socket.socket:
    """Send a request. Return its socket, which has little room for a response."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    client.connect(("127.0.0.1", port))
    client.sendall(request)
    client.setblocking(False)
    return client


async def test_a_client_that_reads_nothing_holds_little_and_is_disconnected() -> None:
    endless = Endless()
    async with listening(endless.watched, pace=Pace(seconds=0.2)) as port:
        with unread(port, GET):
            await asyncio.wait_for(endless.is_disconnected.wait(), 30)

    assert endless.sent < MOST_BYTES


async def test_a_client_that_reads_byte_by_byte_is_disconnected() -> None:
    endless = Endless()
    async with listening(endless.watched, pace=Pace(least=1 << 40, seconds=0.2)) as port:
        with unread(port, GET) as client:
            async with asyncio.timeout(30):
                while not endless.is_disconnected.is_set():
                    await asyncio.get_running_loop().sock_recv(client, 1)


@pytest.mark.parametrize(
    ("bytes_a_second", "is_cut"), [(90_000 // 8, False), (256, False), (255, True), (0, True)]
)
def test_a_narrow_line_is_fast_enough_and_a_trickle_is_not(
    bytes_a_second: int, is_cut: bool
) -> None:
    watch = Watch(Pace(), 0)
    now = 0
    while now < 1_000 and now < watch.deadline:
        now += 1
        watch.note(bytes_a_second, now)

    assert (now < 1_000) is is_cut


def test_bytes_that_came_early_buy_no_time_later() -> None:
    watch = Watch(Pace(least=10, seconds=60), 0)
    watch.note(10_000, 5)
    watch.note(9, 60)

    assert watch.deadline == 65


class Whole:
    """An application that responds in one message."""

    def __init__(self, size: int) -> None:
        self.size = size

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-length", b"%d" % self.size)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"x" * self.size})


# The kernel holds more than half of the smaller one, and the rest waits for the closing flush.
SIZES = [128 * KIB, 4 * MIB]


@pytest.mark.parametrize("size", SIZES)
async def test_the_last_response_arrives_whole_before_the_connection_closes(size: int) -> None:
    async with listening(Whole(size)) as port:
        reader, writer = await asyncio.open_connection(sock=unread(port, LAST))
        answer = await reader.read()
        writer.close()

    assert len(answer.partition(b"\r\n\r\n")[2]) == size


@pytest.mark.parametrize("size", SIZES)
async def test_a_client_that_leaves_the_last_response_unread_is_disconnected(size: int) -> None:
    async with listening(Whole(size), pace=Pace(seconds=0.2)) as port:
        with unread(port, LAST) as client:
            poller = select.poll()
            poller.register(client, 0)  # only the end of the connection
            ended = await asyncio.to_thread(poller.poll, 30_000)

    assert ended


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("request_bytes", [GET * 3, LAST], ids=["more", "last"])
async def test_the_server_stops_although_a_client_reads_nothing(
    size: int, request_bytes: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with asyncio.timeout(30):
        async with listening(Whole(size), graceful_timeout=0.1) as port:
            client = unread(port, request_bytes)
            await asyncio.get_running_loop().sock_recv(client, 1)
    client.close()

    assert [record for record in caplog.records if record.levelno > logging.INFO] == []


UNREAD = {
    "one": (GET, False),
    "more": (GET * 3, False),
    "many": (GET * 100, False),
    "one after the last": (LAST + GET, True),
    "one after a wrong one": (b"GET\r\n\r\n" + GET, True),
}


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Return an event that is set when a connection has ended."""
    event = asyncio.Event()

    class Watched(connection.Connection):
        async def run(self) -> None:
            await super().run()
            event.set()

    monkeypatch.setattr(connection, "Connection", Watched)
    return event


@pytest.mark.parametrize(("request_bytes", "reads"), UNREAD.values(), ids=UNREAD.keys())
@pytest.mark.parametrize("is_cut", [True, False], ids=["cut", "left"])
async def test_nothing_is_left_of_a_connection_that_has_ended(
    request_bytes: bytes, reads: bool, is_cut: bool, ended: asyncio.Event
) -> None:
    loop = asyncio.get_running_loop()
    pace = Pace(seconds=0.2 if is_cut else 60)
    async with asyncio.timeout(4), listening(Whole(256 * KIB), pace=pace) as port:
        with unread(port, request_bytes) as client:
            await loop.sock_recv(client, 1)
            while reads and await loop.sock_recv(client, 65_536):
                pass
            if is_cut:
                await ended.wait()
        await ended.wait()


async def test_headers_that_never_end_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hypercorn.Config.keep_alive_timeout", 0.2)
    async with listening(Endless()) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)

        async def rest() -> bytes:
            # The last byte may arrive after the connection was closed.
            with contextlib.suppress(ConnectionResetError):
                return await reader.read()
            return b""

        writer.write(GET[:10])
        reading = asyncio.create_task(rest())
        while not (await asyncio.wait([reading], timeout=0.02))[0]:
            writer.write(b"x")
        writer.close()

    assert reading.result() == b""


async def test_a_proxy_may_use_its_connection_again_much_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("hypercorn.Config.keep_alive_timeout", 0.2)
    async with listening(send_all, keep_alive=60) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET)
        first = await read_response(reader)
        unused, writer_of_unused = await asyncio.open_connection("127.0.0.1", port)

        assert await unused.read() == b""  # so more than 0.2 s have passed
        writer.write(GET)
        assert await read_response(reader) == first == (200, b"0")
        writer.close()
        writer_of_unused.close()


async def test_a_connection_without_a_next_request_is_closed() -> None:
    async with listening(send_all, keep_alive=0.1) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET)
        await read_response(reader)

        assert await reader.read() == b""
        writer.close()


def test_proxies_close_their_connections_first() -> None:
    assert KEEP_ALIVE_SECONDS > 120  # as Caddy keeps them; nginx keeps them 60 s


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
