"""Remove dead lines and erased accounts from the disk.

A superseded record or an erased account must not stay on the disk. Journals are rewritten without
their dead lines, and the files of erased accounts are deleted.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from hearth_cft.records import StoreError
from hearth_cft.storage.tinydb.account_cache import AccountCache
from hearth_cft.storage.tinydb.folder import DataFolder
from hearth_cft.storage.tinydb.pool import Pool

log = logging.getLogger("hearth.storage")

SWEEP_SECONDS = 24 * 60 * 60.0
PAUSE_BETWEEN_SWEPT_FILES = 0.02


class Compactor:
    """Background jobs that compact journals and sweep the data folder.

    `quiet_seconds`: how long an account must be unchanged before its file is rewritten.
    """

    def __init__(
        self, folder: DataFolder, cache: AccountCache, pool: Pool, quiet_seconds: float
    ) -> None:
        self._folder = folder
        self._cache = cache
        self._pool = pool
        self._quiet_seconds = quiet_seconds
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start the jobs. The first sweep starts soon, because a crash may have left dead data."""
        loop, quiet = asyncio.get_running_loop(), self._quiet_seconds
        self._tasks = [
            loop.create_task(_repeat(self.tend, quiet / 6, quiet / 6)),
            loop.create_task(_repeat(self.sweep, quiet, SWEEP_SECONDS)),
        ]

    async def stop(self) -> None:
        """Cancel the jobs and wait until they have ended."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def tend(self) -> None:
        """Compact quiet accounts, and fill the reserve again if it was used."""
        await self.compact_quiet()
        await self._pool.run(self._folder.keep_reserve)

    async def compact_quiet(self) -> None:
        """Compact every account with dead lines that has been unchanged for `quiet_seconds`.

        If an account keeps changing, compact it after five times `quiet_seconds`.
        """
        now = asyncio.get_running_loop().time()
        for name, dirty in list(self._cache.dirty.items()):
            quiet = now - dirty.changed >= self._quiet_seconds
            if quiet or now - dirty.since >= 5 * self._quiet_seconds:
                await self._compact(name)

    async def compact_all(self) -> None:
        """Compact every account that has dead lines now."""
        await asyncio.gather(*(self._compact(name) for name in list(self._cache.dirty)))

    async def _compact(self, name: str) -> None:
        dirty = self._cache.dirty.get(name)
        with suppress(StoreError):  # damage has been logged, and nothing else is lost
            async with self._cache.use(name) as account:
                await account.compact()
        if self._cache.dirty.get(name) is dirty:  # compacting failed: leave it to the next sweep
            self._cache.dirty.pop(name, None)

    async def sweep(self) -> None:
        """Tidy every journal on the disk, with a pause after each.

        After a crash, the cache does not know which journals have dead lines. A crash during an
        erasure, or an old backup, can leave the files of erased accounts.
        """
        for number in range(256):
            paths = await self._pool.run(partial(self._folder.journals, f"{number:02x}"))
            for path in paths:
                await self._tidy(path.stem)
                await asyncio.sleep(PAUSE_BETWEEN_SWEPT_FILES)

    async def _tidy(self, name: str) -> None:
        was_cached = name in self._cache
        with suppress(StoreError):
            async with self._cache.use(name) as account:
                await account.tidy()
            if not was_cached:
                self._cache.forget(account)


async def _repeat(job: Callable[[], Awaitable[None]], first_pause: float, pause: float) -> None:
    await asyncio.sleep(first_pause)
    while True:
        try:
            await job()
        except Exception:
            log.exception("a background job of the store failed; it will run again later")
        await asyncio.sleep(pause)
