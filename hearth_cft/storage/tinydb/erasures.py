"""Keep the list of erased accounts, so that neither a phone nor an old backup brings one back."""

from __future__ import annotations

import asyncio

from hearth_cft.records import NoSpaceError
from hearth_cft.storage.tinydb.disk import Disk
from hearth_cft.storage.tinydb.folder import DataFolder
from hearth_cft.storage.tinydb.journal_format import Change
from hearth_cft.storage.tinydb.pool import Pool
from hearth_cft.storage.tinydb.tables import JournalStorage


class Erasures:
    """The SHA-256 of the id of every erased account. They are in a journal of their own."""

    def __init__(self, folder: DataFolder, disk: Disk, pool: Pool) -> None:
        self._folder = folder
        self._disk = disk
        self._pool = pool
        self._lock = asyncio.Lock()
        self._storage: JournalStorage

    def load(self) -> None:
        """Read the list. Raises StoreUnavailableError: without the list, no account is safe."""
        self._storage = JournalStorage(self._folder.erased)

    def __contains__(self, digest: str) -> bool:
        """Return whether the account with this digest was erased."""
        return digest in self._storage.tables.get("erased", {})

    async def note(self, digest: str) -> None:
        """Note durably that the account is erased. On a full disk, use the reserve.

        Raises NoSpaceError, StoreUnavailableError. The account isn't erased then.
        """
        async with self._lock:
            if digest in self:
                return
            change = Change("erased", {digest: {}})
            try:
                await self._disk.commit(self._storage, [change])
            except NoSpaceError:
                await self._pool.run(self._folder.release_reserve)
                await self._disk.commit(self._storage, [change])
            self._storage.apply([change])
