"""Run blocking functions in a few threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")


class Pool:
    """A pool of `size` threads that run functions for one event loop.

    Use it as an asynchronous context manager. The event loop that enters it receives the results.
    """

    def __init__(self, size: int, name: str) -> None:
        self._executor = ThreadPoolExecutor(size, thread_name_prefix=name)
        self._loop: asyncio.AbstractEventLoop

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Wait for all jobs, then end the threads."""
        await asyncio.to_thread(self._executor.shutdown)

    def run(self, function: Callable[[], T]) -> asyncio.Future[T]:
        """Run a function in a thread. Return a future for its result or exception.

        The function runs even if nobody waits for it any more: it may be writing what another
        caller waits for.
        """
        return asyncio.shield(self._loop.run_in_executor(self._executor, function))
