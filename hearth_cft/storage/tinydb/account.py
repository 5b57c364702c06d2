"""Hold one open account: its database in memory, and the queue of jobs for its file."""

from __future__ import annotations

import asyncio
import hmac
import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from hearth_cft.records import (
    KIB,
    AccountErasedError,
    AccountExistsError,
    AccountMissingError,
    Draft,
    Limits,
    NoSpaceError,
    Outcome,
    Record,
    remove,
    settle,
)
from hearth_cft.storage.tinydb.disk import Disk
from hearth_cft.storage.tinydb.journal import unwritable
from hearth_cft.storage.tinydb.journal_format import Change
from hearth_cft.storage.tinydb.pool import Pool
from hearth_cft.storage.tinydb.tables import Database, JournalStorage, RecordTable

log = logging.getLogger("hearth.storage")

T = TypeVar("T")
Outcomes = Mapping[str, Outcome]

MOST_CHANGES_A_FLUSH = 32
SMALL_FILE = 256 * KIB

# The resident memory that an account and a record take, rounded up. Measured with 2,000 open
# accounts of five records each. A record is counted with one superseded id.
_ACCOUNT_BYTES = 6 * KIB
_RECORD_BYTES = 900


@dataclass(frozen=True, slots=True)
class StoreContext:
    """The objects and functions that all accounts of a store share."""

    pool: Pool
    disk: Disk
    limits: Limits
    has_room: Callable[[], bool]
    """Returns whether the free disk space is at least the free-space floor."""
    make_folder_of: Callable[[Path], None]
    """Creates the folder for a new file. Raises OSError."""
    make_room: Callable[[], None]
    """Frees a little disk space that was kept for removals."""
    is_erased: Callable[[str], bool]
    """Returns whether the account with this digest was erased."""
    changed: Callable[[Account], None]
    """Called after every job of an account, such as loading, writing or compacting."""


class _Queued(ABC, Generic[T]):
    """A change that waits for a flush, and the future for its result."""

    def __init__(self) -> None:
        self.result: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    @abstractmethod
    def settle(self, draft: Draft, limits: Limits) -> T:
        """Put the change in the draft. Return the result."""

    def succeed(self, result: T) -> None:
        if not self.result.done():  # the future is cancelled if the client has disconnected
            self.result.set_result(result)

    def fail(self, error: BaseException) -> None:
        if not self.result.done():
            self.result.set_exception(error)


class _QueuedPush(_Queued[Outcomes]):
    def __init__(self, records: Sequence[Record]) -> None:
        super().__init__()
        self._records = records

    def settle(self, draft: Draft, limits: Limits) -> Outcomes:
        return settle(draft, self._records, limits)


class _QueuedRemoval(_Queued[int]):
    def __init__(self, ids: Collection[str]) -> None:
        super().__init__()
        self._ids = ids

    def settle(self, draft: Draft, limits: Limits) -> int:
        return remove(draft, self._ids)


