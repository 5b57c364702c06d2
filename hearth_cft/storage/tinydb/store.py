"""Implement RecordStore with one TinyDB journal per account.

All journals are in one data folder. Only one process may use the folder.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from hearth_cft.records import (
    MIB,
    AccountErasedError,
    AccountMissingError,
    Changes,
    Limits,
    LiveId,
    NoSpaceError,
    Outcome,
    Record,
    StoreUnavailableError,
    account_digest,
)
from hearth_cft.storage.tinydb.account import Account, StoreContext
from hearth_cft.storage.tinydb.account_cache import AccountCache
from hearth_cft.storage.tinydb.compaction import Compactor
from hearth_cft.storage.tinydb.disk import Disk
from hearth_cft.storage.tinydb.erasures import Erasures
from hearth_cft.storage.tinydb.folder import DataFolder, FolderUnusableError, locked
from hearth_cft.storage.tinydb.pool import Pool

log = logging.getLogger("hearth.storage")

FLUSHES_AT_ONCE = 16
MEMORY_BYTES = 32 * MIB
QUIET_SECONDS = 60.0
_CLOSE_TIMEOUT_SECONDS = 10.0


@asynccontextmanager
async def open_tinydb(
    data_dir: Path,
    limits: Limits,
    *,
    memory_bytes: int = MEMORY_BYTES,
    quiet_seconds: float = QUIET_SECONDS,
) -> AsyncIterator[TinyDBStore]:
    """Open the store in a folder. Raises StoreError with a message for the operator."""
    with locked(data_dir) as folder:
        async with Pool(FLUSHES_AT_ONCE, "flush") as pool:
            store = TinyDBStore(folder, limits, pool, memory_bytes, quiet_seconds)
            await store.open()
            try:
                yield store
            finally:
                await store.close()


class TinyDBStore:
    """A RecordStore in a folder. `open_tinydb` creates it."""

    def __init__(
        self,
        folder: DataFolder,
        limits: Limits,
        pool: Pool,
        memory_bytes: int,
        quiet_seconds: float,
    ) -> None:
        self._folder = folder
        self._limits = limits
        self._pool = pool
        self._disk = Disk(folder, pool)
        self._erasures = Erasures(folder, self._disk, pool)
        self._cache = AccountCache(self._make_account, memory_bytes)
        self._compactor = Compactor(folder, self._cache, pool, quiet_seconds)
        self._context = StoreContext(
            pool,
            self._disk,
            limits,
            self._has_room,
            folder.make_folder_of,
            folder.release_reserve,
            self._erasures.__contains__,
            self._cache.changed,
        )
        self._key = b""
        self._closing = False

    async def open(self) -> None:
        """Read the signing key and the erased accounts. Start the compactor. Raises StoreError."""
        await self._pool.run(self._prepare)
        self._compactor.start()

    def _prepare(self) -> None:
        try:
            self._folder.prepare()
            self._key = self._folder.signing_key()
        except OSError as error:
            raise FolderUnusableError(self._folder.path, error) from error
        self._erasures.load()

    async def close(self) -> None:
        """Finish the running jobs, compact the journals and stop."""
        self._closing = True
        await self._compactor.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_TIMEOUT_SECONDS):
                while busy := self._cache.busy:
                    await asyncio.gather(*(account.finish() for account in busy))
                    await asyncio.sleep(0)  # let the callers that waited for these jobs continue
        await self._compactor.compact_all()

    async def signing_key(self) -> bytes:
        """Return the 32 secret bytes that sign tokens."""
        return self._key

    async def check(self) -> None:
        """Raise StoreError if the store can't take a new record now."""
        if self._closing:
            raise StoreUnavailableError("the server is stopping")
        if not os.access(self._folder.accounts, os.W_OK):
            raise StoreUnavailableError(f"{self._folder.accounts} can't be written")
        if not self._has_room():
            raise NoSpaceError("the free disk space is below limits.free_space_floor")
        await self._disk.check()

    async def create_account(self, account_id: str, auth: str) -> bool:
        """Create an account that belongs to the key with the digest `auth`."""
        async with self._account_for(account_id) as account:
            created = await account.create(account_digest(account_id), auth)
        if created:
            log.info("account created")
        return created

    async def auth_of(self, account_id: str) -> str | None:
        """Return the digest that the account belongs to, or None if there is no such account."""
        async with self._account_for(account_id) as account:
            return account.auth

    async def live_ids(self, account_id: str) -> Sequence[LiveId]:
        """List the live records in ascending order of their ids."""
        async with self._account_for(account_id) as account:
            return [LiveId(*id_and_entry) for id_and_entry in account.records.entries()]

    async def fetch(self, account_id: str, ids: Collection[str]) -> Sequence[Record]:
        """Return the live records with these ids, in the order of `ids`."""
        async with self._account_for(account_id) as account:
            table = account.records
            return [record for record_id in ids if (record := table.find(record_id))]

    async def changes(self, account_id: str, since: str) -> Changes:
        """Return what has changed since the live records had the set digest `since`."""
        async with self._account_for(account_id) as account:
            return account.records.changes(since)

    async def push(self, account_id: str, records: Sequence[Record]) -> Mapping[str, Outcome]:
        """Settle the records in one durable commit, and return the outcomes by record id."""
        async with self._account_to_change(account_id) as account:
            return await account.push(records)

    async def remove(self, account_id: str, ids: Collection[str]) -> int:
        """Remove live records in one durable commit, and return how many were removed."""
        async with self._account_to_change(account_id) as account:
            return await account.remove(ids)

    async def erase_account(self, account_id: str) -> None:
        """Remove the account and all its records. Keep only the digest of its id."""
        self._check_not_closing()
        digest = account_digest(account_id)
        async with self._cache.use(_journal_name(account_id)) as account:
            if account.auth is None:
                if digest in self._erasures:
                    return
                raise AccountMissingError
            await account.erase(lambda: self._erasures.note(digest))
        await self._pool.run(self._folder.keep_reserve)
        log.info("account erased")

    def _check_not_erased(self, account_id: str) -> None:
        if account_digest(account_id) in self._erasures:
            raise AccountErasedError

    def _has_room(self) -> bool:
        try:
            return self._folder.free_bytes() >= self._limits.free_space_floor
        except OSError:
            return False

    def _check_not_closing(self) -> None:
        if self._closing:
            raise StoreUnavailableError("the server is stopping")

    @asynccontextmanager
    async def _account_for(self, account_id: str) -> AsyncIterator[Account]:
        self._check_not_closing()
        self._check_not_erased(account_id)
        async with self._cache.use(_journal_name(account_id)) as account:
            yield account

    @asynccontextmanager
    async def _account_to_change(self, account_id: str) -> AsyncIterator[Account]:
        async with self._account_for(account_id) as account:
            try:
                yield account
            except AccountMissingError:
                self._check_not_erased(account_id)  # an erasure may have overtaken the change
                raise

    def _make_account(self, name: str) -> Account:
        return Account(self._folder.journal(name), self._context)


def _journal_name(account_id: str) -> str:
    return hashlib.blake2b(account_id.encode(), digest_size=16).hexdigest()
