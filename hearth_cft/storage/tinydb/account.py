"""One open account: its database in memory, and the queue in front of its file."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

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
    settle,
)
from hearth_cft.storage.tinydb.journal import Change, unwritable
from hearth_cft.storage.tinydb.pool import Pool
from hearth_cft.storage.tinydb.tables import Database, JournalStorage, RecordTable

log = logging.getLogger("hearth.storage")

T = TypeVar("T")
Outcomes = Mapping[str, Outcome]

MOST_PUSHES_A_FLUSH = 32
SMALL_FILE = 256 * KIB

# What 2,000 open accounts of five records added to the resident memory, rounded up.
_ACCOUNT_BYTES = 6 * KIB
_RECORD_BYTES = 700


@dataclass(frozen=True, slots=True)
class StoreContext:
    """What every ledger of a store shares."""

    pool: Pool
    limits: Limits
    has_room: Callable[[], bool]
    """Whether the disk is above the free-space floor."""
    make_folder_of: Callable[[Path], None]
    """Makes the folder that a new file is to be in. Raises OSError."""
    is_erased: Callable[[str], bool]
    """Whether the account with that digest was erased."""
    changed: Callable[[Account], None]
    """Told when a ledger has been idle, loaded, written or compacted."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    records: Sequence[Record]
    answer: asyncio.Future[Outcomes]

    def settled(self, outcomes: Outcomes) -> None:
        if not self.answer.done():  # the client may have gone
            self.answer.set_result(outcomes)

    def refused(self, error: BaseException) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)


