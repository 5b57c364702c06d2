"""The embedded store: one TinyDB journal an account, in one data folder, for one process."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.records import (
    MIB,
    AccountErasedError,
    AccountMissingError,
    Limits,
    LiveId,
    NoSpaceError,
    Outcome,
    Record,
    StoreError,
    StoreUnavailableError,
    account_digest,
)
from app.storage.folder import DataFolder, FolderUnusableError, locked
from app.storage.journal import Change
from app.storage.ledger import Ledger, Surroundings
from app.storage.tables import JournalStorage

log = logging.getLogger("hearth.storage")

FLUSHES_AT_ONCE = 16
MEMORY_BYTES = 32 * MIB
QUIET_SECONDS = 60.0
SWEEP_SECONDS = 24 * 60 * 60.0
PAUSE_BETWEEN_SWEPT_FILES = 0.02
_PATIENCE_SECONDS = 10.0


@asynccontextmanager
async def open_tiny(
    data_dir: Path,
    limits: Limits,
    *,
    memory_bytes: int = MEMORY_BYTES,
    quiet_seconds: float = QUIET_SECONDS,
) -> AsyncIterator[TinyStore]:
    """Open the store in a folder. Raises StoreError in words for the operator."""
    with locked(data_dir) as folder, ThreadPoolExecutor(FLUSHES_AT_ONCE, "flush") as pool:
        store = TinyStore(folder, limits, pool, memory_bytes, quiet_seconds)
        await store.open()
        try:
            yield store
        finally:
            await store.close()


@dataclass(frozen=True, slots=True)
class _Untidy:
    """Dead lines: how much, and when the first and the last came, in seconds of the loop."""

    dead_bytes: int
    since: float
    changed: float


class TinyStore:
    """A RecordStore in a folder. Made by `open_tiny`."""

    def __init__(
        self,
        folder: DataFolder,
        limits: Limits,
        pool: ThreadPoolExecutor,
        memory_bytes: int,
        quiet_seconds: float,
    ) -> None:
        self._folder = folder
        self._limits = limits
        self._pool = pool
        self._memory_bytes = memory_bytes
        self._quiet_seconds = quiet_seconds
        self._around = Surroundings(
            pool,
            limits,
            self._has_room,
            folder.make_folder_of,
            self._is_erased,
            self._changed,
        )
        self._ledgers: OrderedDict[str, Ledger] = OrderedDict()
        self._held_bytes = 0
        self._untidy: dict[str, _Untidy] = {}
        self._erased: JournalStorage
        self._erasing = asyncio.Lock()
        self._key = b""
        self._closing = False
        self._caretakers: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Read what every request needs. Raises StoreError."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._pool, self._prepare)
        self._caretakers = [
            loop.create_task(_again_and_again(self._compact_quiet, self._quiet_seconds / 6)),
            loop.create_task(_again_and_again(self._sweep, SWEEP_SECONDS, self._quiet_seconds)),
        ]

    def _prepare(self) -> None:
        try:
            self._folder.prepare()
            self._key = self._folder.signing_key()
        except OSError as error:
            raise FolderUnusableError(self._folder.path, error) from error
        # Without it, erased accounts would come back: better not to start.
        self._erased = JournalStorage(self._folder.erased)

    async def close(self) -> None:
        """Finish what was begun, tidy up and stop."""
        self._closing = True
        for caretaker in self._caretakers:
            caretaker.cancel()
        await asyncio.gather(*self._caretakers, return_exceptions=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_SECONDS):
                while busy := [ledger for ledger in self._ledgers.values() if ledger.users]:
                    await asyncio.gather(*(ledger.finish() for ledger in busy))
                    await asyncio.sleep(0)  # let those who waited for it go
        await asyncio.gather(*(self._compact(name) for name in list(self._untidy)))

    async def signing_key(self) -> bytes:
        """Give the 32 secret bytes that sign tokens."""
        return self._key

    async def check(self) -> None:
        """Raise StoreError if the store could not take a new record now."""
        if self._closing:
            raise StoreUnavailableError("the server is stopping")
        if not os.access(self._folder.accounts, os.W_OK):
            raise StoreUnavailableError(f"{self._folder.accounts} can't be written")
        if not self._has_room():
            raise NoSpaceError("below the free-space floor")

    async def create_account(self, account: str, auth: str) -> bool:
        """Make an account that belongs to a digest."""
        async with self._ledger(account) as ledger:
            made = await ledger.create(account_digest(account), auth)
        if made:
            log.info("account made")
        return made

    async def auth_of(self, account: str) -> str | None:
        """Give the digest that the account belongs to."""
        async with self._ledger(account) as ledger:
            return ledger.auth

    async def live_ids(self, account: str) -> Sequence[LiveId]:
        """List the live records, ascending by id."""
        async with self._ledger(account) as ledger:
            return [LiveId(*each) for each in ledger.records.entries()]

    async def fetch(self, account: str, ids: Collection[str]) -> Sequence[Record]:
        """Give the live records among `ids`, in that order."""
        async with self._ledger(account) as ledger:
            table = ledger.records
            return [record for each in ids if (record := table.find(each))]

    async def push(self, account: str, records: Sequence[Record]) -> Mapping[str, Outcome]:
        """Settle the records in one durable commit."""
        async with self._ledger(account) as ledger:
            try:
                return await ledger.push(records)
            except AccountMissingError:
                self._refuse_erased(account)  # it may have been erased while the push waited
                raise

    async def erase_account(self, account: str) -> None:
        """Remove the account and all its records, leaving only the digest of its id."""
        self._refuse_closing()
        digest = account_digest(account)
        async with self._loaded(_name(account)) as ledger:
            if ledger.auth is None:
                if self._is_erased(digest):
                    return
                raise AccountMissingError
            await ledger.erase(lambda: self._note_erased(digest))
        log.info("account erased")

    async def _note_erased(self, digest: str) -> None:
        async with self._erasing:
            if self._is_erased(digest):
                return
            change = Change("erased", {digest: {}})
            self._erased.append([change])
            await asyncio.get_running_loop().run_in_executor(self._pool, self._erased.flush)
            self._erased.apply([change])

    def _is_erased(self, digest: str) -> bool:
        return digest in self._erased.tables.get("erased", {})

    def _refuse_erased(self, account: str) -> None:
        if self._is_erased(account_digest(account)):
            raise AccountErasedError

    def _has_room(self) -> bool:
        try:
            return self._folder.free_bytes() >= self._limits.free_space_floor
        except OSError:
            return False

    def _refuse_closing(self) -> None:
        if self._closing:
            raise StoreUnavailableError("the server is stopping")

    @asynccontextmanager
    async def _ledger(self, account: str) -> AsyncIterator[Ledger]:
        self._refuse_closing()
        self._refuse_erased(account)
        async with self._loaded(_name(account)) as ledger:
            yield ledger

    @asynccontextmanager
    async def _loaded(self, name: str) -> AsyncIterator[Ledger]:
        ledger = self._ledgers.get(name)
        if ledger is None:
            path = self._folder.accounts / name[:2] / f"{name}.jsonl"
            ledger = self._ledgers[name] = Ledger(path, self._around)
        ledger.users += 1
        try:
            await ledger.load()
            yield ledger
        finally:
            ledger.users -= 1
            self._changed(ledger)

    def _changed(self, ledger: Ledger) -> None:
        """Count its memory again, forget what is too much, and remember what to compact."""
        self._note_untidy(ledger)
        if ledger.idle and ledger.auth is None:
            self._forget(ledger)  # guesses must not fill the memory
            return
        weight = ledger.weight
        self._held_bytes += weight - ledger.counted_bytes
        ledger.counted_bytes = weight
        self._ledgers.move_to_end(ledger.name)
        self._forget_oldest()

    def _note_untidy(self, ledger: Ledger) -> None:
        name, dead = ledger.name, ledger.dead_bytes
        known = self._untidy.get(name)
        if not dead:
            self._untidy.pop(name, None)
        elif known is None or known.dead_bytes != dead:
            now = asyncio.get_running_loop().time()
            self._untidy[name] = _Untidy(dead, known.since if known else now, now)

    def _forget(self, ledger: Ledger) -> None:
        if self._ledgers.get(ledger.name) is ledger:
            del self._ledgers[ledger.name]
            self._held_bytes -= ledger.counted_bytes

    def _forget_oldest(self) -> None:
        for _ in range(len(self._ledgers)):
            if self._held_bytes <= self._memory_bytes:
                return
            name, oldest = next(iter(self._ledgers.items()))
            if oldest.idle:
                self._forget(oldest)
            else:
                self._ledgers.move_to_end(name)

    async def _compact_quiet(self) -> None:
        """Rewrite dead lines away a minute after the last change, or five after the first."""
        now = asyncio.get_running_loop().time()
        for name, untidy in list(self._untidy.items()):
            quiet = now - untidy.changed >= self._quiet_seconds
            if quiet or now - untidy.since >= 5 * self._quiet_seconds:
                await self._compact(name)

    async def _compact(self, name: str) -> None:
        with suppress(StoreError):  # damage has been logged, and nothing else is lost
            async with self._loaded(name) as ledger:
                await ledger.compact()
        self._untidy.pop(name, None)  # if it failed, the sweep comes by

    async def _sweep(self) -> None:
        """Look at every file on the disk, slowly.

        A crash leaves dead lines that nobody remembers; a crash while erasing, or an old backup,
        leaves accounts that are to be gone.
        """
        loop = asyncio.get_running_loop()
        for number in range(256):
            paths = await loop.run_in_executor(self._pool, self._folder.journals, f"{number:02x}")
            for path in paths:
                await self._tidy(path.stem)
                await asyncio.sleep(PAUSE_BETWEEN_SWEPT_FILES)

    async def _tidy(self, name: str) -> None:
        known = name in self._ledgers
        with suppress(StoreError):
            async with self._loaded(name) as ledger:
                await ledger.tidy()
            if not known and ledger.idle:
                self._forget(ledger)


def _name(account: str) -> str:
    return hashlib.blake2b(account.encode(), digest_size=16).hexdigest()


async def _again_and_again(
    job: Callable[[], Awaitable[None]], pause: float, first_pause: float | None = None
) -> None:
    await asyncio.sleep(pause if first_pause is None else first_pause)
    while True:
        try:
            await job()
        except Exception:
            log.exception("looking after the data folder failed; trying again later")
        await asyncio.sleep(pause)