class Account:
    """One account. Only one job at a time uses its file. Queued changes share the next flush.

    Every job runs in its own task, so that it is completed even if the client disconnects.
    """

    def __init__(self, path: Path, context: StoreContext) -> None:
        self.path = path
        self.name = path.stem
        self.use_count = 0
        self.counted_bytes = 0
        """The `weight` that the cache counted last."""
        self._context = context
        self._lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._queue: list[_Queued[Any]] = []
        self._database: Database | None = None
        self._compact_above = SMALL_FILE

    @property
    def idle(self) -> bool:
        """Return whether the cache may forget the account.

        An account whose journal is unusable stays in memory until the server restarts.
        """
        return not self.use_count and not (self._is_loaded and self._storage.journal.unusable)

    @property
    def _is_loaded(self) -> bool:
        return self._database is not None  # a Database without documents is falsy

    @property
    def auth(self) -> str | None:
        """Return the digest that the account belongs to, or None if there is no account."""
        return self._account_document().get("auth")

    @property
    def digest(self) -> str | None:
        """Return the SHA-256 of the account's id, or None if there is no account."""
        return self._account_document().get("id")

    @property
    def records(self) -> RecordTable:
        """Return the table of live records. Raises AccountMissingError."""
        if self.auth is None:
            raise AccountMissingError
        return self._records

    @property
    def weight(self) -> int:
        """Return roughly how many bytes of memory the account takes."""
        if not self._is_loaded:
            return _ACCOUNT_BYTES
        # base64url takes four bytes of memory for three bytes of a record.
        records_bytes = self._records.live_size * 4 // 3 + self._records.live_count * _RECORD_BYTES
        return _ACCOUNT_BYTES + records_bytes + self._records.history_weight

    @property
    def dead_bytes(self) -> int:
        """Return roughly how many bytes of the file are dead, that is, no longer needed."""
        return self._storage.dead_bytes if self._is_loaded else 0

    def _account_document(self) -> Mapping[str, str]:
        if not self._is_loaded:
            return {}
        return self._storage.tables.get("account", {}).get("account", {})

    @property
    def _storage(self) -> JournalStorage:
        assert self._database is not None  # noqa: S101  # every job loads it first
        storage = self._database.storage
        assert isinstance(storage, JournalStorage)  # noqa: S101  # Database sets it
        return storage

    @property
    def _records(self) -> RecordTable:
        assert self._database is not None  # noqa: S101  # every job loads it first
        table = self._database.table("records")
        assert isinstance(table, RecordTable)  # noqa: S101  # Database sets it
        return table

    async def load(self) -> None:
        """Read the journal, unless it is in memory already. Raises StoreUnavailableError."""
        if not self._is_loaded:
            await self._run(self._load())

    async def create(self, digest: str, auth: str) -> bool:
        """Create the account. Return False if it exists already with the same `auth`.

        Raises AccountExistsError, AccountErasedError, StoreError.
        """
        return await self._run(self._create(digest, auth))

    async def push(self, records: Sequence[Record]) -> Outcomes:
        """Settle the records durably. Raises AccountMissingError, StoreError."""
        return await self._queued(_QueuedPush(records))

    async def remove(self, ids: Collection[str]) -> int:
        """Remove records durably. Return how many. Raises AccountMissingError, StoreError."""
        return await self._queued(_QueuedRemoval(ids))

    async def compact(self) -> None:
        """Rewrite the file without its dead lines, if it has any."""
        await self._run(self._compact())

    async def erase(self, note: Callable[[], Awaitable[None]]) -> None:
        """Delete the file after `note` has stored durably that the account is erased.

        Raises StoreUnavailableError, NoSpaceError.
        """
        await self._run(self._erase(note))

    async def tidy(self) -> None:
        """Delete the file if it is empty or its account was erased. Otherwise compact it."""
        await self._run(self._tidy())

    async def finish(self) -> None:
        """Wait for all started jobs."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _queued(self, change: _Queued[T]) -> T:
        self._queue.append(change)
        if len(self._queue) == 1:
            self._start(self._settle_all())
        return await change.result

    def _start(self, job: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        self.use_count += 1
        task = asyncio.get_running_loop().create_task(job)
        self._tasks.add(task)
        task.add_done_callback(self._on_task_done)
        return task

    def _on_task_done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        self.use_count -= 1
        self._context.changed(self)

    async def _run(self, job: Coroutine[Any, Any, T]) -> T:
        return await asyncio.shield(self._start(self._run_locked(job)))

    async def _run_locked(self, job: Coroutine[Any, Any, T]) -> T:
        async with self._lock:
            return await job

    async def _load(self) -> None:
        if not self._is_loaded:
            self._database = await self._context.pool.run(lambda: _opened(self.path))

    async def _commit(self, change: Change) -> None:
        await self._context.disk.commit(self._storage, [change])

    async def _create(self, digest: str, auth: str) -> bool:
        await self._load()  # a sweep may have removed and unloaded the empty file
        if self._context.is_erased(digest):
            raise AccountErasedError
        if self.auth is not None:
            if not hmac.compare_digest(self.auth, auth):
                raise AccountExistsError
            return False
        if not self._context.has_room():
            raise NoSpaceError("the free disk space is below limits.free_space_floor")
        await self._make_folder()
        change = Change("account", {"account": {"id": digest, "auth": auth}})
        await self._commit(change)
        self._storage.apply([change])
        return True

    async def _make_folder(self) -> None:
        try:
            await self._context.pool.run(lambda: self._context.make_folder_of(self.path))
        except OSError as error:
            raise unwritable(self.path, error) from error

    async def _settle_all(self) -> None:
        async with self._lock:
            while self._queue:
                batch = self._queue[:MOST_CHANGES_A_FLUSH]
                del self._queue[:MOST_CHANGES_A_FLUSH]
                await self._settle_or_fail(batch)
            if self._should_compact():
                await self._compact()

    async def _settle_or_fail(self, batch: Sequence[_Queued[Any]]) -> None:
        try:
            await self._settle(batch)
        except BaseException as error:
            if isinstance(error, NoSpaceError) and len(batch) > 1:
                # A removal must not fail because a push beside it doesn't fit on the disk.
                for queued in batch:
                    await self._settle_or_fail([queued])
                return
            for queued in batch:
                queued.fail(error)
            if not isinstance(error, Exception):
                raise

    async def _settle(self, batch: Sequence[_Queued[Any]]) -> None:
        table = self.records
        draft = Draft(table)
        may_grow = self._context.has_room()
        results: list[tuple[_Queued[Any], Any]] = []
        for queued in batch:
            own_draft = draft if may_grow else Draft(draft)
            result = queued.settle(own_draft, self._context.limits)
            if own_draft is not draft:
                if own_draft.live_size > draft.live_size:
                    queued.fail(
                        NoSpaceError("the free disk space is below limits.free_space_floor")
                    )
                    continue
                draft.absorb(own_draft)
            results.append((queued, result))
        if draft.changed:
            # Changes that share a flush also share a line, because only the last line may be torn.
            change = table.change(draft.put, draft.removed)
            await self._commit_change(change)
            table.apply(change)
        for queued, result in results:
            queued.succeed(result)

    async def _commit_change(self, change: Change) -> None:
        try:
            await self._commit(change)
        except NoSpaceError:
            if change.put:
                raise
            await self._context.pool.run(self._context.make_room)
            await self._commit(change)

    def _should_compact(self) -> bool:
        if not self._is_loaded:
            return False
        length = self._storage.journal.length
        return length > self._compact_above and 3 * self.dead_bytes > 2 * length

    async def _compact(self) -> None:
        if not self.dead_bytes:
            return
        self._compact_above = SMALL_FILE
        try:
            await self._context.pool.run(self._storage.compact)
        except OSError as error:
            # No record is lost. The dead lines stay until the next sweep.
            log.warning("can't compact %s: %s", self.path.name, error.strerror)
            self._compact_above = 2 * self._storage.journal.length

    async def _erase(self, note: Callable[[], Awaitable[None]]) -> None:
        # A file that is removed before the note could be brought back by a phone.
        await note()
        await self._remove()

    async def _tidy(self) -> None:
        if not self._is_loaded:
            return
        erased = self.digest is not None and self._context.is_erased(self.digest)
        if erased or not any(self._storage.tables.values()):
            await self._remove()
        else:
            await self._compact()

    async def _remove(self) -> None:
        if not self._is_loaded:
            return
        try:
            await self._context.pool.run(self._storage.journal.remove)
        except OSError as error:
            raise unwritable(self.path, error) from error
        finally:
            self._database = None


def _opened(path: Path) -> Database:
    """Open a database and build its index, which could hold up the event loop."""
    database = Database(path)
    records = database.table("records")
    assert isinstance(records, RecordTable)  # noqa: S101  # Database sets it
    records.index()
    return database
