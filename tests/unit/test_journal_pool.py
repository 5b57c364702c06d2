"""The pool of threads for blocking functions."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from hearth_cft.storage.tinydb.pool import Pool


async def test_a_function_runs_in_a_thread_and_its_result_comes_back() -> None:
    async with Pool(2, "test") as pool:
        name = await pool.run(lambda: threading.current_thread().name)

    assert name.startswith("test_")


async def test_what_a_function_raises_is_raised_where_it_is_awaited() -> None:
    async with Pool(1, "test") as pool:
        with pytest.raises(OSError, match="broken"):
            await pool.run(lambda: (_ for _ in ()).throw(OSError("broken")))
        assert await pool.run(lambda: "still working") == "still working"


async def test_as_many_functions_run_at_once_as_there_are_threads() -> None:
    together = threading.Barrier(3)

    async with Pool(3, "test") as pool:
        await asyncio.wait_for(asyncio.gather(*(pool.run(together.wait) for _ in range(3))), 20)


async def test_nobody_waiting_any_more_does_not_matter() -> None:
    async with Pool(1, "test") as pool:
        cancelled = pool.run(lambda: time.sleep(0.05))
        cancelled.cancel()
        assert await pool.run(lambda: "next") == "next"


async def test_leaving_waits_for_what_was_begun() -> None:
    done = []
    async with Pool(1, "test") as pool:
        pool.run(lambda: (time.sleep(0.05), done.append(1)))

    assert done == [1]
