"""Commit changes to the disk, and know whether the disk takes them."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence

from hearth_cft.records import StoreError, StoreUnavailableError
from hearth_cft.storage.tinydb.folder import DataFolder
from hearth_cft.storage.tinydb.journal_format import Change
from hearth_cft.storage.tinydb.pool import Pool
from hearth_cft.storage.tinydb.tables import JournalStorage

SECONDS_BETWEEN_PROBES = 1.0


class Disk:
    """The disk with the journals. After a failed commit it isn't ready until a write works."""

    def __init__(self, folder: DataFolder, pool: Pool) -> None:
        self._folder = folder
        self._pool = pool
        self._failure: Exception | None = None
        self._probed = -math.inf
        """When the last probe began, in seconds of the event loop's clock."""

    async def commit(self, storage: JournalStorage, changes: Sequence[Change]) -> None:
        """Append the changes and wait until they are on the disk. The caller applies them.

        Raises NoSpaceError, StoreUnavailableError. Nothing was changed then.
        """
        try:
            storage.append(changes)
            await self._pool.run(storage.flush)
        except StoreError as error:
            self._failure = error
            raise
        self._failure = None

    async def check(self) -> None:
        """Raise StoreUnavailableError if the last commit failed and no write has worked since.

        If none has been tried for a second, try one.
        """
        failure, now = self._failure, asyncio.get_running_loop().time()
        if failure and now - self._probed >= SECONDS_BETWEEN_PROBES:
            self._probed = now
            try:
                await self._pool.run(self._folder.probe)
            except OSError as error:
                self._failure = error
            else:
                if self._failure is failure:
                    self._failure = None
        if self._failure:
            raise StoreUnavailableError(f"the last write failed: {self._failure}")