class Account:
    """An account. One job at a time touches its file; pushes that wait share the next flush.

    Jobs run in tasks of their own, so that a client that hangs up can't leave one half done.
    """

    def __init__(self, path: Path, context: StoreContext) -> None:
        self.path = path
        self.name = path.stem
        self.use_count = 0
        self.counted_bytes = 0
        """What the store has noted of `weight`."""
        self._context = context
        self._lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._waiting: list[_Waiting] = []
        self._database: Database | None = None
        self._small = SMALL_FILE

    @property
    def idle(self) -> bool:
        """Whether the store may forget it. A file that failed is remembered until a new start."""
        return not self.use_count and not (self._is_loaded and self._storage.journal.unusable)

    @property
    def _is_loaded(self) -> bool:
        return self._database is not None  # a database without documents is falsy

    @property
    def auth(self) -> str | None:
        """The digest that the account belongs to; None if there is no account."""
        return self._account().get("auth")

    @property
    def digest(self) -> str | None:
        """SHA-256 of the account's id; None if there is no account."""
        return self._account().get("id")

    @property
    def records(self) -> RecordTable:
        """The live records. Raises AccountMissingError."""
        if self.auth is None:
            raise AccountMissingError
        return self._records

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes."""
        if not self._is_loaded:
            return _ACCOUNT_BYTES
        # base64url: four bytes of memory for three of a record
        held = self._records.live_size * 4 // 3 + self._records.live_count * _RECORD_BYTES
        return _ACCOUNT_BYTES + held

    @property
    def dead_bytes(self) -> int:
        """About how much of the file nobody will read again."""
        return self._storage.dead_bytes if self._is_loaded else 0

    def _account(self) -> Mapping[str, str]:
        if not self._is_loaded:
            return {}
        return self._storage.tables.get("account", {}).get("account", {})

    @property
    def _storage(self) -> JournalStorage:
        assert self._database is not None  # noqa: S101  # every job loads first
        storage = self._database.storage
        assert isinstance(storage, JournalStorage)  # noqa: S101  # so says Database
        return storage

    @property
    def _records(self) -> RecordTable:
        assert self._database is not None  # noqa: S101  # every job loads first
        table = self._database.table("records")
        assert isinstance(table, RecordTable)  # noqa: S101  # so says Database
        return table

    async def load(self) -> None:
        """Read the journal, unless it is in memory. Raises StoreUnavailableError."""
        if not self._is_loaded:
            await self._job(self._load())

    async def create(self, digest: str, auth: str) -> bool:
        """Make the account; False if it is there. Raises AccountExistsError, NoSpaceError."""
        return await self._job(self._create(digest, auth))

    async def push(self, records: Sequence[Record]) -> Outcomes:
        """Settle the records durably. Raises AccountMissingError, StoreError."""
        waiting = _Waiting(records, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if len(self._waiting) == 1:
            self._start(self._settle_all())
        return await waiting.answer

    async def compact(self) -> None:
        """Rewrite the file without its dead lines, if it has any."""
        await self._job(self._compact())

    async def erase(self, note: Callable[[], Awaitable[None]]) -> None:
        """Delete the file after `note` has noted durably that the account is to be gone.

        Raises StoreUnavailableError, NoSpaceError.
        """
        await self._job(self._erase(note))

    async def tidy(self) -> None:
        """Delete the file if it holds nothing or an erased account; else compact it."""
        await self._job(self._tidy())

    async def finish(self) -> None:
        """Wait for every job that was started."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _start(self, job: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        self.use_count += 1
        task = asyncio.get_running_loop().create_task(job)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        self.use_count -= 1
        self._context.changed(self)

    async def _job(self, job: Coroutine[Any, Any, T]) -> T:
        return await asyncio.shield(self._start(self._alone(job)))

    async def _alone(self, job: Coroutine[Any, Any, T]) -> T:
        async with self._lock:
            return await job

    async def _load(self) -> None:
        if not self._is_loaded:
            self._database = await self._context.pool.run(lambda: Database(self.path))

    async def _commit(self, change: Change) -> None:
        self._storage.append([change])
        await self._context.pool.run(self._storage.flush)

    async def _create(self, digest: str, auth: str) -> bool:
        await self._load()  # a sweep may have removed the empty file meanwhile
        if self._context.is_erased(digest):
            raise AccountErasedError
        if self.auth is not None:
            if not hmac.compare_digest(self.auth, auth):
                raise AccountExistsError
            return False
        if not self._context.has_room():
            raise NoSpaceError("below the free-space floor")
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
            while self._waiting:
                batch = self._waiting[:MOST_PUSHES_A_FLUSH]
                del self._waiting[:MOST_PUSHES_A_FLUSH]
                try:
                    await self._settle(batch)
                except BaseException as error:
                    for each in batch:
                        each.refused(error)
                    if not isinstance(error, Exception):
                        raise
            if self._mostly_dead():
                await self._compact()

    async def _settle(self, batch: Sequence[_Waiting]) -> None:
        table = self.records
        draft = Draft(table)
        may_grow = self._context.has_room()
        answers: list[tuple[_Waiting, Outcomes]] = []
        for each in batch:
            mine = draft if may_grow else Draft(draft)
            outcomes: Outcomes = settle(mine, each.records, self._context.limits)
            if mine is not draft:
                if mine.live_size > draft.live_size:
                    each.refused(NoSpaceError("below the free-space floor"))
                    continue
                draft.absorb(mine)
            answers.append((each, outcomes))
        if draft.changed:
            # Pushes that share a flush share a line too: what is torn can only be the last one.
            change = table.change(draft.put, draft.removed)
            await self._commit(change)
            table.apply(change)
        for each, outcomes in answers:
            each.settled(outcomes)

    def _mostly_dead(self) -> bool:
        if not self._is_loaded:
            return False
        length = self._storage.journal.length
        return length > self._small and 3 * self.dead_bytes > 2 * length

    async def _compact(self) -> None:
        if not self.dead_bytes:
            return
        self._small = SMALL_FILE
        try:
            await self._context.pool.run(self._storage.compact)
        except OSError as error:
            # Nothing is lost: the dead lines stay until the next sweep.
            log.warning("can't compact %s: %s", self.path.name, error.strerror)
            self._small = 2 * self._storage.journal.length

    async def _erase(self, note: Callable[[], Awaitable[None]]) -> None:
        try:
            await note()
        except NoSpaceError:
            # Deleting works on a full disk: the account's own file makes room for the note.
            await self._remove()
            await note()
        else:
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
