"""Bodies at different speeds, and early responses, on real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from hearth_cft.records import KIB, MIB
from hearth_cft.web.bodies import MOST_DISCARDED, SteadyBodies
from hearth_cft.web.pace import Pace
from tests import jumping_clock
from tests.web.raw import exchange, listening, read_response, send_all

POST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"

Parts = Iterable[tuple[float, bytes]]


def status_of(parts: Parts, http_version: str = "1.1") -> tuple[int, list[Any]]:
    """Return the status of the response to a body, and its headers.

    `parts` are the parts of the body, and the seconds that pass before each.
    """
    sent: list[Any] = []
    coming = iter(parts)

    async def receive() -> Any:
        seconds, part = next(coming, (0, None))
        await asyncio.sleep(seconds)
        return {"type": "http.request", "body": part or b"", "more_body": part is not None}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-length", b"1")]
    scope = {"type": "http", "http_version": http_version, "headers": headers}
    jumping_clock.run(SteadyBodies(send_all, [(b"x-own", b"1")])(scope, receive, send))
    return sent[0]["status"], sent[0]["headers"]


LARGE = 512 * KIB
HELD: Parts = [(0, b"x" * LARGE)]

STEADY: dict[str, Parts] = {
    "a line of 90 kbit/s": [(1, b"x" * 11_250)] * (LARGE // 11_250),
    "a line of 2.4 kbit/s": [(1, b"x" * 300)] * (LARGE // 300),
    "a line with pauses": [(50, b"x" * 65_536)] * 8,
    "a small body that pauses": [(1, b"x"), (58, b"x")],
}
TOO_SLOW: dict[str, Parts] = {
    "nothing": [(61, b"x")],
    "nothing more": [(1, b"x"), (60, b"x")],
    "a byte a second": [(1, b"x")] * 70,
    "a byte a second after all the others": [*HELD, *[(1, b"x")] * 70],
    "a byte now and then after all the others": [*HELD, *[(50, b"x")] * 2],
}


@pytest.mark.parametrize("parts", STEADY.values(), ids=STEADY.keys())
def test_a_body_that_still_arrives_has_no_bound_on_its_time(parts: Parts) -> None:
    assert status_of(parts)[0] == 200


@pytest.mark.parametrize("parts", TOO_SLOW.values(), ids=TOO_SLOW.keys())
def test_a_body_that_is_too_slow_is_refused(parts: Parts) -> None:
    status, headers = status_of(parts)

    assert status == 408
    assert {(b"x-own", b"1"), (b"connection", b"close")} <= set(headers)


def test_in_http2_the_other_streams_go_on() -> None:
    status, headers = status_of(TOO_SLOW["nothing"], "2")

    assert status == 408
    assert (b"connection", b"close") not in headers


async def test_after_a_body_that_is_too_slow_the_connection_closes() -> None:
    async with listening(SteadyBodies(send_all, [], Pace(seconds=0.05))) as port:
        answer = await exchange(port, POST % 1000, b"x")

    assert answer.startswith(b"HTTP/1.1 408 ")


async def refuse(scope: Any, receive: Any, send: Any) -> None:
    """Answer 401 without reading the body."""
    headers = [(b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 401, "headers": headers})
    await send({"type": "http.response.body", "body": b"no"})


@pytest.mark.parametrize("size", [1, 64 * KIB, MOST_DISCARDED - 1])
async def test_a_response_before_the_body_leaves_the_connection_open(size: int) -> None:
    async with listening(SteadyBodies(refuse, [])) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            writer.write(POST % size)
            assert await read_response(reader) == (401, b"no")
            writer.write(b"x" * size)
        writer.close()


async def test_a_response_before_a_huge_body_arrives_and_the_connection_closes() -> None:
    async with listening(SteadyBodies(refuse, [])) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(POST % (64 * MIB))
        response = await read_response(reader)
        try:
            while True:
                writer.write(b"x" * 64 * KIB)
                await writer.drain()
        except ConnectionError:
            pass
        writer.close()

    assert response == (401, b"no")
