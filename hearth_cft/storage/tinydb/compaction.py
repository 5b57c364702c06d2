"""Gone means gone: dead lines are rewritten away, and what was to be erased is removed."""

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
    """Looks after the data folder in the background.

    `quiet_seconds`: how long an account is left alone after a change before its file is rewritten.
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
        """Begin; the first sweep comes soon, because a crash may have left something."""
        loop, quiet = asyncio.get_running_loop(), self._quiet_seconds
        self._tasks = [
            loop.create_task(_again_and_again(self.compact_quiet, quiet / 6, quiet / 6)),
            loop.create_task(_again_and_again(self.sweep, quiet, SWEEP_SECONDS)),
        ]

    async def stop(self) -> None:
        """Stop."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def compact_quiet(self) -> None:
        """Rewrite what has been quiet for long enough, or untidy five times as long."""
        now = asyncio.get_running_loop().time()
        for name, dirty in list(self._cache.dirty.items()):
            quiet = now - dirty.changed >= self._quiet_seconds
            if quiet or now - dirty.since >= 5 * self._quiet_seconds:
                await self._compact(name)

    async def compact_all(self) -> None:
        """Rewrite everything that is untidy now."""
        await asyncio.gather(*(self._compact(name) for name in list(self._cache.dirty)))

    async def _compact(self, name: str) -> None:
        noted = self._cache.dirty.get(name)
        with suppress(StoreError):  # damage has been logged, and nothing else is lost
            async with self._cache.use(name) as account:
                await account.compact()
        if self._cache.dirty.get(name) is noted:  # it failed: the next sweep comes by
            self._cache.dirty.pop(name, None)

    async def sweep(self) -> None:
        """Look at every file on the disk, slowly.

        A crash leaves dead lines that nobody remembers; a crash while erasing, or an old backup,
        leaves accounts that are to be gone.
        """
        for number in range(256):
            paths = await self._pool.run(partial(self._folder.journals, f"{number:02x}"))
            for path in paths:
                await self._tidy(path.stem)
                await asyncio.sleep(PAUSE_BETWEEN_SWEPT_FILES)

    async def _tidy(self, name: str) -> None:
        known = name in self._cache
        with suppress(StoreError):
            async with self._cache.use(name) as account:
                await account.tidy()
            if not known:
                self._cache.forget(account)


async def _again_and_again(
    job: Callable[[], Awaitable[None]], first_pause: float, pause: float
) -> None:
    await asyncio.sleep(first_pause)
    while True:
        try:
            await job()
        except Exception:
            log.exception("looking after the data folder failed; trying again later")
        await asyncio.sleep(pause)
