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


async def test_a_function_runs_even_if_nobody_waits_for_it_any_more() -> None:
    done = []
    began, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        began.set()
        go_on.wait()

    async with Pool(1, "test") as pool:
        blocker = pool.run(wait)
        await asyncio.to_thread(began.wait)
        pool.run(lambda: done.append(1)).cancel()
        go_on.set()
        await blocker

    assert done == [1]


def test_a_thread_goes_on_if_the_loop_ends_without_leaving_the_pool() -> None:
    pool = Pool(1, "test")
    go_on, done = threading.Event(), threading.Event()

    async def enter() -> None:
        await pool.__aenter__()
        pool.run(go_on.wait)
        pool.run(done.set)

    asyncio.run(enter())
    go_on.set()

    assert done.wait(20)
