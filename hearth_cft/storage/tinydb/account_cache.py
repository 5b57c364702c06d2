"""Open accounts in memory: the least recently used are forgotten, what has dead lines is noted."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from hearth_cft.storage.tinydb.account import Account


@dataclass(frozen=True, slots=True)
class DirtyAccount:
    """Dead lines: how much, and when the first and the last came, in seconds of the loop."""

    dead_bytes: int
    since: float
    changed: float


class AccountCache:
    """Ledgers by name, in about `memory_bytes` of memory."""

    def __init__(self, make: Callable[[str], Account], memory_bytes: int) -> None:
        self._make = make
        self._memory_bytes = memory_bytes
        self._accounts: OrderedDict[str, Account] = OrderedDict()
        self.held_bytes = 0
        self.dirty: dict[str, DirtyAccount] = {}
        """What to compact, also of ledgers that are forgotten."""

    def __len__(self) -> int:
        """How many accounts are in memory."""
        return len(self._accounts)

    def __contains__(self, name: str) -> bool:
        """Whether the account is in memory."""
        return name in self._accounts

    @property
    def busy(self) -> Sequence[Account]:
        """The ledgers that somebody uses."""
        return [account for account in self._accounts.values() if account.use_count]

    @asynccontextmanager
    async def use(self, name: str) -> AsyncIterator[Account]:
        """Use a ledger, loaded. Raises StoreUnavailableError."""
        account = self._accounts.get(name)
        if account is None:
            account = self._accounts[name] = self._make(name)
        account.use_count += 1
        try:
            await account.load()
            yield account
        finally:
            account.use_count -= 1
            self.changed(account)

    def changed(self, account: Account) -> None:
        """Count its memory again, and forget what is too much."""
        self._note_dirty(account)
        if account.idle and account.auth is None:
            self.forget(account)  # guesses must not fill the memory
            return
        weight = account.weight
        self.held_bytes += weight - account.counted_bytes
        account.counted_bytes = weight
        self._accounts.move_to_end(account.name)
        self._forget_oldest()

    def _note_dirty(self, account: Account) -> None:
        dead, known = account.dead_bytes, self.dirty.get(account.name)
        if not dead:
            self.dirty.pop(account.name, None)
        elif known is None or known.dead_bytes != dead:
            now = asyncio.get_running_loop().time()
            self.dirty[account.name] = DirtyAccount(dead, known.since if known else now, now)

    def forget(self, account: Account) -> None:
        """Let go of a ledger that nobody uses."""
        if account.idle and self._accounts.get(account.name) is account:
            del self._accounts[account.name]
            self.held_bytes -= account.counted_bytes

    def _forget_oldest(self) -> None:
        for _ in range(len(self._accounts)):
            if self.held_bytes <= self._memory_bytes:
                return
            name, oldest = next(iter(self._accounts.items()))
            if oldest.idle:
                self.forget(oldest)
            else:
                self._accounts.move_to_end(name)
