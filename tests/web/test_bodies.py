"""Bodies at different speeds, and early responses, on real sockets."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hearth_cft.records import KIB, MIB
from hearth_cft.web.bodies import MOST_DISCARDED, Pace, SteadyBodies
from tests.web.raw import exchange, listening, read_response, send_all

POST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"
AT_EASE = Pace(grace=0.05, floor=1, silence=60)


def test_the_bounds_are_those_of_a_narrow_line() -> None:
    assert Pace() == Pace(grace=30, floor=256, silence=60)


async def test_a_body_that_still_arrives_has_no_bound_on_its_time() -> None:
    async with listening(SteadyBodies(send_all, [], AT_EASE)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(POST % 1000)
        for _ in range(10):
            writer.write(b"x" * 100)
            await asyncio.sleep(2 * AT_EASE.grace / 10)
        response = await read_response(reader)
        writer.close()

    assert response == (200, b"1000")


@pytest.mark.parametrize(
    "pace", [Pace(grace=0.05, floor=1e6, silence=60), Pace(grace=60, floor=1, silence=0.05)]
)
async def test_a_body_that_is_too_slow_gets_408_and_a_close(pace: Pace) -> None:
    async with listening(SteadyBodies(send_all, [(b"x-own", b"1")], pace)) as port:
        answer = await exchange(port, POST % 1000, b"x")

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"x-own: 1" in answer
    assert b"connection: close" in answer


async def test_a_drop_now_and_then_is_too_slow_too() -> None:
    pace = Pace(grace=0.1, floor=1e6, silence=60)
    async with listening(SteadyBodies(send_all, [], pace)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(POST % 1_000_000)
        answering = asyncio.create_task(reader.read())
        while not answering.done():
            writer.write(b"x")
            await asyncio.sleep(0.01)
        writer.close()

    assert answering.result().startswith(b"HTTP/1.1 408 ")


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
