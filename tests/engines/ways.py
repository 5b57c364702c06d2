"""Lead a phone to its server through a proxy. The proxy runs in a thread, since the tests wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Any, Protocol, TypeVar

from tests.engines.phone import PATIENCE, Phone


class Way(Protocol):
    """A proxy with a URL of its own."""

    @property
    def url(self) -> str: ...


AnyWay = TypeVar("AnyWay", bound=Way)
Run = Callable[[Coroutine[Any, Any, None]], None]


@contextmanager
def led_through(
    phone: Phone, way: AbstractAsyncContextManager[AnyWay]
) -> Iterator[tuple[AnyWay, Run]]:
    """Open the way, and let the phone open pages through it. Close it at the end.

    Yield the way, and a function that runs a coroutine of it and waits for its end.
    """
    opened: Future[tuple[AnyWay, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def keep_open() -> None:
        ended = asyncio.Event()
        async with way as it:
            opened.set_result((it, asyncio.get_running_loop(), ended))
            await ended.wait()

    with ThreadPoolExecutor(1) as pool:
        closed = pool.submit(asyncio.run, keep_open())
        wait((opened, closed), return_when=FIRST_COMPLETED)
        if closed.done():
            closed.result()
        it, loop, ended = opened.result()

        def run(work: Coroutine[Any, Any, None]) -> None:
            asyncio.run_coroutine_threadsafe(work, loop).result(PATIENCE)

        phone.url = it.url
        try:
            yield it, run
        finally:
            loop.call_soon_threadsafe(ended.set)
            closed.result()
